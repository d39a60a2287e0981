package argand.spectro;

import argand.Param;
import argand.data.EnergyStack;
import argand.data.Findings.FoundMap;
import argand.flow.StackStep;
import argand.flow.Watch;
import java.util.List;

/// The energy and the height of the highest point of each pixel's spectrum inside of a range (the
/// white line, say), on a smooth curve through it. Leaves the maps `peak energy` and `peak height`
/// with their standard deviations where variances are known; NaN where the spectrum is highest at
/// an end of the range, or lacks a value in it.
///
/// A spline that goes through every value follows the noise of its neighbours too: the default
/// smooths over one energy step, which moves an asymmetric peak of σ = 3 steps by 0.03 steps;
/// smoothing over half of σ moves it by a tenth of σ.
public record PeakMap(
    @Param(value = "from where to where the peak may be", unit = "eV") List<Double> range,
    @Param(value = "curve through the values", byDefault = "spline") CurveModel curve)
    implements StackStep {
  public PeakMap {
    range = List.copyOf(range);
    EnergyWindow.of("range", range);
  }

  @Override
  public EnergyStack apply(EnergyStack input, Watch watch) {
    int[] window =
        EnergyWindow.of("range", range)
            .indices(input.energyEv(), curve.leastEnergies(), "this curve");
    var rows = curve.rows(EnergyWindow.at(input.energyEv(), window));
    var found = CurveMaps.of(input, window, rows, 1, rows::highest, watch.workers());
    return input
        .with(new FoundMap("peak energy", "eV", found.energy(), found.energySigma()))
        .with(
            new FoundMap("peak height", input.quantity().unit(), found.value(), found.valueSigma()))
        .withStep("peakMap");
  }
}

package argand.spectro;

import argand.Param;
import argand.data.EnergyStack;
import argand.data.Findings.FoundMap;
import argand.flow.StackStep;
import argand.flow.Watch;
import java.util.List;
import java.util.Optional;

/// The area under each pixel's spectrum between two energies, by trapezia. Leaves the map `edge
/// integral` with its standard deviation where variances are known (energies taken as
/// independent; behind a normalization they are not, see {@link EdgeFit}).
public record EdgeIntegral(@Param(value = "from where to where", unit = "eV") List<Double> range)
    implements StackStep {
  public EdgeIntegral {
    range = List.copyOf(range);
    EnergyWindow.of("range", range);
  }

  @Override
  public EnergyStack apply(EnergyStack input, Watch watch) {
    var window = EnergyWindow.of("range", range);
    window.indices(input.energyEv(), 2, "an area");
    double[] weights = EdgeEnergy.trapezia(input.energyEv(), window.fromEv(), window.toEv());
    var sums = CurveMaps.linear(input, weights, watch.workers());
    return input
        .with(
            new FoundMap(
                "edge integral",
                "eV",
                sums[0],
                input.variance().isPresent() ? Optional.of(sums[1]) : Optional.empty()))
        .withStep("edgeIntegral");
  }
}

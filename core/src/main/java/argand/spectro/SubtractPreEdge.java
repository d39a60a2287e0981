package argand.spectro;

import argand.Param;
import argand.data.EnergyStack;
import argand.flow.StackStep;
import argand.flow.Watch;
import argand.spectro.NormalizeEdge.Division;
import java.util.List;
import java.util.Optional;

/// The line fitted below the edge, taken from every energy of each pixel: what is left is the
/// absorption of the element alone, in its own unit. Leaves the map `pre-edge`, the line's mean
/// over
/// the window.
public record SubtractPreEdge(
    @Param(value = "window below the edge", unit = "eV") List<Double> pre,
    @Param(value = "line below the edge", byDefault = "linear") PreEdge preEdge)
    implements StackStep {
  public SubtractPreEdge {
    pre = List.copyOf(pre);
    EnergyWindow.of("pre", pre);
  }

  @Override
  public EnergyStack apply(EnergyStack input, Watch watch) {
    MeanSpectrum.notYetNormalized(input);
    int least = preEdge == PreEdge.CONSTANT ? 1 : 2;
    double[] energyEv = input.energyEv();
    int[] window =
        EnergyWindow.of("pre", pre)
            .indices(energyEv, least, "a line with " + least + " parameters");
    var lines =
        new EdgeModel.Lines(
            energyEv,
            window,
            new int[0],
            preEdge,
            0,
            Division.EDGE_JUMP,
            energyEv[0],
            Optional.empty(),
            Optional.empty());
    var fit = EdgeFit.of(input, lines::model, window, new int[0], 0, watch.workers());
    double[] mean = new double[fit.model().coefficients()];
    for (int k = 0; k < mean.length; k++) {
      for (int e : window) {
        mean[k] += fit.model().base()[k][e] / window.length;
      }
    }
    return input
        .withImages(
            fit.lessBase(input.images()),
            input.variance().map(fit::lessBaseVariance),
            input.quantity())
        .with(fit.map("pre-edge", mean, watch.workers()))
        .with(EnergyWindow.of("pre", pre).band("pre-edge"))
        .withStep("subtractPreEdge");
  }
}

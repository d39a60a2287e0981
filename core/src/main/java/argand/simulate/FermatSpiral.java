package argand.simulate;

import argand.Paper;
import argand.Param;
import argand.array.Check;
import argand.data.ScanPositions;
import java.util.SplittableRandom;

/// Fermat spiral: rₙ = step·√((n + ½)/π), θₙ = n·137.508°, so that each view has the area step² and
/// no two directions repeat.
@Paper(
    value = "Huang, Yan, Harder, Hwu, Robinson & Chu, Opt. Express 22, 12634–12644 (2014)",
    doi = "10.1364/OE.22.012634")
public record FermatSpiral(
    @Param(value = "mean step: the root of the area for each view", unit = "m") double step,
    @Param(value = "number of views", byDefault = "200") int views)
    implements ScanPattern {
  /// The golden angle π(3 − √5) [rad].
  private static final double GOLDEN = Math.PI * (3 - Math.sqrt(5));

  public FermatSpiral {
    Check.within("step", step, 1e-13, 1, "m");
    Check.atLeast("views", views, 1);
  }

  @Override
  public ScanPositions positions(SplittableRandom random) {
    double[] y = new double[views];
    double[] x = new double[views];
    for (int n = 0; n < views; n++) {
      double r = step * Math.sqrt((n + 0.5) / Math.PI);
      y[n] = r * Math.sin(n * GOLDEN);
      x[n] = r * Math.cos(n * GOLDEN);
    }
    return new ScanPositions(y, x);
  }
}

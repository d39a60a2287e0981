package argand.judge;

import argand.array.RealField;
import argand.data.Probe;
import java.util.Locale;
import java.util.Optional;

/// Is there more than one wave? A trial with several modes finds how much power lies beside the
/// first. Pixels of the detector that average over a speckle make some of it themselves: with the
/// exit wave about as wide as the probe, (2π b/N)² Var(x) for each axis, b² = 1/12 pixel².
///
/// @param share of the power beside the first mode
/// @param ofPixels what the detector's pixels account for
record Blur(double share, double ofPixels) {
  /// Share beyond that of the pixels, and as a multiple of it.
  private static final double LEAST_SHARE = 0.008;

  private static final double LEAST_RATIO = 1.35;

  static Blur of(Trials.Fit withModes) {
    var probe = withModes.result().probe();
    double first = probe.modes().getFirst().power();
    var grid = probe.grid();
    double[] variance = variance(probe);
    double ofPixels =
        Math.pow(2 * Math.PI / grid.rows(), 2) / 12 * variance[0]
            + Math.pow(2 * Math.PI / grid.columns(), 2) / 12 * variance[1];
    return new Blur(1 - first / probe.power(), ofPixels);
  }

  private static double[] variance(Probe probe) {
    RealField light = probe.modes().getFirst().intensity();
    var grid = light.grid();
    double floor = 0.01 * light.max();
    double[] sums = new double[5];
    for (int r = 0; r < grid.rows(); r++) {
      for (int c = 0; c < grid.columns(); c++) {
        double weight = light.at(r, c) > floor ? light.at(r, c) : 0;
        sums[0] += weight;
        sums[1] += weight * r;
        sums[2] += weight * c;
        sums[3] += weight * r * r;
        sums[4] += weight * c * c;
      }
    }
    if (sums[0] == 0) {
      return new double[2];
    }
    double y = sums[1] / sums[0];
    double x = sums[2] / sums[0];
    return new double[] {sums[3] / sums[0] - y * y, sums[4] / sums[0] - x * x};
  }

  boolean found() {
    return share > ofPixels + LEAST_SHARE && share > LEAST_RATIO * ofPixels;
  }

  Optional<Finding> finding(int modesOfRun) {
    if (!found() || modesOfRun > 1) {
      return Optional.empty();
    }
    return Optional.of(
        new Finding(
            Cause.VIBRATION,
            String.format(
                Locale.ROOT,
                "The stage vibrates during the exposure, or the source is large (to the frames both"
                    + " are the same): %.0f %% of the light is not in one wave, where the detector's"
                    + " pixels account for %.1f %%. Use modes: 3, expose in short bursts, or damp the"
                    + " stage.",
                100 * share,
                100 * ofPixels)));
  }
}

package argand.judge;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Did the beam keep its intensity? First, what each view counts beyond the computed: where letting
/// it vary takes away hardly any of the misfit, it did. Then intensities that follow the total
/// counts of the views, averaged over a twentieth, a fifth and half of the scan: if it was the
/// sample that
/// took the light, such a beam makes the misfit worse.
///
/// @param flux of each view, mean 1
/// @param gain part of the misfit that goes away with it
record BeamDrift(double[] flux, double gain) {
  private static final double LEAST_GAIN = 0.008;
  private static final double LEAST_SPREAD = 0.01;
  private static final double WORTH_TRYING = 0.005;

  /// Views to each side of the mean, as parts of the scan.
  private static final double[] REACHES = {1 / 40.0, 1 / 10.0, 1 / 4.0};

  /// @param asStated with the same number of modes
  static BeamDrift of(Trials trials, Trials.Fit asStated, int modes) {
    var views = asStated.residuals().views();
    int count = views.counts().length;
    double[] beyond = new double[count];
    Arrays.setAll(
        beyond, j -> Math.max(1e-3, views.counts()[j] / Math.max(1e-9, views.computed()[j])));
    double[] free = normalized(beyond);
    var best = new BeamDrift(free, 1 - trials.dispersion(asStated, free) / asStated.dispersion());
    if (best.gain < WORTH_TRYING) {
      return best;
    }
    for (double reach : REACHES) {
      double[] flux =
          normalized(averaged(views.counts(), Math.max(1, (int) Math.round(reach * count))));
      if (Arrays.stream(flux).min().orElse(0) < 1e-3) {
        continue;
      }
      double gain = 1 - trials.lit(flux, modes).dispersion() / asStated.dispersion();
      if (gain > best.gain) {
        best = new BeamDrift(flux, gain);
      }
    }
    return best;
  }

  private static double[] averaged(double[] values, int reach) {
    double[] averages = new double[values.length];
    for (int j = 0; j < values.length; j++) {
      int from = Math.max(0, j - reach);
      int to = Math.min(values.length, j + reach + 1);
      averages[j] = Arrays.stream(values, from, to).average().orElse(0);
    }
    return averages;
  }

  private static double[] normalized(double[] values) {
    double mean = Arrays.stream(values).average().orElse(1);
    return Arrays.stream(values).map(value -> value / mean).toArray();
  }

  private double spread() {
    return Math.sqrt(Arrays.stream(flux).map(f -> (f - 1) * (f - 1)).average().orElse(0));
  }

  boolean found() {
    return gain > LEAST_GAIN && spread() > LEAST_SPREAD;
  }

  Optional<Finding> finding() {
    if (!found()) {
      return Optional.empty();
    }
    double[] sorted = Arrays.stream(flux).sorted().toArray();
    return Optional.of(
        new Finding(
            Cause.BEAM_DRIFT,
            String.format(
                Locale.ROOT,
                "The beam drifts: its intensity varies between %.2f and %.2f of its mean, and"
                    + " letting it takes away %.1f %% of the misfit. Refine the intensity of each"
                    + " view, or divide the frames by a monitor.",
                sorted[0],
                sorted[sorted.length - 1],
                100 * gain)));
  }
}

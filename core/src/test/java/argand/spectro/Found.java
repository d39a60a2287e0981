package argand.spectro;

import argand.array.Workers;
import argand.data.EnergyStack;
import argand.flow.QuietWatch;
import argand.flow.Watch;

/// How far the fraction of the second phase is from the truth, over pixels with an edge step above
/// 0.15.
///
/// @param pixels how many
/// @param borders how many of them are within 2 px of a border
/// @param bound root mean square of the errors that the fit states
/// @param covered share of pixels whose truth is within one stated error, for each third of the
///     signal, the weakest first
/// @param pull mean of (found − true)/error, for each third
record Found(
    int pixels,
    double rms,
    double bias,
    int borders,
    double borderRms,
    double borderBias,
    double bound,
    double[] covered,
    double[] pull) {
  /// All processors, nobody looks.
  static final Watch WATCH =
      new QuietWatch() {
        private final Workers workers = Workers.all();

        @Override
        public Workers workers() {
          return workers;
        }
      };

  static float[] map(EnergyStack result, String name) {
    return result.findings().map(name).orElseThrow().values().values();
  }

  static float[] sigma(EnergyStack result, String name) {
    return result.findings().map(name).orElseThrow().sigma().orElseThrow().values();
  }

  static Found in(XanesCase made, EnergyStack result) {
    String name = "fraction of " + made.spectra.get(1).name();
    return in(made, map(result, name), sigma(result, name));
  }

  static Found in(XanesCase made, float[] found, float[] sigma) {
    float[] jump = made.jump.values();
    float[] truth = made.fraction.values();
    double[] sorted =
        java.util.stream.IntStream.range(0, jump.length)
            .filter(made::counts)
            .mapToDouble(i -> jump[i])
            .sorted()
            .toArray();
    double[] covered = new double[3];
    double[] pull = new double[3];
    int[] of = new int[3];
    double square = 0;
    double sum = 0;
    double borderSquare = 0;
    double borderSum = 0;
    double bound = 0;
    int pixels = 0;
    int borders = 0;
    for (int i = 0; i < jump.length; i++) {
      if (!made.counts(i)) {
        continue;
      }
      double error = found[i] - truth[i];
      square += error * error;
      sum += error;
      bound += (double) sigma[i] * sigma[i];
      pixels++;
      if (made.border[i]) {
        borderSquare += error * error;
        borderSum += error;
        borders++;
      }
      int third =
          jump[i] < sorted[sorted.length / 3] ? 0 : jump[i] < sorted[2 * sorted.length / 3] ? 1 : 2;
      of[third]++;
      covered[third] += Math.abs(error) < sigma[i] ? 1 : 0;
      pull[third] += error / sigma[i];
    }
    for (int third = 0; third < 3; third++) {
      covered[third] /= of[third];
      pull[third] /= of[third];
    }
    return new Found(
        pixels,
        Math.sqrt(square / pixels),
        sum / pixels,
        borders,
        Math.sqrt(borderSquare / borders),
        borderSum / borders,
        Math.sqrt(bound / pixels),
        covered,
        pull);
  }

  @Override
  public String toString() {
    return String.format(
        java.util.Locale.ROOT,
        "%d px: rms %.4f, bias %+.5f, stated %.4f; %d px at borders: rms %.4f, bias %+.4f;"
            + " covered %.3f %.3f %.3f, pull %+.3f %+.3f %+.3f",
        pixels,
        rms,
        bias,
        bound,
        borders,
        borderRms,
        borderBias,
        covered[0],
        covered[1],
        covered[2],
        pull[0],
        pull[1],
        pull[2]);
  }
}

package argand.segment;

import argand.Paper;
import argand.array.InvalidInput;
import argand.array.Mask;
import argand.array.RealField;
import java.util.Arrays;

/// The threshold that parts values into two groups with the greatest variance between their means,
///
///     ω₀ ω₁ (μ₀ − μ₁)²,   ω the shares and μ the means of the groups,                     (1)
///
/// over a histogram of 256 bins between the values that a thousandth lies below and above.
@Paper(
    value = "N. Otsu, IEEE Trans. Syst. Man Cybern. 9, 62–66 (1979)",
    doi = "10.1109/TSMC.1979.4310076")
public final class Otsu {
  private static final int BINS = 256;
  private static final double TAIL = 0.001;

  private Otsu() {}

  /// Of the good pixels that have a finite value.
  ///
  /// @throws InvalidInput when these are all alike or there are none
  public static double threshold(RealField field, Mask where) {
    float[] values = new float[field.values().length];
    int n = 0;
    for (int i = 0; i < values.length; i++) {
      if (where.good()[i] && Float.isFinite(field.values()[i])) {
        values[n++] = field.values()[i];
      }
    }
    Arrays.sort(values, 0, n);
    double low = n == 0 ? 0 : values[(int) (TAIL * (n - 1))];
    double high = n == 0 ? 0 : values[(int) Math.ceil((1 - TAIL) * (n - 1))];
    if (!(high > low)) {
      throw new InvalidInput(
          "the image to be parted in two",
          n == 0 ? "without any value" : "everywhere " + low,
          "values that differ",
          "");
    }
    double[] count = new double[BINS];
    double[] sum = new double[BINS];
    for (int i = 0; i < n; i++) {
      int bin = (int) Math.clamp((values[i] - low) / (high - low) * BINS, 0, BINS - 1.0);
      count[bin]++;
      sum[bin] += Math.clamp(values[i], low, high);
    }
    return low + (best(count, sum, n) + 1) * (high - low) / BINS;
  }

  /// The last bin of the lower group; of several alike the middle one.
  private static double best(double[] count, double[] sum, int n) {
    double all = Arrays.stream(sum).sum();
    double below = 0;
    double sumBelow = 0;
    double most = -1;
    int first = 0;
    int last = 0;
    for (int bin = 0; bin < BINS - 1; bin++) {
      below += count[bin];
      sumBelow += sum[bin];
      if (below == 0 || below == n) {
        continue;
      }
      double difference = sumBelow / below - (all - sumBelow) / (n - below);
      double between = below * (n - below) * difference * difference;
      if (between > most * (1 + 1e-12)) {
        most = between;
        first = bin;
        last = bin;
      } else if (between >= most * (1 - 1e-12)) {
        last = bin;
      }
    }
    return (first + last) / 2.0;
  }
}

package argand.array;

import java.util.Arrays;

/// The value in the middle.
public final class Median {
  private Median() {}

  /// Of numbers in any order, which stay as they are; of an even number the upper of the two in the
  /// middle. At least one.
  public static double of(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}

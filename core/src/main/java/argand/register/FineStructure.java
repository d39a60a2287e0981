package argand.register;

import argand.array.RealField;
import java.util.Arrays;

/// An image less its local mean: without light that is uneven, and without whatever else is broader
/// than some 40 pixels (a wave of that length keeps half of its height).
///
/// (1) the local mean is that of three boxes of 17 pixels one after the other, which is about a
///     Gaussian of σ = 8.5 pixels, taken over the pixels that are known (normalised convolution).
public final class FineStructure {
  private static final int RADIUS = 8;
  private static final int PASSES = 3;

  private FineStructure() {}

  /// A new image; what is not known (NaN) stays so.
  public static RealField of(RealField image) {
    int rows = image.grid().rows();
    int columns = image.grid().columns();
    double[] sum = new double[rows * columns];
    double[] seen = new double[rows * columns];
    for (int i = 0; i < sum.length; i++) {
      float value = image.values()[i];
      if (!Float.isNaN(value)) {
        sum[i] = value;
        seen[i] = 1;
      }
    }
    for (double[] plane : new double[][] {sum, seen}) {
      for (int pass = 0; pass < PASSES; pass++) {
        for (int r = 0; r < rows; r++) {
          box(plane, r * columns, 1, columns);
        }
        for (int c = 0; c < columns; c++) {
          box(plane, c, columns, rows);
        }
      }
    }
    var fine = image.copy();
    for (int i = 0; i < sum.length; i++) {
      fine.values()[i] -= (float) (sum[i] / seen[i]);
    }
    return fine;
  }

  /// Sums over RADIUS to either side, nothing beyond the border.
  private static void box(double[] plane, int first, int stride, int length) {
    double[] line = new double[length];
    for (int i = 0; i < length; i++) {
      line[i] = plane[first + i * stride];
    }
    double[] until = new double[length + 1];
    for (int i = 0; i < length; i++) {
      until[i + 1] = until[i] + line[i];
    }
    Arrays.setAll(
        line, i -> until[Math.min(length, i + RADIUS + 1)] - until[Math.max(0, i - RADIUS)]);
    for (int i = 0; i < length; i++) {
      plane[first + i * stride] = line[i];
    }
  }
}

package argand.data;

import argand.array.Check;
import argand.array.InvalidInput;

/// Where the probe stood on the sample for each frame [m]: y down the rows, x along the columns.
/// Only differences matter.
public record ScanPositions(double[] y, double[] x) {
  public ScanPositions {
    Check.same("number of x positions", x.length, y.length);
    Check.atLeast("number of positions", y.length, 1);
    for (int j = 0; j < y.length; j++) {
      if (!Double.isFinite(y[j]) || !Double.isFinite(x[j])) {
        throw new InvalidInput(
            "position " + j, "(" + y[j] + ", " + x[j] + ") m", "finite numbers", "");
      }
    }
  }

  public int count() {
    return y.length;
  }

  /// A part of these positions, in the order of `indices`.
  public ScanPositions select(int[] indices) {
    double[] ys = new double[indices.length];
    double[] xs = new double[indices.length];
    for (int k = 0; k < indices.length; k++) {
      ys[k] = y[indices[k]];
      xs[k] = x[indices[k]];
    }
    return new ScanPositions(ys, xs);
  }

  /// Height of the scanned field [m].
  public double extentY() {
    return extent(y);
  }

  /// Width of the scanned field [m].
  public double extentX() {
    return extent(x);
  }

  private static double extent(double[] values) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    return high - low;
  }
}

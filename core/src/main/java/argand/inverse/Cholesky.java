package argand.inverse;

import argand.array.Check;

/// H = L Lᵀ of a small symmetric positive definite matrix in double precision.
///
/// Rows and columns are first scaled to a unit diagonal, so that unknowns of very different size do
/// no harm.
public final class Cholesky {
  private final int n;
  private final double[][] lower;
  private final double[] scale;
  private int singular = -1;

  /// A row whose scaled pivot is not above 10⁻⁹ counts as depending on those before.
  ///
  /// @param h its lower triangle is read
  public Cholesky(double[][] h) {
    this(h, 1e-9);
  }

  /// @param h its lower triangle is read
  /// @param least pivot of the scaled matrix below which a row counts as depending on those before
  public Cholesky(double[][] h, double least) {
    n = h.length;
    Check.atLeast("unknowns", n, 1);
    lower = new double[n][n];
    scale = new double[n];
    for (int i = 0; i < n; i++) {
      scale[i] = h[i][i] > 0 ? 1 / Math.sqrt(h[i][i]) : 0;
      if (scale[i] == 0 && singular < 0) {
        singular = i;
      }
    }
    for (int i = 0; i < n && singular < 0; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = h[i][j] * scale[i] * scale[j];
        for (int k = 0; k < j; k++) {
          sum -= lower[i][k] * lower[j][k];
        }
        if (i > j) {
          lower[i][j] = sum / lower[j][j];
        } else if (sum > least) {
          lower[i][i] = Math.sqrt(sum);
        } else {
          singular = i;
          break;
        }
      }
    }
  }

  /// The first row that depends on those before it, or −1: only then do the other methods work.
  public int dependent() {
    return singular;
  }

  /// H⁻¹ b
  public double[] solve(double[] b) {
    double[] x = new double[n];
    for (int i = 0; i < n; i++) {
      double sum = b[i] * scale[i];
      for (int k = 0; k < i; k++) {
        sum -= lower[i][k] * x[k];
      }
      x[i] = sum / lower[i][i];
    }
    for (int i = n - 1; i >= 0; i--) {
      double sum = x[i];
      for (int k = i + 1; k < n; k++) {
        sum -= lower[k][i] * x[k];
      }
      x[i] = sum / lower[i][i];
    }
    for (int i = 0; i < n; i++) {
      x[i] *= scale[i];
    }
    return x;
  }

  /// H⁻¹
  public double[][] inverse() {
    double[][] inverse = new double[n][];
    for (int i = 0; i < n; i++) {
      double[] unit = new double[n];
      unit[i] = 1;
      inverse[i] = solve(unit);
    }
    return inverse;
  }

  /// ln |H|
  public double logDeterminant() {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += 2 * Math.log(lower[i][i] / scale[i]);
    }
    return sum;
  }
}

package argand.spectro;

import argand.array.Grid;
import argand.inverse.BoundedQuadratic;
import java.util.Arrays;

/// What each pixel's own spectrum says of its amounts, the background fitted beside them: the
/// unbounded estimate a and its information H = C⁻¹, so that ½ (x − a)ᵀ H (x − a) is the misfit of
/// amounts x less the least one. H is zero where nothing is known.
///
/// @param amounts a, a plane for each reference
/// @param information H, for references k ≥ l the plane k (k + 1)/2 + l
record FractionData(Grid grid, float[][] amounts, float[][] information) {
  static FractionData empty(Grid grid, int references) {
    return new FractionData(
        grid,
        new float[references][grid.size()],
        new float[references * (references + 1) / 2][grid.size()]);
  }

  /// One slice of a volume, whose slices lie one below the other.
  FractionData slice(int number, int slices) {
    Grid one = grid.resized(grid.rows() / slices, grid.columns());
    return new FractionData(
        one, cut(amounts, number, one.size()), cut(information, number, one.size()));
  }

  private static float[][] cut(float[][] planes, int number, int size) {
    float[][] part = new float[planes.length][];
    Arrays.setAll(part, k -> Arrays.copyOfRange(planes[k], number * size, (number + 1) * size));
    return part;
  }

  int references() {
    return amounts.length;
  }

  /// @param x amounts; what stands behind the references is background
  /// @param c their covariance, rows of `stride` values
  void set(int pixel, double[] x, double[] c, int stride) {
    int n = references();
    double[] covariance = new double[n * n];
    for (int k = 0; k < n; k++) {
      for (int l = 0; l < n; l++) {
        covariance[k * n + l] = c[k * stride + l];
      }
    }
    double[] h = inverted(covariance, n);
    if (h.length == 0) {
      return;
    }
    for (int k = 0; k < n; k++) {
      amounts[k][pixel] = (float) x[k];
      for (int l = 0; l <= k; l++) {
        information[k * (k + 1) / 2 + l][pixel] = (float) h[k * n + l];
      }
    }
  }

  /// Empty where it has no inverse.
  private static double[] inverted(double[] m, int n) {
    double[] h = new double[n * n];
    if (n == 2) {
      double det = m[0] * m[3] - m[1] * m[2];
      if (!(det > 0)) {
        return new double[0];
      }
      h[0] = m[3] / det;
      h[3] = m[0] / det;
      h[1] = -m[1] / det;
      h[2] = h[1];
      return h;
    }
    var solver = BoundedQuadratic.unconstrained(n);
    if (!solver.solve(m, new double[n], new double[n])) {
      return new double[0];
    }
    solver.covariance(m, h);
    return h;
  }

  /// into ← H of a pixel, n × n
  void information(int pixel, double[] into) {
    int n = references();
    for (int k = 0; k < n; k++) {
      for (int l = 0; l <= k; l++) {
        double value = information[k * (k + 1) / 2 + l][pixel];
        into[k * n + l] = value;
        into[l * n + k] = value;
      }
    }
  }
}

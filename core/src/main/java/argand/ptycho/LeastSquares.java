package argand.ptycho;

/// Weighted linear least squares, Σ w (a·x − b)² → min, by its normal equations.
final class LeastSquares {
  private final double[][] normal;

  LeastSquares(int unknowns) {
    normal = new double[unknowns][unknowns + 1];
  }

  /// Enters w (a·x − b)².
  void enter(double weight, double[] a, double b) {
    int n = normal.length;
    for (int i = 0; i < n; i++) {
      if (a[i] != 0) {
        for (int j = 0; j < n; j++) {
          normal[i][j] += weight * a[i] * a[j];
        }
        normal[i][n] += weight * a[i] * b;
      }
    }
  }

  /// x by elimination with pivots; an unknown that nothing determines becomes 0. To be asked once.
  double[] solved() {
    int n = normal.length;
    double[] scale = new double[n];
    for (int i = 0; i < n; i++) {
      scale[i] = normal[i][i] > 0 ? 1 / Math.sqrt(normal[i][i]) : 0;
    }
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        normal[i][j] *= scale[i] * scale[j];
      }
      normal[i][n] *= scale[i];
    }
    for (int k = 0; k < n; k++) {
      int pivot = k;
      for (int i = k + 1; i < n; i++) {
        pivot = Math.abs(normal[i][k]) > Math.abs(normal[pivot][k]) ? i : pivot;
      }
      double[] row = normal[pivot];
      normal[pivot] = normal[k];
      normal[k] = row;
      for (int i = k + 1; i < n && Math.abs(row[k]) > 1e-12; i++) {
        double factor = normal[i][k] / row[k];
        for (int j = k; j <= n; j++) {
          normal[i][j] -= factor * row[j];
        }
      }
    }
    double[] x = new double[n];
    for (int k = n - 1; k >= 0; k--) {
      double sum = normal[k][n];
      for (int j = k + 1; j < n; j++) {
        sum -= normal[k][j] * x[j];
      }
      x[k] = Math.abs(normal[k][k]) > 1e-12 ? sum / normal[k][k] : 0;
    }
    for (int k = 0; k < n; k++) {
      x[k] *= scale[k];
    }
    return x;
  }
}

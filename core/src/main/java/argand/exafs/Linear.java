package argand.exafs;

/// Products of small matrices, kept by rows.
final class Linear {
  private Linear() {}

  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /// A b
  static double[] times(double[][] a, double[] b) {
    double[] out = new double[a.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = dot(a[i], b);
    }
    return out;
  }

  /// A B
  static double[][] times(double[][] a, double[][] b) {
    double[][] out = new double[a.length][b[0].length];
    for (int i = 0; i < a.length; i++) {
      for (int k = 0; k < b.length; k++) {
        double scale = a[i][k];
        for (int j = 0; scale != 0 && j < out[i].length; j++) {
          out[i][j] += scale * b[k][j];
        }
      }
    }
    return out;
  }

  /// Aᵀ
  static double[][] transposed(double[][] a) {
    double[][] out = new double[a[0].length][a.length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a[i].length; j++) {
        out[j][i] = a[i][j];
      }
    }
    return out;
  }
}

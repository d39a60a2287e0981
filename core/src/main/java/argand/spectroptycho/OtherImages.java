package argand.spectroptycho;

/// What all images but one say of that one: its best approximation by the strongest components of
/// the others, from inner products alone.
///
/// Eigenvectors come by orthogonal iteration, which needs few of many; a component weaker than
/// 10⁻⁶ of the strongest is left out.
final class OtherImages {
  private static final int ITERATIONS = 60;
  private static final double WEAK = 1e-6;

  private final double[][] re;
  private final double[][] im;
  private final int left;

  /// @param gram Σ A_j* A_l, real and imaginary parts
  /// @param left the image that does not speak
  OtherImages(double[][][] gram, int left) {
    this.re = gram[0];
    this.im = gram[1];
    this.left = left;
  }

  /// c = V Λ⁻¹ V* g, real and imaginary parts; 0 for the image itself.
  double[][] coefficients(int components) {
    int n = re.length;
    int k = Math.min(components, n - 1);
    double[][] x = new double[k][n];
    double[][] y = new double[k][n];
    for (int m = 0; m < k; m++) {
      for (int j = 0; j < n; j++) {
        // any start that no eigenvector is orthogonal to
        x[m][j] = j == left ? 0 : Math.cos(1 + (m + 1.0) * j * j);
        y[m][j] = j == left ? 0 : Math.sin(2 + (m + 1.0) * j);
      }
    }
    double[] value = new double[k];
    for (int round = 0; round < ITERATIONS; round++) {
      for (int m = 0; m < k; m++) {
        double[][] next = times(x[m], y[m]);
        x[m] = next[0];
        y[m] = next[1];
      }
      orthonormalize(x, y, value);
    }
    double[] a = new double[n];
    double[] b = new double[n];
    for (int m = 0; m < k; m++) {
      if (value[m] > WEAK * value[0]) {
        double u = 0;
        double v = 0;
        for (int j = 0; j < n; j++) {
          if (j != left) {
            // V* g
            u += x[m][j] * re[j][left] + y[m][j] * im[j][left];
            v += x[m][j] * im[j][left] - y[m][j] * re[j][left];
          }
        }
        for (int j = 0; j < n; j++) {
          a[j] += (x[m][j] * u - y[m][j] * v) / value[m];
          b[j] += (x[m][j] * v + y[m][j] * u) / value[m];
        }
      }
    }
    return new double[][] {a, b};
  }

  /// G without the image times a vector.
  private double[][] times(double[] x, double[] y) {
    int n = x.length;
    double[][] product = new double[2][n];
    for (int j = 0; j < n; j++) {
      if (j != left) {
        for (int l = 0; l < n; l++) {
          if (l != left) {
            product[0][j] += re[j][l] * x[l] - im[j][l] * y[l];
            product[1][j] += re[j][l] * y[l] + im[j][l] * x[l];
          }
        }
      }
    }
    return product;
  }

  /// Gram–Schmidt, the strongest first; `value` takes the lengths.
  private static void orthonormalize(double[][] x, double[][] y, double[] value) {
    for (int m = 0; m < x.length; m++) {
      for (int p = 0; p < m; p++) {
        double u = 0;
        double v = 0;
        for (int j = 0; j < x[m].length; j++) {
          u += x[p][j] * x[m][j] + y[p][j] * y[m][j];
          v += x[p][j] * y[m][j] - y[p][j] * x[m][j];
        }
        for (int j = 0; j < x[m].length; j++) {
          double s = x[m][j] - (x[p][j] * u - y[p][j] * v);
          double t = y[m][j] - (x[p][j] * v + y[p][j] * u);
          x[m][j] = s;
          y[m][j] = t;
        }
      }
      double square = 0;
      for (int j = 0; j < x[m].length; j++) {
        square += x[m][j] * x[m][j] + y[m][j] * y[m][j];
      }
      value[m] = Math.sqrt(square);
      double length = Math.max(value[m], 1e-300);
      for (int j = 0; j < x[m].length; j++) {
        x[m][j] /= length;
        y[m][j] /= length;
      }
    }
  }
}

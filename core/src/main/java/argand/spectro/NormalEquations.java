package argand.spectro;

import java.util.Arrays;

/// The sums of one weighted linear fit, in double precision: G = Σ w a aᵀ, c = Σ w a y.
final class NormalEquations {
  private final int n;
  final double[] g;
  final double[] c;

  NormalEquations(int n) {
    this.n = n;
    g = new double[n * n];
    c = new double[n];
  }

  void clear() {
    Arrays.fill(g, 0);
    Arrays.fill(c, 0);
  }

  /// One datum y with weight w and row a; only the lower triangle until {@link #complete}.
  void add(double w, double[] a, double y) {
    for (int k = 0; k < n; k++) {
      double wa = w * a[k];
      c[k] += wa * y;
      for (int l = 0; l <= k; l++) {
        g[k * n + l] += wa * a[l];
      }
    }
  }

  /// The upper triangle.
  void complete() {
    for (int k = 0; k < n; k++) {
      for (int l = 0; l < k; l++) {
        g[l * n + k] = g[k * n + l];
      }
    }
  }
}

package argand.ptycho;

/// What counts say about real parameters p of the waves that made them, gathered for a Gauss–Newton
/// step:
///
///     J_k = ∂I/∂p_k = 2 Re Σ_m u_m* ∂u_m/∂p_k
///     w   = 1 / (½ (I + I_j) + 1)
///     H   = Σ w J Jᵀ,    g = Σ w J (I_j − I)
///
/// over the good pixels. w is the inverse variance of a count, between computed and measured so
/// that
/// neither a dark pixel nor a wrong wave rules the sum. H is then the Fisher information of shot
/// noise: its inverse is the covariance of the parameters where all else is known.
final class NormalEquations {
  private final int parameters;
  private final double[] h;
  private final double[] g;
  private double misfit;
  private long pixels;

  NormalEquations(int parameters) {
    this.parameters = parameters;
    h = new double[parameters * parameters];
    g = new double[parameters];
  }

  /// Number of parameters.
  int parameters() {
    return parameters;
  }

  /// H_kl
  double h(int k, int l) {
    return h[k * parameters + l];
  }

  /// g_k
  double g(int k) {
    return g[k];
  }

  /// Mean diagonal element of H.
  double meanDiagonal() {
    double sum = 0;
    for (int k = 0; k < parameters; k++) {
      sum += h(k, k);
    }
    return sum / parameters;
  }

  /// Σ w (I_j − I)² for each pixel that was entered: about 1 where shot noise is all that is left
  /// and counts are many.
  double misfit() {
    return pixels == 0 ? 0 : misfit / pixels;
  }

  /// Enters one pixel.
  void enter(double counted, double computed, double[] slopes) {
    double weight = 1 / (0.5 * (computed + counted) + 1);
    double excess = counted - computed;
    for (int k = 0; k < parameters; k++) {
      double weighted = weight * slopes[k];
      g[k] += weighted * excess;
      for (int l = 0; l <= k; l++) {
        h[k * parameters + l] += weighted * slopes[l];
      }
    }
    misfit += weight * excess * excess;
    pixels++;
  }

  /// To be called when all pixels are entered: the upper triangle of H.
  void complete() {
    for (int k = 0; k < parameters; k++) {
      for (int l = 0; l < k; l++) {
        h[l * parameters + k] = h[k * parameters + l];
      }
    }
  }

  /// this ← this + other
  void add(NormalEquations other) {
    for (int k = 0; k < h.length; k++) {
      h[k] += other.h[k];
    }
    for (int k = 0; k < parameters; k++) {
      g[k] += other.g[k];
    }
    misfit += other.misfit;
    pixels += other.pixels;
  }

  /// The same in other parameters.
  ///
  /// @param effects for each of them, how far it changes these
  NormalEquations along(double[][] effects) {
    int n = effects.length;
    var other = new NormalEquations(n);
    for (int k = 0; k < n; k++) {
      for (int a = 0; a < parameters; a++) {
        other.g[k] += effects[k][a] * g[a];
        for (int l = 0; l < n; l++) {
          for (int b = 0; b < parameters; b++) {
            other.h[k * n + l] += effects[k][a] * h(a, b) * effects[l][b];
          }
        }
      }
    }
    other.misfit = misfit;
    other.pixels = pixels;
    return other;
  }

  /// (H + ridge)⁻¹ g, the ridge above zero on the diagonal.
  double[] step(double ridge) {
    return solve(ridge, g);
  }

  /// Diagonal of (H + ridge)⁻¹.
  double[] variances(double ridge) {
    double[] variances = new double[parameters];
    for (int k = 0; k < parameters; k++) {
      double[] unit = new double[parameters];
      unit[k] = 1;
      variances[k] = solve(ridge, unit)[k];
    }
    return variances;
  }

  private double[] solve(double ridge, double[] right) {
    return solve(h, ridge, right);
  }

  /// (matrix + ridge)⁻¹ right by Cholesky's decomposition.
  ///
  /// @param matrix positive, row by row; of which the lower triangle is read
  static double[] solve(double[] matrix, double ridge, double[] right) {
    int n = right.length;
    double[] l = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int k = 0; k <= i; k++) {
        double sum = matrix[i * n + k] + (i == k ? ridge : 0);
        for (int m = 0; m < k; m++) {
          sum -= l[i * n + m] * l[k * n + m];
        }
        l[i * n + k] = i == k ? Math.sqrt(sum) : sum / l[k * n + k];
      }
    }
    double[] x = right.clone();
    for (int i = 0; i < n; i++) {
      for (int m = 0; m < i; m++) {
        x[i] -= l[i * n + m] * x[m];
      }
      x[i] /= l[i * n + i];
    }
    for (int i = n - 1; i >= 0; i--) {
      for (int m = i + 1; m < n; m++) {
        x[i] -= l[m * n + i] * x[m];
      }
      x[i] /= l[i * n + i];
    }
    return x;
  }
}

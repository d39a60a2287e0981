package argand.spectro;

/// A piecewise cubic curve as rows of weights on the values, and what is read off it.
///
/// Between energies x_j and x_j+1, h apart, t above the first:
///
///     (1)  s(t)  = g_j + t [(g_j+1 − g_j)/h − h (2γ_j + γ_j+1)/6] + t² γ_j/2 + t³ (γ_j+1 − γ_j)/6h
///
/// @param x energies [eV]
/// @param values G: g = G y
/// @param bends Γ: second derivatives γ = Γ y
record CurveRows(double[] x, double[][] values, double[][] bends) {
  int size() {
    return x.length;
  }

  /// G and Γ below each other in single precision.
  float[][] stacked() {
    int n = x.length;
    float[][] rows = new float[2 * n][n];
    for (int r = 0; r < n; r++) {
      for (int c = 0; c < n; c++) {
        rows[r][c] = (float) values[r][c];
        rows[n + r][c] = (float) bends[r][c];
      }
    }
    return rows;
  }

  /// A place on the curve: in segment j, t above its lower end [eV].
  record Place(int segment, double t) {}

  double energy(Place at) {
    return x[at.segment] + at.t;
  }

  /// Weights on y of derivative `order` (0 … 3) of the curve at a place.
  double[] weights(Place at, int order) {
    int j = at.segment;
    double h = x[j + 1] - x[j];
    double t = at.t;
    double g0;
    double g1;
    double b0;
    double b1;
    switch (order) {
      case 0 -> {
        g0 = 1 - t / h;
        g1 = t / h;
        b0 = -t * h / 3 + t * t / 2 - t * t * t / (6 * h);
        b1 = -t * h / 6 + t * t * t / (6 * h);
      }
      case 1 -> {
        g0 = -1 / h;
        g1 = 1 / h;
        b0 = -h / 3 + t - t * t / (2 * h);
        b1 = -h / 6 + t * t / (2 * h);
      }
      case 2 -> {
        g0 = 0;
        g1 = 0;
        b0 = 1 - t / h;
        b1 = t / h;
      }
      case 3 -> {
        g0 = 0;
        g1 = 0;
        b0 = -1 / h;
        b1 = 1 / h;
      }
      default -> throw new IllegalArgumentException("derivative " + order);
    }
    double[] w = new double[x.length];
    for (int e = 0; e < w.length; e++) {
      w[e] = g0 * values[j][e] + g1 * values[j + 1][e] + b0 * bends[j][e] + b1 * bends[j + 1][e];
    }
    return w;
  }

  /// Where the curve is highest inside of its range.
  ///
  /// @param g values at the energies
  /// @param b second derivatives there
  /// @return nothing where it is highest at an end
  Place highest(float[] g, float[] b) {
    int top = 0;
    for (int j = 1; j < x.length; j++) {
      top = g[j] > g[top] ? j : top;
    }
    if (top == 0 || top == x.length - 1) {
      return NOWHERE;
    }
    Place best = NOWHERE;
    double height = Double.NEGATIVE_INFINITY;
    for (int j = top - 1; j <= top; j++) {
      double h = x[j + 1] - x[j];
      double slope = (g[j + 1] - g[j]) / h - h * (2 * b[j] + b[j + 1]) / 6;
      double third = (b[j + 1] - b[j]) / h;
      double t = descendingRoot(slope, b[j], third / 2);
      // neighbouring segments agree about a root at their common end to the rounding of g
      if (t >= -1e-3 * h && t <= (1 + 1e-3) * h) {
        double s = g[j] + t * (slope + t * (b[j] / 2 + t * third / 6));
        if (s > height) {
          height = s;
          best = new Place(j, t);
        }
      }
    }
    return best;
  }

  /// Nowhere in the range.
  static final Place NOWHERE = new Place(-1, Double.NaN);

  /// The root of a + b t + c t² at which the derivative b + 2ct is negative.
  private static double descendingRoot(double a, double b, double c) {
    double discriminant = b * b - 4 * a * c;
    if (discriminant < 0) {
      return Double.NaN;
    }
    // −√ is the derivative at the root; the form that does not cancel
    double root = Math.sqrt(discriminant);
    return b <= 0 ? 2 * a / (root - b) : (-b - root) / (2 * c);
  }

  /// Where the curve rises fastest: γ falls through zero with the greatest slope.
  Place steepest(float[] g, float[] b) {
    Place best = NOWHERE;
    double most = 0;
    for (int j = 0; j + 1 < x.length; j++) {
      if (b[j] > 0 && b[j + 1] <= 0) {
        double h = x[j + 1] - x[j];
        double t = h * b[j] / (b[j] - b[j + 1]);
        double slope =
            (g[j + 1] - g[j]) / h
                - h * (2 * b[j] + b[j + 1]) / 6
                + t * (b[j] + t * (b[j + 1] - b[j]) / (2 * h));
        if (slope > most) {
          most = slope;
          best = new Place(j, t);
        }
      }
    }
    return best;
  }

  /// Where the curve last comes up to `height` before its highest energy.
  Place rising(float[] g, float[] b, double height) {
    int top = 0;
    for (int j = 1; j < x.length; j++) {
      top = g[j] > g[top] ? j : top;
    }
    for (int j = top - 1; j >= 0; j--) {
      if (g[j] < height && g[j + 1] >= height) {
        double h = x[j + 1] - x[j];
        double slope = (g[j + 1] - g[j]) / h - h * (2 * b[j] + b[j + 1]) / 6;
        double low = 0;
        double high = h;
        for (int round = 0; round < 40; round++) {
          double t = (low + high) / 2;
          double s = g[j] + t * (slope + t * (b[j] / 2 + t * (b[j + 1] - b[j]) / (6 * h)));
          if (s < height) {
            low = t;
          } else {
            high = t;
          }
        }
        return new Place(j, (low + high) / 2);
      }
    }
    return NOWHERE;
  }
}

package argand.xrf;

import argand.inverse.Cholesky;
import java.util.Arrays;

/// A background over the channels of a fit and what it depends on: fixed + Σ p_k β_k, or
/// exp(Σ p_k β_k).
final class BackgroundCurve {
  private static final double SMALLEST_PIVOT = 1e-13;

  /// Energies where the exponential ends: nothing counts so much.
  private static final double MOST = 50;

  private final double[] fixed;
  private final Column[] basis;
  private final boolean exponential;
  private final boolean rough;

  /// @param fixed added to what is fitted
  /// @param rough whether second differences of neighbouring coefficients are held down
  private BackgroundCurve(double[] fixed, Column[] basis, boolean exponential, boolean rough) {
    this.fixed = fixed;
    this.basis = basis;
    this.exponential = exponential;
    this.rough = rough;
  }

  /// @param counts of the channels of the fit, from which SNIP and strip are taken
  /// @param energyEv of these channels
  static BackgroundCurve of(Background how, double[] counts, double[] energyEv) {
    int n = counts.length;
    double[] nothing = new double[n];
    return switch (how) {
      case Background.Smooth smooth ->
          new BackgroundCurve(nothing, splines(energyEv, smooth.knotsEv()), true, true);
      case Background.Polynomial p ->
          new BackgroundCurve(nothing, powers(energyEv, p.order()), false, false);
      case Background.Exponential p ->
          new BackgroundCurve(nothing, powers(energyEv, p.order()), true, false);
      case Background.Snip snip ->
          new BackgroundCurve(
              StrippedBackground.snip(counts, snip.widthEv(), channelEv(energyEv)),
              new Column[0],
              false,
              false);
      case Background.Strip strip ->
          new BackgroundCurve(StrippedBackground.strip(counts, strip), new Column[0], false, false);
      case Background.None _ -> new BackgroundCurve(nothing, new Column[0], false, false);
    };
  }

  /// Mean width of the channels.
  static double channelEv(double[] energyEv) {
    return (energyEv[energyEv.length - 1] - energyEv[0]) / (energyEv.length - 1);
  }

  private static Column[] powers(double[] energyEv, int order) {
    int n = energyEv.length;
    var columns = new Column[order + 1];
    for (int k = 0; k <= order; k++) {
      columns[k] = new Column(n);
      columns[k].reach(0, n);
      for (int c = 0; c < n; c++) {
        double t = -1 + 2.0 * c / Math.max(1, n - 1);
        columns[k].value[c] = Math.cos(k * Math.acos(Math.clamp(t, -1, 1))); // Chebyshev
      }
    }
    return columns;
  }

  /// Cubic B-splines on even knots.
  static Column[] splines(double[] energyEv, double knotsEv) {
    int n = energyEv.length;
    double length = energyEv[n - 1] - energyEv[0];
    int spans = Math.max(1, (int) Math.rint(length / knotsEv));
    var columns = new Column[spans + 3];
    for (int k = 0; k < columns.length; k++) {
      columns[k] = new Column(n);
    }
    for (int c = 0; c < n; c++) {
      double x = (energyEv[c] - energyEv[0]) / length * spans;
      int span = Math.min((int) x, spans - 1);
      double u = x - span;
      double[] weight = {
        (1 - u) * (1 - u) * (1 - u) / 6,
        (3 * u * u * u - 6 * u * u + 4) / 6,
        (-3 * u * u * u + 3 * u * u + 3 * u + 1) / 6,
        u * u * u / 6
      };
      for (int k = 0; k < 4; k++) {
        columns[span + k].reach(c, c + 1);
        columns[span + k].value[c] = weight[k];
      }
    }
    return columns;
  }

  int size() {
    return basis.length;
  }

  boolean isRough() {
    return rough;
  }

  boolean isExponential() {
    return exponential;
  }

  /// Coefficients that come near to a curve.
  double[] near(double[] curve) {
    int k = basis.length;
    if (k == 0) {
      return new double[0];
    }
    double[] weight = new double[curve.length];
    double[] target = new double[curve.length];
    for (int c = 0; c < curve.length; c++) {
      double level = Math.max(curve[c], 0) + 0.5;
      weight[c] = exponential ? level : 1 / level;
      target[c] = weight[c] * (exponential ? Math.log(level) : curve[c]);
    }
    double[][] h = new double[k][k];
    double[] b = new double[k];
    for (int i = 0; i < k; i++) {
      for (int j = 0; j <= i; j++) {
        h[i][j] = Column.product(basis[i], basis[j], weight);
      }
      b[i] = basis[i].dot(target);
    }
    if (rough) {
      double mean = Arrays.stream(weight).sum() / k;
      addRoughness(h, 0, 1e-2 * mean);
    }
    for (int i = 0; i < k; i++) {
      h[i][i] += 1e-10 * h[i][i] + 1e-12;
    }
    var cholesky = new Cholesky(h, SMALLEST_PIVOT);
    return cholesky.dependent() < 0 ? cholesky.solve(b) : new double[k];
  }

  /// The curve.
  void evaluate(double[] p, int at, double[] into) {
    System.arraycopy(fixed, 0, into, 0, fixed.length);
    if (basis.length == 0) {
      return;
    }
    double[] sum = new double[fixed.length];
    for (int k = 0; k < basis.length; k++) {
      basis[k].addTo(sum, p[at + k]);
    }
    for (int c = 0; c < sum.length; c++) {
      into[c] += exponential ? Math.exp(Math.min(sum[c], MOST)) : sum[c];
    }
  }

  /// ∂curve/∂p_k into a column, given the curve.
  void slope(int k, double[] curve, Column into) {
    into.clear();
    into.reach(basis[k].first, basis[k].last);
    for (int c = basis[k].first; c < basis[k].last; c++) {
      into.value[c] = basis[k].value[c] * (exponential ? curve[c] - fixed[c] : 1);
    }
  }

  /// h ← h + strength DᵀD with D the second differences of the coefficients, which begin at `at`.
  void addRoughness(double[][] h, int at, double strength) {
    int k = basis.length;
    for (int i = 0; i + 2 < k; i++) {
      double[] d = {1, -2, 1};
      for (int a = 0; a < 3; a++) {
        for (int b = 0; b < 3; b++) {
          h[at + i + a][at + i + b] += strength * d[a] * d[b];
        }
      }
    }
  }

  /// |D p|²
  double roughness(double[] p, int at) {
    double sum = 0;
    for (int i = 0; i + 2 < basis.length; i++) {
      double d = p[at + i] - 2 * p[at + i + 1] + p[at + i + 2];
      sum += d * d;
    }
    return sum;
  }

  /// g ← g − strength DᵀD p
  void subtractRoughness(double[] p, int at, double strength, double[] g) {
    for (int i = 0; i + 2 < basis.length; i++) {
      double d = strength * (p[at + i] - 2 * p[at + i + 1] + p[at + i + 2]);
      g[at + i] -= d;
      g[at + i + 1] += 2 * d;
      g[at + i + 2] -= d;
    }
  }
}

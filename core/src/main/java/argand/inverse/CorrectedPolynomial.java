package argand.inverse;

import argand.Paper;

/// y = β₀ + β₁ u + β₂ u² where u was measured as x = u + e, e of known variance v: least squares
/// with
/// moments that have no bias by e (adjusted least squares). With
///
///     t₀ = 1,  t₁ = x,  t₂ = x² − v,  t₃ = x³ − 3 x v,  t₄ = x⁴ − 6 x² v + 3 v²
///
/// whose expectations are those of u⁰ … u⁴ for normal e, M_ij = mean t_{i+j}, m_i = mean t_i y and
/// M β = m. What y scatters need not be known. The straight line of it is S_xy/(S_xx − v). Sums of
/// parts may be added and taken off: errors come from leaving parts out.
@Paper(
    value =
        "Cheng & Schneeweiss, Polynomial regression with errors in the variables, J. R. Stat. Soc. B"
            + " 60, 189 (1998)",
    doi = "10.1111/1467-9868.00118")
public final class CorrectedPolynomial {
  /// Of the largest degree.
  private static final int MOST = 2;

  private final double[] t = new double[2 * MOST + 1];
  private final double[] ty = new double[MOST + 1];

  /// One place.
  ///
  /// @param x from about the mean of all, or rounding is large
  public void add(double x, double variance, double y) {
    double square = x * x;
    double t2 = square - variance;
    t[0]++;
    t[1] += x;
    t[2] += t2;
    t[3] += x * (square - 3 * variance);
    t[4] += square * square - 6 * square * variance + 3 * variance * variance;
    ty[0] += y;
    ty[1] += x * y;
    ty[2] += t2 * y;
  }

  /// This ← this + sign · other
  public void add(CorrectedPolynomial other, double sign) {
    for (int k = 0; k < t.length; k++) {
      t[k] += sign * other.t[k];
    }
    for (int k = 0; k < ty.length; k++) {
      ty[k] += sign * other.ty[k];
    }
  }

  public double count() {
    return t[0];
  }

  /// β, or NaN where x hardly changes beyond its errors.
  ///
  /// @param degree 1 or 2
  public double[] fit(int degree) {
    double[][] m = new double[degree + 1][degree + 1];
    double[] right = new double[degree + 1];
    for (int i = 0; i <= degree; i++) {
      right[i] = ty[i] / t[0];
      for (int k = 0; k <= i; k++) {
        m[i][k] = t[i + k] / t[0];
      }
    }
    var normal = new Cholesky(m);
    if (normal.dependent() >= 0) {
      java.util.Arrays.fill(right, Double.NaN);
      return right;
    }
    return normal.solve(right);
  }
}

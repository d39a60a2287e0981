package argand.array;

import java.util.Arrays;

/// The cubic spline through points whose third derivative does not jump at the second and the last
/// but one (not-a-knot; de Boor, A Practical Guide to Splines, 1978, chapter IV). Fewer than four
/// points: straight lines. What is asked beyond its ends is answered by the value at the end.
public final class NotAKnotSpline {
  private final double[] x;
  private final double[] y;

  /// Second derivatives at the points.
  private final double[] m;

  /// @param x rising, at least two
  public NotAKnotSpline(double[] x, double[] y) {
    Check.atLeast("points of a spline", x.length, 2);
    Check.same("values of a spline", y.length, x.length);
    this.x = x;
    this.y = y;
    m = x.length < 4 ? new double[x.length] : curvatures(x, y);
  }

  /// The value.
  public double at(double place) {
    return one(inside(place), 0);
  }

  /// The first derivative; beyond an end that at the end.
  public double slope(double place) {
    return one(inside(place), 1);
  }

  private double inside(double place) {
    return Math.max(x[0], Math.min(x[x.length - 1], place));
  }

  private double one(double at, int order) {
    int found = Arrays.binarySearch(x, at);
    int i = Math.min(x.length - 2, found >= 0 ? found : -found - 2);
    double h = x[i + 1] - x[i];
    double a = (x[i + 1] - at) / h;
    double b = (at - x[i]) / h;
    return order == 0
        ? a * y[i]
            + b * y[i + 1]
            + ((a * a * a - a) * m[i] + (b * b * b - b) * m[i + 1]) * h * h / 6
        : (y[i + 1] - y[i]) / h + ((1 - 3 * a * a) * m[i] + (3 * b * b - 1) * m[i + 1]) * h / 6;
  }

  /// The tridiagonal system of the inner points; the outer ones follow from
  /// m₀ = m₁ − (h₀/h₁)(m₂ − m₁), and so at the other end.
  private static double[] curvatures(double[] x, double[] y) {
    int n = x.length;
    int inner = n - 2;
    double[] below = new double[inner];
    double[] middle = new double[inner];
    double[] above = new double[inner];
    double[] right = new double[inner];
    for (int k = 0; k < inner; k++) {
      double before = x[k + 1] - x[k];
      double after = x[k + 2] - x[k + 1];
      below[k] = before;
      middle[k] = 2 * (before + after);
      above[k] = after;
      right[k] = 6 * ((y[k + 2] - y[k + 1]) / after - (y[k + 1] - y[k]) / before);
    }
    double first = (x[1] - x[0]) / (x[2] - x[1]);
    middle[0] += below[0] * (1 + first);
    above[0] -= below[0] * first;
    double last = (x[n - 1] - x[n - 2]) / (x[n - 2] - x[n - 3]);
    middle[inner - 1] += above[inner - 1] * (1 + last);
    below[inner - 1] -= above[inner - 1] * last;
    for (int k = 1; k < inner; k++) {
      double factor = below[k] / middle[k - 1];
      middle[k] -= factor * above[k - 1];
      right[k] -= factor * right[k - 1];
    }
    double[] m = new double[n];
    for (int k = inner - 1; k >= 0; k--) {
      m[k + 1] = (right[k] - (k + 1 < inner ? above[k] * m[k + 2] : 0)) / middle[k];
    }
    m[0] = m[1] - first * (m[2] - m[1]);
    m[n - 1] = m[n - 2] + last * (m[n - 2] - m[n - 3]);
    return m;
  }
}

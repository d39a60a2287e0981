package argand.spectro;

import argand.array.Check;
import argand.array.InvalidInput;
import argand.data.Spectrum;
import java.util.Arrays;
import java.util.Locale;

/// A reference spectrum between its points: a cubic spline whose third derivative does not jump at
/// the second and the last but one point (not-a-knot; de Boor, A Practical Guide to Splines, 1978,
/// chapter IV). Never beyond its ends. Fewer than four points: straight lines.
final class ReferenceSpline {
  private final String name;
  private final double[] x;
  private final double[] y;

  /// Second derivatives at the points.
  private final double[] m;

  ReferenceSpline(Spectrum spectrum) {
    Check.atLeast("points of reference " + spectrum.name(), spectrum.energyEv().length, 2);
    name = spectrum.name();
    x = spectrum.energyEv();
    y = spectrum.values();
    for (int i = 0; i < y.length; i++) {
      if (!Double.isFinite(y[i])) {
        throw new InvalidInput(
            "reference " + name, y[i] + " at " + x[i] + " eV", "a finite value", "");
      }
    }
    m = x.length < 4 ? new double[x.length] : curvatures(x, y);
  }

  String name() {
    return name;
  }

  /// The value at each energy [eV].
  ///
  /// @throws InvalidInput beyond its ends
  double[] at(double[] energyEv) {
    double[] values = new double[energyEv.length];
    for (int e = 0; e < values.length; e++) {
      mustCover(energyEv[e], energyEv[e]);
      values[e] = one(energyEv[e], 0);
    }
    return values;
  }

  /// values[e] ← the value, and slopes[e] ← the first derivative, at each energy less `shift`.
  void shifted(double[] energyEv, double shift, double[] values, double[] slopes) {
    for (int e = 0; e < energyEv.length; e++) {
      double at = Math.max(x[0], Math.min(x[x.length - 1], energyEv[e] - shift));
      values[e] = one(at, 0);
      slopes[e] = one(at, 1);
    }
  }

  /// @throws InvalidInput unless the reference reaches over all of these energies
  void mustCover(double leastEv, double mostEv) {
    if (leastEv < x[0] || mostEv > x[x.length - 1]) {
      throw new InvalidInput(
          "reference " + name,
          String.format(Locale.ROOT, "from %.6g to %.6g eV", x[0], x[x.length - 1]),
          String.format(Locale.ROOT, "one over all of %.6g … %.6g eV", leastEv, mostEv),
          "or leave energies out with range or exclude");
    }
  }

  /// The spline (order 0) or its first derivative, inside of its ends.
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

package argand.physics;

/// A spectrum over one interval of energies, as a function whose Cauchy integral
///
///     C(E) = P∫ f(x)/(x − E) dx    over the interval
///
/// is known. Where an end of the interval is nearer to E than 10⁻¹² E, it is taken to be at that
/// distance: two pieces that meet there with one value then give what they give together, for their
/// logarithms cancel.
public sealed interface SpectralPiece permits LaurentPiece, CubicPiece {
  /// Where it begins [eV].
  double fromEv();

  /// Where it ends [eV].
  double toEv();

  /// The function itself, within the interval.
  double value(double ev);

  /// C at any energy but 0, below zero too.
  double cauchy(double ev);

  /// Adds C(E) + sign · C(−E) at each energy. What is further than three lengths of the interval
  /// from
  /// an energy is integrated by the rule of Gauss and Legendre with six points, exact to 10⁻¹³
  /// there,
  /// where closed forms cost logarithms and lose digits.
  default void addCauchy(double[] ev, int sign, double[] to) {
    double h = toEv() - fromEv();
    double middle = (toEv() + fromEv()) / 2;
    double far = h < 0.2 * fromEv() ? Gauss.FAR * h : Double.POSITIVE_INFINITY;
    double[] at = new double[Gauss.POINTS.length];
    double[] weighted = new double[at.length];
    for (int q = 0; q < at.length; q++) {
      at[q] = fromEv() + Gauss.POINTS[q] * h;
      weighted[q] = 2 * h * Gauss.WEIGHTS[q] * value(at[q]);
    }
    for (int i = 0; i < ev.length; i++) {
      double e = ev[i];
      if (Math.min(Math.abs(e - middle), e + middle) <= far) {
        to[i] += cauchy(e) + sign * cauchy(-e);
        continue;
      }
      // 1/(x − E) ± 1/(x + E) = 2x/(x² − E²) or 2E/(x² − E²)
      double sum = 0;
      for (int q = 0; q < at.length; q++) {
        sum += weighted[q] * (sign > 0 ? at[q] : e) / ((at[q] - e) * (at[q] + e));
      }
      to[i] += sum;
    }
  }

  default boolean holds(double ev) {
    return ev >= fromEv() && ev <= toEv();
  }

  /// ln|(b − E)/(a − E)|
  static double logarithm(double a, double b, double ev) {
    double least = 1e-12 * Math.abs(ev);
    return Math.log(Math.max(Math.abs(b - ev), least) / Math.max(Math.abs(a - ev), least));
  }

  /// Points and weights on 0 … 1, and from how many lengths of an interval they are used.
  final class Gauss {
    private Gauss() {}

    static final double FAR = 3;

    private static final double[] POINTS = {
      0.033765242898423975,
      0.16939530676686776,
      0.3806904069584015,
      0.6193095930415985,
      0.8306046932331322,
      0.966234757101576
    };

    private static final double[] WEIGHTS = {
      0.08566224618958525,
      0.18038078652406947,
      0.23395696728634546,
      0.23395696728634546,
      0.18038078652406947,
      0.08566224618958525
    };
  }
}

package argand.physics;

import java.util.Optional;

/// Σ_n A_n E^n with n = −3 … 1 over one interval of energies E [eV]: lines through measured points,
/// the decay of absorption between the rows of a table, and the fits of Biggs and Lighthill all
/// have
/// this form.
///
/// @param a3 A₋₃
/// @param a2 A₋₂
/// @param a1 A₋₁
/// @param a0 A₀
/// @param b1 A₁
public record LaurentPiece(
    double fromEv, double toEv, double a3, double a2, double a1, double a0, double b1)
    implements SpectralPiece {
  /// Below this share of the interval's beginning the series is used: its terms fall by it.
  private static final double SMALL = 0.05;

  private static final int TERMS = 13;

  /// Through two values above zero as A₋₁/E + A₋₂/E²: positive in between, and exact for what falls
  /// as 1/E or 1/E², as absorption nearly does between its edges.
  public static LaurentPiece falling(double fromEv, double from, double toEv, double to) {
    double a2 = (to * toEv - from * fromEv) / (1 / toEv - 1 / fromEv);
    return new LaurentPiece(fromEv, toEv, 0, a2, from * fromEv - a2 / fromEv, 0, 0);
  }

  @Override
  public double value(double ev) {
    double u = 1 / ev;
    return b1 * ev + a0 + u * (a1 + u * (a2 + u * a3));
  }

  /// What of it lies between two energies.
  public Optional<LaurentPiece> between(double leastEv, double mostEv) {
    double from = Math.max(fromEv, leastEv);
    double to = Math.min(toEv, mostEv);
    return from < to
        ? Optional.of(new LaurentPiece(from, to, a3, a2, a1, a0, b1))
        : Optional.empty();
  }

  /// Closed form: with I_n = P∫ x^n/(x − E) dx and L = ln|(b − E)/(a − E)|
  ///
  ///     I_0 = L,   I_1 = b − a + E L,   I_n = (I_{n+1} − ∫ x^n dx)/E  for n < 0
  ///
  /// and, where E is so much below the interval that the last would cancel, Σ_j E^j ∫ x^{n−1−j} dx.
  @Override
  public double cauchy(double ev) {
    if (Math.abs(ev) < SMALL * fromEv) {
      return series(ev);
    }
    double zero = SpectralPiece.logarithm(fromEv, toEv, ev);
    double sum = a0 * zero + b1 * (toEv - fromEv + ev * zero);
    double one = (zero - Math.log(toEv / fromEv)) / ev;
    double two = (one - (1 / fromEv - 1 / toEv)) / ev;
    double three = (two - (1 / (fromEv * fromEv) - 1 / (toEv * toEv)) / 2) / ev;
    return sum + a1 * one + a2 * two + a3 * three;
  }

  private double series(double ev) {
    double sum = 0;
    double power = 1;
    for (int j = 0; j < TERMS; j++) {
      sum +=
          power
              * (b1 * integral(-j)
                  + a0 * integral(-1 - j)
                  + a1 * integral(-2 - j)
                  + a2 * integral(-3 - j)
                  + a3 * integral(-4 - j));
      power *= ev;
    }
    return sum;
  }

  /// ∫ x^n dx
  private double integral(int n) {
    if (n == -1) {
      return Math.log(toEv / fromEv);
    }
    return (Math.pow(toEv, n + 1) - Math.pow(fromEv, n + 1)) / (n + 1);
  }

  LaurentPiece times(double factor) {
    return new LaurentPiece(
        fromEv, toEv, factor * a3, factor * a2, factor * a1, factor * a0, factor * b1);
  }
}

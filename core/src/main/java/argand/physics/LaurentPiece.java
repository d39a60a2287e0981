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

  LaurentPiece times(double factor) {
    return new LaurentPiece(
        fromEv, toEv, factor * a3, factor * a2, factor * a1, factor * a0, factor * b1);
  }
}

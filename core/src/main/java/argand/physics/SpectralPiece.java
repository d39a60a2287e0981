package argand.physics;

/// A spectrum over one interval of energies, as a function whose Cauchy integral is known.
public sealed interface SpectralPiece permits LaurentPiece {
  /// Where it begins [eV].
  double fromEv();

  /// Where it ends [eV].
  double toEv();

  /// The function itself, within the interval.
  double value(double ev);

  default boolean holds(double ev) {
    return ev >= fromEv() && ev <= toEv();
  }
}

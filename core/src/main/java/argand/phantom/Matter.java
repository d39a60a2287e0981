package argand.phantom;

import argand.physics.Beam;

/// What a wave becomes behind matter of refractive index n = 1 − δ + iβ.
///
/// @param delta δ
/// @param beta β
/// @param wavenumber k = 2π/λ [1/m]
record Matter(double delta, double beta, double wavenumber) {
  static Matter of(double delta, double beta, Beam beam) {
    return new Matter(delta, beta, 2 * Math.PI / beam.wavelength());
  }

  /// Re of exp(−kβt)·exp(−ikδt) at thickness t [m].
  double re(double thickness) {
    return Math.exp(-wavenumber * beta * thickness) * Math.cos(wavenumber * delta * thickness);
  }

  /// Im of exp(−kβt)·exp(−ikδt) at thickness t [m].
  double im(double thickness) {
    return -Math.exp(-wavenumber * beta * thickness) * Math.sin(wavenumber * delta * thickness);
  }
}

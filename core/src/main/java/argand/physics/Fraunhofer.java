package argand.physics;

import argand.array.ComplexField;
import argand.array.Fft2;
import argand.array.Grid;
import argand.array.InvalidInput;

/// The far field: one unitary Fourier transform, zero frequency at (rows/2, columns/2), pixels
/// λz/(NΔ) on the detector. The factor −i and the spherical phase on the detector are dropped: no
/// detector sees them. (Goodman, Introduction to Fourier Optics, 3rd ed., equation 4-25.)
///
/// Sampling rule: the curvature exp(iπr²/(λz)) over the wave must be negligible. A wave as wide as
/// its intensity is sampled well fills half the axis, L/2; its Fresnel number (L/4)²/(λz) may be at
/// most 1/8, where the neglected phase at its edge is π/8.
public final class Fraunhofer implements Propagator {
  private static final double FRESNEL_NUMBER = 1.0 / 8;

  private final Grid from;
  private final Grid to;
  private final Fft2 fft;

  /// @param from pixels of the first plane
  /// @param wavelength λ [m]
  /// @param distance z > 0 [m]
  /// @throws InvalidInput when the detector stands too near
  public Fraunhofer(Grid from, double wavelength, double distance) {
    if (!holds(from, wavelength, distance)) {
      double length = Math.max(from.rows() * from.pixelY(), from.columns() * from.pixelX());
      double reach = wavelength * distance * 16 * FRESNEL_NUMBER;
      throw new InvalidInput(
          "propagation distance",
          Metres.text(distance),
          "at least "
              + Metres.text(length * length / (wavelength * 16 * FRESNEL_NUMBER))
              + " for the far field of "
              + Metres.text(length),
          distance > 0
              ? "take a field of at most "
                  + Metres.text(Math.sqrt(reach))
                  + " (fewer or smaller pixels), or the Fresnel propagator"
              : "the far field lies downstream: give a positive distance");
    }
    this.from = from;
    this.to = Fresnel.far(from, wavelength, distance);
    this.fft = new Fft2(from.rows(), from.columns());
  }

  /// True where the sampling rule is kept.
  static boolean holds(Grid from, double wavelength, double distance) {
    double length = Math.max(from.rows() * from.pixelY(), from.columns() * from.pixelX());
    return length * length / 16 <= FRESNEL_NUMBER * wavelength * distance;
  }

  @Override
  public Grid from() {
    return from;
  }

  @Override
  public Grid to() {
    return to;
  }

  @Override
  public void forward(ComplexField wave) {
    Propagator.check(wave, from);
    fft.forward(wave);
  }

  @Override
  public void backward(ComplexField wave) {
    Propagator.check(wave, from);
    fft.inverse(wave);
  }
}

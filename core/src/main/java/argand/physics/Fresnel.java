package argand.physics;

import argand.array.ComplexField;
import argand.array.Fft2;
import argand.array.Grid;
import argand.array.InvalidInput;

/// Paraxial propagation by one Fourier transform, which changes the pixel size to λ|z|/(NΔ);
/// unitary. (Goodman, Introduction to Fourier Optics, 3rd ed., equation 4-17.)
///
/// (1) u₂(x₂) = −i exp(iπx₂²/(λz)) F[u₁(x₁) exp(iπx₁²/(λz))], for z < 0 with +i and F⁻¹
///
/// Sampling rule: the phase of the first factor may turn at most half a turn from pixel to pixel at
/// the edge of the field, which holds for |z| ≥ NΔ²/λ; below that, take {@link AngularSpectrum}.
public final class Fresnel implements Propagator {
  private final Grid from;
  private final Grid to;
  private final Fft2 fft;
  private final ComplexField before;
  private final ComplexField after;
  private final boolean downstream;

  /// @param from pixels of the first plane
  /// @param wavelength λ [m]
  /// @param distance z [m]; negative goes back along the beam
  /// @throws InvalidInput when the curvature cannot be sampled on the grid
  public Fresnel(Grid from, double wavelength, double distance) {
    check("rows", from.rows(), from.pixelY(), wavelength, distance);
    check("columns", from.columns(), from.pixelX(), wavelength, distance);
    this.from = from;
    this.to = far(from, wavelength, distance);
    this.fft = new Fft2(from.rows(), from.columns());
    this.before = Modulation.curvature(from, wavelength, distance);
    this.downstream = distance > 0;
    this.after = Modulation.curvature(to, wavelength, distance).scale(0, downstream ? -1 : 1);
  }

  /// The grid one Fourier transform away: pixels λ|z|/(NΔ).
  static Grid far(Grid from, double wavelength, double distance) {
    double reach = wavelength * Math.abs(distance);
    return new Grid(
        from.rows(), from.columns(), reach * from.frequencyY(), reach * from.frequencyX());
  }

  private static void check(
      String axis, int count, double pixel, double wavelength, double distance) {
    double shortest = count * pixel * pixel / wavelength;
    // a remedy in four digits must not fall short
    if (!(Math.abs(distance) >= shortest * 0.999)) {
      throw new InvalidInput(
          "propagation distance",
          Metres.text(distance),
          "at least "
              + Metres.text(shortest)
              + " for "
              + count
              + " "
              + axis
              + " of "
              + Metres.text(pixel),
          distance == 0
              ? "a wave that stays where it is needs no propagator"
              : "take at most "
                  + (long) (1.0001 * wavelength * Math.abs(distance) / (pixel * pixel))
                  + " "
                  + axis
                  + ", or pixels of at most "
                  + Metres.text(Math.sqrt(wavelength * Math.abs(distance) / count))
                  + ", or the angular spectrum, which is made for short distances");
    }
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
    Modulation.multiply(wave, before, 1);
    transform(wave, downstream);
    Modulation.multiply(wave, after, 1);
  }

  @Override
  public void backward(ComplexField wave) {
    Propagator.check(wave, from);
    Modulation.multiply(wave, after, -1);
    transform(wave, !downstream);
    Modulation.multiply(wave, before, -1);
  }

  private void transform(ComplexField wave, boolean ahead) {
    if (ahead) {
      fft.forward(wave);
    } else {
      fft.inverse(wave);
    }
  }
}

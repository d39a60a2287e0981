package argand.physics;

import argand.Paper;
import argand.array.Check;
import argand.array.ComplexField;
import argand.array.Grid;
import argand.array.InvalidInput;

/// The near field of a diverging beam: by the Fresnel scaling theorem it acts as a plane wave over
/// the effective distance z/M, seen magnified by M = (z₀ + z)/z₀.
///
/// In both planes the wave is taken relative to the spherical wave from the focus, so its phase is
/// free of that curvature. The pixels of the detector are M times those of the sample. A plane wave
/// has z₀ = ∞, M = 1. Sampling rule: that of {@link AngularSpectrum} at z/M.
@Paper(
    value =
        "D. Paganin, Coherent X-Ray Optics, Oxford University Press, appendix B: the Fresnel"
            + " scaling theorem (2006)",
    doi = "10.1093/acprof:oso/9780198567288.001.0001")
public final class FresnelScaling implements Propagator {
  private final AngularSpectrum equivalent;
  private final Grid to;

  /// @param from pixels of the sample plane
  /// @param wavelength λ [m]
  /// @param distance z, sample to detector [m]
  /// @param focusDistance z₀, focus to sample [m]; positive where the beam diverges, +∞ for a plane
  ///     wave
  /// @throws InvalidInput when the sample grid cannot carry the effective distance
  public FresnelScaling(Grid from, double wavelength, double distance, double focusDistance) {
    Check.within("distance", distance, 0, 1e4, "m");
    if (!(focusDistance > 0)) {
      throw new InvalidInput(
          "focusDistance", focusDistance, "a positive length, or infinity for a plane wave", "");
    }
    double magnification = 1 + distance / focusDistance;
    this.equivalent = new AngularSpectrum(from, wavelength, distance / magnification);
    this.to =
        new Grid(
            from.rows(),
            from.columns(),
            from.pixelY() * magnification,
            from.pixelX() * magnification);
  }

  @Override
  public Grid from() {
    return equivalent.from();
  }

  @Override
  public Grid to() {
    return to;
  }

  @Override
  public void forward(ComplexField wave) {
    equivalent.forward(wave);
  }

  @Override
  public void backward(ComplexField wave) {
    equivalent.backward(wave);
  }
}

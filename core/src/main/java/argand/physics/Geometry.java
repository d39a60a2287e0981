package argand.physics;

import argand.array.Check;
import argand.array.Grid;
import argand.array.InvalidInput;

/// Where things stand along the beam: the beam, the distance sample–detector, the detector's
/// pixels, the regime.
///
/// @param beam what illuminates
/// @param distance sample to detector [m]
/// @param detector rows, columns and pixel size of the detector as it is used (after cropping and
///     binning)
/// @param regime which propagation law holds between sample and detector
/// @param focusDistance focus to sample [m]; positive for a beam that diverges at the sample, +∞
///     for a plane wave. Only the near field uses it: by the Fresnel scaling theorem a diverging
///     beam acts as a plane wave over the effective distance z/M on a detector magnified by M = (z₀
///     + z)/z₀.
public record Geometry(
    Beam beam, double distance, Grid detector, Regime regime, double focusDistance) {
  /// The propagation law from sample to detector.
  public enum Regime {
    /// One Fourier transform (Fraunhofer).
    FAR_FIELD,
    /// Angular spectrum over the effective distance; the pixels of sample and detector correspond
    /// one to one.
    NEAR_FIELD
  }

  public Geometry {
    Check.within("distance", distance, 1e-6, 1e4, "m");
    if (!(focusDistance > 0)) {
      throw new InvalidInput(
          "focusDistance", focusDistance, "a positive length, or infinity for a plane wave", "");
    }
  }

  /// Far field.
  public static Geometry farField(Beam beam, double distance, Grid detector) {
    return new Geometry(beam, distance, detector, Regime.FAR_FIELD, Double.POSITIVE_INFINITY);
  }

  /// Geometric magnification M = (z₀ + z)/z₀ of the near field; 1 for a plane wave.
  public double magnification() {
    return Double.isInfinite(focusDistance) ? 1 : (focusDistance + distance) / focusDistance;
  }

  /// z/M [m]: the distance over which an equivalent plane wave would propagate.
  public double effectiveDistance() {
    return distance / magnification();
  }

  /// The pixels of the sample plane. Far field: Δx = λ z / (N Δ_det). Near field: Δx = Δ_det / M.
  public Grid sample() {
    int rows = detector.rows();
    int columns = detector.columns();
    if (regime == Regime.NEAR_FIELD) {
      return new Grid(
          rows, columns, detector.pixelY() / magnification(), detector.pixelX() / magnification());
    }
    double reach = beam.wavelength() * distance;
    return new Grid(
        rows, columns, reach / (rows * detector.pixelY()), reach / (columns * detector.pixelX()));
  }

  /// The same setup with another detector (cropped, binned).
  public Geometry withDetector(Grid other) {
    return new Geometry(beam, distance, other, regime, focusDistance);
  }
}

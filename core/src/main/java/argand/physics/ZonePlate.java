package argand.physics;

import argand.Paper;
import argand.Param;
import argand.array.Check;
import argand.array.ComplexField;
import argand.array.Grid;
import argand.array.InvalidInput;

/// A Fresnel zone plate, first order, with a central stop; the sample may stand away from the
/// focus.
///
/// Focal length f = D Δr/λ; numerical aperture λ/(2Δr); first zero of the focus at 1.22 Δr (without
/// stop); depth of focus ±2Δr²/λ (Attwood, Soft X-rays and Extreme Ultraviolet Radiation, eqs.
/// 9.13, 9.15, 9.46, 9.50). The order-sorting aperture is taken to be perfect: no other order
/// reaches the sample. Without stop it is the hard disc pupil of a simple lens.
@Paper(value = "Kirz, J. Opt. Soc. Am. 64, 301–309 (1974)", doi = "10.1364/JOSA.64.000301")
public record ZonePlate(
    @Param(value = "diameter", unit = "m") double diameter,
    @Param(value = "width of the outermost zone", unit = "m") double outerZone,
    @Param(value = "diameter of the central stop; 0 for none", unit = "m", byDefault = "0 m")
        double centralStop,
    @Param(
            value = "how far the sample stands behind the focus; negative before it",
            unit = "m",
            byDefault = "0 m")
        double defocus,
    @Param(
            value = "distance between the two line foci of astigmatism",
            unit = "m",
            byDefault = "0 m")
        double astigmatism,
    @Param(
            value = "direction, from x towards y, of the axis focused first",
            unit = "rad",
            byDefault = "0 rad")
        double astigmatismAngle)
    implements Optics {
  public ZonePlate {
    Check.within("outerZone", outerZone, 1e-9, 1e-4, "m");
    Check.within("diameter", diameter, 4 * outerZone, 0.1, "m");
    if (!(centralStop >= 0 && centralStop < diameter)) {
      throw new InvalidInput(
          "centralStop",
          Metres.text(centralStop),
          "0 or more, and less than the diameter of " + Metres.text(diameter),
          "");
    }
    Check.within("defocus", defocus, -1, 1, "m");
    Check.within("astigmatism", astigmatism, -1, 1, "m");
    Check.within("astigmatismAngle", astigmatismAngle, -7, 7, "rad");
  }

  /// The same with the sample so far behind the focus [m].
  public ZonePlate withDefocus(double other) {
    return new ZonePlate(diameter, outerZone, centralStop, other, astigmatism, astigmatismAngle);
  }

  /// Focal length of the first order [m].
  public double focalLength(Beam beam) {
    return diameter * outerZone / beam.wavelength();
  }

  /// Distance from the best focus at which the intensity on the axis has fallen by a fifth [m].
  public double depthOfFocus(Beam beam) {
    return 2 * outerZone * outerZone / beam.wavelength();
  }

  @Override
  public ComplexField probe(Beam beam, Grid sample) {
    double outer = 0.5 / outerZone;
    double lambda = beam.wavelength();
    double cos = Math.cos(2 * astigmatismAngle);
    double sin = Math.sin(2 * astigmatismAngle);
    return new Pupil(outer, outer * centralStop / diameter)
        .focus(
            "zonePlate",
            sample,
            (qy, qx) -> {
              double alongAxis = (qx * qx - qy * qy) * cos + 2 * qx * qy * sin;
              double square = qx * qx + qy * qy;
              return -Math.PI * lambda * (defocus * square + 0.5 * astigmatism * alongAxis);
            },
            "reduce the defocus of "
                + Metres.text(defocus)
                + ", or move the detector farther away");
  }
}

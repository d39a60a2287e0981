package argand.physics;

import argand.Paper;
import argand.Param;
import argand.array.Check;
import argand.array.ComplexField;
import argand.array.Grid;

/// A stack of parabolic lenses for X-rays (compound refractive lens), which absorb more the farther
/// a ray passes from the axis.
///
/// Focal length f = R/(2nδ) for n lenses curved on both sides; δ falls as E⁻², so f grows as E². A
/// lens is r²/R thick at radius r: amplitude exp(−μn r²/(2R)) up to the radius of the aperture.
/// Where
/// absorption limits the aperture the focus is Gaussian, √(2 ln 2) λf/(πw) wide at half maximum of
/// the intensity, w² = 2R/(μn).
@Paper(
    value = "Lengeler et al., J. Synchrotron Rad. 6, 1153 (1999)",
    doi = "10.1107/S0909049599009747")
public record RefractiveLens(
    @Param(value = "radius of curvature at the tip of the parabola", unit = "m") double radius,
    @Param("number of lenses") int lenses,
    @Param("δ of the lenses at the energy of the beam") double delta,
    @Param(
            value = "linear attenuation coefficient of the lenses at the energy of the beam",
            unit = "1/m")
        double attenuation,
    @Param(value = "diameter of the geometric aperture", unit = "m") double aperture,
    @Param(
            value = "how far the sample stands behind the focus; negative before it",
            unit = "m",
            byDefault = "0 m")
        double defocus)
    implements Optics {
  public RefractiveLens {
    Check.within("radius", radius, 1e-7, 0.1, "m");
    Check.within("lenses", lenses, 1, 10_000, "");
    Check.within("delta", delta, 1e-12, 0.1, "");
    Check.within("attenuation", attenuation, 0, 1e9, "1/m");
    Check.within("aperture", aperture, 1e-7, 0.1, "m");
    Check.within("defocus", defocus, -1, 1, "m");
  }

  /// R/(2nδ) [m].
  public double focalLength() {
    return radius / (2 * lenses * delta);
  }

  @Override
  public ComplexField probe(Beam beam, Grid sample) {
    double lambda = beam.wavelength();
    double perFrequency = lambda * focalLength();
    return new Pupil(0.5 * aperture / perFrequency, 0)
        .focus(
            "refractiveLens",
            sample,
            (qy, qx) -> -Math.PI * lambda * defocus * (qy * qy + qx * qx),
            (qy, qx) -> {
              double square = (qy * qy + qx * qx) * perFrequency * perFrequency;
              return Math.exp(-attenuation * lenses * square / (2 * radius));
            },
            "reduce the defocus of "
                + Metres.text(defocus)
                + ", or move the detector farther away");
  }
}

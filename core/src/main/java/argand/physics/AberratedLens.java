package argand.physics;

import argand.Paper;
import argand.Param;
import argand.array.Check;
import argand.array.ComplexField;
import argand.array.Grid;

/// A round lens with geometric aberrations: the probe-forming lens of an electron microscope or a
/// light microscope.
///
/// The pupil of half angle α₀ carries exp(−iχ), with
/// χ(α, φ) = (2π/λ) Σ αⁿ⁺¹/(n+1) Cₙₘ cos m(φ − φₙₘ), α = λ|q| (Krivanek's coefficients). C₁₀ is the
/// distance from the focus to the sample: positive where the beam diverges at the sample
/// (overfocus), so that a positive C₃₀ is balanced by a negative defocus.
@Paper(
    value = "Krivanek, Dellby & Lupini, Ultramicroscopy 78, 1–11 (1999)",
    doi = "10.1016/S0304-3991(99)00013-3")
public record AberratedLens(
    @Param(value = "convergence semi-angle", unit = "rad") double convergence,
    @Param(
            value = "C10, how far the sample stands behind the focus; negative before it",
            unit = "m",
            byDefault = "0 m")
        double defocus,
    @Param(value = "C12, twofold astigmatism", unit = "m", byDefault = "0 m") double twofold,
    @Param(value = "direction of C12, from x towards y", unit = "rad", byDefault = "0 rad")
        double twofoldAngle,
    @Param(value = "C21, coma", unit = "m", byDefault = "0 m") double coma,
    @Param(value = "direction of C21, from x towards y", unit = "rad", byDefault = "0 rad")
        double comaAngle,
    @Param(value = "C23, threefold astigmatism", unit = "m", byDefault = "0 m") double threefold,
    @Param(value = "direction of C23, from x towards y", unit = "rad", byDefault = "0 rad")
        double threefoldAngle,
    @Param(value = "C30, spherical aberration Cs", unit = "m", byDefault = "0 m") double spherical,
    @Param(value = "C50, spherical aberration of fifth order", unit = "m", byDefault = "0 m")
        double fifthSpherical)
    implements Optics {
  public AberratedLens {
    Check.within("convergence", convergence, 1e-6, 1.2, "rad");
    Check.within("defocus", defocus, -1, 1, "m");
    Check.within("twofold", twofold, -1, 1, "m");
    Check.within("coma", coma, -1, 1, "m");
    Check.within("threefold", threefold, -1, 1, "m");
    Check.within("spherical", spherical, -1, 1, "m");
    Check.within("fifthSpherical", fifthSpherical, -10, 10, "m");
  }

  /// A lens without aberrations other than defocus.
  public static AberratedLens of(double convergence, double defocus) {
    return new AberratedLens(convergence, defocus, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  /// χ [rad] at angle α [rad] to the axis in direction φ [rad] from x towards y.
  public double chi(Beam beam, double alpha, double phi) {
    double a2 = alpha * alpha;
    double path =
        a2 / 2 * (defocus + twofold * Math.cos(2 * (phi - twofoldAngle)))
            + a2
                * alpha
                / 3
                * (coma * Math.cos(phi - comaAngle)
                    + threefold * Math.cos(3 * (phi - threefoldAngle)))
            + a2 * a2 / 4 * spherical
            + a2 * a2 * a2 / 6 * fifthSpherical;
    return 2 * Math.PI / beam.wavelength() * path;
  }

  @Override
  public ComplexField probe(Beam beam, Grid sample) {
    double lambda = beam.wavelength();
    return new Pupil(convergence / lambda, 0)
        .focus(
            "aberratedLens",
            sample,
            (qy, qx) -> -chi(beam, lambda * Math.hypot(qy, qx), Math.atan2(qy, qx)),
            "reduce the aberrations (defocus is "
                + Metres.text(defocus)
                + "), or use more detector pixels");
  }
}

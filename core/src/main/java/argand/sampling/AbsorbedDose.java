package argand.sampling;

import argand.Paper;
import argand.array.Check;
import argand.array.InvalidInput;
import argand.physics.Beam;
import argand.physics.Constants;

/// The dose that a scan leaves in the sample: D = (μ/ρ) · Φ · E, Φ the photons for each area that
/// met it [1/m²], E the energy of one [J]; D in gray.
///
/// Φ = counts in all frames / (QE · T · field): counts are what the detector saw of the photons
/// that the sample let through. It is the mean over the scanned field; where views overlap more,
/// more.
/// Exposures that were not recorded (alignment, dead time) are not in it.
///
/// @param absorber of the sample
/// @param quantumEfficiency counts for each photon that meets the detector, 0 … 1
/// @param transmission share of the photons that reach the detector through sample and air, 0 … 1
@Paper(
    value =
        "Howells et al., An assessment of the resolution limitation due to radiation-damage in X-ray"
            + " diffraction microscopy, J. Electron Spectrosc. 170, 4 (2009)",
    doi = "10.1016/j.elspec.2008.10.008")
public record AbsorbedDose(Absorber absorber, double quantumEfficiency, double transmission) {
  public AbsorbedDose {
    Check.within("quantumEfficiency", quantumEfficiency, 1e-6, 1, "");
    Check.within("transmission", transmission, 1e-6, 1, "");
  }

  /// Photons that met each square metre of the field [1/m²].
  public double fluence(ScanPlan plan) {
    return plan.countsPerFrame()
        * plan.views()
        / (quantumEfficiency * transmission * plan.fieldArea());
  }

  /// Dose of the scan [Gy].
  ///
  /// @throws InvalidInput for electrons, whose energy loss is another law
  public double gray(ScanPlan plan) {
    return gray(fluence(plan), plan.geometry().beam());
  }

  /// Dose [Gy] of so many photons [1/m²].
  ///
  /// @throws InvalidInput for electrons, whose energy loss is another law
  public double gray(double fluence, Beam beam) {
    if (beam instanceof Beam.Electrons) {
      throw new InvalidInput(
          "dose", "asked of electrons", "X-rays or light", "count electrons for each area instead");
    }
    return absorber.massAbsorption(beam) * fluence * beam.energyEv() * Constants.CHARGE;
  }

  /// With a prefix: `1.2 MGy`.
  public static String text(double gray) {
    String[] prefixes = {"", "k", "M", "G"};
    int step = gray < 1e3 ? 0 : (int) Math.min(3, Math.floor(Math.log10(gray) / 3));
    return String.format(
        java.util.Locale.ROOT, "%.3g %sGy", gray / Math.pow(1e3, step), prefixes[step]);
  }
}

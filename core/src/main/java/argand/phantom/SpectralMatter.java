package argand.phantom;

import argand.physics.Beam;
import argand.physics.Constants;
import argand.physics.RefractiveIndex;
import java.util.List;

/// Matter whose refractive index is known at every energy, near edges too.
///
///     δ + iβ = (r_e λ²/2π) N (Σ c (f₁ + if₂) + S₃ m),   n = 1 − δ + iβ
///
/// @param name of the compound
/// @param perCubicMetre N, formula units for each cubic metre
/// @param parts the atoms of a formula unit
/// @param dichroism m, lines that light of plus helicity sees with this sign and of minus helicity
///     with the other; S₃ is the degree of circular polarization
public record SpectralMatter(
    String name, double perCubicMetre, List<Part> parts, List<OscillatorAtom.Line> dichroism) {
  /// So many of these atoms.
  public record Part(OscillatorAtom atom, double count) {}

  public SpectralMatter {
    parts = List.copyOf(parts);
    dichroism = List.copyOf(dichroism);
  }

  /// Of matter that does not care for polarization.
  SpectralMatter(String name, double perCubicMetre, List<Part> parts) {
    this(name, perCubicMetre, parts, List.of());
  }

  /// n in this light.
  public RefractiveIndex index(Beam beam) {
    double energyEv = beam.energyEv();
    double f1 = 0;
    double f2 = 0;
    for (var part : parts) {
      f1 += part.count() * part.atom().f1(energyEv);
      f2 += part.count() * part.atom().f2(energyEv);
    }
    double helicity = beam.polarization().map(light -> light.stokes()[2]).orElse(0.0);
    if (helicity != 0) {
      double[] magnetic = OscillatorAtom.lines(dichroism, energyEv);
      f1 += helicity * magnetic[0];
      f2 += helicity * magnetic[1];
    }
    double lambda = beam.wavelength();
    double each = Constants.ELECTRON_RADIUS * lambda * lambda / (2 * Math.PI) * perCubicMetre;
    return new RefractiveIndex(each * f1, each * f2);
  }
}

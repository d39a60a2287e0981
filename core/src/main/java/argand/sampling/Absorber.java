package argand.sampling;

import argand.Param;
import argand.array.Check;
import argand.physics.Beam;
import argand.physics.Material;

/// How strongly the sample absorbs. Each is a record that a recipe can name; the permits clause is
/// the register.
public sealed interface Absorber {
  /// What the sample keeps of this beam [m²/kg]: the mass attenuation coefficient μ/ρ, where
  /// scattering and fluorescence carry energy away the mass energy-absorption coefficient μ_en/ρ.
  double massAbsorption(Beam beam);

  /// A compound or an element: its mass energy-absorption coefficient from tables.
  record Compound(@Param("chemical formula: H2O, LiFePO4, H50C30N9O10S for protein") String formula)
      implements Absorber {
    public Compound {
      Material.of(formula);
    }

    @Override
    public double massAbsorption(Beam beam) {
      return Material.of(formula).massEnergyAbsorption(beam);
    }
  }

  /// From tables, such as those of NIST or CXRO, at the energy of the beam.
  record Coefficient(
      @Param(value = "mass attenuation (or energy absorption) coefficient", unit = "m2/kg")
          double massAttenuation)
      implements Absorber {
    public Coefficient {
      Check.within("massAttenuation", massAttenuation, 1e-6, 1e6, "m2/kg");
    }

    @Override
    public double massAbsorption(Beam beam) {
      return massAttenuation;
    }
  }

  /// A layer whose absorbed share is known: μ/ρ = −ln(1 − share)/(ρ t), the dose at its entrance.
  record Layer(
      @Param("share of the photons that the layer absorbs") double absorbed,
      @Param(value = "thickness", unit = "m") double thickness,
      @Param(value = "density", unit = "kg/m3") double density)
      implements Absorber {
    public Layer {
      Check.within("absorbed", absorbed, 1e-9, 0.999999, "");
      Check.within("thickness", thickness, 1e-10, 1, "m");
      Check.within("density", density, 0.1, 1e5, "kg/m3");
    }

    @Override
    public double massAbsorption(Beam beam) {
      return -Math.log1p(-absorbed) / (density * thickness);
    }
  }
}

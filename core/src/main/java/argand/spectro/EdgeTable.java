package argand.spectro;

import argand.array.InvalidInput;
import argand.physics.Beam;
import argand.physics.Material;

/// The tabulated absorption of a material around one of its edges: what is absorbed below it, as a
/// power law extrapolated above, and the step.
///
/// @param material of the tables
/// @param below two energies below the edge [eV]
/// @param above two energies above it, no other edge between the four [eV]
record EdgeTable(Material material, double[] below, double[] above) {
  /// @throws InvalidInput when the tables have no step between the windows
  EdgeTable {
    double low = at(material, below[1]);
    double high = at(material, above[0]);
    if (high < 1.05 * low) {
      throw new InvalidInput(
          "the windows",
          "without an edge of " + material + " between " + below[1] + " and " + above[0] + " eV",
          "one inside of which the tables rise",
          "check the formula and the energies");
    }
  }

  private static double at(Material material, double energyEv) {
    return material.massAttenuation(new Beam.XRays(energyEv));
  }

  /// μ/ρ of the tables [m²/kg].
  double total(double energyEv) {
    return at(material, energyEv);
  }

  /// The power law through the two energies below the edge [m²/kg].
  double below(double energyEv) {
    return power(below, energyEv);
  }

  /// The step at an energy: the power law above less that below [m²/kg].
  double step(double energyEv) {
    return power(above, energyEv) - below(energyEv);
  }

  private double power(double[] ends, double energyEv) {
    double a = Math.log(at(material, ends[0]));
    double b = Math.log(at(material, ends[1]));
    double t = Math.log(energyEv / ends[0]) / Math.log(ends[1] / ends[0]);
    return Math.exp(a + t * (b - a));
  }
}

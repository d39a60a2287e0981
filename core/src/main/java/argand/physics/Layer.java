package argand.physics;

import argand.Param;
import argand.array.Check;
import argand.array.InvalidInput;
import java.util.Map;
import java.util.OptionalDouble;

/// A sheet that radiation passes: a window, a filter, air, the dead layer of a detector.
public record Layer(
    @Param("formula such as Be or C22H10N2O5, or air, water, kapton, mylar") String material,
    @Param(value = "thickness", unit = "m") double thickness,
    @Param(
            value = "density; that of the named materials and common elements is known",
            unit = "kg/m3")
        OptionalDouble density) {
  /// Named materials: formula and density [kg/m³].
  private record Known(String formula, double density) {}

  private static final Map<String, Known> KNOWN =
      Map.ofEntries(
          Map.entry("air", new Known("N1.5616O0.4195Ar0.0093C0.0003", 1.2047)),
          Map.entry("water", new Known("H2O", 1000)),
          Map.entry("kapton", new Known("C22H10N2O5", 1420)),
          Map.entry("mylar", new Known("C10H8O4", 1400)),
          Map.entry("Be", new Known("Be", 1848)),
          Map.entry("C", new Known("C", 2260)),
          Map.entry("He", new Known("He", 0.1664)),
          Map.entry("Al", new Known("Al", 2699)),
          Map.entry("Si", new Known("Si", 2330)),
          Map.entry("Ge", new Known("Ge", 5323)),
          Map.entry("Si3N4", new Known("Si3N4", 3170)),
          Map.entry("SiO2", new Known("SiO2", 2200)),
          Map.entry("Ti", new Known("Ti", 4506)),
          Map.entry("Fe", new Known("Fe", 7874)),
          Map.entry("Ni", new Known("Ni", 8908)),
          Map.entry("Cu", new Known("Cu", 8960)),
          Map.entry("Mo", new Known("Mo", 10220)),
          Map.entry("Au", new Known("Au", 19300)),
          Map.entry("Pb", new Known("Pb", 11340)));

  public Layer {
    Check.within("thickness of " + material, thickness, 0, 100, "m");
    density.ifPresent(d -> Check.within("density of " + material, d, 1e-3, 3e4, "kg/m3"));
    if (density.isEmpty() && !KNOWN.containsKey(material)) {
      throw new InvalidInput(
          "the density of " + material, "not given", "a density in kg/m3", "density: 2.2 g/cm3");
    }
    Material.of(formula(material)); // a formula that is none is refused at once
  }

  private static String formula(String material) {
    var known = KNOWN.get(material);
    return known == null ? material : known.formula();
  }

  public Material matter() {
    return Material.of(formula(material));
  }

  /// Mass of a unit area [kg/m²].
  public double arealDensity() {
    var known = KNOWN.get(material);
    double nominal = known == null ? Double.NaN : known.density(); // then it is given
    return density.orElse(nominal) * thickness;
  }

  /// Share of the photons of this energy that pass.
  public double transmission(double energyEv) {
    return thickness == 0
        ? 1
        : Math.exp(-arealDensity() * matter().massAttenuation(new Beam.XRays(energyEv)));
  }
}

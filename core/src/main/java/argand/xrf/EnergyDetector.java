package argand.xrf;

import argand.Param;
import argand.array.Check;
import argand.physics.DetectorElement;
import argand.physics.Layer;
import java.util.List;

/// A detector that tells energies apart, and what lies before it.
public record EnergyDetector(
    @Param(value = "its semiconductor", byDefault = "silicon") DetectorElement element,
    @Param(value = "thickness of the crystal", unit = "m", byDefault = "500 um") double thickness,
    @Param(value = "what lies between sample and detector: windows, air, filters", byDefault = "[]")
        List<Layer> layers,
    @Param(value = "whether lines have escape peaks", byDefault = "true") boolean escape) {
  public EnergyDetector {
    layers = List.copyOf(layers);
    Check.within("thickness of the detector", thickness, 1e-6, 0.1, "m");
  }

  /// As an empty `detector: {}` of a recipe.
  public static EnergyDetector defaults() {
    return new EnergyDetector(DetectorElement.SILICON, 500e-6, List.of(), true);
  }

  /// Share of the photons of this energy that pass the layers and are absorbed.
  double efficiency(double energyEv) {
    double passed = 1;
    for (var layer : layers) {
      passed *= layer.transmission(energyEv);
    }
    return passed * element.absorption(energyEv, thickness);
  }
}

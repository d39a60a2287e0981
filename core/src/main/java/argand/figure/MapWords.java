package argand.figure;

import argand.data.ScanMaps;
import java.util.Map;

/// What a map of a result's quality shows, in words for its caption.
final class MapWords {
  private static final Map<String, String> KNOWN =
      Map.of(
          "Misfit over the scan",
          "Deviance of each view ÷ that of shot noise, where the view stood: 1 is perfect. A spot or"
              + " an edge that stands out is a part of the sample, or of the time, that the model"
              + " does not explain.",
          "Misfit over the detector, pixel by pixel",
          "Deviance of each detector pixel over all views ÷ that of shot noise: 1 is perfect. Rings"
              + " and speckle speak of the probe or of coherence, single pixels and lines of the"
              + " detector, the bright middle of saturation.",
          "Phase error at zero dose",
          "Standard deviation of the extrapolated phase, from the scatter of the fractions about"
              + " the damage curve and from the uncertainty of the critical dose.");

  private MapWords() {}

  static String of(ScanMaps.Map map) {
    return KNOWN.getOrDefault(map.name(), "");
  }
}

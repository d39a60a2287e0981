package argand.figure;

import argand.array.Mask;
import argand.data.Findings.FoundMap;
import java.util.Arrays;
import java.util.List;

/// A map in three numbers: its mean over the good pixels, how it spreads, and its median error.
final class MapNumbers {
  private MapNumbers() {}

  /// Name, mean, and the rest in words.
  static List<String> row(FoundMap map, Mask mask) {
    float[] values = known(map.values().values(), mask);
    if (values.length == 0) {
      return List.of(map.name(), "unknown", "No good pixel has a value.");
    }
    double mean = 0;
    for (float value : values) {
      mean += value;
    }
    mean /= values.length;
    double square = 0;
    for (float value : values) {
      square += (value - mean) * (value - mean);
    }
    String unit = map.unit().isEmpty() ? "" : " " + map.unit();
    String error =
        map.sigma()
            .map(sigma -> known(sigma.values(), mask))
            .filter(sigma -> sigma.length > 0)
            .map(
                sigma -> {
                  Arrays.sort(sigma);
                  return " Median error of a pixel "
                      + Quantities.plain(sigma[sigma.length / 2])
                      + unit
                      + ".";
                })
            .orElse("");
    return List.of(
        map.name(),
        Quantities.plain(mean) + unit,
        "Mean of "
            + values.length
            + " good pixels; standard deviation among them "
            + Quantities.plain(Math.sqrt(square / values.length))
            + unit
            + "."
            + error);
  }

  private static float[] known(float[] values, Mask mask) {
    float[] known = new float[values.length];
    int n = 0;
    for (int i = 0; i < values.length; i++) {
      if (mask.good()[i] && Float.isFinite(values[i])) {
        known[n++] = values[i];
      }
    }
    return Arrays.copyOf(known, n);
  }
}

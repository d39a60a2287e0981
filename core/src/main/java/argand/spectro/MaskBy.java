package argand.spectro;

import argand.Param;
import argand.array.InvalidInput;
import argand.array.Mask;
import argand.data.EnergyStack;
import argand.flow.Watch;
import java.util.Optional;

/// Keeps pixels by the value of a map: those above, below, or between. Where the map is unknown a
/// pixel is not kept.
public record MaskBy(
    @Param("a map of an earlier step, mean, or an energy for the image there") String map,
    @Param("keep pixels with at least this value, in the map's unit") Optional<String> above,
    @Param("keep pixels with at most this value, in the map's unit") Optional<String> below)
    implements Masking {
  public MaskBy {
    if (above.isEmpty() && below.isEmpty()) {
      throw new InvalidInput("maskBy", "without a limit", "above, below or both", "");
    }
  }

  @Override
  public EnergyStack apply(EnergyStack stack, Watch watch) {
    var image = NamedImage.of(stack, map);
    double low =
        above.map(text -> NamedImage.limit("above", text, image)).orElse(Double.NEGATIVE_INFINITY);
    double high =
        below.map(text -> NamedImage.limit("below", text, image)).orElse(Double.POSITIVE_INFINITY);
    if (low > high) {
      throw new InvalidInput(
          "above", low, "at most below, which is " + high, "no pixel can have such a value");
    }
    float[] values = image.values().values();
    boolean[] keep = new boolean[values.length];
    for (int i = 0; i < keep.length; i++) {
      keep[i] = values[i] >= low && values[i] <= high;
    }
    String words =
        "maskBy “"
            + map
            + "”"
            + above.map(text -> " above " + text).orElse("")
            + below.map(text -> " below " + text).orElse("");
    return Masking.and(stack, new Mask(stack.grid(), keep), words, watch);
  }
}

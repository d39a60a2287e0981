package argand.spectro;

import argand.Param;
import argand.array.Mask;
import argand.data.EnergyStack;
import argand.flow.Watch;
import argand.segment.Otsu;
import java.util.Locale;

/// Keeps pixels above, or below, the threshold that parts a map's good pixels best in two; see
/// {@link Otsu}.
public record MaskOtsu(
    @Param("a map of an earlier step, mean, or an energy for the image there") String map,
    @Param(value = "which side is kept", byDefault = "above") Side keep)
    implements Masking {
  /// Of a threshold.
  public enum Side {
    ABOVE,
    BELOW
  }

  @Override
  public EnergyStack apply(EnergyStack stack, Watch watch) {
    var image = NamedImage.of(stack, map);
    double threshold = Otsu.threshold(image.values(), stack.mask());
    float[] values = image.values().values();
    boolean[] good = new boolean[values.length];
    for (int i = 0; i < good.length; i++) {
      good[i] = keep == Side.ABOVE ? values[i] >= threshold : values[i] <= threshold;
    }
    String words =
        "maskOtsu “"
            + map
            + "” "
            + keep.name().toLowerCase(Locale.ROOT)
            + String.format(Locale.ROOT, " %.4g", threshold)
            + (image.unit().isEmpty() ? "" : " " + image.unit());
    return Masking.and(stack, new Mask(stack.grid(), good), words, watch);
  }
}

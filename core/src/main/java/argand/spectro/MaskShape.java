package argand.spectro;

import argand.Param;
import argand.array.Mask;
import argand.data.EnergyStack;
import argand.data.Shape;
import argand.flow.Watch;
import argand.segment.Morphology;
import java.util.Locale;

/// Keeps pixels inside, or outside, of a drawn shape.
public record MaskShape(
    @Param("rectangle, ellipse or polygon") Shape shape,
    @Param(value = "which side is kept", byDefault = "inside") Side keep)
    implements Masking {
  /// Of an outline.
  public enum Side {
    INSIDE,
    OUTSIDE
  }

  @Override
  public EnergyStack apply(EnergyStack stack, Watch watch) {
    Mask inside = shape.mask(stack.grid());
    Mask kept = keep == Side.INSIDE ? inside : Morphology.not(inside);
    String words = "maskShape, " + keep.name().toLowerCase(Locale.ROOT) + " of " + shape;
    return Masking.and(stack, kept, words, watch);
  }
}

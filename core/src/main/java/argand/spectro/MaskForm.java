package argand.spectro;

import argand.Param;
import argand.array.Check;
import argand.array.Grid;
import argand.array.Mask;
import argand.data.EnergyStack;
import argand.flow.Watch;
import argand.segment.Morphology;
import java.util.Arrays;

/// Changes the mask by its form, in this order: what no disc of radius `open` fits into goes; what
/// no such disc of radius `close` fits into beside it is taken in; holes are filled; patches of few
/// pixels go; the rim goes. Only this step can make masked pixels good again.
public record MaskForm(
    @Param(value = "radius of opening in pixels; 0 for none", byDefault = "0") double open,
    @Param(value = "radius of closing in pixels; 0 for none", byDefault = "0") double close,
    @Param(value = "whether holes become good", byDefault = "false") boolean fillHoles,
    @Param(value = "fewest pixels of a patch", byDefault = "0") int smallest,
    @Param(value = "pixels to take off all around", byDefault = "0") double erode)
    implements Masking {
  public MaskForm {
    Check.within("open", open, 0, 1000, "pixels");
    Check.within("close", close, 0, 1000, "pixels");
    Check.within("smallest", smallest, 0, Integer.MAX_VALUE, "pixels");
    Check.within("erode", erode, 0, 1000, "pixels");
  }

  @Override
  public EnergyStack apply(EnergyStack stack, Watch watch) {
    Grid slice = stack.sliceGrid();
    boolean[] all = new boolean[stack.grid().size()];
    for (int s = 0; s < stack.slices(); s++) {
      int first = s * slice.size();
      boolean[] good = Arrays.copyOfRange(stack.mask().good(), first, first + slice.size());
      System.arraycopy(formed(new Mask(slice, good)).good(), 0, all, first, slice.size());
    }
    Mask mask = new Mask(stack.grid(), all);
    String words =
        "maskForm"
            + (open > 0 ? ", open " + open : "")
            + (close > 0 ? ", close " + close : "")
            + (fillHoles ? ", fill holes" : "")
            + (smallest > 0 ? ", smallest " + smallest : "")
            + (erode > 0 ? ", erode " + erode : "");
    return Masking.become(stack, mask, words, watch);
  }

  private Mask formed(Mask before) {
    Mask mask = Morphology.closed(Morphology.opened(before, open), close);
    mask = fillHoles ? Morphology.filled(mask) : mask;
    mask = smallest > 0 ? Morphology.withoutSmall(mask, smallest) : mask;
    return Morphology.eroded(mask, erode);
  }
}

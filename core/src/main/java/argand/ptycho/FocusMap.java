package argand.ptycho;

import argand.Param;
import argand.array.Check;
import argand.array.Mask;
import argand.data.Reconstruction;
import argand.data.ScanMaps;
import argand.flow.Step;
import argand.flow.Watch;
import java.util.List;
import java.util.OptionalDouble;

/// Where along the beam each part of the image is in focus, and the image with every part in its
/// own
/// focus ({@link FocusSearch}), as maps for the report.
public record FocusMap(
    @Param(
            value = "how far to search to either side; five depths of field where not given",
            unit = "m")
        OptionalDouble reach,
    @Param(
            value = "pixels along each side of the tiles whose sharpness is judged",
            byDefault = "24")
        int tile)
    implements Step.One<Reconstruction, ScanMaps> {
  public FocusMap {
    reach.ifPresent(z -> Check.within("reach", z, 1e-12, 1, "m"));
    Check.within("tile", tile, 4, 4096, "pixels");
  }

  @Override
  public Class<Reconstruction> takes() {
    return Reconstruction.class;
  }

  @Override
  public Class<ScanMaps> gives() {
    return ScanMaps.class;
  }

  @Override
  public ScanMaps apply(Reconstruction result, Watch watch) {
    var search = FocusSearch.of(result, Refocus.reach(result, reach), tile, watch);
    return new ScanMaps(
        List.of(
            new ScanMaps.Map("Distance of the focus", "m", search.map()),
            new ScanMaps.Map("Phase in focus", "rad", search.fused().phase()),
            new ScanMaps.Map("Amplitude in focus", "", search.fused().amplitude())),
        new Mask(result.object().grid(), search.trusted()),
        result.source().withStep(toString()));
  }
}

package argand.ptycho;

import argand.Paper;
import argand.Param;
import argand.array.Check;
import argand.array.ComplexField;
import argand.data.Reconstruction;
import argand.flow.Progress;
import argand.flow.Step;
import argand.flow.Watch;
import argand.physics.Metres;
import java.util.Locale;
import java.util.OptionalDouble;

/// Moves the image of the sample along the beam: by a given distance, to where it is sharpest, or
/// every part of it to its own focus, which extends the depth of field ({@link FocusSearch}).
///
/// Each part is taken as a thin object in a wave that is flat over the size of its detail; matter
/// in front of other matter stays a shadow on it (multislice separates them).
@Paper(
    value =
        "Matsushima & Shimobaba, Band-limited angular spectrum method for numerical simulation of"
            + " free-space propagation in far and near fields, Opt. Express 17, 19662 (2009)",
    doi = "10.1364/OE.17.019662")
public record Refocus(
    @Param(value = "distance along the beam; searched where not given", unit = "m")
        OptionalDouble distance,
    @Param(
            value = "how far to search to either side; five depths of field where not given",
            unit = "m")
        OptionalDouble reach,
    @Param(
            value = "pixels along each side of the tiles whose sharpness is judged",
            byDefault = "24")
        int tile,
    @Param(value = "give each part its own focus; false: one plane for all", byDefault = "true")
        boolean fuse)
    implements Step.One<Reconstruction, Reconstruction> {
  public Refocus {
    distance.ifPresent(z -> Check.within("distance", z, -1, 1, "m"));
    reach.ifPresent(z -> Check.within("reach", z, 1e-12, 1, "m"));
    Check.within("tile", tile, 4, 4096, "pixels");
  }

  /// Every part to its own focus.
  public static Refocus fused() {
    return new Refocus(OptionalDouble.empty(), OptionalDouble.empty(), 24, true);
  }

  @Override
  public Class<Reconstruction> takes() {
    return Reconstruction.class;
  }

  @Override
  public Class<Reconstruction> gives() {
    return Reconstruction.class;
  }

  @Override
  public Reconstruction apply(Reconstruction result, Watch watch) {
    double wavelength = result.geometry().beam().wavelength();
    ComplexField object;
    String done;
    if (distance.isPresent()) {
      object = FocusSearch.propagated(result.object(), wavelength, distance.getAsDouble());
      done = "moved by " + Metres.text(distance.getAsDouble());
    } else {
      var search = FocusSearch.of(result, reach(result, reach), tile, watch);
      watch.show("focus map", search::map);
      object =
          fuse
              ? search.fused()
              : FocusSearch.propagated(result.object(), wavelength, search.bestDistance());
      done =
          String.format(
              Locale.ROOT,
              "%s; sharpest at %s as a whole",
              fuse ? "every part at its own focus" : "all at one focus",
              Metres.text(search.bestDistance()));
    }
    watch.tell(new Progress.Noted("refocus: " + done));
    return new Reconstruction(
        object,
        result.probe(),
        result.positions(),
        result.origin(),
        result.geometry(),
        result.angle(),
        result.residuals(),
        result.quality(),
        result.source().withStep("refocus: " + done).withNote("refocus: the image is " + done));
  }

  /// Five depths of field unless something else is asked for [m].
  static double reach(Reconstruction result, OptionalDouble asked) {
    var grid = result.object().grid();
    double pixel = Math.max(grid.pixelY(), grid.pixelX());
    return asked.orElse(
        5
            * argand.sampling.ResolutionLimit.depthOfField(
                result.geometry().beam().wavelength(), pixel));
  }
}

package argand.spectroptycho;

import argand.Paper;
import argand.Param;
import argand.array.Check;
import argand.array.InvalidInput;
import argand.array.Mask;
import argand.array.RealField;
import argand.data.Curve;
import argand.data.ObjectStack;
import argand.data.ObjectStack.View;
import argand.data.PlaneTransforms;
import argand.data.PlaneTransforms.Affine;
import argand.flow.Progress;
import argand.flow.Unheard;
import argand.flow.Watch;
import argand.register.Resampling;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Brings complex images of one sample at many energies together, to a few hundredths of a pixel
/// and
/// whatever the edge does to their contrast: each is registered to what all others say it should
/// look like ({@link ContrastSearch}), amplitude and phase at once.
///
/// The gauge is fixed for the search where it is not yet (see {@link FixGauge}); what comes out has
/// the gauge that came in. Images are resampled once, band-limited. Pixels that some image did not
/// light well are masked. An empty region is kept where it is empty in all images; fix the gauge
/// after this step, not before.
@Paper(
    value =
        "M. Guizar-Sicairos, S. T. Thurman, J. R. Fienup, Opt. Lett. 33, 156–158 (2008):"
            + " Efficient subpixel image registration algorithms",
    doi = "10.1364/OL.33.000156")
public record AlignObjects(
    @Param(
            value = "largest displacement that is believed, a share of the image's side",
            byDefault = "0.25")
        double reach)
    implements ObjectStep {
  /// A search that still moves images by more than this has not settled [pixels].
  private static final double SETTLED_PX = 0.05;

  public AlignObjects {
    Check.within("reach", reach, 0.001, 0.5, "");
  }

  @Override
  public ObjectStack apply(ObjectStack input, Watch watch) {
    if (input.count() < 2) {
      throw new InvalidInput("the number of images", input.count(), "at least 2 to align", "");
    }
    watch.tell(new Progress.Started("alignObjects", 0));
    var search = new ContrastSearch(gauged(input, watch), watch.workers()).run();
    double largest = 0;
    double squares = 0;
    int count = input.count();
    var moved = new ArrayList<Affine>();
    for (int e = 0; e < count; e++) {
      double y = search.down()[e];
      double x = search.right()[e];
      mustBeNear(input, e, y, x);
      largest = Math.max(largest, Math.hypot(y, x));
      squares += (y * y + x * x) / count;
      moved.add(Affine.shift(y, x));
    }
    var views = new View[count];
    watch
        .workers()
        .forEach(count, (e, worker) -> views[e] = at(input.views().get(e), moved.get(e)));
    var quality =
        input
            .findings()
            .quality()
            .withMetric("alignRmsPx", Math.sqrt(squares))
            .withMetric("alignLargestPx", largest)
            .withFigure(
                "Displacements",
                List.of(
                    curve("down", input.energyEv(), search.down()),
                    curve("right", input.energyEv(), search.right())));
    if (search.last() > SETTLED_PX) {
      quality =
          quality.withVerdict(
              String.format(
                  Locale.ROOT,
                  "Alignment has not settled: the last round still moved an image by %.2f pixels.",
                  search.last()));
    }
    return new ObjectStack(
            List.of(views),
            common(input.mask(), moved),
            input.origin(),
            input.emptyRegion().map(region -> common(region, moved)).filter(r -> r.count() > 0),
            input.findings().with(new PlaneTransforms(moved)).with(quality),
            input.source())
        .withStep(String.format(Locale.ROOT, "alignObjects by up to %.2f pixels", largest));
  }

  private void mustBeNear(ObjectStack input, int e, double y, double x) {
    if (Math.abs(y) > reach * input.grid().rows() || Math.abs(x) > reach * input.grid().columns()) {
      throw new InvalidInput(
          "the displacement of " + input.views().get(e).name(),
          String.format(Locale.ROOT, "%.1f rows and %.1f columns", y, x),
          String.format(Locale.ROOT, "less than %.3g of the image", reach),
          "is it an image of the same place? leave it out, or raise reach");
    }
  }

  private static ObjectStack gauged(ObjectStack input, Watch watch) {
    if (input.emptyRegion().isPresent()) {
      return input;
    }
    return new FixGauge(List.of(), FixGauge.SHARE).apply(input, new Unheard(watch));
  }

  private static View at(View view, Affine moved) {
    var grid = view.object().grid();
    var light = new RealField(grid);
    for (int r = 0; r < grid.rows(); r++) {
      for (int c = 0; c < grid.columns(); c++) {
        light.set(
            r, c, (float) CommonGrid.between(view.light(), r + moved.row0(), c + moved.column0()));
      }
    }
    var object = Resampling.onto(grid, view.object(), moved.row0(), moved.column0());
    return view.with(object, light);
  }

  /// Good where the pixel that each image takes is good.
  private static Mask common(Mask mask, List<Affine> moved) {
    var grid = mask.grid();
    boolean[] good = new boolean[grid.size()];
    for (int r = 0; r < grid.rows(); r++) {
      for (int c = 0; c < grid.columns(); c++) {
        boolean all = true;
        for (var one : moved) {
          int y = (int) Math.rint(r + one.row0());
          int x = (int) Math.rint(c + one.column0());
          all &= y >= 0 && x >= 0 && y < grid.rows() && x < grid.columns() && mask.at(y, x);
        }
        good[r * grid.columns() + c] = all;
      }
    }
    return new Mask(grid, good);
  }

  private static Curve curve(String name, double[] energy, double[] shift) {
    return new Curve(name, "energy [eV]", "pixels", energy, shift);
  }
}

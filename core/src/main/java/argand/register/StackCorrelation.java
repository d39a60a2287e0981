package argand.register;

import argand.Paper;
import argand.array.ComplexField;
import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.RealField;
import argand.array.Workers;
import argand.register.PhaseCorrelation.Displacement;
import java.util.Arrays;

/// Displacements of a stack's images by the peak of their cross-correlation, with what stays in
/// place taken out: a residue of the white field has its peak at no displacement, and otherwise
/// locks
/// them all there.
///
/// (1) images less the pattern f, as they lie now, less their mean, under a window that falls to
///     zero towards the border, are correlated with the mean of all; the peak is found on an
///     upsampled grid ({@link SpectrumPeak});
/// (2) f ← mean_e (y_e(x) − g_e m(x − d_e) − b_e), m the mean of the images at their places, g_e
/// and
///     b_e by least squares.
///     Only grains finer than about eight pixels count: a sample that drifts by a few pixels and
/// the
///     pattern part there at once, in coarser ones they do not.
/// The first round correlates with one image, and its f is that of the mean of the stack.
///
/// @param how plain or whitened
/// @param pattern false: f stays 0
/// @param rounds of (1) and (2)
@Paper(
    value =
        "M. Guizar-Sicairos, S. T. Thurman, J. R. Fienup, Opt. Lett. 33, 156–158 (2008):"
            + " Efficient subpixel image registration algorithms",
    doi = "10.1364/OL.33.000156")
public record StackCorrelation(PhaseCorrelation how, boolean pattern, int rounds) {
  /// Part of each side over which the window falls.
  private static final double TAPER = 0.15;

  /// Hears how far the work is.
  public interface Tell {
    /// @param share done, 0 … 1
    /// @return whether to go on
    boolean goOn(double share);
  }

  /// Displacements of all images relative to image `reference` [pixels].
  ///
  /// @param images NaN where a pixel is not known
  public Transform[] of(JointRegistration.Images images, int reference, Workers workers) {
    return of(images, reference, workers, _ -> true);
  }

  /// Each image onto the one before it, whose places add up: for contrasts that change so much that
  /// the mean of all is like none. f is that of the mean of the stack.
  public Transform[] chained(JointRegistration.Images images, Workers workers, Tell tell) {
    var grid = images.grid();
    int count = images.count();
    var clean = new RealField[count];
    workers.forEach(count, (e, worker) -> clean[e] = GapFill.of(images.read(e)));
    float[] f = pattern ? grain(clean, grid, workers) : new float[grid.size()];
    var step = new Transform[count];
    Arrays.fill(step, Transform.NONE);
    for (int round = 0; round < rounds; round++) {
      workers.forEach(
          count - 1,
          (before, worker) -> {
            int e = before + 1;
            var target = windowed(less(clean[before], f));
            var placed = Warp.CUBIC.image(less(clean[e], f), step[e], Workers.ONE);
            Displacement d = how.between(target, windowed(GapFill.of(placed)));
            step[e] = new Transform.Translation(d.rowsPx(), d.columnsPx()).after(step[e]);
          });
      if (!tell.goOn((round + 1.0) / rounds)) {
        break;
      }
    }
    for (int e = 1; e < count; e++) {
      step[e] = step[e].after(step[e - 1]);
    }
    return step;
  }

  /// Displacements of all images relative to image `reference` [pixels].
  ///
  /// @param images NaN where a pixel is not known
  /// @param tell after each round
  public Transform[] of(
      JointRegistration.Images images, int reference, Workers workers, Tell tell) {
    var grid = images.grid();
    int count = images.count();
    var filled = new RealField[count];
    workers.forEach(count, (e, worker) -> filled[e] = GapFill.of(images.read(e)));
    float[] f = pattern ? grain(filled, grid, workers) : new float[grid.size()];
    var at = new Transform[count];
    Arrays.fill(at, Transform.NONE);
    RealField fixed = less(filled[reference], f);
    for (int round = 0; round < rounds; round++) {
      var target = windowed(fixed);
      float[] taken = f;
      workers.forEach(
          count,
          (e, worker) -> {
            // The window stays with the detector and draws displacements towards zero: by less with
            // each round, since images are taken as they lie.
            var placed = Warp.CUBIC.image(less(filled[e], taken), at[e], Workers.ONE);
            Displacement d = how.between(target, windowed(GapFill.of(placed)));
            at[e] = new Transform.Translation(d.rowsPx(), d.columnsPx()).after(at[e]);
          });
      var mean = mean(filled, f, at, workers);
      if (pattern) {
        f = left(filled, mean, at, workers);
      }
      fixed = mean;
      if (!tell.goOn((round + 1.0) / rounds)) {
        break;
      }
    }
    var origin = at[reference];
    for (int e = 0; e < count; e++) {
      at[e] = at[e].after(origin.inverse());
    }
    return at;
  }

  private static RealField less(RealField image, float[] f) {
    var clean = image.copy();
    for (int i = 0; i < f.length; i++) {
      clean.values()[i] -= f[i];
    }
    return clean;
  }

  /// The mean of the stack, its fine grains.
  private static float[] grain(RealField[] images, Grid grid, Workers workers) {
    var mean = new RealField(grid);
    for (var image : images) {
      for (int i = 0; i < grid.size(); i++) {
        mean.values()[i] += image.values()[i] / images.length;
      }
    }
    return fine(mean, workers);
  }

  /// An image less itself at a quarter of the resolution.
  private static float[] fine(RealField image, Workers workers) {
    var grid = image.grid();
    if (Math.min(grid.rows(), grid.columns()) < 16) {
      throw new InvalidInput(
          "images to be correlated", grid.rows() + " × " + grid.columns(), "at least 16 × 16", "");
    }
    var coarse =
        SplineImage.of(
            ImagePyramid.reduced(ImagePyramid.reduced(image, workers), workers), workers);
    var map = new PixelMap(0.25, 0, 0, 0.25, -0.375, -0.375);
    float[] fine = image.values().clone();
    float[] smooth = new float[grid.columns()];
    for (int r = 0; r < grid.rows(); r++) {
      coarse.row(map, r, 0, grid.columns(), smooth, 0, new float[grid.columns() + 3]);
      for (int c = 0; c < grid.columns(); c++) {
        fine[r * grid.columns() + c] -= smooth[c];
      }
    }
    return fine;
  }

  private static ComplexField windowed(RealField image) {
    var grid = image.grid();
    double mean = image.sum() / grid.size();
    var field = new ComplexField(grid);
    for (int r = 0; r < grid.rows(); r++) {
      double down = fall(r, grid.rows());
      for (int c = 0; c < grid.columns(); c++) {
        field.set(r, c, (float) (down * fall(c, grid.columns()) * (image.at(r, c) - mean)), 0);
      }
    }
    return field;
  }

  private static double fall(int i, int n) {
    double edge = Math.min(i + 0.5, n - i - 0.5) / (TAPER * n);
    return edge >= 1 ? 1 : 0.5 - 0.5 * Math.cos(Math.PI * edge);
  }

  /// The images at their places; NaN where fewer than half are seen.
  private static RealField mean(RealField[] images, float[] f, Transform[] at, Workers workers) {
    var grid = images[0].grid();
    float[][] placed = new float[images.length][];
    workers.forEach(
        images.length,
        (e, worker) ->
            placed[e] = Warp.CUBIC.image(less(images[e], f), at[e], Workers.ONE).values());
    var mean = new RealField(grid);
    for (int i = 0; i < grid.size(); i++) {
      double sum = 0;
      int seen = 0;
      for (float[] one : placed) {
        if (!Float.isNaN(one[i])) {
          sum += one[i];
          seen++;
        }
      }
      mean.values()[i] = 2 * seen < images.length ? Float.NaN : (float) (sum / seen);
    }
    return GapFill.of(mean);
  }

  /// (2)
  private static float[] left(RealField[] images, RealField mean, Transform[] at, Workers workers) {
    var grid = mean.grid();
    float[][] rest = new float[images.length][];
    workers.forEach(
        images.length,
        (e, worker) -> {
          float[] model = Warp.CUBIC.image(mean, at[e].inverse(), Workers.ONE).values();
          rest[e] = withoutLine(images[e].values(), model);
        });
    var f = new RealField(grid);
    for (int i = 0; i < grid.size(); i++) {
      double sum = 0;
      int seen = 0;
      for (float[] one : rest) {
        if (!Float.isNaN(one[i])) {
          sum += one[i];
          seen++;
        }
      }
      f.values()[i] = seen == 0 ? 0 : (float) (sum / seen);
    }
    return fine(f, workers);
  }

  /// y − g m − b by least squares; NaN where m is not known.
  private static float[] withoutLine(float[] y, float[] m) {
    double n = 0;
    double sy = 0;
    double sm = 0;
    double mm = 0;
    double my = 0;
    for (int i = 0; i < y.length; i++) {
      if (!Float.isNaN(m[i])) {
        n++;
        sy += y[i];
        sm += m[i];
        mm += (double) m[i] * m[i];
        my += (double) m[i] * y[i];
      }
    }
    double variance = mm - sm * sm / n;
    double gain = variance > 0 ? (my - sm * sy / n) / variance : 0;
    double offset = (sy - gain * sm) / n;
    float[] rest = new float[y.length];
    for (int i = 0; i < y.length; i++) {
      rest[i] = (float) (y[i] - gain * m[i] - offset);
    }
    return rest;
  }
}

package argand.register;

import argand.array.Mask;
import argand.array.RealField;
import argand.array.Workers;
import argand.array.kernel.ShortFilter;

/// An image resampled once: pixel x of the result is read at T(x) of the image.
///
/// What lies outside of the image is NaN, and so is a pixel to which one that is missing in the
/// image would contribute with a weight above 0.05. Cubic interpolation overshoots at steps by up
/// to a ninth of their height, so a positive image may get negative values: they are left as they
/// are, for cutting them off would be a bias. Linear interpolation does not overshoot, and blurs.
public enum Warp {
  /// Cubic spline, see {@link CubicBSpline}.
  CUBIC,
  /// Between the four nearest pixels.
  LINEAR;

  private static final double SHARE = 0.05;

  /// Fractions of a pixel at which weights are tabulated.
  private static final int STEPS = 128;

  /// The image at T(x), on its own grid.
  public RealField image(RealField image, Transform transform, Workers workers) {
    var grid = image.grid();
    var map = PixelMap.of(transform, grid);
    var result = new RealField(grid);
    var filled = GapFill.of(image);
    var spline = this == CUBIC ? SplineImage.of(filled, workers) : null;
    workers.forEach(
        SplineImage.blocks(grid),
        (block, worker) -> {
          float[] buffer = new float[grid.columns() + 3];
          int last = Math.min(grid.rows(), (block + 1) * SplineImage.BLOCK);
          for (int r = block * SplineImage.BLOCK; r < last; r++) {
            int[] span = map.inside(r, grid, 0);
            int at = r * grid.columns();
            java.util.Arrays.fill(result.values(), at, at + span[0], Float.NaN);
            java.util.Arrays.fill(result.values(), at + span[1], at + grid.columns(), Float.NaN);
            if (spline != null) {
              spline.row(map, r, span[0], span[1], result.values(), at + span[0], buffer);
            } else {
              linear(filled, map, r, span, result);
            }
            if (filled != image) {
              missing(image, map, r, span, result);
            }
          }
        });
    return result;
  }

  /// The variance of what {@link #image} gives when the pixels' errors are independent with this
  /// variance: Σ w² v over the pixels, with their weights w. Resampled pixels are correlated with
  /// their neighbours, see {@link CubicBSpline#correlation}.
  public RealField variance(RealField variance, Transform transform, Workers workers) {
    var grid = variance.grid();
    var map = PixelMap.of(transform, grid);
    var result = new RealField(grid);
    var filled = GapFill.of(variance);
    double[][] squares = new double[STEPS + 1][];
    for (int k = 0; k <= STEPS; k++) {
      squares[k] = squared(k / (double) STEPS);
    }
    workers.forEach(
        SplineImage.blocks(grid),
        (block, worker) -> {
          float[] buffer = new float[grid.columns() + 2 * CubicBSpline.REACH];
          float[] line = new float[grid.columns()];
          int last = Math.min(grid.rows(), (block + 1) * SplineImage.BLOCK);
          for (int r = block * SplineImage.BLOCK; r < last; r++) {
            int[] span = map.inside(r, grid, 0);
            int at = r * grid.columns();
            java.util.Arrays.fill(result.values(), at, at + grid.columns(), Float.NaN);
            if (map.isTranslation()) {
              translated(filled, map, r, span, result, line, buffer);
            } else {
              for (int c = span[0]; c < span[1]; c++) {
                result.set(r, c, sum(filled, map.row(r, c), map.column(r, c), squares));
              }
            }
            if (filled != variance) {
              missing(variance, map, r, span, result);
            }
          }
        });
    return result;
  }

  private double[] squared(double fraction) {
    double[] w = weights(fraction);
    for (int i = 0; i < w.length; i++) {
      w[i] *= w[i];
    }
    return w;
  }

  /// One row of Σ w² v: the weights are the same for all its pixels.
  private void translated(
      RealField v, PixelMap map, int r, int[] span, RealField into, float[] line, float[] buffer) {
    if (span[0] == span[1]) {
      return;
    }
    var grid = v.grid();
    double row = Math.clamp(map.row(r, 0), 0, grid.rows() - 1.0);
    double column = Math.max(0, map.column(r, span[0]));
    int reach = CubicBSpline.REACH;
    int[] at = new int[2 * reach];
    for (int m = 0; m < at.length; m++) {
      at[m] = SplineImage.mirror((int) row + m - reach + 1, grid.rows()) * grid.columns();
    }
    ShortFilter.across(v.values(), at, floats(squared(row - (int) row)), line, 0, grid.columns());
    SplineImage.mirrored(line, 0, grid.columns(), buffer, reach);
    ShortFilter.along(
        buffer,
        (int) column + 1,
        floats(squared(column - (int) column)),
        into.values(),
        r * grid.columns() + span[0],
        span[1] - span[0]);
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  /// Good where a good pixel of the image is read: the mask at T(x).
  public Mask mask(Mask mask, Transform transform) {
    var grid = mask.grid();
    var seen = new RealField(grid);
    for (int i = 0; i < grid.size(); i++) {
      seen.values()[i] = mask.good()[i] ? 0 : Float.NaN;
    }
    var map = PixelMap.of(transform, grid);
    var result = new RealField(grid);
    java.util.Arrays.fill(result.values(), Float.NaN);
    for (int r = 0; r < grid.rows(); r++) {
      int[] span = map.inside(r, grid, 0);
      for (int c = span[0]; c < span[1]; c++) {
        result.set(r, c, 0);
      }
      missing(seen, map, r, span, result);
    }
    boolean[] good = new boolean[grid.size()];
    for (int i = 0; i < good.length; i++) {
      good[i] = result.values()[i] == 0;
    }
    return new Mask(grid, good);
  }

  /// Weights of the samples −REACH + 1 … REACH about the point.
  private double[] weights(double fraction) {
    if (this == CUBIC) {
      return CubicBSpline.cardinal(fraction);
    }
    double[] w = new double[2 * CubicBSpline.REACH];
    w[CubicBSpline.REACH - 1] = 1 - fraction;
    w[CubicBSpline.REACH] = fraction;
    return w;
  }

  private static float sum(RealField image, double row, double column, double[][] table) {
    var grid = image.grid();
    int i = Math.min((int) row, grid.rows() - 1);
    int k = Math.min((int) column, grid.columns() - 1);
    double[] down = table[(int) Math.rint((row - i) * STEPS)];
    double[] right = table[(int) Math.rint((column - k) * STEPS)];
    int reach = CubicBSpline.REACH;
    double sum = 0;
    for (int m = 0; m < 2 * reach; m++) {
      int at = SplineImage.mirror(i + m - reach + 1, grid.rows()) * grid.columns();
      double line = 0;
      for (int n = 0; n < 2 * reach; n++) {
        int c = k + n - reach + 1;
        line += right[n] * image.values()[at + SplineImage.mirror(c, grid.columns())];
      }
      sum += down[m] * line;
    }
    return (float) sum;
  }

  private static void linear(RealField image, PixelMap map, int r, int[] span, RealField into) {
    var grid = image.grid();
    for (int c = span[0]; c < span[1]; c++) {
      double y = Math.clamp(map.row(r, c), 0, grid.rows() - 1.0);
      double x = Math.clamp(map.column(r, c), 0, grid.columns() - 1.0);
      int i = (int) y;
      int k = (int) x;
      int below = Math.min(i + 1, grid.rows() - 1);
      int beside = Math.min(k + 1, grid.columns() - 1);
      double u = y - i;
      double v = x - k;
      into.set(
          r,
          c,
          (float)
              ((1 - u) * ((1 - v) * image.at(i, k) + v * image.at(i, beside))
                  + u * ((1 - v) * image.at(below, k) + v * image.at(below, beside))));
    }
  }

  /// NaN where a missing pixel would speak.
  private void missing(RealField image, PixelMap map, int r, int[] span, RealField into) {
    var grid = image.grid();
    for (int c = span[0]; c < span[1]; c++) {
      double y = Math.clamp(map.row(r, c), 0, grid.rows() - 1.0);
      double x = Math.clamp(map.column(r, c), 0, grid.columns() - 1.0);
      int i = (int) y;
      int k = (int) x;
      double[] down = null;
      double[] right = null;
      for (int m = -1; m <= 2; m++) {
        int row = SplineImage.mirror(i + m, grid.rows());
        for (int n = -1; n <= 2; n++) {
          if (Float.isNaN(image.at(row, SplineImage.mirror(k + n, grid.columns())))) {
            if (down == null || right == null) {
              down = weights(y - i);
              right = weights(x - k);
            }
            double weight = down[m + CubicBSpline.REACH - 1] * right[n + CubicBSpline.REACH - 1];
            if (Math.abs(weight) > SHARE) {
              into.set(r, c, Float.NaN);
            }
          }
        }
      }
    }
  }
}

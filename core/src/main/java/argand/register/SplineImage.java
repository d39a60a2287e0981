package argand.register;

import argand.array.Grid;
import argand.array.RealField;
import argand.array.Workers;
import argand.array.kernel.ShortFilter;

/// An image as a cubic spline, mirrored at its outermost pixels: its coefficients, from which
/// values and slopes anywhere follow. Exact to single precision: it gives the pixels back.
final class SplineImage {
  /// Rows and columns of coefficients kept beyond the image on each side.
  static final int PAD = 2;

  /// Rows a worker does at a time.
  static final int BLOCK = 32;

  private static final float[] SMOOTH = {1f / 6, 4f / 6, 1f / 6};
  private static final float[] SLOPE = {-0.5f, 0, 0.5f};

  private final Grid grid;
  private final int pitch;
  private final float[] coefficients;

  private SplineImage(Grid grid) {
    this.grid = grid;
    this.pitch = grid.columns() + 2 * PAD;
    this.coefficients = new float[(grid.rows() + 2 * PAD) * pitch];
  }

  Grid grid() {
    return grid;
  }

  static int blocks(Grid grid) {
    return (grid.rows() + BLOCK - 1) / BLOCK;
  }

  /// @param image without NaN
  static SplineImage of(RealField image, Workers workers) {
    var grid = image.grid();
    var spline = new SplineImage(grid);
    float[] taps = CubicBSpline.inverse();
    int reach = CubicBSpline.INVERSE_REACH;
    float[] along = new float[grid.rows() * spline.pitch];
    workers.forEach(
        blocks(grid),
        (block, worker) -> {
          float[] row = new float[spline.pitch + 2 * reach];
          for (int r = block * BLOCK; r < Math.min(grid.rows(), (block + 1) * BLOCK); r++) {
            mirrored(image.values(), r * grid.columns(), grid.columns(), row, reach + PAD);
            ShortFilter.along(row, 0, taps, along, r * spline.pitch, spline.pitch);
          }
        });
    int padded = grid.rows() + 2 * PAD;
    workers.forEach(
        (padded + BLOCK - 1) / BLOCK,
        (block, worker) -> {
          int[] at = new int[taps.length];
          for (int r = block * BLOCK; r < Math.min(padded, (block + 1) * BLOCK); r++) {
            for (int k = 0; k < at.length; k++) {
              at[k] = mirror(r - PAD + k - reach, grid.rows()) * spline.pitch;
            }
            ShortFilter.across(
                along, at, taps, spline.coefficients, r * spline.pitch, spline.pitch);
          }
        });
    return spline;
  }

  /// A grid's spline that is `scale[0]` · the first + … of others on it.
  static SplineImage sum(SplineImage[] of, double[] scale) {
    var sum = new SplineImage(of[0].grid);
    float[] into = sum.coefficients;
    for (int k = 0; k < of.length; k++) {
      float[] from = of[k].coefficients;
      float s = (float) scale[k];
      for (int i = 0; i < into.length; i++) {
        into[i] += s * from[i];
      }
    }
    return sum;
  }

  /// row[i] ← the image's row, mirrored, from `reach` pixels before its first.
  static void mirrored(float[] from, int at, int n, float[] row, int reach) {
    System.arraycopy(from, at, row, reach, n);
    for (int i = 0; i < reach; i++) {
      row[i] = from[at + mirror(i - reach, n)];
    }
    for (int i = reach + n; i < row.length; i++) {
      row[i] = from[at + mirror(i - reach, n)];
    }
  }

  static int mirror(int i, int n) {
    if (n == 1) {
      return 0;
    }
    int period = 2 * (n - 1);
    int k = Math.floorMod(i, period);
    return k < n ? k : period - k;
  }

  /// out[o …] ← the image where the pixels first … last − 1 of row `r` of another are found; points
  /// outside are read at its edge.
  ///
  /// @param buffer at least last − first + 3
  void row(PixelMap map, int r, int first, int last, float[] out, int o, float[] buffer) {
    int n = last - first;
    if (n <= 0) {
      return;
    }
    double down = map.row(r, first);
    double right = map.column(r, first);
    boolean within =
        down >= 0 && down <= grid.rows() - 1 && right >= 0 && right + n <= grid.columns();
    if (map.isTranslation() && within) {
      translated(down, right, n, out, o, buffer);
    } else {
      mapped(map, r, first, last, out, o);
    }
  }

  private void translated(double down, double right, int n, float[] out, int o, float[] buffer) {
    int i = (int) down;
    int k = (int) right;
    float[] wr = CubicBSpline.weights(down - i);
    float[] wc = CubicBSpline.weights(right - k);
    int corner = (i - 1 + PAD) * pitch + k - 1 + PAD;
    int[] at = {corner, corner + pitch, corner + 2 * pitch, corner + 3 * pitch};
    ShortFilter.across(coefficients, at, wr, buffer, 0, n + 3);
    ShortFilter.along(buffer, 0, wc, out, o, n);
  }

  private void mapped(PixelMap map, int r, int first, int last, float[] out, int o) {
    float[] wr = new float[4];
    float[] wc = new float[4];
    float[] f = coefficients;
    double maxRow = grid.rows() - 1.0;
    double maxColumn = grid.columns() - 1.0;
    for (int c = first; c < last; c++) {
      double y = Math.clamp(map.row(r, c), 0, maxRow);
      double x = Math.clamp(map.column(r, c), 0, maxColumn);
      int i = (int) y;
      int k = (int) x;
      CubicBSpline.weights(y - i, wr);
      CubicBSpline.weights(x - k, wc);
      int at = (i - 1 + PAD) * pitch + k - 1 + PAD;
      float sum = 0;
      for (int m = 0; m < 4; m++, at += pitch) {
        sum += wr[m] * (wc[0] * f[at] + wc[1] * f[at + 1] + wc[2] * f[at + 2] + wc[3] * f[at + 3]);
      }
      out[o + c - first] = sum;
    }
  }

  /// Slopes down and right at the pixels first … last − 1 of row `r`.
  ///
  /// @param buffer at least last − first + 2
  void slopes(int r, int first, int last, float[] down, float[] right, int o, float[] buffer) {
    int n = last - first;
    int corner = (r - 1 + PAD) * pitch + first - 1 + PAD;
    int[] at = {corner, corner + pitch, corner + 2 * pitch};
    ShortFilter.across(coefficients, at, SLOPE, buffer, 0, n + 2);
    ShortFilter.along(buffer, 0, SMOOTH, down, o, n);
    ShortFilter.across(coefficients, at, SMOOTH, buffer, 0, n + 2);
    ShortFilter.along(buffer, 0, SLOPE, right, o, n);
  }
}

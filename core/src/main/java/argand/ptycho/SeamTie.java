package argand.ptycho;

import argand.array.ComplexField;
import argand.array.Mask;
import argand.array.RealField;
import java.util.Optional;

/// How two tiles of a mosaic differ where both are well lit: z = a b* = A exp(i (φ + κ·(r − c)))
/// |b|².
///
/// κ first from the products of neighbours, φ from the sum of what is left, then all three by least
/// squares on the phase that remains, each pixel with the weight |z|.
///
/// @param first number of tile a
/// @param second number of tile b
/// @param pixels that both have
/// @param logRatio ln A
/// @param phase φ at the centre of the common pixels [rad]
/// @param rampRows κ along the rows' index [rad per pixel]
/// @param rampColumns κ along the columns' index [rad per pixel]
/// @param row of the centre c in the mosaic
/// @param column of the centre c in the mosaic
/// @param spreadRows variance of the rows of the common pixels
/// @param spreadColumns variance of their columns
record SeamTie(
    int first,
    int second,
    int pixels,
    double logRatio,
    double phase,
    double rampRows,
    double rampColumns,
    double row,
    double column,
    double spreadRows,
    double spreadColumns) {
  /// Fewer pixels tie nothing.
  private static final int LEAST = 256;

  private static final int STEPS = 4;

  /// Side of the blocks in which a seam's step is measured: noise averages out, a ramp does not.
  private static final int BLOCK = 16;

  /// A tile on the pixels of the mosaic.
  ///
  /// @param row of the mosaic under its first row
  /// @param lit where it is to be trusted
  record Tile(ComplexField object, RealField light, Mask lit, int row, int column) {
    private boolean holds(int r, int c) {
      var grid = object.grid();
      return r >= row
          && c >= column
          && r < row + grid.rows()
          && c < column + grid.columns()
          && lit.at(r - row, c - column);
    }
  }

  /// What a pixel of the mosaic says.
  private interface Pixel {
    void enter(int r, int c, double re, double im);
  }

  /// Visits the pixels that both tiles have.
  private static void each(Tile a, Tile b, Pixel pixel) {
    int bottom = Math.min(a.row + a.object.grid().rows(), b.row + b.object.grid().rows());
    int right =
        Math.min(a.column + a.object.grid().columns(), b.column + b.object.grid().columns());
    for (int r = Math.max(a.row, b.row); r < bottom; r++) {
      for (int c = Math.max(a.column, b.column); c < right; c++) {
        if (a.holds(r, c) && b.holds(r, c)) {
          double x = a.object.re(r - a.row, c - a.column);
          double y = a.object.im(r - a.row, c - a.column);
          double u = b.object.re(r - b.row, c - b.column);
          double v = b.object.im(r - b.row, c - b.column);
          pixel.enter(r, c, x * u + y * v, y * u - x * v);
        }
      }
    }
  }

  /// Empty where they have too little in common.
  static Optional<SeamTie> between(int first, Tile a, int second, Tile b) {
    double[] sums = new double[6];
    each(
        a,
        b,
        (r, c, re, im) -> {
          sums[0]++;
          sums[1] += r;
          sums[2] += c;
          sums[3] += (double) r * r;
          sums[4] += (double) c * c;
        });
    int pixels = (int) sums[0];
    if (pixels < LEAST) {
      return Optional.empty();
    }
    double row = sums[1] / pixels;
    double column = sums[2] / pixels;
    double spreadRows = sums[3] / pixels - row * row;
    double spreadColumns = sums[4] / pixels - column * column;
    double[] plane = start(a, b, row, column);
    for (int step = 0; step < STEPS; step++) {
      improve(a, b, row, column, plane);
    }
    return Optional.of(
        new SeamTie(
            first,
            second,
            pixels,
            logRatio(a, b),
            plane[0],
            plane[1],
            plane[2],
            row,
            column,
            spreadRows,
            spreadColumns));
  }

  private static double logRatio(Tile a, Tile b) {
    double[] powers = new double[2];
    each(
        a,
        b,
        (r, c, re, im) -> {
          double u = b.object.re(r - b.row, c - b.column);
          double v = b.object.im(r - b.row, c - b.column);
          powers[0] += Math.hypot(re, im);
          powers[1] += u * u + v * v;
        });
    return Math.log(powers[0] / powers[1]);
  }

  private static double[] start(Tile a, Tile b, double row, double column) {
    int columns = b.object.grid().columns();
    double[] above = new double[2 * columns];
    int[] aboveRow = new int[columns];
    java.util.Arrays.fill(aboveRow, Integer.MIN_VALUE);
    double[] left = {0, 0, Double.NaN, Double.NaN};
    double[] products = new double[4];
    each(
        a,
        b,
        (r, c, re, im) -> {
          int k = c - b.column;
          if (aboveRow[k] == r - 1) {
            products[0] += re * above[2 * k] + im * above[2 * k + 1];
            products[1] += im * above[2 * k] - re * above[2 * k + 1];
          }
          if (left[2] == r && left[3] == c - 1) {
            products[2] += re * left[0] + im * left[1];
            products[3] += im * left[0] - re * left[1];
          }
          above[2 * k] = re;
          above[2 * k + 1] = im;
          aboveRow[k] = r;
          left[0] = re;
          left[1] = im;
          left[2] = r;
          left[3] = c;
        });
    double down = Math.atan2(products[1], products[0]);
    double across = Math.atan2(products[3], products[2]);
    double[] sum = new double[2];
    each(
        a,
        b,
        (r, c, re, im) -> {
          double angle = down * (r - row) + across * (c - column);
          sum[0] += re * Math.cos(angle) + im * Math.sin(angle);
          sum[1] += im * Math.cos(angle) - re * Math.sin(angle);
        });
    return new double[] {Math.atan2(sum[1], sum[0]), down, across};
  }

  private static void improve(Tile a, Tile b, double row, double column, double[] plane) {
    var equations = new LeastSquares(3);
    double[] slopes = new double[3];
    each(
        a,
        b,
        (r, c, re, im) -> {
          slopes[0] = 1;
          slopes[1] = r - row;
          slopes[2] = c - column;
          double angle = plane[0] + plane[1] * slopes[1] + plane[2] * slopes[2];
          double cos = Math.cos(angle);
          double sin = Math.sin(angle);
          double left = Math.atan2(im * cos - re * sin, re * cos + im * sin);
          equations.enter(Math.hypot(re, im), slopes, left);
        });
    double[] step = equations.solved();
    for (int k = 0; k < 3; k++) {
      plane[k] += step[k];
    }
  }

  /// Root mean square of the phase between two tiles over blocks of 16 × 16 pixels of their common
  /// part [rad].
  static double step(Tile a, Tile b) {
    var blocks = new java.util.HashMap<Long, double[]>();
    each(
        a,
        b,
        (r, c, re, im) -> {
          long key = (long) (r / BLOCK) << 32 | c / BLOCK;
          double[] block = blocks.computeIfAbsent(key, any -> new double[3]);
          block[0] += re;
          block[1] += im;
          block[2]++;
        });
    double sum = 0;
    double count = 0;
    for (double[] block : blocks.values()) {
      double phase = Math.atan2(block[1], block[0]);
      sum += block[2] * phase * phase;
      count += block[2];
    }
    return Math.sqrt(sum / count);
  }
}

package argand.ptycho;

import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.Mask;
import argand.array.RealField;
import argand.data.ScanPositions;

/// Values at scan positions → a regular grid: at each pixel the plane that fits the values around
/// it, weighted by a Gaussian of the distance (moving least squares). It reproduces any plane.
final class ScatteredSurface {
  /// Standard deviation of the Gaussian in pixels; values farther than three of it are left out.
  private static final double WIDTH = 0.6;

  private static final int REACH = 2;
  private static final int LARGEST = 20_000;

  private final ScanPositions positions;
  private final Grid grid;
  private final double top;
  private final double left;

  /// @param pixel of the grid [m]
  ScatteredSurface(ScanPositions positions, double pixel) {
    this.positions = positions;
    top = java.util.Arrays.stream(positions.y()).min().orElseThrow();
    left = java.util.Arrays.stream(positions.x()).min().orElseThrow();
    double rows = Math.floor(positions.extentY() / pixel + 0.5) + 1;
    double columns = Math.floor(positions.extentX() / pixel + 0.5) + 1;
    if (!(rows <= LARGEST && columns <= LARGEST)) {
      throw new InvalidInput(
          "pixel of the maps", pixel + " m", "at most " + LARGEST + " pixels a side", "");
    }
    grid = Grid.square((int) rows, (int) columns, pixel);
  }

  /// Pixels that have a position within a pixel's diagonal.
  Mask measured() {
    boolean[] near = new boolean[grid.size()];
    for (int j = 0; j < positions.count(); j++) {
      double y = (positions.y()[j] - top) / grid.pixelY();
      double x = (positions.x()[j] - left) / grid.pixelX();
      for (int r = (int) Math.max(0, y - 1); r <= Math.min(grid.rows() - 1, y + 2); r++) {
        for (int c = (int) Math.max(0, x - 1); c <= Math.min(grid.columns() - 1, x + 2); c++) {
          near[r * grid.columns() + c] |= Math.hypot(r - y, c - x) <= Math.sqrt(2);
        }
      }
    }
    return new Mask(grid, near);
  }

  /// 0 where no position is near.
  RealField through(double[] values) {
    int columns = grid.columns();
    double[][] sums = new double[9][grid.size()];
    for (int j = 0; j < values.length; j++) {
      double y = (positions.y()[j] - top) / grid.pixelY();
      double x = (positions.x()[j] - left) / grid.pixelX();
      int row = (int) Math.rint(y);
      int column = (int) Math.rint(x);
      for (int r = Math.max(0, row - REACH); r <= Math.min(grid.rows() - 1, row + REACH); r++) {
        for (int c = Math.max(0, column - REACH); c <= Math.min(columns - 1, column + REACH); c++) {
          add(sums, r * columns + c, y - r, x - c, values[j]);
        }
      }
    }
    var field = new RealField(grid);
    for (int i = 0; i < grid.size(); i++) {
      field.values()[i] = (float) plane(sums, i);
    }
    return field;
  }

  private static void add(double[][] sums, int i, double y, double x, double value) {
    double w = Math.exp(-(y * y + x * x) / (2 * WIDTH * WIDTH));
    sums[0][i] += w;
    sums[1][i] += w * y;
    sums[2][i] += w * x;
    sums[3][i] += w * y * y;
    sums[4][i] += w * y * x;
    sums[5][i] += w * x * x;
    sums[6][i] += w * value;
    sums[7][i] += w * y * value;
    sums[8][i] += w * x * value;
  }

  /// Height of the fitted plane at the pixel; a little damping keeps it level where too few values
  /// fix its slope.
  private static double plane(double[][] s, int i) {
    double w = s[0][i];
    if (w < 1e-3) {
      return 0;
    }
    double damping = 1e-3 * w;
    double my = s[1][i] / w;
    double mx = s[2][i] / w;
    double mean = s[6][i] / w;
    double yy = s[3][i] - w * my * my + damping;
    double yx = s[4][i] - w * my * mx;
    double xx = s[5][i] - w * mx * mx + damping;
    double yv = s[7][i] - w * my * mean;
    double xv = s[8][i] - w * mx * mean;
    double det = yy * xx - yx * yx;
    double slopeY = (yv * xx - xv * yx) / det;
    double slopeX = (xv * yy - yv * yx) / det;
    return mean - slopeY * my - slopeX * mx;
  }
}

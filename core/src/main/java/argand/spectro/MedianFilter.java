package argand.spectro;

import argand.array.Grid;

/// The median of the square around each pixel, smaller at the borders.
final class MedianFilter {
  private MedianFilter() {}

  static float[] of(float[] y, Grid grid, int radius) {
    float[] out = new float[y.length];
    float[] near = new float[(2 * radius + 1) * (2 * radius + 1)];
    int columns = grid.columns();
    for (int row = 0; row < grid.rows(); row++) {
      for (int column = 0; column < columns; column++) {
        int n = 0;
        for (int r = Math.max(0, row - radius); r <= Math.min(grid.rows() - 1, row + radius); r++) {
          int from = r * columns + Math.max(0, column - radius);
          int to = r * columns + Math.min(columns - 1, column + radius);
          for (int i = from; i <= to; i++) {
            near[n++] = y[i];
          }
        }
        out[row * columns + column] = Neighbours.median(near, n);
      }
    }
    return out;
  }
}

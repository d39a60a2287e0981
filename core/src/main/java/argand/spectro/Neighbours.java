package argand.spectro;

import argand.array.Grid;

/// The eight pixels around one.
final class Neighbours {
  private Neighbours() {}

  /// Fills `near` with those that are there and not NaN; returns how many.
  static int of(float[] plane, Grid grid, int row, int column, float[] near) {
    int n = 0;
    for (int r = Math.max(0, row - 1); r <= Math.min(grid.rows() - 1, row + 1); r++) {
      for (int c = Math.max(0, column - 1); c <= Math.min(grid.columns() - 1, column + 1); c++) {
        float v = plane[r * grid.columns() + c];
        if ((r != row || c != column) && !Float.isNaN(v)) {
          near[n++] = v;
        }
      }
    }
    return n;
  }

  /// The middle of the first n values, which it sorts.
  static float median(float[] values, int n) {
    for (int i = 1; i < n; i++) {
      float v = values[i];
      int j = i - 1;
      for (; j >= 0 && values[j] > v; j--) {
        values[j + 1] = values[j];
      }
      values[j + 1] = v;
    }
    return n % 2 == 1 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
  }
}

package argand.judge;

import argand.array.Grid;
import argand.array.RealField;
import argand.data.DiffractionScan;
import java.util.Arrays;

/// What each detector pixel counted over the scan.
///
/// @param mean over the views
/// @param low fourth smallest value: what a pixel shows when the pattern leaves it dark
/// @param greatest count of any trusted pixel in any view
record PixelCounts(
    Grid grid, boolean[] good, int views, double[] mean, float[] low, float greatest) {
  private static final int RANK = 4;

  static PixelCounts of(DiffractionScan scan, boolean[] good) {
    var grid = scan.frames().grid();
    int views = scan.frames().count();
    double[] mean = new double[grid.size()];
    int rank = Math.min(RANK, views);
    float[] smallest = new float[grid.size() * rank];
    Arrays.fill(smallest, Float.POSITIVE_INFINITY);
    float greatest = 0;
    var frame = new RealField(grid);
    for (int j = 0; j < views; j++) {
      scan.frames().read(j, frame);
      for (int i = 0; i < good.length; i++) {
        float value = frame.values()[i];
        if (good[i] && Float.isFinite(value)) {
          mean[i] += value / views;
          greatest = Math.max(greatest, value);
          enter(smallest, i * rank, rank, value);
        }
      }
    }
    float[] low = new float[grid.size()];
    for (int i = 0; i < low.length; i++) {
      float last = smallest[i * rank + rank - 1];
      low[i] = Float.isFinite(last) ? last : 0;
    }
    return new PixelCounts(grid, good, views, mean, low, greatest);
  }

  /// Keeps the `rank` smallest values in rising order.
  private static void enter(float[] sorted, int from, int rank, float value) {
    if (value >= sorted[from + rank - 1]) {
      return;
    }
    int k = rank - 1;
    while (k > 0 && sorted[from + k - 1] > value) {
      sorted[from + k] = sorted[from + k - 1];
      k--;
    }
    sorted[from + k] = value;
  }

  /// The second greatest value among the good neighbours of a pixel, so that a pair of hot pixels
  /// does not hide itself.
  double around(int i, java.util.function.IntToDoubleFunction value) {
    int columns = grid.columns();
    double first = 0;
    double second = 0;
    for (int dr = -1; dr <= 1; dr++) {
      for (int dc = -1; dc <= 1; dc++) {
        int r = i / columns + dr;
        int c = i % columns + dc;
        boolean inside = r >= 0 && r < grid.rows() && c >= 0 && c < columns;
        if ((dr == 0 && dc == 0) || !inside || !good[r * columns + c]) {
          continue;
        }
        double v = value.applyAsDouble(r * columns + c);
        second = Math.max(second, Math.min(first, v));
        first = Math.max(first, v);
      }
    }
    return second;
  }
}

package argand.spectro;

import argand.array.Grid;

/// Non-local means of one image; see {@link DenoiseMethod.NonLocalMeans}.
///
/// For each displacement the squared differences of the image and its displaced copy are averaged
/// over patches by running sums, so the cost does not depend on the size of a patch. The pixel
/// itself has the greatest weight that any other got.
final class NonLocalMeansFilter {
  private NonLocalMeansFilter() {}

  static float[] of(float[] y, float[] sigma, Grid grid, int patch, int distance, double strength) {
    int n = y.length;
    float[] sum = new float[n];
    float[] weights = new float[n];
    float[] most = new float[n];
    float[] d = new float[n];
    for (int dr = -distance; dr <= distance; dr++) {
      for (int dc = -distance; dc <= distance; dc++) {
        if (dr == 0 && dc == 0) {
          continue;
        }
        differences(y, sigma, grid, dr, dc, d);
        boxMean(d, grid, patch);
        for (int r = 0; r < grid.rows(); r++) {
          int other = mirrored(r + dr, grid.rows()) * grid.columns();
          for (int c = 0; c < grid.columns(); c++) {
            int i = r * grid.columns() + c;
            // d is in units of the noise: 2 where only noise differs
            float w = (float) Math.exp(-Math.max(d[i] - 2, 0) / (strength * strength));
            sum[i] += w * y[other + mirrored(c + dc, grid.columns())];
            weights[i] += w;
            most[i] = Math.max(most[i], w);
          }
        }
      }
    }
    float[] out = new float[n];
    for (int i = 0; i < n; i++) {
      float own = Math.max(most[i], 1e-6f);
      out[i] = (sum[i] + own * y[i]) / (weights[i] + own);
    }
    return out;
  }

  private static void differences(
      float[] y, float[] sigma, Grid grid, int dr, int dc, float[] into) {
    for (int r = 0; r < grid.rows(); r++) {
      int other = mirrored(r + dr, grid.rows()) * grid.columns();
      for (int c = 0; c < grid.columns(); c++) {
        int i = r * grid.columns() + c;
        int j = other + mirrored(c + dc, grid.columns());
        float difference = y[i] - y[j];
        float noise = (sigma[i] * sigma[i] + sigma[j] * sigma[j]) / 2;
        into[i] = difference * difference / Math.max(noise, 1e-30f);
      }
    }
  }

  static int mirrored(int i, int n) {
    if (n == 1) {
      return 0;
    }
    int period = 2 * n - 2;
    int k = Math.floorMod(i, period);
    return k < n ? k : period - k;
  }

  /// Means over squares, borders mirrored, in place.
  private static void boxMean(float[] d, Grid grid, int radius) {
    int rows = grid.rows();
    int columns = grid.columns();
    float share = 1f / (2 * radius + 1);
    float[] line = new float[Math.max(rows, columns)];
    for (int r = 0; r < rows; r++) {
      mean(d, r * columns, 1, columns, radius, share, line);
    }
    for (int c = 0; c < columns; c++) {
      mean(d, c, columns, rows, radius, share, line);
    }
  }

  private static void mean(
      float[] d, int at, int stride, int n, int radius, float share, float[] line) {
    for (int i = 0; i < n; i++) {
      line[i] = d[at + i * stride];
    }
    double sum = 0;
    for (int k = -radius; k <= radius; k++) {
      sum += line[mirrored(k, n)];
    }
    for (int i = 0; i < n; i++) {
      d[at + i * stride] = (float) Math.max(0, sum * share);
      sum += line[mirrored(i + radius + 1, n)] - line[mirrored(i - radius, n)];
    }
  }
}

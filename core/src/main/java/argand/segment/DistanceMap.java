package argand.segment;

import argand.Paper;
import argand.array.Grid;
import argand.array.Mask;
import argand.array.RealField;
import java.util.Arrays;

/// How far each good pixel is from the nearest bad one [pixels], from middle to middle less a half:
/// about its distance from the mask's outline. 0 in bad pixels. Exact, one pass along the columns
/// and one along the rows: the lower envelope of parabolas. Beyond the image the mask goes on as it
/// is at its edge, so what the image cuts has no outline there.
@Paper(
    value =
        "Felzenszwalb & Huttenlocher, Distance transforms of sampled functions, Theory Comput. 8,"
            + " 415 (2012)",
    doi = "10.4086/toc.2012.v008a019")
public final class DistanceMap {
  private static final double FAR = 1e20;

  /// Points along each side of a pixel; odd, so that one is its middle.
  private static final int FINE = 3;

  private static final double[] BLUR = {1 / 16.0, 4 / 16.0, 6 / 16.0, 4 / 16.0, 1 / 16.0};

  private DistanceMap() {}

  /// The same from an outline between the pixels: the mask is blurred by a pixel, and distances are
  /// from where that is a half, on points three times finer. The nearest of many bad pixels is
  /// nearer
  /// than their outline, by up to half a pixel in the middle of a particle and by nothing at its
  /// rim; of the finer outline it is a sixth.
  public static RealField smooth(Mask mask) {
    Grid grid = mask.grid();
    float[] soft = new float[grid.size()];
    for (int i = 0; i < soft.length; i++) {
      soft[i] = mask.good()[i] ? 1 : 0;
    }
    soft = blurred(blurred(soft, grid, grid.columns()), grid, 1);
    Grid points = new Grid(FINE * grid.rows(), FINE * grid.columns(), 1, 1);
    boolean[] inside = new boolean[points.size()];
    for (int r = 0; r < points.rows(); r++) {
      for (int c = 0; c < points.columns(); c++) {
        inside[r * points.columns() + c] =
            between(soft, grid, (r - 1) / (double) FINE, (c - 1) / (double) FINE) >= 0.5;
      }
    }
    var fine = of(new Mask(points, inside));
    var distance = new RealField(grid);
    for (int r = 0; r < grid.rows(); r++) {
      for (int c = 0; c < grid.columns(); c++) {
        float d = fine.at(FINE * r + 1, FINE * c + 1) / FINE;
        distance.set(r, c, mask.at(r, c) ? d : 0);
      }
    }
    return distance;
  }

  /// Along one axis, at the edge as if the image went on.
  private static float[] blurred(float[] image, Grid grid, int stride) {
    float[] result = new float[image.length];
    int length = stride == 1 ? grid.columns() : grid.rows();
    for (int i = 0; i < image.length; i++) {
      int at = stride == 1 ? i % grid.columns() : i / grid.columns();
      double sum = 0;
      for (int k = -2; k <= 2; k++) {
        int to = Math.clamp(at + k, 0, length - 1);
        sum += BLUR[k + 2] * image[i + (to - at) * stride];
      }
      result[i] = (float) sum;
    }
    return result;
  }

  private static double between(float[] image, Grid grid, double row, double column) {
    double y = Math.clamp(row, 0, grid.rows() - 1.0);
    double x = Math.clamp(column, 0, grid.columns() - 1.0);
    int i = Math.min((int) y, Math.max(0, grid.rows() - 2));
    int k = Math.min((int) x, Math.max(0, grid.columns() - 2));
    int down = grid.rows() > 1 ? grid.columns() : 0;
    int right = grid.columns() > 1 ? 1 : 0;
    int at = i * grid.columns() + k;
    double u = y - i;
    double v = x - k;
    return (1 - u) * ((1 - v) * image[at] + v * image[at + right])
        + u * ((1 - v) * image[at + down] + v * image[at + down + right]);
  }

  /// Infinite where the whole mask is good.
  public static RealField of(Mask mask) {
    Grid grid = mask.grid();
    int rows = grid.rows();
    int columns = grid.columns();
    double[] square = new double[grid.size()];
    for (int i = 0; i < square.length; i++) {
      square[i] = mask.good()[i] ? FAR : 0;
    }
    double[] line = new double[Math.max(rows, columns)];
    double[] best = new double[line.length];
    for (int c = 0; c < columns; c++) {
      for (int r = 0; r < rows; r++) {
        line[r] = square[r * columns + c];
      }
      envelope(line, rows, best);
      for (int r = 0; r < rows; r++) {
        square[r * columns + c] = best[r];
      }
    }
    var distance = new RealField(grid);
    for (int r = 0; r < rows; r++) {
      System.arraycopy(square, r * columns, line, 0, columns);
      envelope(line, columns, best);
      for (int c = 0; c < columns; c++) {
        double d = Math.sqrt(best[c]);
        distance.set(
            r,
            c,
            best[c] >= FAR / 2 ? Float.POSITIVE_INFINITY : (float) (mask.at(r, c) ? d - 0.5 : 0));
      }
    }
    return distance;
  }

  /// best_p ← min_q (p − q)² + f_q
  private static void envelope(double[] f, int n, double[] best) {
    int[] at = new int[n];
    double[] from = new double[n + 1];
    int k = -1;
    for (int q = 0; q < n; q++) {
      if (f[q] >= FAR) {
        continue;
      }
      double meet = Double.NEGATIVE_INFINITY;
      while (k >= 0) {
        meet =
            ((f[q] + (double) q * q) - (f[at[k]] + (double) at[k] * at[k])) / (2.0 * (q - at[k]));
        if (meet > from[k]) {
          break;
        }
        k--;
        meet = Double.NEGATIVE_INFINITY;
      }
      k++;
      at[k] = q;
      from[k] = meet;
      from[k + 1] = Double.POSITIVE_INFINITY;
    }
    if (k < 0) {
      Arrays.fill(best, 0, n, FAR);
      return;
    }
    int last = k;
    k = 0;
    for (int p = 0; p < n; p++) {
      while (k < last && from[k + 1] < p) {
        k++;
      }
      double d = p - at[k];
      best[p] = d * d + f[at[k]];
    }
  }
}

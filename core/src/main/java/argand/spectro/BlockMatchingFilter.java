package argand.spectro;

import argand.array.Grid;
import java.util.Arrays;

/// Block-matching collaborative filtering of one image (BM3D of Dabov et al. 2007; written from the
/// paper, with the choices below).
///
/// Blocks of 8 × 8 pixels, a reference block every 3 pixels, up to 16 blocks in a group, cosine
/// transform in the block and Haar transform along the group.
///
/// 1. Groups by the mean squared distance of the noisy blocks, at most 3.5 σ² (2 σ² is noise alone,
///    known to √(2/64) of it); coefficients below 2.7 σ are set to zero; a group's weight is
///    1/(σ² × coefficients kept).
/// 2. Groups by the distance in the first result, at most σ²/4; each coefficient is multiplied by
///    c²/(c² + σ²), c that of the first result; weight 1/(σ² Σ factors²).
///
/// σ is that of the group: the rms of the pixels' standard deviations, so noise may vary over the
/// image, slowly against a block.
final class BlockMatchingFilter {
  private static final int SIDE = 8;
  private static final int PIXELS = SIDE * SIDE;
  private static final int STEP = 3;
  private static final int GROUP = 16;
  private static final double THRESHOLD = 2.7;
  private static final float[] COSINES = cosines();

  private final Grid grid;
  private final float[] y;
  private final float[] variance;
  private final int distance;

  private BlockMatchingFilter(float[] y, float[] sigma, Grid grid, int distance) {
    this.grid = grid;
    this.y = y;
    this.distance = distance;
    variance = new float[sigma.length];
    for (int i = 0; i < sigma.length; i++) {
      variance[i] = sigma[i] * sigma[i];
    }
  }

  /// An image smaller than a block comes back as it is.
  static float[] of(float[] y, float[] sigma, Grid grid, int distance) {
    if (grid.rows() < SIDE || grid.columns() < SIDE) {
      return y.clone();
    }
    var filter = new BlockMatchingFilter(y, sigma, grid, distance);
    float[] basic = filter.stage(y, false);
    return filter.stage(basic, true);
  }

  /// @param guide image in which blocks are compared: the noisy one, then the first result
  private float[] stage(float[] guide, boolean wiener) {
    double[] sum = new double[y.length];
    double[] weights = new double[y.length];
    int[] places = new int[GROUP];
    float[][] noisy = new float[GROUP][PIXELS];
    float[][] clean = new float[GROUP][PIXELS];
    for (int row : starts(grid.rows())) {
      for (int column : starts(grid.columns())) {
        double noise = noise(row, column);
        int count = match(guide, row, column, wiener ? 0.25 * noise + 1e-12 : 3.5 * noise, places);
        for (int k = 0; k < count; k++) {
          load(y, places[k], noisy[k]);
          if (wiener) {
            load(guide, places[k], clean[k]);
          }
        }
        double weight =
            wiener ? shrink(noisy, clean, count, noise) : threshold(noisy, count, noise);
        for (int k = 0; k < count; k++) {
          add(noisy[k], places[k], weight, sum, weights);
        }
      }
    }
    float[] out = new float[y.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = weights[i] > 0 ? (float) (sum[i] / weights[i]) : y[i];
    }
    return out;
  }

  private static int[] starts(int length) {
    int last = length - SIDE;
    int n = (last + STEP - 1) / STEP + 1;
    int[] starts = new int[n];
    for (int k = 0; k < n; k++) {
      starts[k] = Math.min(last, k * STEP);
    }
    return starts;
  }

  private double noise(int row, int column) {
    double sum = 0;
    for (int r = row; r < row + SIDE; r++) {
      for (int c = column; c < column + SIDE; c++) {
        sum += variance[r * grid.columns() + c];
      }
    }
    return sum / PIXELS;
  }

  /// The nearest blocks, a power of two of them, the reference first.
  private int match(float[] guide, int row, int column, double most, int[] places) {
    double[] best = new double[GROUP];
    Arrays.fill(best, Double.POSITIVE_INFINITY);
    int columns = grid.columns();
    int reference = row * columns + column;
    places[0] = reference;
    best[0] = -1;
    int found = 1;
    for (int r = Math.max(0, row - distance);
        r <= Math.min(grid.rows() - SIDE, row + distance);
        r++) {
      for (int c = Math.max(0, column - distance);
          c <= Math.min(columns - SIDE, column + distance);
          c++) {
        int place = r * columns + c;
        if (place == reference) {
          continue;
        }
        double limit = Math.min(most, best[GROUP - 1]) * PIXELS;
        double d = distance(guide, reference, place, limit) / PIXELS;
        if (d <= most && d < best[GROUP - 1]) {
          int k = Math.min(found, GROUP - 1);
          while (k > 1 && best[k - 1] > d) {
            best[k] = best[k - 1];
            places[k] = places[k - 1];
            k--;
          }
          best[k] = d;
          places[k] = place;
          found = Math.min(GROUP, found + 1);
        }
      }
    }
    return Integer.highestOneBit(found);
  }

  private double distance(float[] guide, int a, int b, double limit) {
    double sum = 0;
    for (int r = 0; r < SIDE && sum <= limit; r++) {
      float row = 0;
      for (int c = 0; c < SIDE; c++) {
        float d = guide[a + c] - guide[b + c];
        row += d * d;
      }
      sum += row;
      a += grid.columns();
      b += grid.columns();
    }
    return sum;
  }

  private void load(float[] from, int place, float[] block) {
    for (int r = 0; r < SIDE; r++) {
      System.arraycopy(from, place + r * grid.columns(), block, r * SIDE, SIDE);
    }
  }

  private void add(float[] block, int place, double weight, double[] sum, double[] weights) {
    for (int r = 0; r < SIDE; r++) {
      for (int c = 0; c < SIDE; c++) {
        int i = place + r * grid.columns() + c;
        sum[i] += weight * block[r * SIDE + c];
        weights[i] += weight;
      }
    }
  }

  private static double threshold(float[][] group, int count, double noise) {
    forward(group, count);
    double limit = THRESHOLD * Math.sqrt(noise);
    int kept = 0;
    for (int k = 0; k < count; k++) {
      for (int i = 0; i < PIXELS; i++) {
        // the mean of the group stays
        if (Math.abs(group[k][i]) < limit && (k > 0 || i > 0)) {
          group[k][i] = 0;
        } else {
          kept++;
        }
      }
    }
    backward(group, count);
    return 1 / (Math.max(noise, 1e-30) * kept);
  }

  private static double shrink(float[][] noisy, float[][] clean, int count, double noise) {
    forward(noisy, count);
    forward(clean, count);
    double squares = 0;
    for (int k = 0; k < count; k++) {
      for (int i = 0; i < PIXELS; i++) {
        double power = (double) clean[k][i] * clean[k][i];
        double factor = k == 0 && i == 0 ? 1 : power / (power + noise + 1e-30);
        noisy[k][i] *= (float) factor;
        squares += factor * factor;
      }
    }
    backward(noisy, count);
    return 1 / (Math.max(noise, 1e-30) * squares);
  }

  private static void forward(float[][] group, int count) {
    for (int k = 0; k < count; k++) {
      cosine(group[k], true);
    }
    haar(group, count, true);
  }

  private static void backward(float[][] group, int count) {
    haar(group, count, false);
    for (int k = 0; k < count; k++) {
      cosine(group[k], false);
    }
  }

  /// Orthonormal Haar transform along the group, in place.
  private static void haar(float[][] group, int count, boolean forth) {
    float root = (float) Math.sqrt(0.5);
    float[] column = new float[count];
    for (int i = 0; i < PIXELS; i++) {
      for (int n = forth ? count : 2; forth ? n > 1 : n <= count; n = forth ? n / 2 : 2 * n) {
        for (int k = 0; k < n / 2; k++) {
          if (forth) {
            column[k] = (group[2 * k][i] + group[2 * k + 1][i]) * root;
            column[n / 2 + k] = (group[2 * k][i] - group[2 * k + 1][i]) * root;
          } else {
            column[2 * k] = (group[k][i] + group[n / 2 + k][i]) * root;
            column[2 * k + 1] = (group[k][i] - group[n / 2 + k][i]) * root;
          }
        }
        for (int k = 0; k < n; k++) {
          group[k][i] = column[k];
        }
      }
    }
  }

  /// Orthonormal cosine transform of a block, in place.
  private static void cosine(float[] block, boolean forth) {
    float[] half = new float[PIXELS];
    for (int r = 0; r < SIDE; r++) {
      for (int k = 0; k < SIDE; k++) {
        float sum = 0;
        for (int c = 0; c < SIDE; c++) {
          sum += block[r * SIDE + c] * (forth ? COSINES[k * SIDE + c] : COSINES[c * SIDE + k]);
        }
        half[r * SIDE + k] = sum;
      }
    }
    for (int k = 0; k < SIDE; k++) {
      for (int c = 0; c < SIDE; c++) {
        float sum = 0;
        for (int r = 0; r < SIDE; r++) {
          sum += half[r * SIDE + c] * (forth ? COSINES[k * SIDE + r] : COSINES[r * SIDE + k]);
        }
        block[k * SIDE + c] = sum;
      }
    }
  }

  private static float[] cosines() {
    float[] table = new float[PIXELS];
    for (int k = 0; k < SIDE; k++) {
      for (int c = 0; c < SIDE; c++) {
        double scale = Math.sqrt((k == 0 ? 1.0 : 2.0) / SIDE);
        table[k * SIDE + c] = (float) (scale * Math.cos(Math.PI * (c + 0.5) * k / SIDE));
      }
    }
    return table;
  }
}

package argand.register;

import argand.array.Grid;
import argand.array.RealField;
import argand.array.Workers;
import argand.array.kernel.Dot;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The image onto which others are registered, at one resolution: its values and slopes, and the
/// sums over pixels that Gauss–Newton steps are made of.
///
/// With u and v the row and column from the centre, over half the longer side, a small motion of
/// the image is a combination of the six columns ∂_r R, ∂_c R, u ∂_r R, v ∂_r R, u ∂_c R, v ∂_c R;
/// R itself and 1 stand for another contrast and brightness.
final class FixedLevel {
  static final int COLUMNS = 8;

  /// Which of the row's vectors (∂_r R, ∂_c R, v ∂_r R, v ∂_c R, R, 1) a column is; times u for
  /// columns 2 and 4.
  private static final int[] BASE = {0, 1, 0, 2, 1, 3, 4, 5};

  private static final int[] ALL = {0, 1, 2, 3, 4, 5};
  private static final int[] STILL = {0, 1, 4, 5};

  final Grid grid;
  final double half;
  private final float[] values;
  private final float[] down;
  private final float[] right;
  private final float @Nullable [] weight;
  private final float[] across;

  /// @param image without NaN
  /// @param weight of each pixel, 0 where nothing is known; null for 1 everywhere
  FixedLevel(RealField image, @Nullable RealField weight, Workers workers) {
    grid = image.grid();
    values = image.values();
    this.weight = weight == null ? null : weight.values();
    down = new float[grid.size()];
    right = new float[grid.size()];
    half = 0.5 * Math.max(grid.rows(), grid.columns());
    across = new float[grid.columns()];
    for (int c = 0; c < across.length; c++) {
      across[c] = (float) ((c - 0.5 * (grid.columns() - 1)) / half);
    }
    var spline = SplineImage.of(image, workers);
    workers.forEach(
        SplineImage.blocks(grid),
        (block, worker) -> {
          float[] buffer = new float[grid.columns() + 2];
          int last = Math.min(grid.rows(), (block + 1) * SplineImage.BLOCK);
          for (int r = block * SplineImage.BLOCK; r < last; r++) {
            spline.slopes(r, 0, grid.columns(), down, right, r * grid.columns(), buffer);
          }
        });
  }

  float[] values() {
    return values;
  }

  float @Nullable [] weight() {
    return weight;
  }

  /// The pixels that are used, and their weights: fixed while the other image moves by little.
  ///
  /// @param first first column of each row
  /// @param last last column + 1 of each row
  /// @param weight of each pixel; null for 1
  record Domain(int[] first, int[] last, float @Nullable [] weight) {
    int size() {
      int size = 0;
      for (int r = 0; r < first.length; r++) {
        size += last[r] - first[r];
      }
      return size;
    }
  }

  /// Pixels that are found at least a pixel within the other image, and in it are known.
  ///
  /// @param known weight of each pixel of the other image; null for 1
  Domain domain(PixelMap map, float @Nullable [] known) {
    int[] first = new int[grid.rows()];
    int[] last = new int[grid.rows()];
    float[] both = known == null ? weight : together(map, known);
    for (int r = 0; r < grid.rows(); r++) {
      int[] span = map.inside(r, grid, 1);
      int at = r * grid.columns();
      if (both != null) {
        while (span[0] < span[1] && both[at + span[0]] == 0) {
          span[0]++;
        }
        while (span[0] < span[1] && both[at + span[1] - 1] == 0) {
          span[1]--;
        }
      }
      first[r] = span[0];
      last[r] = span[1];
    }
    return new Domain(first, last, both);
  }

  private float[] together(PixelMap map, float[] known) {
    float[] both = new float[grid.size()];
    for (int r = 0; r < grid.rows(); r++) {
      int[] span = map.inside(r, grid, 1);
      int at = r * grid.columns();
      for (int c = span[0]; c < span[1]; c++) {
        int i = (int) Math.rint(map.row(r, c));
        int k = (int) Math.rint(map.column(r, c));
        both[at + c] = known[i * grid.columns() + k] * (weight == null ? 1 : weight[at + c]);
      }
    }
    return both;
  }

  /// True while every pixel of the domain is found within the other image.
  boolean covers(Domain domain, PixelMap map) {
    for (int r = 0; r < grid.rows(); r++) {
      if (domain.first[r] < domain.last[r]) {
        int[] span = map.inside(r, grid, 0);
        if (span[0] > domain.first[r] || span[1] < domain.last[r]) {
          return false;
        }
      }
    }
    return true;
  }

  /// Σ w (column j)(column k) over the domain.
  ///
  /// @param moves only displacements are asked for: columns 2 … 5 stay zero
  double[][] gram(Domain domain, boolean moves, Workers workers) {
    int[] bases = moves ? STILL : ALL;
    double[][] blocks = new double[SplineImage.blocks(grid)][COLUMNS * COLUMNS];
    workers.forEach(
        blocks.length,
        (block, worker) -> {
          float[][] plain = new float[6][grid.columns()];
          float[][] weighted = new float[6][grid.columns()];
          double[][] dots = new double[6][6];
          int end = Math.min(grid.rows(), (block + 1) * SplineImage.BLOCK);
          for (int r = block * SplineImage.BLOCK; r < end; r++) {
            int n = row(domain, r, bases, plain, weighted);
            for (int a : bases) {
              for (int b : bases) {
                dots[a][b] = b < a ? dots[b][a] : Dot.of(plain[a], 0, weighted[b], 0, n);
              }
            }
            double u = (r - 0.5 * (grid.rows() - 1)) / half;
            for (int j = 0; j < COLUMNS; j++) {
              for (int k = 0; k < COLUMNS; k++) {
                double factor = (j == 2 || j == 4 ? u : 1) * (k == 2 || k == 4 ? u : 1);
                blocks[block][j * COLUMNS + k] += factor * dots[BASE[j]][BASE[k]];
              }
            }
          }
        });
    double[][] gram = new double[COLUMNS][COLUMNS];
    for (double[] block : blocks) {
      for (int j = 0; j < COLUMNS; j++) {
        for (int k = 0; k < COLUMNS; k++) {
          gram[j][k] += block[j * COLUMNS + k];
        }
      }
    }
    return gram;
  }

  private int row(Domain domain, int r, int[] bases, float[][] plain, float[][] weighted) {
    int c0 = domain.first[r];
    int n = domain.last[r] - c0;
    int at = r * grid.columns() + c0;
    for (int base : bases) {
      float[] b = plain[base];
      switch (base) {
        case 0 -> System.arraycopy(down, at, b, 0, n);
        case 1 -> System.arraycopy(right, at, b, 0, n);
        case 2 -> multiply(down, at, across, c0, b, n);
        case 3 -> multiply(right, at, across, c0, b, n);
        case 4 -> System.arraycopy(values, at, b, 0, n);
        default -> Arrays.fill(b, 0, n, 1f);
      }
      if (domain.weight == null) {
        System.arraycopy(b, 0, weighted[base], 0, n);
      } else {
        multiply(domain.weight, at, b, 0, weighted[base], n);
      }
    }
    return n;
  }

  /// Sums with the other image z as it is found now: Σ w z (column j), and Σ w z² last.
  double[] sums(Domain domain, SplineImage other, PixelMap map, boolean moves, Workers workers) {
    double[][] blocks = new double[SplineImage.blocks(grid)][COLUMNS + 1];
    workers.forEach(
        blocks.length,
        (block, worker) -> {
          float[] z = new float[grid.columns()];
          float[] wz = new float[grid.columns()];
          float[] vz = new float[grid.columns()];
          float[] buffer = new float[grid.columns() + 3];
          double[] sums = blocks[block];
          int end = Math.min(grid.rows(), (block + 1) * SplineImage.BLOCK);
          for (int r = block * SplineImage.BLOCK; r < end; r++) {
            int c0 = domain.first[r];
            int n = domain.last[r] - c0;
            int at = r * grid.columns() + c0;
            other.row(map, r, c0, c0 + n, z, 0, buffer);
            float[] one = z;
            if (domain.weight != null) {
              multiply(domain.weight, at, z, 0, wz, n);
              one = wz;
            }
            double toDown = Dot.of(one, 0, down, at, n);
            double toRight = Dot.of(one, 0, right, at, n);
            sums[0] += toDown;
            sums[1] += toRight;
            if (!moves) {
              double u = (r - 0.5 * (grid.rows() - 1)) / half;
              multiply(one, 0, across, c0, vz, n);
              sums[2] += u * toDown;
              sums[3] += Dot.of(vz, 0, down, at, n);
              sums[4] += u * toRight;
              sums[5] += Dot.of(vz, 0, right, at, n);
            }
            sums[6] += Dot.of(one, 0, values, at, n);
            for (int c = 0; c < n; c++) {
              sums[7] += one[c];
            }
            sums[8] += Dot.of(one, 0, z, 0, n);
          }
        });
    double[] total = new double[COLUMNS + 1];
    for (double[] block : blocks) {
      for (int j = 0; j < total.length; j++) {
        total[j] += block[j];
      }
    }
    return total;
  }

  private static void multiply(float[] a, int i, float[] b, int k, float[] out, int n) {
    for (int c = 0; c < n; c++) {
      out[c] = a[i + c] * b[k + c];
    }
  }
}

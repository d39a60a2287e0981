package argand.register;

import argand.array.Grid;
import argand.array.Median;
import argand.inverse.Cholesky;
import java.util.Arrays;

/// Takes out of the maps of a stack what a displacement between them would add.
///
/// Maps a_k and spectra may hide a displacement: an image that is displaced by g where the second
/// spectrum is strong is, to first order, a second map with g·∂ā in it, and the stack fits as well.
/// What tells them apart is that the maps show one sample: within a small tile a map is about an
/// affine function of the mean image ā and of the place, whatever the composition is there.
///
/// (1) in each tile, the residual of a_k and of ∂_r ā, ∂_c ā after a fit by 1, u, v, ā;
/// (2) g_k from the regression of the one on the other, all tiles together, each weighted by what
///     it leaves unexplained (three rounds), so that tiles of mixed matter have little to say;
/// (3) a_k ← a_k − g_k·∂ā.
final class OnePlace {
  /// Side of a tile [pixels].
  private static final int TILE = 16;

  private static final int ROUNDS = 3;
  private static final int PLAIN = 4;

  private OnePlace() {}

  /// @param maps [k][pixel], changed; NaN where not known
  /// @param mean ā
  /// @param motions ∂_r ā, ∂_c ā, and what a magnification would add where that is asked for
  static void set(Grid grid, float[][] maps, float[] mean, float[][] motions) {
    int tiles = (grid.rows() / TILE) * (grid.columns() / TILE);
    int columns = PLAIN + motions.length + maps.length;
    double[][][] grams = new double[tiles][][];
    int[] sizes = new int[tiles];
    for (int t = 0; t < tiles; t++) {
      grams[t] = new double[columns][columns];
      sizes[t] = gram(grid, t, maps, mean, motions, grams[t]);
    }
    for (int k = 0; k < maps.length; k++) {
      double[] g = regression(grams, sizes, motions.length, PLAIN + motions.length + k);
      for (int i = 0; i < mean.length; i++) {
        for (int m = 0; m < motions.length; m++) {
          maps[k][i] -= (float) (g[m] * motions[m][i]);
        }
      }
    }
  }

  /// Sums of products of the columns 1, u, v, ā, motions, maps over a tile, with the first four
  /// taken out of the others.
  private static int gram(
      Grid grid, int tile, float[][] maps, float[] mean, float[][] motions, double[][] into) {
    int across = grid.columns() / TILE;
    int top = tile / across * TILE;
    int left = tile % across * TILE;
    double[] x = new double[into.length];
    int size = 0;
    for (int r = 0; r < TILE; r++) {
      for (int c = 0; c < TILE; c++) {
        int i = (top + r) * grid.columns() + left + c;
        if (Float.isNaN(mean[i])) {
          continue;
        }
        size++;
        x[0] = 1;
        x[1] = (r - 0.5 * (TILE - 1)) / TILE;
        x[2] = (c - 0.5 * (TILE - 1)) / TILE;
        x[3] = mean[i];
        for (int m = 0; m < motions.length; m++) {
          x[PLAIN + m] = motions[m][i];
        }
        for (int k = 0; k < maps.length; k++) {
          x[PLAIN + motions.length + k] = maps[k][i];
        }
        for (int a = 0; a < x.length; a++) {
          for (int b = a; b < x.length; b++) {
            into[a][b] += x[a] * x[b];
          }
        }
      }
    }
    double[] whole = new double[PLAIN];
    for (int a = 0; a < PLAIN; a++) {
      whole[a] = into[a][a];
    }
    for (int a = 0; a < PLAIN; a++) {
      if (!(into[a][a] > 1e-9 * whole[a])) {
        continue;
      }
      for (int i = a + 1; i < x.length; i++) {
        double share = into[a][i] / into[a][a];
        for (int b = i; b < x.length; b++) {
          into[i][b] -= share * into[a][b];
        }
      }
    }
    return size;
  }

  private static double[] regression(double[][][] grams, int[] sizes, int motions, int target) {
    double[] g = new double[motions];
    double[] left = new double[grams.length];
    for (int round = 0; round < ROUNDS; round++) {
      for (int t = 0; t < grams.length; t++) {
        double squares = grams[t][target][target];
        for (int m = 0; m < motions; m++) {
          squares -= 2 * g[m] * grams[t][PLAIN + m][target];
          for (int n = 0; n < motions; n++) {
            squares += g[m] * g[n] * grams[t][PLAIN + Math.min(m, n)][PLAIN + Math.max(m, n)];
          }
        }
        left[t] =
            sizes[t] < TILE * TILE / 2 ? Double.NaN : Math.max(0, squares) / (sizes[t] - PLAIN);
      }
      double floor = median(left);
      double[][] normal = new double[motions][motions];
      double[] right = new double[motions];
      for (int t = 0; t < grams.length; t++) {
        if (Double.isNaN(left[t])) {
          continue;
        }
        double weight = 1 / (left[t] + floor + 1e-30);
        for (int m = 0; m < motions; m++) {
          right[m] += weight * grams[t][PLAIN + m][target];
          for (int n = 0; n < motions; n++) {
            normal[m][n] += weight * grams[t][PLAIN + Math.min(m, n)][PLAIN + Math.max(m, n)];
          }
        }
      }
      var cholesky = new Cholesky(normal);
      if (cholesky.dependent() >= 0) {
        return new double[motions];
      }
      g = cholesky.solve(right);
    }
    return g;
  }

  private static double median(double[] values) {
    double[] known = Arrays.stream(values).filter(v -> !Double.isNaN(v)).toArray();
    return known.length == 0 ? 0 : Median.of(known);
  }
}

package argand.register;

import argand.array.Grid;
import argand.array.kernel.Dot;
import argand.inverse.Cholesky;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/// One image of a {@link JointLevel} against what the model says of it: z ≈ b + Σ c_k a_k + g·∂m.
///
/// (1) (LᵀC) x = Lᵀz, the columns of C being ∂m, 1 and a_k, those of L the same of filtered maps
///     (instruments). With L = C these are least squares; with {@link DriftFilter} between them,
///     frequencies at which the pattern of the detector is not known have no say.
/// (2) covariance σ² (LᵀC)⁻¹ (LᵀL) (LᵀC)⁻ᵀ.
///
/// @param move −g: scale·half, down, right
/// @param line b and c_k
/// @param information 1/variance of `move` where σ is 1; 0 for a scale that was not asked for
/// @param left σ²
record JointStep(double[] move, double[] line, double[] information, double left) {
  /// @param image NaN where not known
  /// @param motions of the image's model: down, right and, where asked for, of the scale
  /// @param filtered motions of the model of the instruments
  static JointStep of(
      Grid grid,
      float[] image,
      float[][] motions,
      float[][] maps,
      float[][] filtered,
      float[][] instruments) {
    int k = maps.length;
    int m = motions.length;
    int n = m + 1 + k;
    boolean same = filtered == motions;
    var normal = new DMatrixRMaj(n, n);
    var gram = same ? normal : new DMatrixRMaj(n, n);
    var right = new DMatrixRMaj(n, 1);
    double squares = 0;
    double weight = 0;
    float[][] rows = new float[n][grid.columns()];
    float[][] left = same ? rows : new float[n][grid.columns()];
    float[] z = new float[grid.columns()];
    for (int r = 0; r < grid.rows(); r++) {
      int size = rows(grid, r, image, maps[0], motions, maps, rows, z);
      if (!same) {
        rows(grid, r, image, maps[0], filtered, instruments, left, z);
      }
      for (int a = 0; a < n; a++) {
        for (int b = 0; b <= a; b++) {
          normal.add(a, b, Dot.of(left[a], 0, rows[b], 0, size));
          if (!same) {
            gram.add(a, b, Dot.of(left[a], 0, left[b], 0, size));
          }
        }
        for (int b = a + 1; b < n && !same; b++) {
          normal.add(a, b, Dot.of(left[a], 0, rows[b], 0, size));
        }
        right.add(a, 0, Dot.of(left[a], 0, z, 0, size));
      }
      squares += Dot.of(z, 0, z, 0, size);
      weight += size;
    }
    CommonOps_DDRM.symmLowerToFull(gram);
    var inverse = new DMatrixRMaj(n, n);
    double[] move = new double[3];
    double[] line = new double[1 + k];
    double[] information = new double[3];
    if (new Cholesky(rowsOf(gram)).dependent() >= 0
        || !CommonOps_DDRM.invert(normal, inverse)
        || !Double.isFinite(CommonOps_DDRM.elementSum(inverse))) {
      return new JointStep(move, line, information, 0);
    }
    var x = new DMatrixRMaj(n, 1);
    CommonOps_DDRM.mult(inverse, right, x);
    double rest = same ? squares - CommonOps_DDRM.dot(x, right) : 0;
    for (int r = 0; r < grid.rows() && !same; r++) {
      int size = rows(grid, r, image, maps[0], motions, maps, rows, z);
      for (int i = 0; i < size; i++) {
        double d = z[i];
        for (int a = 0; a < n; a++) {
          d -= x.get(a) * rows[a][i];
        }
        rest += d * d;
      }
    }
    for (int a = 0; a < m; a++) {
      int p = (a + 1) % 3;
      move[p] = -x.get(a);
      information[p] = 1 / variance(inverse, gram, a);
    }
    for (int j = 0; j <= k; j++) {
      line[j] = x.get(m + j);
    }
    return new JointStep(move, line, information, Math.max(0, rest) / Math.max(1, weight - n));
  }

  /// A row of columns and image without what is not known of image and map; gives how many pixels
  /// these are.
  private static int rows(
      Grid grid,
      int r,
      float[] image,
      float[] map,
      float[][] motions,
      float[][] maps,
      float[][] into,
      float[] z) {
    int m = motions.length;
    int size = 0;
    for (int i = r * grid.columns(); i < (r + 1) * grid.columns(); i++) {
      if (Float.isNaN(image[i]) || Float.isNaN(map[i])) {
        continue;
      }
      for (int a = 0; a < m; a++) {
        into[a][size] = motions[a][i];
      }
      into[m][size] = 1;
      for (int j = 0; j < maps.length; j++) {
        into[m + 1 + j][size] = maps[j][i];
      }
      z[size++] = image[i];
    }
    return size;
  }

  private static double[][] rowsOf(DMatrixRMaj matrix) {
    double[][] rows = new double[matrix.numRows][];
    Arrays.setAll(
        rows, a -> Arrays.copyOfRange(matrix.data, a * matrix.numCols, (a + 1) * matrix.numCols));
    return rows;
  }

  /// (2)
  private static double variance(DMatrixRMaj inverse, DMatrixRMaj gram, int a) {
    int n = inverse.numRows;
    double[] row = new double[n];
    Arrays.setAll(row, i -> inverse.get(a, i));
    double sum = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        sum += row[i] * gram.get(i, j) * row[j];
      }
    }
    return sum;
  }
}

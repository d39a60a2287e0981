package argand.multivariate;

import argand.array.Workers;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;

/// Principal components: the orthonormal directions along which the points spread most.
///
/// The matrix of second moments Z = Σ w (x − m)(x − m)ᵀ w / n, with m the mean or zero and w one
/// weight for each feature, is summed up in one reading of the points, so that their number does
/// not matter; its eigenvectors are the directions. Sums are taken in 64 fixed parts of the points.
///
/// @param mean m
/// @param weight w
/// @param vectors one direction in each row, by falling eigenvalue, in the weighted features
/// @param values eigenvalues: variances along the directions; none is negative
/// @param points n
public record Eigenspectra(
    double[] mean, double[] weight, double[][] vectors, double[] values, int points) {
  private static final int PARTS = 64;

  /// @param centred whether the mean is taken off first
  /// @param weight of each feature, such as one over its standard error; ones for none
  public static Eigenspectra of(Points points, boolean centred, double[] weight, Workers workers) {
    int features = points.features();
    double[] mean = centred ? points.mean(workers) : new double[features];
    int parts = Math.min(PARTS, points.blocks());
    double[][][] sums = new double[parts][][];
    float[][] buffers = new float[workers.threads()][];
    workers.forEach(
        parts,
        (part, worker) -> {
          if (buffers[worker] == null) {
            buffers[worker] = new float[features * Points.BLOCK];
          }
          int first = (int) ((long) part * points.blocks() / parts);
          int end = (int) ((long) (part + 1) * points.blocks() / parts);
          double[][] sum = new double[features][features];
          for (int block = first; block < end; block++) {
            int from = block * Points.BLOCK;
            int length = Math.min(Points.BLOCK, points.count() - from);
            points.read(from, length, buffers[worker]);
            add(sum, buffers[worker], length, mean, weight);
          }
          sums[part] = sum;
        });
    var moments = new DMatrixRMaj(features, features);
    for (double[][] sum : sums) {
      for (int r = 0; r < features; r++) {
        for (int c = 0; c <= r; c++) {
          moments.add(r, c, sum[r][c] / points.count());
        }
      }
    }
    for (int r = 0; r < features; r++) {
      for (int c = 0; c < r; c++) {
        moments.set(c, r, moments.get(r, c));
      }
    }
    return of(moments, mean, weight, points.count());
  }

  /// sum ← sum + lower half of Σ z zᵀ
  private static void add(
      double[][] sum, float[] values, int length, double[] mean, double[] weight) {
    int features = mean.length;
    double[] z = new double[features];
    for (int i = 0; i < length; i++) {
      for (int f = 0; f < features; f++) {
        z[f] = (values[f * Points.BLOCK + i] - mean[f]) * weight[f];
      }
      for (int r = 0; r < features; r++) {
        double[] row = sum[r];
        double zr = z[r];
        for (int c = 0; c <= r; c++) {
          row[c] += zr * z[c];
        }
      }
    }
  }

  private static Eigenspectra of(DMatrixRMaj moments, double[] mean, double[] weight, int points) {
    int n = mean.length;
    var eigen = DecompositionFactory_DDRM.eig(n, true, true);
    if (!eigen.decompose(moments)) {
      throw new IllegalStateException("no eigenvalues of a symmetric matrix of " + n);
    }
    Integer[] order = new Integer[n];
    Arrays.setAll(order, k -> k);
    Arrays.sort(
        order,
        (a, b) ->
            Double.compare(eigen.getEigenvalue(b).getReal(), eigen.getEigenvalue(a).getReal()));
    double[][] vectors = new double[n][n];
    double[] values = new double[n];
    for (int k = 0; k < n; k++) {
      values[k] = Math.max(0, eigen.getEigenvalue(order[k]).getReal());
      var vector = eigen.getEigenVector(order[k]);
      // A direction's sign means nothing: its features are to have a positive sum.
      double sum = 0;
      for (int f = 0; f < n; f++) {
        vectors[k][f] = vector.get(f);
        sum += vector.get(f);
      }
      if (sum < 0) {
        for (int f = 0; f < n; f++) {
          vectors[k][f] = -vectors[k][f];
        }
      }
    }
    return new Eigenspectra(mean, weight, vectors, values, points);
  }

  /// Share of each direction in the sum of all variances.
  public double[] shares() {
    double all = Arrays.stream(values).sum();
    return Arrays.stream(values).map(v -> all > 0 ? v / all : 0).toArray();
  }

  /// The points as seen along the first `components` directions, computed as they are read.
  public Points scores(Points of, int components) {
    int features = mean.length;
    return new Points() {
      @Override
      public int count() {
        return of.count();
      }

      @Override
      public int features() {
        return components;
      }

      @Override
      public void read(int first, int length, float[] into) {
        float[] values = new float[features * BLOCK];
        of.read(first, length, values);
        for (int k = 0; k < components; k++) {
          Arrays.fill(into, k * BLOCK, k * BLOCK + length, 0);
        }
        for (int f = 0; f < features; f++) {
          for (int i = 0; i < length; i++) {
            values[f * BLOCK + i] = (float) ((values[f * BLOCK + i] - mean[f]) * weight[f]);
          }
          for (int k = 0; k < components; k++) {
            float v = (float) vectors[k][f];
            for (int i = 0; i < length; i++) {
              into[k * BLOCK + i] += v * values[f * BLOCK + i];
            }
          }
        }
      }
    };
  }

  /// A point from its scores, in the unit of the features.
  public double[] point(double[] scores) {
    double[] point = mean.clone();
    for (int k = 0; k < scores.length; k++) {
      for (int f = 0; f < point.length; f++) {
        point[f] += scores[k] * vectors[k][f] / weight[f];
      }
    }
    return point;
  }
}

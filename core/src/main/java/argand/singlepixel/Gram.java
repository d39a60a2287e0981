package argand.singlepixel;

import argand.array.Workers;
import org.ejml.data.DMatrixRMaj;

/// Products of all pairs of rows, in double precision.
final class Gram {
  private Gram() {}

  /// [i][j] = a_i · a_j of the first `count` rows.
  static DMatrixRMaj of(float[][] rows, int count, Workers workers) {
    var gram = new DMatrixRMaj(count, count);
    double[] g = gram.data;
    workers.forEach(
        count,
        (i, worker) -> {
          int j = 0;
          for (; j + 3 <= i; j += 4) {
            four(rows, i, j, g, i * count + j);
          }
          for (; j <= i; j++) {
            g[i * count + j] = product(rows[i], rows[j]);
          }
        });
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < i; j++) {
        g[j * count + i] = g[i * count + j];
      }
    }
    return gram;
  }

  /// Four sums at once do not wait for each other.
  private static void four(float[][] rows, int i, int j, double[] into, int at) {
    float[] x = rows[i];
    float[] a = rows[j];
    float[] b = rows[j + 1];
    float[] c = rows[j + 2];
    float[] d = rows[j + 3];
    double sumA = 0;
    double sumB = 0;
    double sumC = 0;
    double sumD = 0;
    for (int k = 0; k < x.length; k++) {
      double value = x[k];
      sumA += value * a[k];
      sumB += value * b[k];
      sumC += value * c[k];
      sumD += value * d[k];
    }
    into[at] = sumA;
    into[at + 1] = sumB;
    into[at + 2] = sumC;
    into[at + 3] = sumD;
  }

  private static double product(float[] x, float[] y) {
    double sum = 0;
    for (int k = 0; k < x.length; k++) {
      sum += (double) x[k] * y[k];
    }
    return sum;
  }
}

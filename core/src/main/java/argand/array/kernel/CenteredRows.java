package argand.array.kernel;

import static argand.array.kernel.Lanes.FLOATS;
import static argand.array.kernel.Lanes.WIDTH;

import jdk.incubator.vector.FloatVector;

/// The two products with one row of a matrix whose mean row is taken off as it is read, so that the
/// centred matrix is never stored: what single-pixel imaging comes down to.
///
/// Within a row sums are in single precision, always in the same order; taking the mean off first
/// keeps them small, so that no digits cancel.
public final class CenteredRows {
  private CenteredRows() {}

  /// Σ (row[i] − mean[i]) · x[i], i = 0 … n − 1.
  public static double dot(float[] row, float[] mean, float[] x, int n) {
    return Simd.AVAILABLE ? Vector.dot(row, mean, x, n) : Plain.dot(row, mean, x, 0, n);
  }

  /// into[i] ← into[i] + weight · (row[i] − mean[i]), i = 0 … n − 1.
  public static void add(float[] row, float[] mean, float weight, float[] into, int n) {
    int done = Simd.AVAILABLE ? Vector.add(row, mean, weight, into, n) : 0;
    Plain.add(row, mean, weight, into, done, n);
  }

  static final class Plain {
    private Plain() {}

    static double dot(float[] row, float[] mean, float[] x, int first, int n) {
      double sum = 0;
      for (int i = first; i < n; i++) {
        sum += (double) (row[i] - mean[i]) * x[i];
      }
      return sum;
    }

    static void add(float[] row, float[] mean, float weight, float[] into, int first, int n) {
      for (int i = first; i < n; i++) {
        into[i] = Math.fma(weight, row[i] - mean[i], into[i]);
      }
    }
  }

  static final class Vector {
    private Vector() {}

    static double dot(float[] row, float[] mean, float[] x, int n) {
      var even = FloatVector.zero(FLOATS);
      var odd = FloatVector.zero(FLOATS);
      int pairs = n - n % (2 * WIDTH);
      for (int i = 0; i < pairs; i += 2 * WIDTH) {
        even =
            FloatVector.fromArray(FLOATS, row, i)
                .sub(FloatVector.fromArray(FLOATS, mean, i))
                .fma(FloatVector.fromArray(FLOATS, x, i), even);
        odd =
            FloatVector.fromArray(FLOATS, row, i + WIDTH)
                .sub(FloatVector.fromArray(FLOATS, mean, i + WIDTH))
                .fma(FloatVector.fromArray(FLOATS, x, i + WIDTH), odd);
      }
      float[] lanes = new float[WIDTH];
      // Not reduceLanes: the order of its additions is left open, and with it the last bits.
      even.add(odd).intoArray(lanes, 0);
      double sum = 0;
      for (float lane : lanes) {
        sum += lane;
      }
      return sum + Plain.dot(row, mean, x, pairs, n);
    }

    /// How far it came.
    static int add(float[] row, float[] mean, float weight, float[] into, int n) {
      var w = FloatVector.broadcast(FLOATS, weight);
      int bound = FLOATS.loopBound(n);
      for (int i = 0; i < bound; i += WIDTH) {
        FloatVector.fromArray(FLOATS, row, i)
            .sub(FloatVector.fromArray(FLOATS, mean, i))
            .fma(w, FloatVector.fromArray(FLOATS, into, i))
            .intoArray(into, i);
      }
      return bound;
    }
  }
}

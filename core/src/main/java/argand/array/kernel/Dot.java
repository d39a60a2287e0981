package argand.array.kernel;

import static argand.array.kernel.Lanes.FLOATS;
import static argand.array.kernel.Lanes.WIDTH;

import jdk.incubator.vector.FloatVector;

/// Sums of products of two rows, for normal equations: in single precision within a row, to be
/// added up in double precision from row to row.
public final class Dot {
  private Dot() {}

  /// Σ a[i + c] · b[k + c], c = 0 … n − 1, always summed in the same order.
  public static double of(float[] a, int i, float[] b, int k, int n) {
    return Simd.AVAILABLE ? Vector.of(a, i, b, k, n) : Plain.of(a, i, b, k, n);
  }

  static final class Plain {
    private Plain() {}

    static double of(float[] a, int i, float[] b, int k, int n) {
      double sum = 0;
      for (int c = 0; c < n; c++) {
        sum += (double) a[i + c] * b[k + c];
      }
      return sum;
    }
  }

  static final class Vector {
    private Vector() {}

    static double of(float[] a, int i, float[] b, int k, int n) {
      var even = FloatVector.zero(FLOATS);
      var odd = FloatVector.zero(FLOATS);
      int pairs = n - n % (2 * WIDTH);
      for (int c = 0; c < pairs; c += 2 * WIDTH) {
        even =
            FloatVector.fromArray(FLOATS, a, i + c)
                .fma(FloatVector.fromArray(FLOATS, b, k + c), even);
        odd =
            FloatVector.fromArray(FLOATS, a, i + c + WIDTH)
                .fma(FloatVector.fromArray(FLOATS, b, k + c + WIDTH), odd);
      }
      float[] lanes = new float[WIDTH];
      // Not reduceLanes: the order of its additions is left open, and with it the last bits.
      even.add(odd).intoArray(lanes, 0);
      double sum = 0;
      for (float lane : lanes) {
        sum += lane;
      }
      return sum + Plain.of(a, i + pairs, b, k + pairs, n - pairs);
    }
  }
}

package argand.array.kernel;

import static argand.array.kernel.Lanes.FLOATS;
import static argand.array.kernel.Lanes.WIDTH;

import jdk.incubator.vector.FloatVector;

/// Filters of a few taps along a row of an image and across its rows: what spline interpolation,
/// its inverse and pyramids are made of. Scalar and vector code give the same bits.
public final class ShortFilter {
  private ShortFilter() {}

  /// out[o + c] ← Σ_k w[k] · in[i + c + k], c = 0 … n − 1, added in the order of k.
  public static void along(float[] in, int i, float[] w, float[] out, int o, int n) {
    int bound = Simd.AVAILABLE ? Vector.along(in, i, w, out, o, n) : 0;
    Plain.along(in, i + bound, w, out, o + bound, n - bound);
  }

  /// out[o + c] ← Σ_k w[k] · in[at[k] + c], c = 0 … n − 1, added in the order of k.
  public static void across(float[] in, int[] at, float[] w, float[] out, int o, int n) {
    int bound = Simd.AVAILABLE ? Vector.across(in, at, w, out, o, n) : 0;
    Plain.across(in, at, w, out, o, bound, n);
  }

  static final class Plain {
    private Plain() {}

    static void along(float[] in, int i, float[] w, float[] out, int o, int n) {
      for (int c = 0; c < n; c++) {
        float sum = 0;
        for (int k = 0; k < w.length; k++) {
          sum = Math.fma(w[k], in[i + c + k], sum);
        }
        out[o + c] = sum;
      }
    }

    static void across(float[] in, int[] at, float[] w, float[] out, int o, int first, int n) {
      for (int c = first; c < n; c++) {
        float sum = 0;
        for (int k = 0; k < w.length; k++) {
          sum = Math.fma(w[k], in[at[k] + c], sum);
        }
        out[o + c] = sum;
      }
    }
  }

  static final class Vector {
    private Vector() {}

    static int along(float[] in, int i, float[] w, float[] out, int o, int n) {
      int bound = FLOATS.loopBound(n);
      for (int c = 0; c < bound; c += WIDTH) {
        var sum = FloatVector.zero(FLOATS);
        for (int k = 0; k < w.length; k++) {
          sum =
              FloatVector.broadcast(FLOATS, w[k])
                  .fma(FloatVector.fromArray(FLOATS, in, i + c + k), sum);
        }
        sum.intoArray(out, o + c);
      }
      return bound;
    }

    static int across(float[] in, int[] at, float[] w, float[] out, int o, int n) {
      int bound = FLOATS.loopBound(n);
      for (int c = 0; c < bound; c += WIDTH) {
        var sum = FloatVector.zero(FLOATS);
        for (int k = 0; k < w.length; k++) {
          sum =
              FloatVector.broadcast(FLOATS, w[k])
                  .fma(FloatVector.fromArray(FLOATS, in, at[k] + c), sum);
        }
        sum.intoArray(out, o + c);
      }
      return bound;
    }
  }
}

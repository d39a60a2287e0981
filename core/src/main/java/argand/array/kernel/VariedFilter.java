package argand.array.kernel;

import static argand.array.kernel.Lanes.FLOATS;
import static argand.array.kernel.Lanes.WIDTH;

import jdk.incubator.vector.FloatVector;

/// A filter along a row whose few taps have weights of their own at every place, its adjoint, and
/// rows added to rows: what an image on slightly other pixels is made of. Scalar and vector code
/// give the same bits.
public final class VariedFilter {
  private VariedFilter() {}

  /// out[o + c] ← Σ_t w[t][a + c] · in[i + c + t], c = 0 … n − 1, added in the order of t.
  public static void along(float[] in, int i, float[][] w, int a, float[] out, int o, int n) {
    if (Simd.AVAILABLE) {
      Vector.along(in, i, w, a, out, o, n);
    } else {
      Plain.along(in, i, w, a, out, o, n);
    }
  }

  /// into[i + q] ← into[i + q] + Σ_t w[t][a + q − t] · from[o + q − t], q = 0 … n + taps − 2, over
  /// those t with 0 ≤ q − t < n, in the order of t: the adjoint of {@link #along}.
  public static void back(float[] from, int o, float[][] w, int a, float[] into, int i, int n) {
    if (Simd.AVAILABLE) {
      Vector.back(from, o, w, a, into, i, n);
    } else {
      Plain.back(from, o, w, a, into, i, n, 0, n + w.length - 1);
    }
  }

  /// out[o + c] ← out[o + c] + w · in[i + c], c = 0 … n − 1
  public static void add(float w, float[] in, int i, float[] out, int o, int n) {
    int bound = Simd.AVAILABLE ? Vector.add(w, in, i, out, o, n) : 0;
    Plain.add(w, in, i + bound, out, o + bound, n - bound);
  }

  static final class Plain {
    private Plain() {}

    static void along(float[] in, int i, float[][] w, int a, float[] out, int o, int n) {
      for (int c = 0; c < n; c++) {
        float sum = 0;
        for (int t = 0; t < w.length; t++) {
          sum = Math.fma(w[t][a + c], in[i + c + t], sum);
        }
        out[o + c] = sum;
      }
    }

    /// Of the q from `first` to before `end`.
    static void back(
        float[] from, int o, float[][] w, int a, float[] into, int i, int n, int first, int end) {
      for (int q = first; q < end; q++) {
        float sum = into[i + q];
        for (int t = Math.max(0, q - n + 1); t <= Math.min(q, w.length - 1); t++) {
          sum = Math.fma(w[t][a + q - t], from[o + q - t], sum);
        }
        into[i + q] = sum;
      }
    }

    static void add(float w, float[] in, int i, float[] out, int o, int n) {
      for (int c = 0; c < n; c++) {
        out[o + c] = Math.fma(w, in[i + c], out[o + c]);
      }
    }
  }

  static final class Vector {
    private Vector() {}

    static void along(float[] in, int i, float[][] w, int a, float[] out, int o, int n) {
      int bound = FLOATS.loopBound(n);
      for (int c = 0; c < bound; c += WIDTH) {
        var sum = FloatVector.zero(FLOATS);
        for (int t = 0; t < w.length; t++) {
          sum =
              FloatVector.fromArray(FLOATS, w[t], a + c)
                  .fma(FloatVector.fromArray(FLOATS, in, i + c + t), sum);
        }
        sum.intoArray(out, o + c);
      }
      if (bound < n) { // runs are short: a tail is a good part of one
        var some = FLOATS.indexInRange(bound, n);
        var sum = FloatVector.zero(FLOATS);
        for (int t = 0; t < w.length; t++) {
          sum =
              FloatVector.fromArray(FLOATS, w[t], a + bound, some)
                  .fma(FloatVector.fromArray(FLOATS, in, i + bound + t, some), sum);
        }
        sum.intoArray(out, o + bound, some);
      }
    }

    static void back(float[] from, int o, float[][] w, int a, float[] into, int i, int n) {
      int last = w.length - 1;
      int first = Math.min(last, n);
      Plain.back(from, o, w, a, into, i, n, 0, first);
      int q = first;
      for (; q + WIDTH <= n; q += WIDTH) {
        var sum = FloatVector.fromArray(FLOATS, into, i + q);
        for (int t = 0; t <= last; t++) {
          sum =
              FloatVector.fromArray(FLOATS, w[t], a + q - t)
                  .fma(FloatVector.fromArray(FLOATS, from, o + q - t), sum);
        }
        sum.intoArray(into, i + q);
      }
      for (; q < n + last; q += WIDTH) {
        var some = FLOATS.indexInRange(q, n + last);
        var sum = FloatVector.fromArray(FLOATS, into, i + q, some);
        for (int t = 0; t <= last; t++) {
          var there = FLOATS.indexInRange(q - t, n);
          sum =
              FloatVector.fromArray(FLOATS, w[t], a + q - t, there)
                  .fma(FloatVector.fromArray(FLOATS, from, o + q - t, there), sum);
        }
        sum.intoArray(into, i + q, some);
      }
    }

    static int add(float w, float[] in, int i, float[] out, int o, int n) {
      int bound = FLOATS.loopBound(n);
      for (int c = 0; c < bound; c += WIDTH) {
        FloatVector.broadcast(FLOATS, w)
            .fma(
                FloatVector.fromArray(FLOATS, in, i + c), FloatVector.fromArray(FLOATS, out, o + c))
            .intoArray(out, o + c);
      }
      return bound;
    }
  }
}

package argand.array.kernel;

import static argand.array.kernel.Lanes.FLOATS;
import static argand.array.kernel.Lanes.WIDTH;

import jdk.incubator.vector.FloatVector;

/// Weighted sums over the planes of a block of pixels: what linear fits, splines and integrals of
/// each pixel's spectrum come down to.
///
/// Each sum runs through the planes in order, in single precision with fused multiply-add, eight
/// planes at a time, so that the small terms are not added to a large sum one by one: scalar and
/// vector code give the same bits.
public final class WeightedSums {
  private WeightedSums() {}

  private static final int PART = 8;

  /// into[k][at + i] ← Σ_e weights[k][e] · block[e · stride + i], i = 0 … length − 1.
  public static void of(
      float[] block, int stride, float[][] weights, int length, float[][] into, int at) {
    int done = Simd.AVAILABLE ? Vector.of(block, stride, weights, length, into, at) : 0;
    Plain.of(block, stride, weights, done, length, into, at);
  }

  static final class Plain {
    private Plain() {}

    static void of(
        float[] block, int stride, float[][] weights, int first, int last, float[][] into, int at) {
      for (int k = 0; k < weights.length; k++) {
        for (int i = first; i < last; i++) {
          float sum = 0;
          for (int part = 0; part < weights[k].length; part += PART) {
            float few = 0;
            for (int e = part; e < Math.min(weights[k].length, part + PART); e++) {
              few = Math.fma(weights[k][e], block[e * stride + i], few);
            }
            sum += few;
          }
          into[k][at + i] = sum;
        }
      }
    }
  }

  static final class Vector {
    private Vector() {}

    /// Four sums side by side hide the latency of the additions; the tile stays in the first-level
    /// cache for all k.
    static int of(
        float[] block, int stride, float[][] weights, int length, float[][] into, int at) {
      int tile = 4 * WIDTH;
      int bound = length / tile * tile;
      for (int i = 0; i < bound; i += tile) {
        for (int k = 0; k < weights.length; k++) {
          tile(block, stride, weights[k], i, into[k], at + i);
        }
      }
      return bound;
    }

    private static void tile(
        float[] block, int stride, float[] weights, int first, float[] into, int at) {
      var zero = FloatVector.zero(FLOATS);
      var sumA = zero;
      var sumB = zero;
      var sumC = zero;
      var sumD = zero;
      for (int part = 0; part < weights.length; part += PART) {
        var a = zero;
        var b = zero;
        var c = zero;
        var d = zero;
        int last = Math.min(weights.length, part + PART);
        for (int e = part; e < last; e++) {
          int from = e * stride + first;
          var w = FloatVector.broadcast(FLOATS, weights[e]);
          a = w.fma(FloatVector.fromArray(FLOATS, block, from), a);
          b = w.fma(FloatVector.fromArray(FLOATS, block, from + WIDTH), b);
          c = w.fma(FloatVector.fromArray(FLOATS, block, from + 2 * WIDTH), c);
          d = w.fma(FloatVector.fromArray(FLOATS, block, from + 3 * WIDTH), d);
        }
        sumA = sumA.add(a);
        sumB = sumB.add(b);
        sumC = sumC.add(c);
        sumD = sumD.add(d);
      }
      sumA.intoArray(into, at);
      sumB.intoArray(into, at + WIDTH);
      sumC.intoArray(into, at + 2 * WIDTH);
      sumD.intoArray(into, at + 3 * WIDTH);
    }
  }
}

package argand.array.kernel;

import static argand.array.kernel.Lanes.FLOATS;
import static argand.array.kernel.Lanes.WIDTH;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/// Exponentials of many numbers at once, in single precision.
///
/// k = the integer nearest to x/ln 2, r = x − k ln 2 in two parts, a polynomial of degree 7 on
/// [−½ ln 2, ½ ln 2] (Moshier, Cephes library, `expf`), and 2^k by its bits: relative error below
/// 2·10⁻⁷, measured over the range. Below −87.3 the result is 0, above 88 that of 88; NaN stays
/// NaN. Scalar and vector code give the same bits.
public final class Exponential {
  private Exponential() {}

  private static final float LEAST = -87.3f;
  private static final float MOST = 88;
  private static final float OVER_LN2 = 1.44269504f;
  private static final float INTEGERS = 12582912f;
  private static final float LN2_HIGH = 0.693359375f;
  private static final float LN2_LOW = -2.12194440e-4f;
  private static final float P5 = 1.9875691500e-4f;
  private static final float P4 = 1.3981999507e-3f;
  private static final float P3 = 8.3334519073e-3f;
  private static final float P2 = 4.1665795894e-2f;
  private static final float P1 = 1.6666665459e-1f;
  private static final float P0 = 5.0000001201e-1f;

  /// into[at + i] ← exp x[at + i], i = 0 … length − 1; `into` may be `x`.
  public static void of(float[] x, float[] into, int at, int length) {
    int done = Simd.AVAILABLE ? Vector.of(x, into, at, length) : 0;
    Plain.of(x, into, at + done, at + length);
  }

  static final class Plain {
    private Plain() {}

    static void of(float[] x, float[] into, int first, int last) {
      for (int i = first; i < last; i++) {
        float within = Math.max(LEAST, Math.min(MOST, x[i]));
        float shifted = Math.fma(within, OVER_LN2, INTEGERS);
        float k = shifted - INTEGERS;
        float r = Math.fma(-k, LN2_HIGH, within);
        r = Math.fma(-k, LN2_LOW, r);
        float p = Math.fma(P5, r, P4);
        p = Math.fma(p, r, P3);
        p = Math.fma(p, r, P2);
        p = Math.fma(p, r, P1);
        p = Math.fma(p, r, P0);
        p = Math.fma(p, r * r, r) + 1;
        int power = Float.floatToRawIntBits(shifted) << 23;
        float result = Float.intBitsToFloat(Float.floatToRawIntBits(p) + power);
        into[i] = x[i] < LEAST ? 0 : Float.isNaN(x[i]) ? Float.NaN : result;
      }
    }
  }

  static final class Vector {
    private Vector() {}

    private static final FloatVector OVER_LN2S = Lanes.all(OVER_LN2);
    private static final FloatVector INTEGER_SHIFT = Lanes.all(INTEGERS);
    private static final FloatVector LN2_HIGHS = Lanes.all(LN2_HIGH);
    private static final FloatVector LN2_LOWS = Lanes.all(LN2_LOW);
    private static final FloatVector P5S = Lanes.all(P5);
    private static final FloatVector P4S = Lanes.all(P4);
    private static final FloatVector P3S = Lanes.all(P3);
    private static final FloatVector P2S = Lanes.all(P2);
    private static final FloatVector P1S = Lanes.all(P1);
    private static final FloatVector P0S = Lanes.all(P0);
    private static final FloatVector NAN = Lanes.all(Double.NaN);

    static int of(float[] values, float[] into, int at, int length) {
      int bound = FLOATS.loopBound(length);
      for (int i = at; i < at + bound; i += WIDTH) {
        var x = FloatVector.fromArray(FLOATS, values, i);
        var within = x.min(MOST).max(LEAST);
        var shifted = within.fma(OVER_LN2S, INTEGER_SHIFT);
        var minusK = INTEGER_SHIFT.sub(shifted);
        var r = minusK.fma(LN2_HIGHS, within);
        r = minusK.fma(LN2_LOWS, r);
        var p = P5S.fma(r, P4S);
        p = p.fma(r, P3S);
        p = p.fma(r, P2S);
        p = p.fma(r, P1S);
        p = p.fma(r, P0S);
        p = p.fma(r.mul(r), r).add(1);
        IntVector power = shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
        var result = p.reinterpretAsInts().add(power).reinterpretAsFloats();
        result = result.blend(0, x.compare(VectorOperators.LT, LEAST));
        result.blend(NAN, x.compare(VectorOperators.NE, x)).intoArray(into, i);
      }
      return bound;
    }
  }
}

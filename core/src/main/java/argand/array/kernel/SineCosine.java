package argand.array.kernel;

import static argand.array.kernel.Lanes.FLOATS;
import static argand.array.kernel.Lanes.WIDTH;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/// Sines and cosines of many angles at once, in single precision.
///
/// k = the integer nearest to 2x/π, r = x − k π/2 with π/2 in three parts and fused multiply-add
/// (Cody and Waite), polynomials of degree 7 and 8 on [−π/4, π/4] (Moshier, Cephes library,
/// `sinf`, `cosf`), and the quadrant from the last two bits of k. Within 1·10⁻⁷ of the exact values
/// for |x| ≤ 8192, measured over the range; angles beyond, infinite or not a number go by way of
/// double precision, one by one. Scalar and vector code give the same bits.
public final class SineCosine {
  private SineCosine() {}

  /// Beyond, the parts of π/2 are not long enough.
  static final float LIMIT = 8192;

  private static final float TWO_OVER_PI = 0.63661977f;

  /// 1.5 · 2²³: the sum of it and a small number has the number's nearest integer in its last bits.
  private static final float INTEGERS = 12582912f;

  private static final float HIGH = 1.5707964f;
  private static final float MIDDLE = -4.371139e-8f;
  private static final float LOW = -1.7151245e-15f;
  private static final float S3 = -1.6666654611e-1f;
  private static final float S5 = 8.3321608736e-3f;
  private static final float S7 = -1.9515295891e-4f;
  private static final float C4 = 4.166664568298827e-2f;
  private static final float C6 = -1.388731625493765e-3f;
  private static final float C8 = 2.443315711809948e-5f;

  /// sines[at + i] ← sin x, cosines[at + i] ← cos x with x = angles[at + i], i = 0 … length − 1.
  /// Either may be `angles` itself.
  public static void of(float[] angles, float[] sines, float[] cosines, int at, int length) {
    int done = Simd.AVAILABLE ? Vector.of(angles, sines, cosines, at, length) : 0;
    Plain.of(angles, sines, cosines, at + done, at + length);
  }

  static final class Plain {
    private Plain() {}

    static void of(float[] angles, float[] sines, float[] cosines, int first, int last) {
      for (int i = first; i < last; i++) {
        float x = angles[i];
        if (!(Math.abs(x) <= LIMIT)) {
          sines[i] = (float) Math.sin(x);
          cosines[i] = (float) Math.cos(x);
          continue;
        }
        float shifted = Math.fma(x, TWO_OVER_PI, INTEGERS);
        int quadrant = Float.floatToRawIntBits(shifted);
        float k = shifted - INTEGERS;
        float r = Math.fma(-k, HIGH, x);
        r = Math.fma(-k, MIDDLE, r);
        r = Math.fma(-k, LOW, r);
        float z = r * r;
        float s = Math.fma(S7, z, S5);
        s = Math.fma(s, z, S3);
        s = Math.fma(s, z * r, r);
        float c = Math.fma(C8, z, C6);
        c = Math.fma(c, z, C4);
        c = Math.fma(c, z * z, Math.fma(-0.5f, z, 1));
        boolean odd = (quadrant & 1) != 0;
        int sineSign = (quadrant & 2) << 30;
        int cosineSign = (quadrant + 1 & 2) << 30;
        sines[i] = Float.intBitsToFloat(Float.floatToRawIntBits(odd ? c : s) ^ sineSign);
        cosines[i] = Float.intBitsToFloat(Float.floatToRawIntBits(odd ? s : c) ^ cosineSign);
      }
    }
  }

  static final class Vector {
    private Vector() {}

    private static final FloatVector TWO_OVER_PIS = Lanes.all(TWO_OVER_PI);
    private static final FloatVector INTEGER_SHIFT = Lanes.all(INTEGERS);
    private static final FloatVector HIGHS = Lanes.all(HIGH);
    private static final FloatVector MIDDLES = Lanes.all(MIDDLE);
    private static final FloatVector LOWS = Lanes.all(LOW);
    private static final FloatVector S3S = Lanes.all(S3);
    private static final FloatVector S5S = Lanes.all(S5);
    private static final FloatVector S7S = Lanes.all(S7);
    private static final FloatVector C4S = Lanes.all(C4);
    private static final FloatVector C6S = Lanes.all(C6);
    private static final FloatVector C8S = Lanes.all(C8);
    private static final FloatVector MINUS_HALF = Lanes.all(-0.5);
    private static final FloatVector ONE = Lanes.all(1);

    static int of(float[] angles, float[] sines, float[] cosines, int at, int length) {
      int bound = FLOATS.loopBound(length);
      for (int i = at; i < at + bound; i += WIDTH) {
        var x = FloatVector.fromArray(FLOATS, angles, i);
        if (!x.abs().compare(VectorOperators.LE, LIMIT).allTrue()) {
          Plain.of(angles, sines, cosines, i, i + WIDTH);
          continue;
        }
        var shifted = x.fma(TWO_OVER_PIS, INTEGER_SHIFT);
        IntVector quadrant = shifted.reinterpretAsInts();
        var k = INTEGER_SHIFT.sub(shifted); // −k
        var r = k.fma(HIGHS, x);
        r = k.fma(MIDDLES, r);
        r = k.fma(LOWS, r);
        var z = r.mul(r);
        var s = S7S.fma(z, S5S);
        s = s.fma(z, S3S);
        s = s.fma(z.mul(r), r);
        var c = C8S.fma(z, C6S);
        c = c.fma(z, C4S);
        c = c.fma(z.mul(z), MINUS_HALF.fma(z, ONE));
        var odd = quadrant.and(1).compare(VectorOperators.NE, 0).cast(FLOATS);
        var sineSign = quadrant.and(2).lanewise(VectorOperators.LSHL, 30);
        var cosineSign = quadrant.add(1).and(2).lanewise(VectorOperators.LSHL, 30);
        s.blend(c, odd)
            .reinterpretAsInts()
            .lanewise(VectorOperators.XOR, sineSign)
            .reinterpretAsFloats()
            .intoArray(sines, i);
        c.blend(s, odd)
            .reinterpretAsInts()
            .lanewise(VectorOperators.XOR, cosineSign)
            .reinterpretAsFloats()
            .intoArray(cosines, i);
      }
      return bound;
    }
  }
}

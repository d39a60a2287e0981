package argand.array.kernel;

import static argand.array.kernel.Lanes.FLOATS;
import static argand.array.kernel.Lanes.WIDTH;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/// Natural logarithms of ratios in single precision.
///
/// x = m 2^k with m in [√½, √2), f = m − 1, ln x = f − f²/2 + f³ P(f) + k ln 2 with a polynomial P
/// of degree 8 and ln 2 in two parts (Moshier, Cephes library, `logf`): within 2 units in the last
/// place of the result, measured over all binades. Scalar and vector code give the same bits.
public final class Logarithm {
  private Logarithm() {}

  private static final int ROOT_OF_HALF = 0x3f3504f3;
  private static final float P0 = 7.0376836292E-2f;
  private static final float P1 = -1.1514610310E-1f;
  private static final float P2 = 1.1676998740E-1f;
  private static final float P3 = -1.2420140846E-1f;
  private static final float P4 = 1.4249322787E-1f;
  private static final float P5 = -1.6668057665E-1f;
  private static final float P6 = 2.0000714765E-1f;
  private static final float P7 = -2.4999993993E-1f;
  private static final float P8 = 3.3333331174E-1f;
  private static final float LN2_LOW = -2.12194440e-4f;
  private static final float LN2_HIGH = 0.693359375f;

  /// into[at + i] ← ln(above[i] / b), b = below[at + i], i = 0 … length − 1. Where b < least, the
  /// tangent there instead: ln(above/least) + (least − b)/least, so that zero and negative values
  /// keep their weight in a mean. NaN where `above` or the ratio is not a positive normal number,
  /// or b is NaN. `into` may be `below`.
  public static void ofRatio(
      float[] above, float[] below, float least, float[] into, int at, int length) {
    int done = Simd.AVAILABLE ? Vector.ofRatio(above, below, least, into, at, length) : 0;
    Plain.ofRatio(above, below, least, into, at, done, length);
  }

  static final class Plain {
    private Plain() {}

    static void ofRatio(
        float[] above, float[] below, float least, float[] into, int at, int first, int last) {
      float over = 1 / least;
      for (int i = first; i < last; i++) {
        float b = below[at + i];
        float lack = Math.max(least - b, 0) * over;
        into[at + i] = ln(above[i] / Math.max(b, least)) + lack;
      }
    }

    static float ln(float x) {
      if (!(x >= Float.MIN_NORMAL && x <= Float.MAX_VALUE)) {
        return Float.NaN;
      }
      int bits = Float.floatToRawIntBits(x);
      int k = (bits - ROOT_OF_HALF) >> 23;
      float f = Float.intBitsToFloat(bits - (k << 23)) - 1;
      float square = f * f;
      float p = Math.fma(P0, f, P1);
      p = Math.fma(p, f, P2);
      p = Math.fma(p, f, P3);
      p = Math.fma(p, f, P4);
      p = Math.fma(p, f, P5);
      p = Math.fma(p, f, P6);
      p = Math.fma(p, f, P7);
      p = Math.fma(p, f, P8);
      float y = p * (f * square);
      y = Math.fma(k, LN2_LOW, y);
      y = Math.fma(square, -0.5f, y);
      return Math.fma(k, LN2_HIGH, f + y);
    }
  }

  static final class Vector {
    private Vector() {}

    static int ofRatio(
        float[] above, float[] below, float least, float[] into, int at, int length) {
      int bound = FLOATS.loopBound(length);
      var leasts = FloatVector.broadcast(FLOATS, least);
      var zero = FloatVector.zero(FLOATS);
      float over = 1 / least;
      for (int i = 0; i < bound; i += WIDTH) {
        var b = FloatVector.fromArray(FLOATS, below, at + i);
        var lack = leasts.sub(b).max(zero).mul(over);
        var x = FloatVector.fromArray(FLOATS, above, i).div(b.max(leasts));
        var good =
            x.compare(VectorOperators.GE, Float.MIN_NORMAL)
                .and(x.compare(VectorOperators.LE, Float.MAX_VALUE));
        var bits = x.reinterpretAsInts();
        var k = bits.sub(ROOT_OF_HALF).lanewise(VectorOperators.ASHR, 23);
        var f = bits.sub(k.lanewise(VectorOperators.LSHL, 23)).reinterpretAsFloats().sub(1f);
        var exponent = (FloatVector) ((IntVector) k).convert(VectorOperators.I2F, 0);
        var square = f.mul(f);
        var p = FloatVector.broadcast(FLOATS, P0).fma(f, FloatVector.broadcast(FLOATS, P1));
        p = p.fma(f, FloatVector.broadcast(FLOATS, P2));
        p = p.fma(f, FloatVector.broadcast(FLOATS, P3));
        p = p.fma(f, FloatVector.broadcast(FLOATS, P4));
        p = p.fma(f, FloatVector.broadcast(FLOATS, P5));
        p = p.fma(f, FloatVector.broadcast(FLOATS, P6));
        p = p.fma(f, FloatVector.broadcast(FLOATS, P7));
        p = p.fma(f, FloatVector.broadcast(FLOATS, P8));
        var y = p.mul(f.mul(square));
        y = exponent.fma(FloatVector.broadcast(FLOATS, LN2_LOW), y);
        y = square.fma(FloatVector.broadcast(FLOATS, -0.5f), y);
        var ln = exponent.fma(FloatVector.broadcast(FLOATS, LN2_HIGH), f.add(y));
        FloatVector.broadcast(FLOATS, Float.NaN).blend(ln.add(lack), good).intoArray(into, at + i);
      }
      return bound;
    }
  }
}

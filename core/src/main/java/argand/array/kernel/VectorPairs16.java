package argand.array.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/// What {@link PairedRows} does beside strips, for 16 lanes: two rows side by side in the halves of
/// a vector. Checked against {@link ScalarFftKernels}. Load only when {@link Simd#AVAILABLE} and
/// {@link Lanes#WIDTH} is 16.
final class VectorPairs16 {
  private VectorPairs16() {}

  private static final VectorSpecies<Float> LANES = Lanes.FLOATS;
  private static final FloatVector SQRT_HALF = Lanes.all(Math.sqrt(0.5));
  private static final FloatVector MINUS_SQRT_HALF = Lanes.all(-Math.sqrt(0.5));
  private static final VectorMask<Float> HIGH = Lanes.oddBlocks(8);
  private static final VectorMask<Float> LOW = HIGH.not();
  private static final FloatVector EVEN8 = Lanes.evenBlocksOfTwo(8);
  private static final FloatVector ODD8 = Lanes.oddBlocksOfTwo(8);
  private static final FloatVector EVEN4 = Lanes.evenBlocksOfTwo(4);
  private static final FloatVector ODD4 = Lanes.oddBlocksOfTwo(4);
  private static final FloatVector EVEN2 = Lanes.evenBlocksOfTwo(2);
  private static final FloatVector ODD2 = Lanes.oddBlocksOfTwo(2);
  private static final FloatVector EVEN1 = Lanes.evenBlocksOfTwo(1);
  private static final FloatVector ODD1 = Lanes.oddBlocksOfTwo(1);

  /// See {@link FftKernels#pairRows}.
  static void pair(float[] from, int fromAt, int rows, int pitch, float[] to, int toAt, int count) {
    for (int r = 0; r < rows; r += 2) {
      int first = fromAt + r * pitch;
      int second = r + 1 < rows ? first + pitch : first;
      int d = toAt + r * 8 * count;
      for (int j = 0; j < 8 * count; j += 16) {
        FloatVector x = FloatVector.fromArray(LANES, from, first + j);
        FloatVector y = FloatVector.fromArray(LANES, from, second + j);
        EVEN8.selectFrom(x, y).intoArray(to, d + 2 * j);
        ODD8.selectFrom(x, y).intoArray(to, d + 2 * j + 16);
      }
    }
  }

  /// See {@link FftKernels#finishRows}.
  static void finish(
      float[] fromRe,
      float[] fromIm,
      int fromAt,
      float[] turnRe,
      float[] turnIm,
      int turnAt,
      float[] toRe,
      float[] toIm,
      int toAt,
      int rows,
      int pitch,
      int count) {
    int groups = count / 8;
    for (int b = 0; b < groups * ((rows + 1) / 2); b++) {
      int s = fromAt + 128 * b;
      int r = b / groups * 2;
      int j = b % groups * 8;
      int t = turnAt + 16 * j;
      // times the twiddle factors: lane l of element k of each half by exp(−2πi l k / n)
      FloatVector p0r = FloatVector.fromArray(LANES, fromRe, s);
      FloatVector p0i = FloatVector.fromArray(LANES, fromIm, s);
      FloatVector w0r = FloatVector.fromArray(LANES, turnRe, t);
      FloatVector w0i = FloatVector.fromArray(LANES, turnIm, t);
      FloatVector t0r = p0r.mul(w0r).sub(p0i.mul(w0i));
      FloatVector t0i = p0i.fma(w0r, p0r.mul(w0i));
      FloatVector p1r = FloatVector.fromArray(LANES, fromRe, s + 16);
      FloatVector p1i = FloatVector.fromArray(LANES, fromIm, s + 16);
      FloatVector w1r = FloatVector.fromArray(LANES, turnRe, t + 16);
      FloatVector w1i = FloatVector.fromArray(LANES, turnIm, t + 16);
      FloatVector t1r = p1r.mul(w1r).sub(p1i.mul(w1i));
      FloatVector t1i = p1i.fma(w1r, p1r.mul(w1i));
      FloatVector p2r = FloatVector.fromArray(LANES, fromRe, s + 32);
      FloatVector p2i = FloatVector.fromArray(LANES, fromIm, s + 32);
      FloatVector w2r = FloatVector.fromArray(LANES, turnRe, t + 32);
      FloatVector w2i = FloatVector.fromArray(LANES, turnIm, t + 32);
      FloatVector t2r = p2r.mul(w2r).sub(p2i.mul(w2i));
      FloatVector t2i = p2i.fma(w2r, p2r.mul(w2i));
      FloatVector p3r = FloatVector.fromArray(LANES, fromRe, s + 48);
      FloatVector p3i = FloatVector.fromArray(LANES, fromIm, s + 48);
      FloatVector w3r = FloatVector.fromArray(LANES, turnRe, t + 48);
      FloatVector w3i = FloatVector.fromArray(LANES, turnIm, t + 48);
      FloatVector t3r = p3r.mul(w3r).sub(p3i.mul(w3i));
      FloatVector t3i = p3i.fma(w3r, p3r.mul(w3i));
      FloatVector p4r = FloatVector.fromArray(LANES, fromRe, s + 64);
      FloatVector p4i = FloatVector.fromArray(LANES, fromIm, s + 64);
      FloatVector w4r = FloatVector.fromArray(LANES, turnRe, t + 64);
      FloatVector w4i = FloatVector.fromArray(LANES, turnIm, t + 64);
      FloatVector t4r = p4r.mul(w4r).sub(p4i.mul(w4i));
      FloatVector t4i = p4i.fma(w4r, p4r.mul(w4i));
      FloatVector p5r = FloatVector.fromArray(LANES, fromRe, s + 80);
      FloatVector p5i = FloatVector.fromArray(LANES, fromIm, s + 80);
      FloatVector w5r = FloatVector.fromArray(LANES, turnRe, t + 80);
      FloatVector w5i = FloatVector.fromArray(LANES, turnIm, t + 80);
      FloatVector t5r = p5r.mul(w5r).sub(p5i.mul(w5i));
      FloatVector t5i = p5i.fma(w5r, p5r.mul(w5i));
      FloatVector p6r = FloatVector.fromArray(LANES, fromRe, s + 96);
      FloatVector p6i = FloatVector.fromArray(LANES, fromIm, s + 96);
      FloatVector w6r = FloatVector.fromArray(LANES, turnRe, t + 96);
      FloatVector w6i = FloatVector.fromArray(LANES, turnIm, t + 96);
      FloatVector t6r = p6r.mul(w6r).sub(p6i.mul(w6i));
      FloatVector t6i = p6i.fma(w6r, p6r.mul(w6i));
      FloatVector p7r = FloatVector.fromArray(LANES, fromRe, s + 112);
      FloatVector p7i = FloatVector.fromArray(LANES, fromIm, s + 112);
      FloatVector w7r = FloatVector.fromArray(LANES, turnRe, t + 112);
      FloatVector w7i = FloatVector.fromArray(LANES, turnIm, t + 112);
      FloatVector t7r = p7r.mul(w7r).sub(p7i.mul(w7i));
      FloatVector t7i = p7i.fma(w7r, p7r.mul(w7i));
      // transposition of both halves: blocks of 4
      FloatVector u0r = EVEN4.selectFrom(t0r, t4r);
      FloatVector u4r = ODD4.selectFrom(t0r, t4r);
      FloatVector u0i = EVEN4.selectFrom(t0i, t4i);
      FloatVector u4i = ODD4.selectFrom(t0i, t4i);
      FloatVector u1r = EVEN4.selectFrom(t1r, t5r);
      FloatVector u5r = ODD4.selectFrom(t1r, t5r);
      FloatVector u1i = EVEN4.selectFrom(t1i, t5i);
      FloatVector u5i = ODD4.selectFrom(t1i, t5i);
      FloatVector u2r = EVEN4.selectFrom(t2r, t6r);
      FloatVector u6r = ODD4.selectFrom(t2r, t6r);
      FloatVector u2i = EVEN4.selectFrom(t2i, t6i);
      FloatVector u6i = ODD4.selectFrom(t2i, t6i);
      FloatVector u3r = EVEN4.selectFrom(t3r, t7r);
      FloatVector u7r = ODD4.selectFrom(t3r, t7r);
      FloatVector u3i = EVEN4.selectFrom(t3i, t7i);
      FloatVector u7i = ODD4.selectFrom(t3i, t7i);
      // blocks of 2
      FloatVector v0r = EVEN2.selectFrom(u0r, u2r);
      FloatVector v2r = ODD2.selectFrom(u0r, u2r);
      FloatVector v0i = EVEN2.selectFrom(u0i, u2i);
      FloatVector v2i = ODD2.selectFrom(u0i, u2i);
      FloatVector v1r = EVEN2.selectFrom(u1r, u3r);
      FloatVector v3r = ODD2.selectFrom(u1r, u3r);
      FloatVector v1i = EVEN2.selectFrom(u1i, u3i);
      FloatVector v3i = ODD2.selectFrom(u1i, u3i);
      FloatVector v4r = EVEN2.selectFrom(u4r, u6r);
      FloatVector v6r = ODD2.selectFrom(u4r, u6r);
      FloatVector v4i = EVEN2.selectFrom(u4i, u6i);
      FloatVector v6i = ODD2.selectFrom(u4i, u6i);
      FloatVector v5r = EVEN2.selectFrom(u5r, u7r);
      FloatVector v7r = ODD2.selectFrom(u5r, u7r);
      FloatVector v5i = EVEN2.selectFrom(u5i, u7i);
      FloatVector v7i = ODD2.selectFrom(u5i, u7i);
      // blocks of 1
      FloatVector x0r = EVEN1.selectFrom(v0r, v1r);
      FloatVector x1r = ODD1.selectFrom(v0r, v1r);
      FloatVector x0i = EVEN1.selectFrom(v0i, v1i);
      FloatVector x1i = ODD1.selectFrom(v0i, v1i);
      FloatVector x2r = EVEN1.selectFrom(v2r, v3r);
      FloatVector x3r = ODD1.selectFrom(v2r, v3r);
      FloatVector x2i = EVEN1.selectFrom(v2i, v3i);
      FloatVector x3i = ODD1.selectFrom(v2i, v3i);
      FloatVector x4r = EVEN1.selectFrom(v4r, v5r);
      FloatVector x5r = ODD1.selectFrom(v4r, v5r);
      FloatVector x4i = EVEN1.selectFrom(v4i, v5i);
      FloatVector x5i = ODD1.selectFrom(v4i, v5i);
      FloatVector x6r = EVEN1.selectFrom(v6r, v7r);
      FloatVector x7r = ODD1.selectFrom(v6r, v7r);
      FloatVector x6i = EVEN1.selectFrom(v6i, v7i);
      FloatVector x7i = ODD1.selectFrom(v6i, v7i);
      // Inputs half a turn apart: the sums make the even outputs, the differences the odd ones.
      FloatVector a0r = x0r.add(x4r);
      FloatVector a0i = x0i.add(x4i);
      FloatVector a1r = x1r.add(x5r);
      FloatVector a1i = x1i.add(x5i);
      FloatVector a2r = x2r.add(x6r);
      FloatVector a2i = x2i.add(x6i);
      FloatVector a3r = x3r.add(x7r);
      FloatVector a3i = x3i.add(x7i);
      FloatVector b0r = x0r.sub(x4r);
      FloatVector b0i = x0i.sub(x4i);
      FloatVector b1r = x1r.sub(x5r);
      FloatVector b1i = x1i.sub(x5i);
      FloatVector b2r = x2r.sub(x6r);
      FloatVector b2i = x2i.sub(x6i);
      FloatVector b3r = x3r.sub(x7r);
      FloatVector b3i = x3i.sub(x7i);
      // Even outputs: radix 4 of the sums.
      FloatVector as02r = a0r.add(a2r);
      FloatVector as02i = a0i.add(a2i);
      FloatVector ad02r = a0r.sub(a2r);
      FloatVector ad02i = a0i.sub(a2i);
      FloatVector as13r = a1r.add(a3r);
      FloatVector as13i = a1i.add(a3i);
      FloatVector ad13r = a1r.sub(a3r);
      FloatVector ad13i = a1i.sub(a3i);
      FloatVector y0r = as02r.add(as13r);
      FloatVector y0i = as02i.add(as13i);
      FloatVector y2r = ad02r.add(ad13i);
      FloatVector y2i = ad02i.sub(ad13r);
      FloatVector y4r = as02r.sub(as13r);
      FloatVector y4i = as02i.sub(as13i);
      FloatVector y6r = ad02r.sub(ad13i);
      FloatVector y6i = ad02i.add(ad13r);
      // Odd outputs: the differences turned by 0, 1, 2, 3 eighths, then radix 4; two eighths are a
      // factor −i.
      FloatVector c1r = b1r.add(b1i).mul(SQRT_HALF);
      FloatVector c1i = b1i.sub(b1r).mul(SQRT_HALF);
      FloatVector c3r = b3i.sub(b3r).mul(SQRT_HALF);
      FloatVector c3i = b3r.add(b3i).mul(MINUS_SQRT_HALF);
      FloatVector bs02r = b0r.add(b2i);
      FloatVector bs02i = b0i.sub(b2r);
      FloatVector bd02r = b0r.sub(b2i);
      FloatVector bd02i = b0i.add(b2r);
      FloatVector bs13r = c1r.add(c3r);
      FloatVector bs13i = c1i.add(c3i);
      FloatVector bd13r = c1r.sub(c3r);
      FloatVector bd13i = c1i.sub(c3i);
      FloatVector y1r = bs02r.add(bs13r);
      FloatVector y1i = bs02i.add(bs13i);
      FloatVector y3r = bd02r.add(bd13i);
      FloatVector y3i = bd02i.sub(bd13r);
      FloatVector y5r = bs02r.sub(bs13r);
      FloatVector y5i = bs02i.sub(bs13i);
      FloatVector y7r = bd02r.sub(bd13i);
      FloatVector y7i = bd02i.add(bd13r);
      // the low half belongs to the first row; the high half, lanes 8 to 15, to the second
      int d = toAt + r * pitch + j;
      int e = (r + 1 < rows ? d + pitch : d) - 8;
      y0r.intoArray(toRe, d, LOW);
      y0r.intoArray(toRe, e, HIGH);
      y0i.intoArray(toIm, d, LOW);
      y0i.intoArray(toIm, e, HIGH);
      y1r.intoArray(toRe, d + count, LOW);
      y1r.intoArray(toRe, e + count, HIGH);
      y1i.intoArray(toIm, d + count, LOW);
      y1i.intoArray(toIm, e + count, HIGH);
      y2r.intoArray(toRe, d + 2 * count, LOW);
      y2r.intoArray(toRe, e + 2 * count, HIGH);
      y2i.intoArray(toIm, d + 2 * count, LOW);
      y2i.intoArray(toIm, e + 2 * count, HIGH);
      y3r.intoArray(toRe, d + 3 * count, LOW);
      y3r.intoArray(toRe, e + 3 * count, HIGH);
      y3i.intoArray(toIm, d + 3 * count, LOW);
      y3i.intoArray(toIm, e + 3 * count, HIGH);
      y4r.intoArray(toRe, d + 4 * count, LOW);
      y4r.intoArray(toRe, e + 4 * count, HIGH);
      y4i.intoArray(toIm, d + 4 * count, LOW);
      y4i.intoArray(toIm, e + 4 * count, HIGH);
      y5r.intoArray(toRe, d + 5 * count, LOW);
      y5r.intoArray(toRe, e + 5 * count, HIGH);
      y5i.intoArray(toIm, d + 5 * count, LOW);
      y5i.intoArray(toIm, e + 5 * count, HIGH);
      y6r.intoArray(toRe, d + 6 * count, LOW);
      y6r.intoArray(toRe, e + 6 * count, HIGH);
      y6i.intoArray(toIm, d + 6 * count, LOW);
      y6i.intoArray(toIm, e + 6 * count, HIGH);
      y7r.intoArray(toRe, d + 7 * count, LOW);
      y7r.intoArray(toRe, e + 7 * count, HIGH);
      y7i.intoArray(toIm, d + 7 * count, LOW);
      y7i.intoArray(toIm, e + 7 * count, HIGH);
    }
  }
}

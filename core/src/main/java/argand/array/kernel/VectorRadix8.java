package argand.array.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/// Radix-8 butterflies, one vector of neighbouring columns at a time. See {@link FftKernels#pass};
/// checked against {@link ScalarRadix8}. Load only when {@link Simd#AVAILABLE}.
final class VectorRadix8 {
  private VectorRadix8() {}

  private static final VectorSpecies<Float> LANES = Lanes.FLOATS;
  private static final FloatVector SQRT_HALF = Lanes.all(Math.sqrt(0.5));
  private static final FloatVector MINUS_SQRT_HALF = Lanes.all(-Math.sqrt(0.5));

  static void pass(
      float[] fromRe,
      float[] fromIm,
      int fromAt,
      int fromStep,
      int fromLeap,
      float[] toRe,
      float[] toIm,
      int toAt,
      int toStep,
      int toLeap,
      int count,
      int[] order,
      int first,
      float @Nullable [] turns) {
    for (int j = 0; j < count; j++) {
      int s = fromAt + j * fromStep;
      int d = toAt + order[first + j] * toStep;
      FloatVector x0r = FloatVector.fromArray(LANES, fromRe, s);
      FloatVector x0i = FloatVector.fromArray(LANES, fromIm, s);
      FloatVector x1r = FloatVector.fromArray(LANES, fromRe, s + fromLeap);
      FloatVector x1i = FloatVector.fromArray(LANES, fromIm, s + fromLeap);
      FloatVector x2r = FloatVector.fromArray(LANES, fromRe, s + 2 * fromLeap);
      FloatVector x2i = FloatVector.fromArray(LANES, fromIm, s + 2 * fromLeap);
      FloatVector x3r = FloatVector.fromArray(LANES, fromRe, s + 3 * fromLeap);
      FloatVector x3i = FloatVector.fromArray(LANES, fromIm, s + 3 * fromLeap);
      FloatVector x4r = FloatVector.fromArray(LANES, fromRe, s + 4 * fromLeap);
      FloatVector x4i = FloatVector.fromArray(LANES, fromIm, s + 4 * fromLeap);
      FloatVector x5r = FloatVector.fromArray(LANES, fromRe, s + 5 * fromLeap);
      FloatVector x5i = FloatVector.fromArray(LANES, fromIm, s + 5 * fromLeap);
      FloatVector x6r = FloatVector.fromArray(LANES, fromRe, s + 6 * fromLeap);
      FloatVector x6i = FloatVector.fromArray(LANES, fromIm, s + 6 * fromLeap);
      FloatVector x7r = FloatVector.fromArray(LANES, fromRe, s + 7 * fromLeap);
      FloatVector x7i = FloatVector.fromArray(LANES, fromIm, s + 7 * fromLeap);
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
      y0r.intoArray(toRe, d);
      y0i.intoArray(toIm, d);
      if (turns == null) {
        y1r.intoArray(toRe, d + toLeap);
        y1i.intoArray(toIm, d + toLeap);
        y2r.intoArray(toRe, d + 2 * toLeap);
        y2i.intoArray(toIm, d + 2 * toLeap);
        y3r.intoArray(toRe, d + 3 * toLeap);
        y3i.intoArray(toIm, d + 3 * toLeap);
        y4r.intoArray(toRe, d + 4 * toLeap);
        y4i.intoArray(toIm, d + 4 * toLeap);
        y5r.intoArray(toRe, d + 5 * toLeap);
        y5i.intoArray(toIm, d + 5 * toLeap);
        y6r.intoArray(toRe, d + 6 * toLeap);
        y6i.intoArray(toIm, d + 6 * toLeap);
        y7r.intoArray(toRe, d + 7 * toLeap);
        y7i.intoArray(toIm, d + 7 * toLeap);
      } else {
        int t = 21 * j;
        FloatVector w1r = FloatVector.broadcast(LANES, turns[t]);
        y1r.fma(w1r, y1i.mul(FloatVector.broadcast(LANES, turns[t + 2])))
            .intoArray(toRe, d + toLeap);
        y1i.fma(w1r, y1r.mul(FloatVector.broadcast(LANES, turns[t + 1])))
            .intoArray(toIm, d + toLeap);
        FloatVector w2r = FloatVector.broadcast(LANES, turns[t + 3]);
        y2r.fma(w2r, y2i.mul(FloatVector.broadcast(LANES, turns[t + 5])))
            .intoArray(toRe, d + 2 * toLeap);
        y2i.fma(w2r, y2r.mul(FloatVector.broadcast(LANES, turns[t + 4])))
            .intoArray(toIm, d + 2 * toLeap);
        FloatVector w3r = FloatVector.broadcast(LANES, turns[t + 6]);
        y3r.fma(w3r, y3i.mul(FloatVector.broadcast(LANES, turns[t + 8])))
            .intoArray(toRe, d + 3 * toLeap);
        y3i.fma(w3r, y3r.mul(FloatVector.broadcast(LANES, turns[t + 7])))
            .intoArray(toIm, d + 3 * toLeap);
        FloatVector w4r = FloatVector.broadcast(LANES, turns[t + 9]);
        y4r.fma(w4r, y4i.mul(FloatVector.broadcast(LANES, turns[t + 11])))
            .intoArray(toRe, d + 4 * toLeap);
        y4i.fma(w4r, y4r.mul(FloatVector.broadcast(LANES, turns[t + 10])))
            .intoArray(toIm, d + 4 * toLeap);
        FloatVector w5r = FloatVector.broadcast(LANES, turns[t + 12]);
        y5r.fma(w5r, y5i.mul(FloatVector.broadcast(LANES, turns[t + 14])))
            .intoArray(toRe, d + 5 * toLeap);
        y5i.fma(w5r, y5r.mul(FloatVector.broadcast(LANES, turns[t + 13])))
            .intoArray(toIm, d + 5 * toLeap);
        FloatVector w6r = FloatVector.broadcast(LANES, turns[t + 15]);
        y6r.fma(w6r, y6i.mul(FloatVector.broadcast(LANES, turns[t + 17])))
            .intoArray(toRe, d + 6 * toLeap);
        y6i.fma(w6r, y6r.mul(FloatVector.broadcast(LANES, turns[t + 16])))
            .intoArray(toIm, d + 6 * toLeap);
        FloatVector w7r = FloatVector.broadcast(LANES, turns[t + 18]);
        y7r.fma(w7r, y7i.mul(FloatVector.broadcast(LANES, turns[t + 20])))
            .intoArray(toRe, d + 7 * toLeap);
        y7i.fma(w7r, y7r.mul(FloatVector.broadcast(LANES, turns[t + 19])))
            .intoArray(toIm, d + 7 * toLeap);
      }
    }
  }
}

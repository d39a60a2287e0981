package argand.array.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/// Radix-5 butterflies, one vector of neighbouring columns at a time. See {@link FftKernels#pass};
/// checked against {@link ScalarRadix5}. Load only when {@link Simd#AVAILABLE}.
final class VectorRadix5 {
  private VectorRadix5() {}

  private static final VectorSpecies<Float> LANES = Lanes.FLOATS;
  private static final FloatVector COS1 = Lanes.all(Math.cos(2 * Math.PI / 5));
  private static final FloatVector SIN1 = Lanes.all(Math.sin(2 * Math.PI / 5));
  private static final FloatVector MINUS_SIN1 = Lanes.all(-Math.sin(2 * Math.PI / 5));
  private static final FloatVector COS2 = Lanes.all(Math.cos(4 * Math.PI / 5));
  private static final FloatVector SIN2 = Lanes.all(Math.sin(4 * Math.PI / 5));

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
      // Inputs q and 5 − q share a cosine and have opposite sines.
      FloatVector s1r = x1r.add(x4r);
      FloatVector s1i = x1i.add(x4i);
      FloatVector s2r = x2r.add(x3r);
      FloatVector s2i = x2i.add(x3i);
      FloatVector d1r = x1r.sub(x4r);
      FloatVector d1i = x1i.sub(x4i);
      FloatVector d2r = x2r.sub(x3r);
      FloatVector d2i = x2i.sub(x3i);
      FloatVector y0r = x0r.add(s1r).add(s2r);
      FloatVector y0i = x0i.add(s1i).add(s2i);
      // u = cosine part, v = sine part; outputs k and 5 − k are u − i v and u + i v.
      FloatVector u1r = s1r.fma(COS1, s2r.fma(COS2, x0r));
      FloatVector v1r = d1r.fma(SIN1, d2r.mul(SIN2));
      FloatVector u1i = s1i.fma(COS1, s2i.fma(COS2, x0i));
      FloatVector v1i = d1i.fma(SIN1, d2i.mul(SIN2));
      FloatVector y1r = u1r.add(v1i);
      FloatVector y1i = u1i.sub(v1r);
      FloatVector y4r = u1r.sub(v1i);
      FloatVector y4i = u1i.add(v1r);
      FloatVector u2r = s1r.fma(COS2, s2r.fma(COS1, x0r));
      FloatVector v2r = d1r.fma(SIN2, d2r.mul(MINUS_SIN1));
      FloatVector u2i = s1i.fma(COS2, s2i.fma(COS1, x0i));
      FloatVector v2i = d1i.fma(SIN2, d2i.mul(MINUS_SIN1));
      FloatVector y2r = u2r.add(v2i);
      FloatVector y2i = u2i.sub(v2r);
      FloatVector y3r = u2r.sub(v2i);
      FloatVector y3i = u2i.add(v2r);
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
      } else {
        int t = 12 * j;
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
      }
    }
  }
}

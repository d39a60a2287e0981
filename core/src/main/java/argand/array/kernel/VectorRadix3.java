package argand.array.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/// Radix-3 butterflies, one vector of neighbouring columns at a time. See {@link FftKernels#pass};
/// checked against {@link ScalarRadix3}. Load only when {@link Simd#AVAILABLE}.
final class VectorRadix3 {
  private VectorRadix3() {}

  private static final VectorSpecies<Float> LANES = Lanes.FLOATS;
  private static final FloatVector COS1 = Lanes.all(Math.cos(2 * Math.PI / 3));
  private static final FloatVector SIN1 = Lanes.all(Math.sin(2 * Math.PI / 3));

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
      // Inputs q and 3 − q share a cosine and have opposite sines.
      FloatVector s1r = x1r.add(x2r);
      FloatVector s1i = x1i.add(x2i);
      FloatVector d1r = x1r.sub(x2r);
      FloatVector d1i = x1i.sub(x2i);
      FloatVector y0r = x0r.add(s1r);
      FloatVector y0i = x0i.add(s1i);
      // u = cosine part, v = sine part; outputs k and 3 − k are u − i v and u + i v.
      FloatVector u1r = s1r.fma(COS1, x0r);
      FloatVector v1r = d1r.mul(SIN1);
      FloatVector u1i = s1i.fma(COS1, x0i);
      FloatVector v1i = d1i.mul(SIN1);
      FloatVector y1r = u1r.add(v1i);
      FloatVector y1i = u1i.sub(v1r);
      FloatVector y2r = u1r.sub(v1i);
      FloatVector y2i = u1i.add(v1r);
      y0r.intoArray(toRe, d);
      y0i.intoArray(toIm, d);
      if (turns == null) {
        y1r.intoArray(toRe, d + toLeap);
        y1i.intoArray(toIm, d + toLeap);
        y2r.intoArray(toRe, d + 2 * toLeap);
        y2i.intoArray(toIm, d + 2 * toLeap);
      } else {
        int t = 6 * j;
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
      }
    }
  }
}

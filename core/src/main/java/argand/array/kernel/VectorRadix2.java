package argand.array.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/// Radix-2 butterflies, one vector of neighbouring columns at a time. See {@link FftKernels#pass};
/// checked against {@link ScalarRadix2}. Load only when {@link Simd#AVAILABLE}.
final class VectorRadix2 {
  private VectorRadix2() {}

  private static final VectorSpecies<Float> LANES = Lanes.FLOATS;

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
      FloatVector y0r = x0r.add(x1r);
      FloatVector y0i = x0i.add(x1i);
      FloatVector y1r = x0r.sub(x1r);
      FloatVector y1i = x0i.sub(x1i);
      y0r.intoArray(toRe, d);
      y0i.intoArray(toIm, d);
      if (turns == null) {
        y1r.intoArray(toRe, d + toLeap);
        y1i.intoArray(toIm, d + toLeap);
      } else {
        int t = 3 * j;
        FloatVector w1r = FloatVector.broadcast(LANES, turns[t]);
        y1r.fma(w1r, y1i.mul(FloatVector.broadcast(LANES, turns[t + 2])))
            .intoArray(toRe, d + toLeap);
        y1i.fma(w1r, y1r.mul(FloatVector.broadcast(LANES, turns[t + 1])))
            .intoArray(toIm, d + toLeap);
      }
    }
  }
}

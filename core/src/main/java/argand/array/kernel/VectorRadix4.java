package argand.array.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/// Radix-4 butterflies, one vector of neighbouring columns at a time. See {@link FftKernels#pass};
/// checked against {@link ScalarRadix4}. Load only when {@link Simd#AVAILABLE}.
final class VectorRadix4 {
  private VectorRadix4() {}

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
      FloatVector x2r = FloatVector.fromArray(LANES, fromRe, s + 2 * fromLeap);
      FloatVector x2i = FloatVector.fromArray(LANES, fromIm, s + 2 * fromLeap);
      FloatVector x3r = FloatVector.fromArray(LANES, fromRe, s + 3 * fromLeap);
      FloatVector x3i = FloatVector.fromArray(LANES, fromIm, s + 3 * fromLeap);
      FloatVector s02r = x0r.add(x2r);
      FloatVector s02i = x0i.add(x2i);
      FloatVector d02r = x0r.sub(x2r);
      FloatVector d02i = x0i.sub(x2i);
      FloatVector s13r = x1r.add(x3r);
      FloatVector s13i = x1i.add(x3i);
      FloatVector d13r = x1r.sub(x3r);
      FloatVector d13i = x1i.sub(x3i);
      FloatVector y0r = s02r.add(s13r);
      FloatVector y0i = s02i.add(s13i);
      FloatVector y1r = d02r.add(d13i);
      FloatVector y1i = d02i.sub(d13r);
      FloatVector y2r = s02r.sub(s13r);
      FloatVector y2i = s02i.sub(s13i);
      FloatVector y3r = d02r.sub(d13i);
      FloatVector y3i = d02i.add(d13r);
      y0r.intoArray(toRe, d);
      y0i.intoArray(toIm, d);
      if (turns == null) {
        y1r.intoArray(toRe, d + toLeap);
        y1i.intoArray(toIm, d + toLeap);
        y2r.intoArray(toRe, d + 2 * toLeap);
        y2i.intoArray(toIm, d + 2 * toLeap);
        y3r.intoArray(toRe, d + 3 * toLeap);
        y3i.intoArray(toIm, d + 3 * toLeap);
      } else {
        int t = 9 * j;
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
      }
    }
  }

  /// See {@link FftKernels#passTurningLanes}.
  static void passTurningLanes(
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
      float[] turnRe,
      float[] turnIm) {
    for (int j = 0; j < count; j++) {
      int s = fromAt + j * fromStep;
      int k = order[first + j];
      int d = toAt + k * toStep;
      int t = k * toStep;
      FloatVector x0r = FloatVector.fromArray(LANES, fromRe, s);
      FloatVector x0i = FloatVector.fromArray(LANES, fromIm, s);
      FloatVector x1r = FloatVector.fromArray(LANES, fromRe, s + fromLeap);
      FloatVector x1i = FloatVector.fromArray(LANES, fromIm, s + fromLeap);
      FloatVector x2r = FloatVector.fromArray(LANES, fromRe, s + 2 * fromLeap);
      FloatVector x2i = FloatVector.fromArray(LANES, fromIm, s + 2 * fromLeap);
      FloatVector x3r = FloatVector.fromArray(LANES, fromRe, s + 3 * fromLeap);
      FloatVector x3i = FloatVector.fromArray(LANES, fromIm, s + 3 * fromLeap);
      FloatVector s02r = x0r.add(x2r);
      FloatVector s02i = x0i.add(x2i);
      FloatVector d02r = x0r.sub(x2r);
      FloatVector d02i = x0i.sub(x2i);
      FloatVector s13r = x1r.add(x3r);
      FloatVector s13i = x1i.add(x3i);
      FloatVector d13r = x1r.sub(x3r);
      FloatVector d13i = x1i.sub(x3i);
      FloatVector y0r = s02r.add(s13r);
      FloatVector y0i = s02i.add(s13i);
      FloatVector y1r = d02r.add(d13i);
      FloatVector y1i = d02i.sub(d13r);
      FloatVector y2r = s02r.sub(s13r);
      FloatVector y2i = s02i.sub(s13i);
      FloatVector y3r = d02r.sub(d13i);
      FloatVector y3i = d02i.add(d13r);
      FloatVector w0r = FloatVector.fromArray(LANES, turnRe, t);
      FloatVector w0i = FloatVector.fromArray(LANES, turnIm, t);
      y0r.mul(w0r).sub(y0i.mul(w0i)).intoArray(toRe, d);
      y0i.fma(w0r, y0r.mul(w0i)).intoArray(toIm, d);
      FloatVector w1r = FloatVector.fromArray(LANES, turnRe, t + toLeap);
      FloatVector w1i = FloatVector.fromArray(LANES, turnIm, t + toLeap);
      y1r.mul(w1r).sub(y1i.mul(w1i)).intoArray(toRe, d + toLeap);
      y1i.fma(w1r, y1r.mul(w1i)).intoArray(toIm, d + toLeap);
      FloatVector w2r = FloatVector.fromArray(LANES, turnRe, t + 2 * toLeap);
      FloatVector w2i = FloatVector.fromArray(LANES, turnIm, t + 2 * toLeap);
      y2r.mul(w2r).sub(y2i.mul(w2i)).intoArray(toRe, d + 2 * toLeap);
      y2i.fma(w2r, y2r.mul(w2i)).intoArray(toIm, d + 2 * toLeap);
      FloatVector w3r = FloatVector.fromArray(LANES, turnRe, t + 3 * toLeap);
      FloatVector w3i = FloatVector.fromArray(LANES, turnIm, t + 3 * toLeap);
      y3r.mul(w3r).sub(y3i.mul(w3i)).intoArray(toRe, d + 3 * toLeap);
      y3i.fma(w3r, y3r.mul(w3i)).intoArray(toIm, d + 3 * toLeap);
    }
  }
}

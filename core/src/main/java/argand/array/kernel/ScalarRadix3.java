package argand.array.kernel;

import org.jspecify.annotations.Nullable;

/// Radix-3 butterflies, one column at a time: the definition of {@link VectorRadix3}. See {@link
/// FftKernels#pass}.
final class ScalarRadix3 {
  private ScalarRadix3() {}

  private static final float COS1 = (float) Math.cos(2 * Math.PI / 3);
  private static final float SIN1 = (float) Math.sin(2 * Math.PI / 3);

  static void pass(
      int lanes,
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
      int start = fromAt + j * fromStep;
      int shift = toAt + order[first + j] * toStep - start;
      for (int s = start; s < start + lanes; s++) {
        int d = s + shift;
        float x0r = fromRe[s];
        float x0i = fromIm[s];
        float x1r = fromRe[s + fromLeap];
        float x1i = fromIm[s + fromLeap];
        float x2r = fromRe[s + 2 * fromLeap];
        float x2i = fromIm[s + 2 * fromLeap];
        // Inputs q and 3 − q share a cosine and have opposite sines.
        float s1r = x1r + x2r;
        float s1i = x1i + x2i;
        float d1r = x1r - x2r;
        float d1i = x1i - x2i;
        float y0r = x0r + s1r;
        float y0i = x0i + s1i;
        // u = cosine part, v = sine part; outputs k and 3 − k are u − i v and u + i v.
        float u1r = s1r * COS1 + x0r;
        float v1r = d1r * SIN1;
        float u1i = s1i * COS1 + x0i;
        float v1i = d1i * SIN1;
        float y1r = u1r + v1i;
        float y1i = u1i - v1r;
        float y2r = u1r - v1i;
        float y2i = u1i + v1r;
        toRe[d] = y0r;
        toIm[d] = y0i;
        if (turns == null) {
          toRe[d + toLeap] = y1r;
          toIm[d + toLeap] = y1i;
          toRe[d + 2 * toLeap] = y2r;
          toIm[d + 2 * toLeap] = y2i;
        } else {
          int t = 6 * j;
          toRe[d + toLeap] = y1r * turns[t] + y1i * turns[t + 2];
          toIm[d + toLeap] = y1i * turns[t] + y1r * turns[t + 1];
          toRe[d + 2 * toLeap] = y2r * turns[t + 3] + y2i * turns[t + 5];
          toIm[d + 2 * toLeap] = y2i * turns[t + 3] + y2r * turns[t + 4];
        }
      }
    }
  }
}

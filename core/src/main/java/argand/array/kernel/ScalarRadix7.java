package argand.array.kernel;

import org.jspecify.annotations.Nullable;

/// Radix-7 butterflies, one column at a time: the definition of {@link VectorRadix7}. See {@link
/// FftKernels#pass}.
final class ScalarRadix7 {
  private ScalarRadix7() {}

  private static final float COS1 = (float) Math.cos(2 * Math.PI / 7);
  private static final float SIN1 = (float) Math.sin(2 * Math.PI / 7);
  private static final float MINUS_SIN1 = (float) -Math.sin(2 * Math.PI / 7);
  private static final float COS2 = (float) Math.cos(4 * Math.PI / 7);
  private static final float SIN2 = (float) Math.sin(4 * Math.PI / 7);
  private static final float COS3 = (float) Math.cos(6 * Math.PI / 7);
  private static final float SIN3 = (float) Math.sin(6 * Math.PI / 7);
  private static final float MINUS_SIN3 = (float) -Math.sin(6 * Math.PI / 7);

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
        float x3r = fromRe[s + 3 * fromLeap];
        float x3i = fromIm[s + 3 * fromLeap];
        float x4r = fromRe[s + 4 * fromLeap];
        float x4i = fromIm[s + 4 * fromLeap];
        float x5r = fromRe[s + 5 * fromLeap];
        float x5i = fromIm[s + 5 * fromLeap];
        float x6r = fromRe[s + 6 * fromLeap];
        float x6i = fromIm[s + 6 * fromLeap];
        // Inputs q and 7 − q share a cosine and have opposite sines.
        float s1r = x1r + x6r;
        float s1i = x1i + x6i;
        float s2r = x2r + x5r;
        float s2i = x2i + x5i;
        float s3r = x3r + x4r;
        float s3i = x3i + x4i;
        float d1r = x1r - x6r;
        float d1i = x1i - x6i;
        float d2r = x2r - x5r;
        float d2i = x2i - x5i;
        float d3r = x3r - x4r;
        float d3i = x3i - x4i;
        float y0r = x0r + s1r + s2r + s3r;
        float y0i = x0i + s1i + s2i + s3i;
        // u = cosine part, v = sine part; outputs k and 7 − k are u − i v and u + i v.
        float u1r = s1r * COS1 + s2r * COS2 + s3r * COS3 + x0r;
        float v1r = d1r * SIN1 + d2r * SIN2 + d3r * SIN3;
        float u1i = s1i * COS1 + s2i * COS2 + s3i * COS3 + x0i;
        float v1i = d1i * SIN1 + d2i * SIN2 + d3i * SIN3;
        float y1r = u1r + v1i;
        float y1i = u1i - v1r;
        float y6r = u1r - v1i;
        float y6i = u1i + v1r;
        float u2r = s1r * COS2 + s2r * COS3 + s3r * COS1 + x0r;
        float v2r = d1r * SIN2 + d2r * MINUS_SIN3 + d3r * MINUS_SIN1;
        float u2i = s1i * COS2 + s2i * COS3 + s3i * COS1 + x0i;
        float v2i = d1i * SIN2 + d2i * MINUS_SIN3 + d3i * MINUS_SIN1;
        float y2r = u2r + v2i;
        float y2i = u2i - v2r;
        float y5r = u2r - v2i;
        float y5i = u2i + v2r;
        float u3r = s1r * COS3 + s2r * COS1 + s3r * COS2 + x0r;
        float v3r = d1r * SIN3 + d2r * MINUS_SIN1 + d3r * SIN2;
        float u3i = s1i * COS3 + s2i * COS1 + s3i * COS2 + x0i;
        float v3i = d1i * SIN3 + d2i * MINUS_SIN1 + d3i * SIN2;
        float y3r = u3r + v3i;
        float y3i = u3i - v3r;
        float y4r = u3r - v3i;
        float y4i = u3i + v3r;
        toRe[d] = y0r;
        toIm[d] = y0i;
        if (turns == null) {
          toRe[d + toLeap] = y1r;
          toIm[d + toLeap] = y1i;
          toRe[d + 2 * toLeap] = y2r;
          toIm[d + 2 * toLeap] = y2i;
          toRe[d + 3 * toLeap] = y3r;
          toIm[d + 3 * toLeap] = y3i;
          toRe[d + 4 * toLeap] = y4r;
          toIm[d + 4 * toLeap] = y4i;
          toRe[d + 5 * toLeap] = y5r;
          toIm[d + 5 * toLeap] = y5i;
          toRe[d + 6 * toLeap] = y6r;
          toIm[d + 6 * toLeap] = y6i;
        } else {
          int t = 18 * j;
          toRe[d + toLeap] = y1r * turns[t] + y1i * turns[t + 2];
          toIm[d + toLeap] = y1i * turns[t] + y1r * turns[t + 1];
          toRe[d + 2 * toLeap] = y2r * turns[t + 3] + y2i * turns[t + 5];
          toIm[d + 2 * toLeap] = y2i * turns[t + 3] + y2r * turns[t + 4];
          toRe[d + 3 * toLeap] = y3r * turns[t + 6] + y3i * turns[t + 8];
          toIm[d + 3 * toLeap] = y3i * turns[t + 6] + y3r * turns[t + 7];
          toRe[d + 4 * toLeap] = y4r * turns[t + 9] + y4i * turns[t + 11];
          toIm[d + 4 * toLeap] = y4i * turns[t + 9] + y4r * turns[t + 10];
          toRe[d + 5 * toLeap] = y5r * turns[t + 12] + y5i * turns[t + 14];
          toIm[d + 5 * toLeap] = y5i * turns[t + 12] + y5r * turns[t + 13];
          toRe[d + 6 * toLeap] = y6r * turns[t + 15] + y6i * turns[t + 17];
          toIm[d + 6 * toLeap] = y6i * turns[t + 15] + y6r * turns[t + 16];
        }
      }
    }
  }
}

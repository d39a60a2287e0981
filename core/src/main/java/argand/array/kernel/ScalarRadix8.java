package argand.array.kernel;

import org.jspecify.annotations.Nullable;

/// Radix-8 butterflies, one column at a time: the definition of {@link VectorRadix8}. See {@link
/// FftKernels#pass}.
final class ScalarRadix8 {
  private ScalarRadix8() {}

  private static final float SQRT_HALF = (float) Math.sqrt(0.5);
  private static final float MINUS_SQRT_HALF = (float) -Math.sqrt(0.5);

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
        float x7r = fromRe[s + 7 * fromLeap];
        float x7i = fromIm[s + 7 * fromLeap];
        // Inputs half a turn apart: the sums make the even outputs, the differences the odd ones.
        float a0r = x0r + x4r;
        float a0i = x0i + x4i;
        float a1r = x1r + x5r;
        float a1i = x1i + x5i;
        float a2r = x2r + x6r;
        float a2i = x2i + x6i;
        float a3r = x3r + x7r;
        float a3i = x3i + x7i;
        float b0r = x0r - x4r;
        float b0i = x0i - x4i;
        float b1r = x1r - x5r;
        float b1i = x1i - x5i;
        float b2r = x2r - x6r;
        float b2i = x2i - x6i;
        float b3r = x3r - x7r;
        float b3i = x3i - x7i;
        // Even outputs: radix 4 of the sums.
        float as02r = a0r + a2r;
        float as02i = a0i + a2i;
        float ad02r = a0r - a2r;
        float ad02i = a0i - a2i;
        float as13r = a1r + a3r;
        float as13i = a1i + a3i;
        float ad13r = a1r - a3r;
        float ad13i = a1i - a3i;
        float y0r = as02r + as13r;
        float y0i = as02i + as13i;
        float y2r = ad02r + ad13i;
        float y2i = ad02i - ad13r;
        float y4r = as02r - as13r;
        float y4i = as02i - as13i;
        float y6r = ad02r - ad13i;
        float y6i = ad02i + ad13r;
        // Odd outputs: the differences turned by 0, 1, 2, 3 eighths, then radix 4; two eighths are
        // a factor −i.
        float c1r = (b1r + b1i) * SQRT_HALF;
        float c1i = (b1i - b1r) * SQRT_HALF;
        float c3r = (b3i - b3r) * SQRT_HALF;
        float c3i = (b3r + b3i) * MINUS_SQRT_HALF;
        float bs02r = b0r + b2i;
        float bs02i = b0i - b2r;
        float bd02r = b0r - b2i;
        float bd02i = b0i + b2r;
        float bs13r = c1r + c3r;
        float bs13i = c1i + c3i;
        float bd13r = c1r - c3r;
        float bd13i = c1i - c3i;
        float y1r = bs02r + bs13r;
        float y1i = bs02i + bs13i;
        float y3r = bd02r + bd13i;
        float y3i = bd02i - bd13r;
        float y5r = bs02r - bs13r;
        float y5i = bs02i - bs13i;
        float y7r = bd02r - bd13i;
        float y7i = bd02i + bd13r;
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
          toRe[d + 7 * toLeap] = y7r;
          toIm[d + 7 * toLeap] = y7i;
        } else {
          int t = 21 * j;
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
          toRe[d + 7 * toLeap] = y7r * turns[t + 18] + y7i * turns[t + 20];
          toIm[d + 7 * toLeap] = y7i * turns[t + 18] + y7r * turns[t + 19];
        }
      }
    }
  }
}

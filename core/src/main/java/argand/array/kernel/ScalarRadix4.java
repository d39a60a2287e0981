package argand.array.kernel;

import org.jspecify.annotations.Nullable;

/// Radix-4 butterflies, one column at a time: the definition of {@link VectorRadix4}. See {@link
/// FftKernels#pass}.
final class ScalarRadix4 {
  private ScalarRadix4() {}

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
        float s02r = x0r + x2r;
        float s02i = x0i + x2i;
        float d02r = x0r - x2r;
        float d02i = x0i - x2i;
        float s13r = x1r + x3r;
        float s13i = x1i + x3i;
        float d13r = x1r - x3r;
        float d13i = x1i - x3i;
        float y0r = s02r + s13r;
        float y0i = s02i + s13i;
        float y1r = d02r + d13i;
        float y1i = d02i - d13r;
        float y2r = s02r - s13r;
        float y2i = s02i - s13i;
        float y3r = d02r - d13i;
        float y3i = d02i + d13r;
        toRe[d] = y0r;
        toIm[d] = y0i;
        if (turns == null) {
          toRe[d + toLeap] = y1r;
          toIm[d + toLeap] = y1i;
          toRe[d + 2 * toLeap] = y2r;
          toIm[d + 2 * toLeap] = y2i;
          toRe[d + 3 * toLeap] = y3r;
          toIm[d + 3 * toLeap] = y3i;
        } else {
          int t = 9 * j;
          toRe[d + toLeap] = y1r * turns[t] + y1i * turns[t + 2];
          toIm[d + toLeap] = y1i * turns[t] + y1r * turns[t + 1];
          toRe[d + 2 * toLeap] = y2r * turns[t + 3] + y2i * turns[t + 5];
          toIm[d + 2 * toLeap] = y2i * turns[t + 3] + y2r * turns[t + 4];
          toRe[d + 3 * toLeap] = y3r * turns[t + 6] + y3i * turns[t + 8];
          toIm[d + 3 * toLeap] = y3i * turns[t + 6] + y3r * turns[t + 7];
        }
      }
    }
  }

  /// See {@link FftKernels#passTurningLanes}.
  static void passTurningLanes(
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
      float[] turnRe,
      float[] turnIm) {
    for (int j = 0; j < count; j++) {
      int k = order[first + j];
      for (int lane = 0; lane < lanes; lane++) {
        int s = fromAt + j * fromStep + lane;
        int d = toAt + k * toStep + lane;
        int t = k * toStep + lane;
        float x0r = fromRe[s];
        float x0i = fromIm[s];
        float x1r = fromRe[s + fromLeap];
        float x1i = fromIm[s + fromLeap];
        float x2r = fromRe[s + 2 * fromLeap];
        float x2i = fromIm[s + 2 * fromLeap];
        float x3r = fromRe[s + 3 * fromLeap];
        float x3i = fromIm[s + 3 * fromLeap];
        float s02r = x0r + x2r;
        float s02i = x0i + x2i;
        float d02r = x0r - x2r;
        float d02i = x0i - x2i;
        float s13r = x1r + x3r;
        float s13i = x1i + x3i;
        float d13r = x1r - x3r;
        float d13i = x1i - x3i;
        float y0r = s02r + s13r;
        float y0i = s02i + s13i;
        float y1r = d02r + d13i;
        float y1i = d02i - d13r;
        float y2r = s02r - s13r;
        float y2i = s02i - s13i;
        float y3r = d02r - d13i;
        float y3i = d02i + d13r;
        toRe[d] = y0r * turnRe[t] - y0i * turnIm[t];
        toIm[d] = y0i * turnRe[t] + y0r * turnIm[t];
        toRe[d + toLeap] = y1r * turnRe[t + toLeap] - y1i * turnIm[t + toLeap];
        toIm[d + toLeap] = y1i * turnRe[t + toLeap] + y1r * turnIm[t + toLeap];
        toRe[d + 2 * toLeap] = y2r * turnRe[t + 2 * toLeap] - y2i * turnIm[t + 2 * toLeap];
        toIm[d + 2 * toLeap] = y2i * turnRe[t + 2 * toLeap] + y2r * turnIm[t + 2 * toLeap];
        toRe[d + 3 * toLeap] = y3r * turnRe[t + 3 * toLeap] - y3i * turnIm[t + 3 * toLeap];
        toIm[d + 3 * toLeap] = y3i * turnRe[t + 3 * toLeap] + y3r * turnIm[t + 3 * toLeap];
      }
    }
  }
}

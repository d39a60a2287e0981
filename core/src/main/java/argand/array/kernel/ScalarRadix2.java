package argand.array.kernel;

import org.jspecify.annotations.Nullable;

/// Radix-2 butterflies, one column at a time: the definition of {@link VectorRadix2}. See {@link
/// FftKernels#pass}.
final class ScalarRadix2 {
  private ScalarRadix2() {}

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
        float y0r = x0r + x1r;
        float y0i = x0i + x1i;
        float y1r = x0r - x1r;
        float y1i = x0i - x1i;
        toRe[d] = y0r;
        toIm[d] = y0i;
        if (turns == null) {
          toRe[d + toLeap] = y1r;
          toIm[d + toLeap] = y1i;
        } else {
          int t = 3 * j;
          toRe[d + toLeap] = y1r * turns[t] + y1i * turns[t + 2];
          toIm[d + toLeap] = y1i * turns[t] + y1r * turns[t + 1];
        }
      }
    }
  }
}

package argand.simulate;

import java.util.Arrays;
import java.util.SplittableRandom;

/// How the pixels of a detector differ from each other, the same in every frame.
///
/// @param offset what a pixel reads without anything, in the numbers the detector writes
/// @param response sensitivity of a pixel ÷ mean sensitivity
record FixedPattern(float[] offset, float[] response) {
  static FixedPattern even(int size, double offset) {
    return of(size, offset, 0, 0, new SplittableRandom(0));
  }

  /// Gaussian spreads; no pixel is less than a tenth as sensitive as the mean.
  static FixedPattern of(
      int size, double offset, double offsetSpread, double spread, SplittableRandom random) {
    var pattern = new FixedPattern(new float[size], new float[size]);
    Arrays.fill(pattern.offset, (float) offset);
    Arrays.fill(pattern.response, 1);
    for (int i = 0; i < size && (offsetSpread > 0 || spread > 0); i++) {
      pattern.offset[i] += (float) (offsetSpread * random.nextGaussian());
      pattern.response[i] = (float) Math.max(0.1, 1 + spread * random.nextGaussian());
    }
    return pattern;
  }
}

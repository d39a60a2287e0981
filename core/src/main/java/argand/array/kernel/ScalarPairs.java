package argand.array.kernel;

/// What {@link PairedRows} does beside strips, float by float: the definition. See {@link
/// FftKernels#pairRows} and {@link FftKernels#finishRows}.
final class ScalarPairs {
  private static final int LANES = 16;
  private static final int HALF = LANES / 2;
  private static final int[] FIRST = {0};

  private ScalarPairs() {}

  static void pair(float[] from, int fromAt, int rows, int pitch, float[] to, int toAt, int count) {
    for (int r = 0; r < rows + rows % 2; r++) {
      int row = fromAt + Math.min(r, rows - 1) * pitch;
      int strip = toAt + r / 2 * count * LANES + r % 2 * HALF;
      for (int j = 0; j < count; j++) {
        System.arraycopy(from, row + j * HALF, to, strip + j * LANES, HALF);
      }
    }
  }

  static void finish(
      float[] fromRe,
      float[] fromIm,
      int fromAt,
      float[] turnRe,
      float[] turnIm,
      int turnAt,
      float[] toRe,
      float[] toIm,
      int toAt,
      int rows,
      int pitch,
      int count) {
    float[] tileRe = new float[HALF * HALF];
    float[] tileIm = new float[HALF * HALF];
    for (int r = 0; r < rows; r++) {
      int row = toAt + r * pitch;
      int strip = fromAt + r / 2 * count * LANES;
      for (int group = 0; group < count; group += HALF) {
        for (int k = 0; k < HALF; k++) {
          for (int lane = 0; lane < HALF; lane++) {
            int i = (group + k) * LANES + r % 2 * HALF + lane;
            float re = fromRe[strip + i];
            float im = fromIm[strip + i];
            float cos = turnRe[turnAt + i];
            float sin = turnIm[turnAt + i];
            tileRe[lane * HALF + k] = re * cos - im * sin;
            tileIm[lane * HALF + k] = im * cos + re * sin;
          }
        }
        ScalarRadix8.pass(
            HALF, tileRe, tileIm, 0, 0, HALF, toRe, toIm, row + group, 0, count, 1, FIRST, 0, null);
      }
    }
  }
}

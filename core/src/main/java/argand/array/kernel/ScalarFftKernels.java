package argand.array.kernel;

import org.jspecify.annotations.Nullable;

/// The inner loops of the Fourier transform in plain Java: the definition of {@link
/// VectorFftKernels}, and what runs where the Vector API is absent. An element is a cache line of
/// 16 floats.
public final class ScalarFftKernels implements FftKernels {
  private static final int LANES = 16;

  @Override
  public int lanes() {
    return LANES;
  }

  @Override
  public void pass(
      int radix,
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
    switch (radix) {
      case 8 ->
          ScalarRadix8.pass(
              LANES, fromRe, fromIm, fromAt, fromStep, fromLeap, toRe, toIm, toAt, toStep, toLeap,
              count, order, first, turns);
      case 4 ->
          ScalarRadix4.pass(
              LANES, fromRe, fromIm, fromAt, fromStep, fromLeap, toRe, toIm, toAt, toStep, toLeap,
              count, order, first, turns);
      case 2 ->
          ScalarRadix2.pass(
              LANES, fromRe, fromIm, fromAt, fromStep, fromLeap, toRe, toIm, toAt, toStep, toLeap,
              count, order, first, turns);
      case 3 ->
          ScalarRadix3.pass(
              LANES, fromRe, fromIm, fromAt, fromStep, fromLeap, toRe, toIm, toAt, toStep, toLeap,
              count, order, first, turns);
      case 5 ->
          ScalarRadix5.pass(
              LANES, fromRe, fromIm, fromAt, fromStep, fromLeap, toRe, toIm, toAt, toStep, toLeap,
              count, order, first, turns);
      case 7 ->
          ScalarRadix7.pass(
              LANES, fromRe, fromIm, fromAt, fromStep, fromLeap, toRe, toIm, toAt, toStep, toLeap,
              count, order, first, turns);
      default -> throw new IllegalArgumentException("no butterfly of radix " + radix);
    }
  }

  @Override
  public void passTurningLanes(
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
    ScalarRadix4.passTurningLanes(
        LANES, fromRe, fromIm, fromAt, fromStep, fromLeap, toRe, toIm, toAt, toStep, toLeap, count,
        order, first, turnRe, turnIm);
  }

  @Override
  public void turn(
      float[] fromRe,
      float[] fromIm,
      int fromAt,
      int fromStep,
      float[] toRe,
      float[] toIm,
      int toAt,
      int toStep,
      int count,
      float[] turns) {
    for (int j = 0; j < count; j++) {
      float cos = turns[3 * j];
      float sin = turns[3 * j + 1];
      for (int lane = 0; lane < LANES; lane++) {
        float re = fromRe[fromAt + j * fromStep + lane];
        float im = fromIm[fromAt + j * fromStep + lane];
        toRe[toAt + j * toStep + lane] = re * cos - im * sin;
        toIm[toAt + j * toStep + lane] = im * cos + re * sin;
      }
    }
  }

  @Override
  public void transpose(float[] from, int fromAt, int fromStep, float[] to, int toAt, int toStep) {
    for (int r = 0; r < LANES; r++) {
      for (int c = 0; c < LANES; c++) {
        to[toAt + c * toStep + r] = from[fromAt + r * fromStep + c];
      }
    }
  }

  @Override
  public void pairRows(
      float[] from, int fromAt, int rows, int pitch, float[] to, int toAt, int count) {
    ScalarPairs.pair(from, fromAt, rows, pitch, to, toAt, count);
  }

  @Override
  public void finishRows(
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
    ScalarPairs.finish(
        fromRe, fromIm, fromAt, turnRe, turnIm, turnAt, toRe, toIm, toAt, rows, pitch, count);
  }
}

package argand.array.kernel;

import jdk.incubator.vector.FloatVector;
import org.jspecify.annotations.Nullable;

/// The inner loops of the Fourier transform through the Vector API: an element is one vector. Load
/// only when {@link Simd#AVAILABLE}.
public final class VectorFftKernels implements FftKernels {
  @Override
  public int lanes() {
    return Lanes.WIDTH;
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
          VectorRadix8.pass(
              fromRe, fromIm, fromAt, fromStep, fromLeap, toRe, toIm, toAt, toStep, toLeap, count,
              order, first, turns);
      case 4 ->
          VectorRadix4.pass(
              fromRe, fromIm, fromAt, fromStep, fromLeap, toRe, toIm, toAt, toStep, toLeap, count,
              order, first, turns);
      case 2 ->
          VectorRadix2.pass(
              fromRe, fromIm, fromAt, fromStep, fromLeap, toRe, toIm, toAt, toStep, toLeap, count,
              order, first, turns);
      case 3 ->
          VectorRadix3.pass(
              fromRe, fromIm, fromAt, fromStep, fromLeap, toRe, toIm, toAt, toStep, toLeap, count,
              order, first, turns);
      case 5 ->
          VectorRadix5.pass(
              fromRe, fromIm, fromAt, fromStep, fromLeap, toRe, toIm, toAt, toStep, toLeap, count,
              order, first, turns);
      case 7 ->
          VectorRadix7.pass(
              fromRe, fromIm, fromAt, fromStep, fromLeap, toRe, toIm, toAt, toStep, toLeap, count,
              order, first, turns);
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
    VectorRadix4.passTurningLanes(
        fromRe, fromIm, fromAt, fromStep, fromLeap, toRe, toIm, toAt, toStep, toLeap, count, order,
        first, turnRe, turnIm);
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
      int s = fromAt + j * fromStep;
      int d = toAt + j * toStep;
      FloatVector re = FloatVector.fromArray(Lanes.FLOATS, fromRe, s);
      FloatVector im = FloatVector.fromArray(Lanes.FLOATS, fromIm, s);
      FloatVector cos = FloatVector.broadcast(Lanes.FLOATS, turns[3 * j]);
      re.fma(cos, im.mul(FloatVector.broadcast(Lanes.FLOATS, turns[3 * j + 2]))).intoArray(toRe, d);
      im.fma(cos, re.mul(FloatVector.broadcast(Lanes.FLOATS, turns[3 * j + 1]))).intoArray(toIm, d);
    }
  }

  @Override
  public void transpose(float[] from, int fromAt, int fromStep, float[] to, int toAt, int toStep) {
    switch (Lanes.WIDTH) {
      case 16 -> VectorTranspose16.transpose(from, fromAt, fromStep, to, toAt, toStep);
      case 8 -> VectorTranspose8.transpose(from, fromAt, fromStep, to, toAt, toStep);
      case 4 -> VectorTranspose4.transpose(from, fromAt, fromStep, to, toAt, toStep);
      default -> transposeFloats(from, fromAt, fromStep, to, toAt, toStep);
    }
  }

  @Override
  public void pairRows(
      float[] from, int fromAt, int rows, int pitch, float[] to, int toAt, int count) {
    VectorPairs16.pair(from, fromAt, rows, pitch, to, toAt, count);
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
    VectorPairs16.finish(
        fromRe, fromIm, fromAt, turnRe, turnIm, turnAt, toRe, toIm, toAt, rows, pitch, count);
  }

  /// For a width without registers' own way.
  private static void transposeFloats(
      float[] from, int fromAt, int fromStep, float[] to, int toAt, int toStep) {
    for (int r = 0; r < Lanes.WIDTH; r++) {
      for (int c = 0; c < Lanes.WIDTH; c++) {
        to[toAt + c * toStep + r] = from[fromAt + r * fromStep + c];
      }
    }
  }
}

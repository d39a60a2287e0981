package argand.array.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// {@link RampKernel} through the Vector API. Load only when {@link Simd#AVAILABLE}.
final class VectorRampKernel {
  private VectorRampKernel() {}

  private static final VectorSpecies<Float> LANES = Lanes.FLOATS;

  static void multiplyRow(
      float[] re,
      float[] im,
      int at,
      int count,
      float rowCos,
      float rowSin,
      float[] columnCos,
      float[] columnSin) {
    for (int c = 0; c < count; c += Lanes.WIDTH) {
      FloatVector a = FloatVector.fromArray(LANES, columnCos, c);
      FloatVector b = FloatVector.fromArray(LANES, columnSin, c);
      FloatVector cos = a.mul(rowCos).sub(b.mul(rowSin));
      FloatVector sin = b.mul(rowCos).add(a.mul(rowSin));
      FloatVector x = FloatVector.fromArray(LANES, re, at + c);
      FloatVector y = FloatVector.fromArray(LANES, im, at + c);
      x.mul(cos).sub(y.mul(sin)).intoArray(re, at + c);
      x.mul(sin).add(y.mul(cos)).intoArray(im, at + c);
    }
  }
}

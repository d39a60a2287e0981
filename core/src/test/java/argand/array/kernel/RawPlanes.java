package argand.array.kernel;

import argand.array.ComplexField;
import java.util.SplittableRandom;

/// Two padded planes of seeded random values, and their values as doubles.
record RawPlanes(int rows, int columns, int pitch, float[] re, float[] im) {
  static RawPlanes random(int rows, int columns, long seed) {
    int pitch = ComplexField.pitch(columns);
    var planes =
        new RawPlanes(rows, columns, pitch, new float[rows * pitch], new float[rows * pitch]);
    var random = new SplittableRandom(seed);
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        planes.re[r * pitch + c] = (float) random.nextDouble(-1, 1);
        planes.im[r * pitch + c] = (float) random.nextDouble(-1, 1);
      }
    }
    return planes;
  }

  /// Row by row without padding, each (re, im).
  double[] values() {
    double[] values = new double[2 * rows * columns];
    int k = 0;
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        values[k++] = re[r * pitch + c];
        values[k++] = im[r * pitch + c];
      }
    }
    return values;
  }

  RawPlanes transformed(FftKernels kernels) {
    var copy = new RawPlanes(rows, columns, pitch, re.clone(), im.clone());
    new PlaneFft(rows, columns, kernels).transform(copy.re, copy.im, 0, pitch);
    return copy;
  }

  /// ‖found − expected‖ / ‖expected‖
  static double error(double[] found, double[] expected) {
    double difference = 0;
    double size = 0;
    for (int k = 0; k < found.length; k++) {
      difference += (found[k] - expected[k]) * (found[k] - expected[k]);
      size += expected[k] * expected[k];
    }
    return Math.sqrt(difference / size);
  }
}

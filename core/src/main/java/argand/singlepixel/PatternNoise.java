package argand.singlepixel;

import argand.array.RealField;

/// How much noise images of light carry, from the images alone: the variance of a pixel for each
/// unit of its value, as photons make it.
///
/// Fourth differences along both axes see hardly more than the corners of the spectrum, where
/// optics that resolve two pixels send no light. Light that is there counts as noise.
final class PatternNoise {
  private static final double[] DIFFERENCE = {1, -4, 6, -4, 1};

  /// Σ of the squares of all 25 products: by how much white noise grows.
  private static final double GAIN = 70.0 * 70.0;

  private double square;
  private double value;

  void add(RealField image) {
    int rows = image.grid().rows();
    int columns = image.grid().columns();
    float[] v = image.values();
    for (int r = 0; r + 4 < rows; r++) {
      for (int c = 0; c + 4 < columns; c++) {
        double sum = 0;
        for (int k = 0; k < 5; k++) {
          for (int l = 0; l < 5; l++) {
            sum += DIFFERENCE[k] * DIFFERENCE[l] * v[(r + k) * columns + c + l];
          }
        }
        square += sum * sum;
        value += v[(r + 2) * columns + c + 2];
      }
    }
  }

  /// Variance ÷ value; 0 where no light fell.
  double perUnit() {
    return value > 0 ? square / (GAIN * value) : 0;
  }
}

package argand.ptycho;

import argand.Paper;

/// A spectrum between its pixels, as a sum of four along each axis:
///
///     φ(x) = I₀(β √(1 − (x/2)²)) / I₀(β),  |x| ≤ 2                                       (1)
///     F[ψ](x) ≈ Σ_k φ(x − k) F[ψ/φ̂](k),    φ̂(r) = ∫ φ(x) cos(2π r x) dx                  (2)
///
/// with r the place in the frame ÷ its width, from the middle. Dividing the wave by φ̂ beforehand
/// makes few taps do: for waves narrower than half the frame β = 8.8 leaves 0.1 %, where a Lanczos
/// mean of eight leaves 1 %; for 0.7 of it 3 %. Towards the rim of the frame 1/φ̂ rises to ten; it
/// is held at five.
@Paper(
    value =
        "J. A. Fessler, B. P. Sutton, Nonuniform fast Fourier transforms using min-max"
            + " interpolation, IEEE Trans. Signal Process. 51, 560 (2003)",
    doi = "10.1109/TSP.2002.807005")
final class KaiserBessel {
  /// Pixels of a sum.
  static final int TAPS = 4;

  private static final double BETA = 8.8;
  private static final double MOST = 5;
  private static final int INTERVALS = 400;

  private KaiserBessel() {}

  private static double kernel(double x) {
    double half = 0.5 * TAPS;
    double square = 1 - x * x / (half * half);
    return square < 0 ? 0 : besselI0(BETA * Math.sqrt(square)) / besselI0(BETA);
  }

  /// By its power series, all terms of which are positive.
  private static double besselI0(double x) {
    double term = 1;
    double sum = 1;
    for (int k = 1; term > 1e-17 * sum; k++) {
      term *= 0.25 * x * x / ((double) k * k);
      sum += term;
    }
    return sum;
  }

  /// φ(t − k), k = 0 … 3.
  static double[] taps(double t) {
    double[] taps = new double[TAPS];
    for (int k = 0; k < TAPS; k++) {
      taps[k] = kernel(t - k);
    }
    return taps;
  }

  /// 1/φ̂ of all pixels of a frame, row by row.
  static float[] even(int rows, int columns) {
    double[] down = even(rows);
    double[] right = even(columns);
    float[] even = new float[rows * columns];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        even[r * columns + c] = (float) (down[r] * right[c]);
      }
    }
    return even;
  }

  private static double[] even(int n) {
    double middle = transform(0);
    double[] even = new double[n];
    for (int i = 0; i < n; i++) {
      // beyond the first zero the transform tells nothing
      double there = transform((i - n / 2) / (double) n);
      even[i] = 1 / Math.max(there, middle / MOST);
    }
    return even;
  }

  /// φ̂(r), by Simpson's rule.
  private static double transform(double r) {
    double half = 0.5 * TAPS;
    double step = 2 * half / INTERVALS;
    double sum = 0;
    for (int k = 0; k <= INTERVALS; k++) {
      double x = -half + k * step;
      int weight = k == 0 || k == INTERVALS ? 1 : k % 2 == 1 ? 4 : 2;
      sum += weight * kernel(x) * Math.cos(2 * Math.PI * r * x);
    }
    return sum * step / 3;
  }
}

package argand.register;

import argand.Paper;

/// The cubic B-spline along one axis: weights of its interpolation, and what it does to noise.
///
/// (1) f(x) = Σ_k c_k β³(x − k), the coefficients c = h ∗ f with h_k = √3 z^|k|, z = √3 − 2, the
///     inverse of (1/6, 4/6, 1/6);
/// (2) written in the samples themselves f(x) = Σ_i η(x − i) f_i, η = Σ_k h_k β³(x − k), which
///     falls as z^|x|;
/// (3) so white noise of variance v has S(x) v, S(x) = Σ_i η(x − i)², between samples, and two
///     points a whole number of pixels m apart at the same fraction share the correlation
///     Σ_i η(x − i) η(x + m − i) / S(x).
@Paper(
    value =
        "M. Unser, IEEE Signal Process. Mag. 16(6), 22–38 (1999):"
            + " Splines: a perfect fit for signal and image processing",
    doi = "10.1109/79.799930")
public final class CubicBSpline {
  private CubicBSpline() {}

  /// The pole z.
  public static final double POLE = Math.sqrt(3) - 2;

  /// Taps to each side after which h is below 2⁻²⁴ of its middle.
  static final int INVERSE_REACH = 13;

  /// Samples to each side that {@link #cardinal} names: beyond, η² is below 2e-5.
  public static final int REACH = 4;

  /// β³(x − k) for k = ⌊x⌋ − 1 … ⌊x⌋ + 2, x = ⌊x⌋ + fraction.
  public static float[] weights(double fraction) {
    float[] w = new float[4];
    weights(fraction, w);
    return w;
  }

  static void weights(double t, float[] into) {
    double u = 1 - t;
    into[0] = (float) (u * u * u / 6);
    into[1] = (float) (2.0 / 3 - t * t * (1 - 0.5 * t));
    into[2] = (float) (2.0 / 3 - u * u * (1 - 0.5 * u));
    into[3] = (float) (t * t * t / 6);
  }

  /// h_k, k = −13 … 13, scaled so that a constant stays what it is.
  static float[] inverse() {
    double[] h = new double[2 * INVERSE_REACH + 1];
    double sum = 0;
    for (int k = 0; k < h.length; k++) {
      h[k] = Math.sqrt(3) * Math.pow(POLE, Math.abs(k - INVERSE_REACH));
      sum += h[k];
    }
    float[] taps = new float[h.length];
    for (int k = 0; k < h.length; k++) {
      taps[k] = (float) (h[k] / sum);
    }
    return taps;
  }

  /// η(fraction − i) for the samples i = −REACH + 1 … REACH about ⌊x⌋.
  public static double[] cardinal(double fraction) {
    float[] beta = weights(fraction);
    double[] eta = new double[2 * REACH];
    for (int i = 0; i < eta.length; i++) {
      for (int k = 0; k < 4; k++) {
        int apart = Math.abs((i - REACH + 1) - (k - 1));
        eta[i] += beta[k] * Math.sqrt(3) * Math.pow(POLE, apart);
      }
    }
    return eta;
  }

  /// Variance of an interpolated value ÷ that of the samples; 1 at samples, least half way.
  public static double noise(double fraction) {
    return product(cardinal(fraction), 0);
  }

  /// Correlation of two interpolated values `lag` pixels apart that lie at the same fraction.
  public static double correlation(double fraction, int lag) {
    double[] eta = cardinal(fraction);
    return product(eta, Math.abs(lag)) / product(eta, 0);
  }

  private static double product(double[] eta, int lag) {
    double sum = 0;
    for (int i = 0; i + lag < eta.length; i++) {
      sum += eta[i] * eta[i + lag];
    }
    return sum;
  }
}

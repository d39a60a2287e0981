package argand.metric;

import argand.array.ComplexField;
import argand.array.Mask;

/// Peak signal-to-noise ratio 10 log₁₀(max|b|² / mean|a − b|²) over the good pixels [dB]; the peak
/// is the largest modulus of the truth.
public final class Psnr {
  private Psnr() {}

  /// Of `a` against the truth `b`; infinite when they are equal.
  public static double of(ComplexField a, ComplexField b, Mask where) {
    double miss = 0;
    double peak = 0;
    for (int r = 0; r < b.grid().rows(); r++) {
      for (int c = 0; c < b.grid().columns(); c++) {
        if (where.at(r, c)) {
          double x = (double) a.re(r, c) - b.re(r, c);
          double y = (double) a.im(r, c) - b.im(r, c);
          miss += x * x + y * y;
          peak = Math.max(peak, Math.hypot(b.re(r, c), b.im(r, c)));
        }
      }
    }
    return 10 * Math.log10(peak * peak * where.count() / miss);
  }
}

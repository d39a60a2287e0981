package argand.metric;

import argand.array.ComplexField;
import argand.array.Mask;

/// Normalised root mean square error √(Σ|a − b|² / Σ|b|²) over the good pixels; 0 is perfect.
public final class Nrmse {
  private Nrmse() {}

  /// Of `a` against the truth `b`, the gauge already removed.
  public static double of(ComplexField a, ComplexField b, Mask where) {
    double miss = 0;
    double norm = 0;
    for (int r = 0; r < b.grid().rows(); r++) {
      for (int c = 0; c < b.grid().columns(); c++) {
        if (where.at(r, c)) {
          double x = (double) a.re(r, c) - b.re(r, c);
          double y = (double) a.im(r, c) - b.im(r, c);
          miss += x * x + y * y;
          norm += (double) b.re(r, c) * b.re(r, c) + (double) b.im(r, c) * b.im(r, c);
        }
      }
    }
    return Math.sqrt(miss / norm);
  }
}

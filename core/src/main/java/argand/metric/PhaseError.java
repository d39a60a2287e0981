package argand.metric;

import argand.array.ComplexField;
import argand.array.Mask;

/// Root mean square of the phase difference arg(a b*) over the good pixels [rad]; wrapped, so
/// never above π.
public final class PhaseError {
  private PhaseError() {}

  /// Of `a` against the truth `b`, the gauge already removed.
  public static double rms(ComplexField a, ComplexField b, Mask where) {
    double sum = 0;
    for (int r = 0; r < b.grid().rows(); r++) {
      for (int c = 0; c < b.grid().columns(); c++) {
        if (where.at(r, c)) {
          double re = (double) a.re(r, c) * b.re(r, c) + (double) a.im(r, c) * b.im(r, c);
          double im = (double) a.im(r, c) * b.re(r, c) - (double) a.re(r, c) * b.im(r, c);
          double angle = Math.atan2(im, re);
          sum += angle * angle;
        }
      }
    }
    return Math.sqrt(sum / where.count());
  }
}

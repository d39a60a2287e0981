package argand.ptycho;

import static java.util.Objects.requireNonNull;

import argand.array.ComplexField;
import argand.data.Reconstruction;
import argand.metric.AlignedPair;
import argand.metric.Comparison;

/// How well slice k of two agrees with the truth, each slice with a gauge of its own, and how much
/// of the other slice has leaked into it.
///
/// @param nrmse of the slice
/// @param crossTalk |Σ (found − T_k)(T_o − mean T_o)*| / Σ|T_o − mean T_o|², T_o the other slice
record SliceAgreement(double nrmse, double crossTalk) {
  static SliceAgreement of(Reconstruction found, Reconstruction truth, int k) {
    var pair = Comparison.align(found.slice(k), truth.slice(k));
    var other = Comparison.align(found.slice(1 - k), truth.slice(1 - k));
    double nrmse =
        requireNonNull(Comparison.between(found.slice(k), truth.slice(k)).metrics().get("nrmse"));
    return new SliceAgreement(nrmse, leaked(pair, other));
  }

  private static double leaked(AlignedPair pair, AlignedPair other) {
    ComplexField t = other.b();
    var region = pair.region();
    double meanRe = 0;
    double meanIm = 0;
    int count = 0;
    // each slice is aligned by itself: the frames of both may differ by a pixel
    int rows = Math.min(t.grid().rows(), region.grid().rows());
    int columns = Math.min(t.grid().columns(), region.grid().columns());
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        if (region.at(r, c)) {
          meanRe += t.re(r, c);
          meanIm += t.im(r, c);
          count++;
        }
      }
    }
    double re = 0;
    double im = 0;
    double norm = 0;
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        if (region.at(r, c)) {
          double x = t.re(r, c) - meanRe / count;
          double y = t.im(r, c) - meanIm / count;
          double a = pair.a().re(r, c) - pair.b().re(r, c);
          double b = pair.a().im(r, c) - pair.b().im(r, c);
          re += a * x + b * y;
          im += b * x - a * y;
          norm += x * x + y * y;
        }
      }
    }
    return Math.hypot(re, im) / norm;
  }
}

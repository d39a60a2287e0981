package argand.xrf;

/// Backgrounds that are taken from the counts before a fit: SNIP and strip.
final class StrippedBackground {
  private static final int SMOOTH_STEPS = 500;
  private static final int MANY = 1000;

  private StrippedBackground() {}

  /// v = ln(ln(√(y + 1) + 1) + 1); for p = w … 1: v_c = min(v_c, (v_{c−p} + v_{c+p})/2); back.
  ///
  /// @param widthEv half the widest window [eV]; w of a channel at least
  /// @param channelEv width of a channel [eV]
  static double[] snip(double[] counts, double widthEv, double channelEv) {
    int n = counts.length;
    int width = (int) Math.max(1, Math.rint(widthEv / channelEv));
    double[] v = new double[n];
    for (int c = 0; c < n; c++) {
      v[c] = Math.log(Math.log(Math.sqrt(Math.max(counts[c], 0) + 1) + 1) + 1);
    }
    double[] next = v.clone();
    for (int p = Math.min(width, (n - 1) / 2); p >= 1; p--) {
      for (int c = p; c < n - p; c++) {
        next[c] = Math.min(v[c], 0.5 * (v[c - p] + v[c + p]));
      }
      System.arraycopy(next, 0, v, 0, n);
    }
    for (int c = 0; c < n; c++) {
      double root = Math.exp(Math.exp(v[c]) - 1) - 1;
      v[c] = root * root - 1;
    }
    return v;
  }

  /// Smoothed by a parabola over `smoothing` channels and by (1, 2, 1)/4, then stripped, then once
  /// more with the nearest neighbours so that it is smooth.
  static double[] strip(double[] counts, Background.Strip how) {
    double[] y = threePoints(parabola(counts, how.smoothing()));
    y = stripped(y, how.width(), how.iterations());
    return how.width() == 1
        ? y
        : stripped(y, 1, how.iterations() > MANY ? SMOOTH_STEPS : 2 * how.width());
  }

  private static double[] stripped(double[] start, int width, int iterations) {
    double[] y = start.clone();
    double[] next = y.clone();
    for (int k = 0; k < iterations; k++) {
      for (int c = width; c < y.length - width; c++) {
        next[c] = Math.min(y[c], 0.5 * (y[c - width] + y[c + width]));
      }
      double[] swap = y;
      y = next;
      next = swap;
      // the ends are never written, so that both have them
    }
    return y;
  }

  private static double[] threePoints(double[] y) {
    double[] smooth = y.clone();
    for (int c = 1; c < y.length - 1; c++) {
      smooth[c] = 0.25 * y[c - 1] + 0.5 * y[c] + 0.25 * y[c + 1];
    }
    return smooth;
  }

  /// Savitzky & Golay, Anal. Chem. 36, 1627 (1964), second order; not below zero.
  private static double[] parabola(double[] y, int points) {
    int m = points / 2;
    double[] smooth = y.clone();
    if (m < 1) {
      return smooth;
    }
    double norm = (2.0 * m - 1) * (2 * m + 1) * (2 * m + 3);
    for (int c = m; c < y.length - m; c++) {
      double sum = 0;
      for (int i = -m; i <= m; i++) {
        sum += 3.0 * (3 * m * m + 3 * m - 1 - 5 * i * i) * y[c + i];
      }
      if (sum > 0) {
        smooth[c] = sum / norm;
      }
    }
    return smooth;
  }
}

package argand.spectro;

import java.util.Arrays;

/// Values between the energies of a spectrum.
final class Interpolation {
  private Interpolation() {}

  /// Linear; beyond the ends the outer segments go on.
  static double linear(double[] x, double[] y, double at) {
    if (x.length == 1) {
      return y[0];
    }
    int i = segment(x, at);
    double t = (at - x[i]) / (x[i + 1] - x[i]);
    return y[i] + t * (y[i + 1] - y[i]);
  }

  /// The segment [i, i + 1] that holds `at`, or the nearest.
  static int segment(double[] x, double at) {
    int i = Arrays.binarySearch(x, at);
    if (i < 0) {
      i = -i - 2;
    }
    return Math.max(0, Math.min(x.length - 2, i));
  }

  /// Number of the nearest.
  static int nearest(double[] x, double at) {
    int i = x.length == 1 ? 0 : segment(x, at);
    return i + 1 < x.length && Math.abs(x[i + 1] - at) < Math.abs(x[i] - at) ? i + 1 : i;
  }
}

package argand.array.kernel;

/// The discrete Fourier transform as its definition says, in double precision: what the fast ones
/// are held against.
final class ExactDft {
  private ExactDft() {}

  /// Rows × columns complex values, row by row, each (re, im); separable sums, kernel exp(−2πi…),
  /// unscaled.
  static double[] of(double[] values, int rows, int columns) {
    double[] half = new double[values.length];
    for (int r = 0; r < rows; r++) {
      line(values, half, r * columns, 1, columns);
    }
    double[] full = new double[values.length];
    for (int c = 0; c < columns; c++) {
      line(half, full, c, columns, rows);
    }
    return full;
  }

  private static void line(double[] from, double[] to, int at, int step, int n) {
    double[] cos = new double[n];
    double[] sin = new double[n];
    for (int j = 0; j < n; j++) {
      cos[j] = Math.cos(-2 * Math.PI * j / n);
      sin[j] = Math.sin(-2 * Math.PI * j / n);
    }
    for (int k = 0; k < n; k++) {
      double re = 0;
      double im = 0;
      int turn = 0;
      for (int j = 0; j < n; j++) {
        double x = from[2 * (at + j * step)];
        double y = from[2 * (at + j * step) + 1];
        re += x * cos[turn] - y * sin[turn];
        im += x * sin[turn] + y * cos[turn];
        turn = turn + k < n ? turn + k : turn + k - n;
      }
      to[2 * (at + k * step)] = re;
      to[2 * (at + k * step) + 1] = im;
    }
  }
}

package argand.array;

/// Two-dimensional discrete Fourier transform of a complex field, in place. One instance for each
// thread.
///
/// The forward kernel is exp(−2πi(k r/rows + l c/columns)). `forward` and `inverse` are unitary
// with zero at
/// (rows/2, columns/2) in both planes; `transform` and `transformBack` are the bare sums, zero at
// (0, 0), unscaled:
/// transformBack(transform(f)) = rows · columns · f. Engines use the bare ones and fold scale and
// shift into their tables.
public final class Fft2 {
  private final int rows;
  private final int columns;

  public Fft2(int rows, int columns) {
    Check.atLeast("rows", rows, 1);
    Check.atLeast("columns", columns, 1);
    this.rows = rows;
    this.columns = columns;
  }

  public int rows() {
    return rows;
  }

  public int columns() {
    return columns;
  }

  /// f ← F f, unitary, centred.
  public void forward(ComplexField f) {
    Shift.roll(f, -(rows / 2), -(columns / 2));
    transform(f);
    Shift.roll(f, rows / 2, columns / 2);
    f.scale(1 / Math.sqrt((double) rows * columns));
  }

  /// f ← F⁻¹ f, unitary, centred.
  public void inverse(ComplexField f) {
    Shift.roll(f, -(rows / 2), -(columns / 2));
    transformBack(f);
    Shift.roll(f, rows / 2, columns / 2);
    f.scale(1 / Math.sqrt((double) rows * columns));
  }

  /// f ← Σ f exp(−2πi…), zero at (0, 0), unscaled.
  public void transform(ComplexField f) {
    slow(f.re(), f.im(), f.pitch());
  }

  /// f ← Σ f exp(+2πi…), zero at (0, 0), unscaled.
  public void transformBack(ComplexField f) {
    slow(f.im(), f.re(), f.pitch());
  }

  // Placeholder until the kernels land: radix-2 where possible, else a direct sum.
  private void slow(float[] re, float[] im, int pitch) {
    for (int r = 0; r < rows; r++) {
      line(re, im, r * pitch, 1, columns);
    }
    for (int c = 0; c < columns; c++) {
      line(re, im, c, pitch, rows);
    }
  }

  private static void line(float[] re, float[] im, int start, int stride, int n) {
    double[] x = new double[n];
    double[] y = new double[n];
    for (int j = 0; j < n; j++) {
      x[j] = re[start + j * stride];
      y[j] = im[start + j * stride];
    }
    recurse(x, y);
    for (int j = 0; j < n; j++) {
      re[start + j * stride] = (float) x[j];
      im[start + j * stride] = (float) y[j];
    }
  }

  private static void recurse(double[] x, double[] y) {
    int n = x.length;
    if (n == 1) {
      return;
    }
    int radix = 2;
    while (n % radix != 0) {
      radix++;
    }
    int m = n / radix;
    double[][] px = new double[radix][m];
    double[][] py = new double[radix][m];
    for (int q = 0; q < radix; q++) {
      for (int j = 0; j < m; j++) {
        px[q][j] = x[j * radix + q];
        py[q][j] = y[j * radix + q];
      }
      recurse(px[q], py[q]);
    }
    for (int k = 0; k < n; k++) {
      double sx = 0;
      double sy = 0;
      for (int q = 0; q < radix; q++) {
        double angle = -2 * Math.PI * (((long) q * k) % n) / n;
        double c = Math.cos(angle);
        double s = Math.sin(angle);
        double a = px[q][k % m];
        double b = py[q][k % m];
        sx += c * a - s * b;
        sy += c * b + s * a;
      }
      x[k] = sx;
      y[k] = sy;
    }
  }
}

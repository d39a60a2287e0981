package argand.metric;

import argand.array.Check;
import argand.array.ComplexField;
import argand.array.Fft2;

/// What two complex images of one sample may differ by without disagreeing: a complex scale, a
/// linear phase ramp and a displacement.
///
/// An image a is related to b by a(r) = A exp(iφ) exp(i k·(r − r₀)) b(r − s), with r₀ = (rows/2,
/// columns/2). None of the three is fixed by a ptychographic measurement: the scale and the ramp
/// may go to the probe, the displacement too.
///
/// @param amplitude A
/// @param phase φ [rad]
/// @param rampRows k along the rows' index [rad per pixel]
/// @param rampColumns k along the columns' index [rad per pixel]
/// @param shiftRowsPx s along the rows' index [pixels]
/// @param shiftColumnsPx s along the columns' index [pixels]
public record Gauge(
    double amplitude,
    double phase,
    double rampRows,
    double rampColumns,
    double shiftRowsPx,
    double shiftColumnsPx) {
  /// The gauge that changes nothing.
  public static final Gauge NONE = new Gauge(1, 0, 0, 0, 0, 0);

  public Gauge {
    Check.within("amplitude", amplitude, 0, Double.MAX_VALUE, "");
  }

  /// The gauge of `a` against `b`, both of one size and periodic on it.
  public static Gauge between(ComplexField a, ComplexField b) {
    return GaugeFit.everywhere(a, b).fit();
  }

  /// b → A exp(iφ) exp(i k·(r − r₀)) b(r − s); a new field.
  public ComplexField inject(ComplexField b) {
    var a = b.copy();
    moved(a, shiftRowsPx, shiftColumnsPx);
    turned(a, amplitude, phase, rampRows, rampColumns);
    return a;
  }

  /// The inverse of {@link #inject}; a new field, that resembles b if this is the gauge of a
  /// against b.
  public ComplexField remove(ComplexField a) {
    var b = level(a);
    moved(b, -shiftRowsPx, -shiftColumnsPx);
    return b;
  }

  /// a without scale and ramp, not yet moved; a new field.
  ComplexField level(ComplexField a) {
    var b = a.copy();
    turned(b, 1 / amplitude, -phase, -rampRows, -rampColumns);
    return b;
  }

  private static void turned(
      ComplexField f, double amplitude, double phase, double rampRows, double rampColumns) {
    int rows = f.grid().rows();
    int columns = f.grid().columns();
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        double angle = phase + rampRows * (r - rows / 2) + rampColumns * (c - columns / 2);
        double cos = amplitude * Math.cos(angle);
        double sin = amplitude * Math.sin(angle);
        double re = f.re(r, c);
        double im = f.im(r, c);
        f.set(r, c, (float) (re * cos - im * sin), (float) (re * sin + im * cos));
      }
    }
  }

  /// f ← f(r − s), periodic: a linear phase on its transform.
  static void moved(ComplexField f, double rowsPx, double columnsPx) {
    if (rowsPx == 0 && columnsPx == 0) {
      return;
    }
    int n = f.grid().rows();
    int m = f.grid().columns();
    var fft = new Fft2(n, m);
    fft.transform(f);
    for (int r = 0; r < n; r++) {
      for (int c = 0; c < m; c++) {
        double down = -2 * Math.PI * signed(r, n) * rowsPx / n;
        double right = -2 * Math.PI * signed(c, m) * columnsPx / m;
        // At the Nyquist frequency both signs are one: the mean of the two phases, a real cosine.
        double fade = (nyquist(r, n) ? Math.cos(down) : 1) * (nyquist(c, m) ? Math.cos(right) : 1);
        double angle = (nyquist(r, n) ? 0 : down) + (nyquist(c, m) ? 0 : right);
        double cos = fade * Math.cos(angle) / ((double) n * m);
        double sin = fade * Math.sin(angle) / ((double) n * m);
        double re = f.re(r, c);
        double im = f.im(r, c);
        f.set(r, c, (float) (re * cos - im * sin), (float) (re * sin + im * cos));
      }
    }
    fft.transformBack(f);
  }

  static int signed(int index, int n) {
    return index > n / 2 ? index - n : index;
  }

  private static boolean nyquist(int index, int n) {
    return n % 2 == 0 && index == n / 2;
  }
}

package argand.array;

import argand.array.kernel.Buffers;

/// A complex quantity on a grid: real and imaginary parts in two planes, rows padded to a common
/// pitch.
///
/// Value (r, c) is `re()[r · pitch + c] + i im()[r · pitch + c]`. The pitch is an odd number of
/// cache lines (16 floats): a power of two between rows would let all pixels of a column fall into
/// the same few cache sets and make the column pass of the Fourier transform about three times
/// slower. Padding holds no meaning; kernels may write it.
///
/// Methods named `set…`, `add…`, `scale…` write into the receiver; every other method leaves it
/// alone.
public final class ComplexField {
  private static final int LINE = 16;

  private final Grid grid;
  private final int pitch;
  private final float[] re;
  private final float[] im;

  /// Zeros.
  public ComplexField(Grid grid) {
    this.grid = grid;
    this.pitch = pitch(grid.columns());
    this.re = new float[Buffers.pairedLength(Math.multiplyExact(grid.rows(), pitch))];
    this.im = new float[re.length];
  }

  /// Floats between the starts of two rows of a field of so many columns: an odd number of lines of
  /// 16.
  public static int pitch(int columns) {
    int lines = (columns + LINE - 1) / LINE;
    return (lines | 1) * LINE;
  }

  public Grid grid() {
    return grid;
  }

  public int pitch() {
    return pitch;
  }

  /// The real plane itself, not a copy; length rows · pitch or a little more.
  public float[] re() {
    return re;
  }

  /// The imaginary plane itself, not a copy; length rows · pitch or a little more.
  public float[] im() {
    return im;
  }

  public float re(int row, int column) {
    return re[row * pitch + column];
  }

  public float im(int row, int column) {
    return im[row * pitch + column];
  }

  /// this(row, column) ← real + i imaginary
  public void set(int row, int column, float real, float imaginary) {
    re[row * pitch + column] = real;
    im[row * pitch + column] = imaginary;
  }

  /// this ← real + i imaginary everywhere
  public ComplexField setAll(float real, float imaginary) {
    java.util.Arrays.fill(re, real);
    java.util.Arrays.fill(im, imaginary);
    return this;
  }

  /// this ← source, of the same size
  public ComplexField set(ComplexField source) {
    Check.same("rows", source.grid.rows(), grid.rows());
    Check.same("columns", source.grid.columns(), grid.columns());
    System.arraycopy(source.re, 0, re, 0, re.length);
    System.arraycopy(source.im, 0, im, 0, im.length);
    return this;
  }

  public ComplexField copy() {
    return new ComplexField(grid).set(this);
  }

  /// this ← factor · this
  public ComplexField scale(double factor) {
    float f = (float) factor;
    for (int i = 0; i < re.length; i++) {
      re[i] *= f;
      im[i] *= f;
    }
    return this;
  }

  /// this ← (real + i imaginary) · this
  public ComplexField scale(double real, double imaginary) {
    float a = (float) real;
    float b = (float) imaginary;
    for (int i = 0; i < re.length; i++) {
      float x = re[i];
      float y = im[i];
      re[i] = a * x - b * y;
      im[i] = a * y + b * x;
    }
    return this;
  }

  /// |this| as a real field.
  public RealField amplitude() {
    return map((x, y) -> Math.hypot(x, y));
  }

  /// |this|² as a real field.
  public RealField intensity() {
    return map((x, y) -> x * x + y * y);
  }

  /// arg this in (−π, π] as a real field [rad].
  public RealField phase() {
    return map((x, y) -> Math.atan2(y, x));
  }

  /// Σ |this|², in double precision and fixed order.
  public double power() {
    double sum = 0;
    for (int r = 0; r < grid.rows(); r++) {
      int end = r * pitch + grid.columns();
      int i = r * pitch;
      double a = 0;
      double b = 0;
      double c = 0;
      double d = 0;
      for (; i + 3 < end; i += 4) { // four sums: one would wait for its last addition each time
        a += (double) re[i] * re[i] + (double) im[i] * im[i];
        b += (double) re[i + 1] * re[i + 1] + (double) im[i + 1] * im[i + 1];
        c += (double) re[i + 2] * re[i + 2] + (double) im[i + 2] * im[i + 2];
        d += (double) re[i + 3] * re[i + 3] + (double) im[i + 3] * im[i + 3];
      }
      for (; i < end; i++) {
        a += (double) re[i] * re[i] + (double) im[i] * im[i];
      }
      sum += a + b + (c + d);
    }
    return sum;
  }

  private interface OfPixel {
    double of(double x, double y);
  }

  private RealField map(OfPixel function) {
    var mapped = new RealField(grid);
    for (int r = 0, k = 0; r < grid.rows(); r++) {
      for (int i = r * pitch, end = i + grid.columns(); i < end; i++, k++) {
        mapped.values()[k] = (float) function.of(re[i], im[i]);
      }
    }
    return mapped;
  }
}

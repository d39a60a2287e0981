package argand.array;

import argand.array.kernel.Buffers;

/// A complex quantity on a regular three-dimensional grid: real and imaginary parts in two arrays,
/// rows and planes padded.
///
/// Value (p, r, c) is `re()[at(p, r, c)] + i im()[at(p, r, c)]`. Both the pitch of rows and that of
/// planes are an odd number of cache lines, for the reason given at {@link ComplexField}. Padding
/// holds no meaning; kernels may write it.
public final class ComplexVolume {
  private static final int LINE = 16;

  private final int planes;
  private final int rows;
  private final int columns;
  private final int pitch;
  private final int planePitch;
  private final float[] re;
  private final float[] im;

  /// Zeros.
  public ComplexVolume(int planes, int rows, int columns) {
    Check.atLeast("planes", planes, 1);
    Check.atLeast("rows", rows, 1);
    Check.atLeast("columns", columns, 1);
    this.planes = planes;
    this.rows = rows;
    this.columns = columns;
    this.pitch = ComplexField.pitch(columns);
    this.planePitch = (Math.multiplyExact(rows, pitch) / LINE | 1) * LINE;
    this.re = new float[Buffers.pairedLength(Math.multiplyExact(planes, planePitch))];
    this.im = new float[re.length];
  }

  public int planes() {
    return planes;
  }

  public int rows() {
    return rows;
  }

  public int columns() {
    return columns;
  }

  /// Floats between the starts of two rows.
  public int pitch() {
    return pitch;
  }

  /// Floats between the starts of two planes.
  public int planePitch() {
    return planePitch;
  }

  /// The place of a value in both arrays.
  public int at(int plane, int row, int column) {
    return plane * planePitch + row * pitch + column;
  }

  /// The real parts themselves, not a copy; length planes · planePitch or a little more.
  public float[] re() {
    return re;
  }

  /// The imaginary parts themselves, not a copy; length planes · planePitch or a little more.
  public float[] im() {
    return im;
  }

  public float re(int plane, int row, int column) {
    return re[at(plane, row, column)];
  }

  public float im(int plane, int row, int column) {
    return im[at(plane, row, column)];
  }

  /// this(plane, row, column) ← real + i imaginary
  public void set(int plane, int row, int column, float real, float imaginary) {
    int at = at(plane, row, column);
    re[at] = real;
    im[at] = imaginary;
  }

  /// this ← source, of the same size
  public ComplexVolume set(ComplexVolume source) {
    Check.same("planes", source.planes, planes);
    Check.same("rows", source.rows, rows);
    Check.same("columns", source.columns, columns);
    System.arraycopy(source.re, 0, re, 0, re.length);
    System.arraycopy(source.im, 0, im, 0, im.length);
    return this;
  }

  public ComplexVolume copy() {
    return new ComplexVolume(planes, rows, columns).set(this);
  }

  /// this ← factor · this
  public ComplexVolume scale(double factor) {
    float f = (float) factor;
    for (int i = 0; i < re.length; i++) {
      re[i] *= f;
    }
    for (int i = 0; i < im.length; i++) {
      im[i] *= f;
    }
    return this;
  }

  /// Σ |this|², in double precision and fixed order.
  public double power() {
    double sum = 0;
    for (int p = 0; p < planes; p++) {
      for (int r = 0; r < rows; r++) {
        for (int i = at(p, r, 0), end = i + columns; i < end; i++) {
          sum += (double) re[i] * re[i] + (double) im[i] * im[i];
        }
      }
    }
    return sum;
  }
}

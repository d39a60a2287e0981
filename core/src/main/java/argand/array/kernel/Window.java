package argand.array.kernel;

import argand.array.ComplexField;

/// Where a kernel reads or writes complex pixels: two planes, the index of the first pixel, floats
/// from row to row.
public record Window(float[] re, float[] im, int offset, int pitch) {
  /// The whole field.
  public static Window of(ComplexField field) {
    return new Window(field.re(), field.im(), 0, field.pitch());
  }

  /// The part of the field that begins at (row, column).
  public static Window of(ComplexField field, int row, int column) {
    return new Window(field.re(), field.im(), row * field.pitch() + column, field.pitch());
  }

  /// The same planes, moved by so many pixels.
  public Window moved(int rows, int columns) {
    return new Window(re, im, offset + rows * pitch + columns, pitch);
  }
}

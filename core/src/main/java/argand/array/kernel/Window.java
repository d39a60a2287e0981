package argand.array.kernel;

import argand.array.ComplexField;
import argand.array.Grid;
import java.util.List;
import java.util.stream.Stream;

/// Where a kernel reads or writes complex pixels: two planes, the index of the first pixel, floats
/// from row to row.
public record Window(float[] re, float[] im, int offset, int pitch) {
  /// The whole field.
  public static Window of(ComplexField field) {
    return new Window(field.re(), field.im(), 0, field.pitch());
  }

  /// The whole fields.
  public static Window[] of(List<ComplexField> fields) {
    return fields.stream().map(Window::of).toArray(Window[]::new);
  }

  /// Zeros for so many rows and columns, each row at the beginning of a cache line, which a field's
  /// are not (see {@link Buffers#START}): for waves that nobody keeps.
  public static Window aligned(int rows, int columns) {
    int pitch = ComplexField.pitch(columns);
    int length = Buffers.pairedLength(Buffers.START + rows * pitch);
    return new Window(new float[length], new float[length], Buffers.START, pitch);
  }

  /// So many of them.
  public static Window[] aligned(int count, Grid frame) {
    return Stream.generate(() -> aligned(frame.rows(), frame.columns()))
        .limit(count)
        .toArray(Window[]::new);
  }

  /// The part of the field that begins at (row, column).
  public static Window of(ComplexField field, int row, int column) {
    return new Window(field.re(), field.im(), row * field.pitch() + column, field.pitch());
  }

  /// The same planes, moved by so many pixels.
  public Window moved(int rows, int columns) {
    return new Window(re, im, offset + rows * pitch + columns, pitch);
  }

  /// The parts of fields that begin at a row.
  public static Window[] of(List<ComplexField> fields, int row) {
    return fields.stream().map(field -> of(field, row, 0)).toArray(Window[]::new);
  }

  /// All of them moved by so many rows.
  public static Window[] moved(Window[] windows, int rows) {
    var moved = new Window[windows.length];
    for (int m = 0; m < moved.length; m++) {
      moved[m] = windows[m].moved(rows, 0);
    }
    return moved;
  }

  /// The same place with real and imaginary plane exchanged: a transform of it is the one back.
  public Window swapped() {
    return new Window(im, re, offset, pitch);
  }
}

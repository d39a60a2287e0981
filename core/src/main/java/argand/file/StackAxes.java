package argand.file;

import argand.array.Grid;
import java.nio.file.Path;
import java.util.Arrays;

/// Which axes of a dataset count planes, rows and columns. Of four axes two count rows: volumes,
/// slice below slice.
///
/// @param path the dataset
/// @param shape its sizes
/// @param plane the axis of planes
/// @param rows the axes of rows, the slower first
/// @param column the axis of columns
record StackAxes(String path, long[] shape, int plane, int[] rows, int column) {
  /// (planes, rows, columns) or (planes, slices, rows, columns).
  static StackAxes planesFirst(Path file, String path, long[] shape) {
    return switch (shape.length) {
      case 2 -> new StackAxes(path, shape, -1, new int[] {0}, 1);
      case 3 -> new StackAxes(path, shape, 0, new int[] {1}, 2);
      case 4 -> new StackAxes(path, shape, 0, new int[] {1, 2}, 3);
      default ->
          throw new FileTrouble(
              file, path + " has the shape " + Arrays.toString(shape) + "; expected images");
    };
  }

  /// (rows, columns, planes), or (columns, rows, planes) if `transposed`.
  static StackAxes planesLast(String path, long[] shape, boolean transposed) {
    return transposed
        ? new StackAxes(path, shape, 2, new int[] {1}, 0)
        : new StackAxes(path, shape, 2, new int[] {0}, 1);
  }

  /// With rows and columns exchanged.
  StackAxes transposed() {
    return rows.length == 1 ? new StackAxes(path, shape, plane, new int[] {column}, rows[0]) : this;
  }

  /// (slices, rows, columns) of one plane.
  StackAxes oneVolume(Path file) {
    if (shape.length != 3) {
      throw new FileTrouble(
          file,
          path
              + " has the shape "
              + Arrays.toString(shape)
              + "; expected (slices, rows, columns) of one volume");
    }
    return new StackAxes(path, shape, -1, new int[] {0, 1}, 2);
  }

  /// 1 for images.
  int slices() {
    return rows.length == 2 ? Math.toIntExact(shape[rows[0]]) : 1;
  }

  int planes() {
    return plane < 0 ? 1 : Math.toIntExact(shape[plane]);
  }

  int height() {
    long height = 1;
    for (int axis : rows) {
      height *= shape[axis];
    }
    return Math.toIntExact(height);
  }

  int width() {
    return Math.toIntExact(shape[column]);
  }

  Grid grid(double pixelY, double pixelX) {
    return new Grid(height(), width(), pixelY, pixelX);
  }

  /// Whether one plane after the other lies in the file, row by row.
  boolean inOrder() {
    return plane <= 0 && rows[0] == plane + 1 && column == shape.length - 1;
  }
}

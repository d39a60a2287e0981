package argand.file;

import argand.array.Grid;
import java.nio.file.Path;
import java.util.Arrays;

/// Which axes of a dataset count frames, rows and columns, where a frame has its zero frequency,
/// and how it is turned.
///
/// @param path the dataset
/// @param shape its sizes
/// @param row the axis of rows
/// @param column the axis of columns; all other axes count frames, the first slowest
/// @param corner whether zero frequency lies at pixel [0, 0] (the order of a Fourier transform) and
///      not at the centre
/// @param flip which directions are reversed
record FrameAxes(String path, long[] shape, int row, int column, boolean corner, Flip flip) {
  /// Reversed directions.
  ///
  /// @param rows whether rows run upwards in the file
  /// @param columns whether columns run leftwards in the file
  /// @param aboutZero whether zero frequency stays where it is, pixel n/2, as a pattern needs; a
  ///      picture is turned edge to edge. Only even n make a difference
  record Flip(boolean rows, boolean columns, boolean aboutZero) {
    static final Flip NONE = new Flip(false, false, false);
  }

  FrameAxes(String path, long[] shape, int row, int column, boolean corner) {
    this(path, shape, row, column, corner, Flip.NONE);
  }

  /// The usual order: frame, row, column, whatever number of scan axes stands in front.
  static FrameAxes usual(Path file, String path, long[] shape) {
    if (shape.length < 3) {
      throw new FileTrouble(
          file,
          path
              + " has the shape "
              + Arrays.toString(shape)
              + "; expected frames: (frames, rows, columns)");
    }
    return new FrameAxes(path, shape, shape.length - 2, shape.length - 1, false);
  }

  /// The same way of lying in another dataset.
  FrameAxes in(String other, long[] otherShape) {
    return new FrameAxes(other, otherShape, row, column, corner, flip);
  }

  /// The same frames in a dataset whose axes stand in the opposite order.
  FrameAxes reversed(String other) {
    long[] turned = new long[shape.length];
    for (int axis = 0; axis < shape.length; axis++) {
      turned[axis] = shape[shape.length - 1 - axis];
    }
    int last = shape.length - 1;
    return new FrameAxes(other, turned, last - row, last - column, corner, flip);
  }

  /// Rows and columns exchanged if `transpose`, then reversed.
  FrameAxes turned(boolean transpose, Flip reversed) {
    return new FrameAxes(
        path, shape, transpose ? column : row, transpose ? row : column, corner, reversed);
  }

  int rows() {
    return Math.toIntExact(shape[row]);
  }

  int columns() {
    return Math.toIntExact(shape[column]);
  }

  int count() {
    long count = 1;
    for (int axis = 0; axis < shape.length; axis++) {
      count *= isFrame(axis) ? shape[axis] : 1;
    }
    return Math.toIntExact(count);
  }

  /// Whether one frame after the other lies in the file.
  boolean framesInOrder() {
    return shape.length == 3 && row >= 1 && column >= 1;
  }

  /// The only axis that counts frames, of three.
  int frameAxis() {
    return 3 - row - column;
  }

  /// Where frame `index` begins.
  long[] start(int index) {
    long[] start = new long[shape.length];
    long rest = index;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      if (isFrame(axis)) {
        start[axis] = rest % shape[axis];
        rest /= shape[axis];
      }
    }
    return start;
  }

  /// How much of each axis is one frame.
  long[] size() {
    long[] size = new long[shape.length];
    for (int axis = 0; axis < shape.length; axis++) {
      size[axis] = isFrame(axis) ? 1 : shape[axis];
    }
    return size;
  }

  /// into ← the frame in `slab` from `at` on, rows down, columns right, zero frequency at (rows/2,
  /// columns/2)
  void place(float[] slab, int at, Grid grid, float[] into) {
    int rows = grid.rows();
    int columns = grid.columns();
    boolean transposed = column < row;
    if (!transposed && !corner && !flip.rows && !flip.columns) {
      System.arraycopy(slab, at, into, 0, grid.size());
      return;
    }
    for (int r = 0; r < rows; r++) {
      int to = placed(r, rows, flip.rows) * columns;
      for (int c = 0; c < columns; c++) {
        int from = transposed ? c * rows + r : r * columns + c;
        into[to + placed(c, columns, flip.columns)] = slab[at + from];
      }
    }
  }

  private int placed(int index, int size, boolean reversed) {
    int centred = corner ? (index + size / 2) % size : index;
    if (!reversed) {
      return centred;
    }
    return corner || flip.aboutZero ? (2 * (size / 2) - centred) % size : size - 1 - centred;
  }

  private boolean isFrame(int axis) {
    return axis != row && axis != column;
  }
}

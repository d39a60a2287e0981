package argand.file;

import argand.array.Grid;
import java.util.Arrays;

/// Planes in a dataset of an open HDF5 file, whichever axis counts them.
///
/// Chunks whose filters we know are fetched under libhdf5's lock as they are and decoded outside of
/// it, so threads decode in parallel; everything else is read by libhdf5.
final class Hdf5Rows implements PlaneRows {
  private final Hdf5 h5;
  private final StackAxes axes;
  private final Grid grid;
  private final Hdf5Layout layout;
  private final boolean ours;
  private final int together;
  private final int rowsTogether;

  /// @param h5 stays open as long as the planes are read; closed with them
  Hdf5Rows(Hdf5 h5, StackAxes axes, Grid grid) {
    this.h5 = h5;
    this.axes = axes;
    this.grid = grid;
    this.layout = h5.layout(axes.path());
    this.ours =
        layout.decodable()
            && !layout.filters().isEmpty()
            && Elements.known(layout.type())
            && axes.shape().length == 3
            && axes.rows().length == 1
            && axes.inOrder();
    int planeAxis = axes.plane();
    boolean apart = planeAxis <= 0; // neighbouring planes do not share runs of the file
    this.together =
        planeAxis < 0
            ? 1
            : layout.chunked()
                ? (int) Math.min(axes.planes(), layout.chunk()[planeAxis])
                : apart ? 1 : axes.planes();
    this.rowsTogether =
        axes.rows().length == 1 && layout.chunked() && !layout.filters().isEmpty()
            ? (int) Math.min(grid.rows(), layout.chunk()[axes.rows()[0]])
            : 1;
  }

  @Override
  public int count() {
    return axes.planes();
  }

  @Override
  public Grid grid() {
    return grid;
  }

  @Override
  public int together() {
    return together;
  }

  @Override
  public int rowsTogether() {
    return rowsTogether;
  }

  @Override
  public void read(int first, int planes, int row, int rows, float[] into) {
    if (ours) {
      decode(first, planes, row, rows, into);
    } else if (axes.rows().length == 2) {
      volumes(first, planes, row, rows, into);
    } else {
      slab(first, planes, row, rows, into);
    }
  }

  private void slab(int first, int planes, int row, int rows, float[] into) {
    long[] start = new long[axes.shape().length];
    long[] size = axes.shape().clone();
    if (axes.plane() >= 0) {
      start[axes.plane()] = first;
      size[axes.plane()] = planes;
    }
    start[axes.rows()[0]] = row;
    size[axes.rows()[0]] = rows;
    float[] read = h5.floats(axes.path(), start, size);
    if (axes.inOrder()) {
      System.arraycopy(read, 0, into, 0, planes * rows * grid.columns());
      return;
    }
    int[] step = new int[size.length];
    int all = 1;
    for (int axis = size.length - 1; axis >= 0; axis--) {
      step[axis] = all;
      all *= (int) size[axis];
    }
    int planeStep = axes.plane() < 0 ? 0 : step[axes.plane()];
    int rowStep = step[axes.rows()[0]];
    int columnStep = step[axes.column()];
    for (int p = 0, to = 0; p < planes; p++) {
      for (int r = 0; r < rows; r++) {
        int from = p * planeStep + r * rowStep;
        for (int c = 0; c < grid.columns(); c++, to++) {
          into[to] = read[from + c * columnStep];
        }
      }
    }
  }

  /// Rows of volumes: slice below slice, those of one slice together.
  private void volumes(int first, int planes, int row, int rows, float[] into) {
    int height = Math.toIntExact(axes.shape()[axes.rows()[1]]);
    for (int p = 0; p < planes; p++) {
      for (int r = 0; r < rows; ) {
        int slice = (row + r) / height;
        int inSlice = (row + r) % height;
        int take = Math.min(rows - r, height - inSlice);
        boolean one = axes.plane() < 0;
        float[] read =
            h5.floats(
                axes.path(),
                one ? new long[] {slice, inSlice, 0} : new long[] {first + p, slice, inSlice, 0},
                one
                    ? new long[] {1, take, grid.columns()}
                    : new long[] {1, 1, take, grid.columns()});
        System.arraycopy(read, 0, into, (p * rows + r) * grid.columns(), read.length);
        r += take;
      }
    }
  }

  private void decode(int first, int planes, int row, int rows, float[] into) {
    long[] chunk = layout.chunk();
    int columns = grid.columns();
    Arrays.fill(into, 0, planes * rows * columns, 0); // chunks never written are zeros
    for (long j = first / chunk[0] * chunk[0]; j < first + planes; j += chunk[0]) {
      for (long r = row / chunk[1] * chunk[1]; r < row + rows; r += chunk[1]) {
        for (long c = 0; c < columns; c += chunk[2]) {
          var stored = h5.chunk(axes.path(), new long[] {j, r, c});
          if (stored.bytes().length > 0) {
            byte[] bytes = undone(stored, j, r, c);
            place(bytes, new long[] {j, r, c}, first, planes, row, rows, into);
          }
        }
      }
    }
  }

  /// The part of a chunk at `at` that was asked for.
  private void place(
      byte[] bytes, long[] at, int first, int planes, int row, int rows, float[] into) {
    long[] chunk = layout.chunk();
    int columns = grid.columns();
    int width = (int) Math.min(chunk[2], columns - at[2]);
    long lastPlane = Math.min(at[0] + chunk[0], first + planes);
    long lastRow = Math.min(at[1] + chunk[1], row + rows);
    for (long j = Math.max(at[0], first); j < lastPlane; j++) {
      for (long r = Math.max(at[1], row); r < lastRow; r++) {
        int from = (int) (((j - at[0]) * chunk[1] + r - at[1]) * chunk[2]);
        int to = (int) (((j - first) * rows + r - row) * columns + at[2]);
        Elements.floats(bytes, from, width, layout.type(), into, to);
      }
    }
  }

  private byte[] undone(Hdf5Chunk stored, long plane, long row, long column) {
    String where =
        axes.path() + ": the chunk at plane " + plane + ", row " + row + ", column " + column;
    return layout.undone(stored, h5.file(), where);
  }

  @Override
  public void close() {
    h5.close();
  }
}

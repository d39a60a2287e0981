package argand.file;

import argand.array.Grid;

/// Planes that are slices of volumes, each volume one plane with its slices one below the other.
///
/// @param slices of each volume, one after the other
/// @param height slices of a volume
record SliceRows(PlaneRows slices, int height) implements PlaneRows {
  @Override
  public int count() {
    return slices.count() / height;
  }

  @Override
  public Grid grid() {
    Grid slice = slices.grid();
    return slice.resized(Math.multiplyExact(height, slice.rows()), slice.columns());
  }

  @Override
  public int together() {
    return 1;
  }

  @Override
  public int rowsTogether() {
    return slices.rowsTogether();
  }

  @Override
  public void read(int first, int planes, int row, int rows, float[] into) {
    int ofSlice = slices.grid().rows();
    int columns = grid().columns();
    float[] part = new float[Math.min(rows, ofSlice) * columns];
    for (int p = 0; p < planes; p++) {
      for (int r = 0; r < rows; ) {
        int slice = (row + r) / ofSlice;
        int inSlice = (row + r) % ofSlice;
        int take = Math.min(rows - r, ofSlice - inSlice);
        slices.read((first + p) * height + slice, 1, inSlice, take, part);
        System.arraycopy(part, 0, into, (p * rows + r) * columns, take * columns);
        r += take;
      }
    }
  }

  @Override
  public void close() {
    slices.close();
  }
}

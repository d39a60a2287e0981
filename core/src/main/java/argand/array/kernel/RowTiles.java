package argand.array.kernel;

import java.util.Arrays;

/// Exchanges the layouts of rows of a real plane, `lanes` rows at a time: one after the other, or
/// as
/// a strip whose element c holds value c of each. Where there are fewer rows than lanes the others
/// are of one value. Owns buffers: one instance for each thread.
final class RowTiles {
  private final int columns;
  private final int lanes;
  private final int width;
  private final FftKernels kernels;

  private final float absent;

  /// Copy of rows that are too few, or whose plane ends before a whole tile does.
  private final float[] rest;

  RowTiles(int columns, FftKernels kernels, float absent) {
    this.columns = columns;
    this.kernels = kernels;
    this.absent = absent;
    lanes = kernels.lanes();
    width = Math.ceilDiv(columns, lanes) * lanes;
    rest = new float[lanes * width];
  }

  /// Floats of a strip: elements from `columns` on carry the padding of the plane there and back.
  int stripFloats() {
    return width * lanes;
  }

  /// Rows → strip.
  ///
  /// @param rows at most so many as there are lanes
  void toStrip(float[] plane, int at, int rows, int pitch, float[] strip, int stripAt) {
    if (rows == lanes && pitch >= width) {
      whole(plane, at, pitch, strip, stripAt);
      return;
    }
    for (int r = 0; r < rows; r++) {
      System.arraycopy(plane, at + r * pitch, rest, r * width, columns);
    }
    Arrays.fill(rest, rows * width, rest.length, absent);
    whole(rest, 0, width, strip, stripAt);
  }

  private void whole(float[] plane, int at, int pitch, float[] strip, int stripAt) {
    for (int c = 0; c < width; c += lanes) {
      kernels.transpose(plane, at + c, pitch, strip, stripAt + c * lanes, lanes);
    }
  }

  /// Strip → rows.
  void toRows(float[] strip, int stripAt, float[] plane, int at, int rows, int pitch) {
    boolean all = rows == lanes && pitch >= width;
    float[] into = all ? plane : rest;
    for (int c = 0; c < width; c += lanes) {
      kernels.transpose(
          strip, stripAt + c * lanes, lanes, into, all ? at + c : c, all ? pitch : width);
    }
    for (int r = 0; r < rows && !all; r++) {
      System.arraycopy(rest, r * width, plane, at + r * pitch, columns);
    }
  }
}

package argand.file;

import argand.data.SpectrumRows;
import java.util.Arrays;

/// Spectra in a dataset of an open HDF5 file: the axes before the last count spectra, the last
/// counts channels.
///
/// Runs that a map's rows cut are read in as many pieces.
final class Hdf5SpectrumRows implements SpectrumRows {
  private final Hdf5 h5;
  private final String path;
  private final long[] shape;
  private final int channels;
  private final int count;

  /// @param h5 stays open as long as the spectra are read; closed with them
  Hdf5SpectrumRows(Hdf5 h5, String path) {
    this.h5 = h5;
    this.path = path;
    this.shape = h5.shape(path);
    if (shape.length == 0) {
      throw new FileTrouble(h5.file(), path + " is a single number; expected spectra");
    }
    this.channels = Math.toIntExact(shape[shape.length - 1]);
    this.count = Math.toIntExact(Hdf5Slabs.product(Arrays.copyOf(shape, shape.length - 1)));
    if (channels == 0 || count == 0) {
      throw new FileTrouble(h5.file(), path + " holds nothing: " + Arrays.toString(shape));
    }
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public int channels() {
    return channels;
  }

  @Override
  public void read(int first, int length, float[] into, int offset) {
    int axis = shape.length - 2;
    int row = axis < 0 ? 1 : Math.toIntExact(shape[axis]);
    for (int j = first; j < first + length; ) {
      int within = j % row;
      int take = Math.min(row - within, first + length - j);
      long[] start = new long[shape.length];
      long[] size = new long[shape.length];
      Arrays.fill(size, 1);
      size[shape.length - 1] = channels;
      long rest = j / row;
      if (axis >= 0) {
        start[axis] = within;
        size[axis] = take;
        for (int a = axis - 1; a >= 0; a--) {
          start[a] = rest % shape[a];
          rest /= shape[a];
        }
      }
      float[] some = h5.floats(path, start, size);
      System.arraycopy(some, 0, into, offset + (j - first) * channels, some.length);
      j += take;
    }
  }

  @Override
  public void close() {
    h5.close();
  }
}

package argand.file;

import argand.array.InvalidInput;
import java.util.Arrays;
import java.util.Optional;

/// The mask of an HDF5 file in which 0 marks a good pixel, as CXI, NeXus and Dectris have it.
///
/// @param alsoGood another number that marks a good pixel
record FrameMask(Hdf5 h5, FrameAxes axes, int alsoGood) {
  /// CXI's flag of pixels whose signal stands above the background.
  static final int HAS_SIGNAL = 0x1000;

  FrameMask(Hdf5 h5, FrameAxes axes) {
    this(h5, axes, 0);
  }

  /// From the first of these datasets that is there; where it holds one mask for each frame, a
  /// pixel
  /// is good when it is so in all.
  Optional<boolean[]> good(String... paths) {
    for (String path : paths) {
      if (h5.isDataset(path)) {
        return Optional.of(good(path));
      }
    }
    return Optional.empty();
  }

  private boolean[] good(String path) {
    long[] shape = h5.shape(path);
    int size = axes.rows() * axes.columns();
    double[] values = h5.doubles(path);
    if (values.length == 0
        || values.length % size != 0
        || shape[shape.length - 1] != axes.columns()) {
      throw new InvalidInput(
              path,
              "of shape " + Arrays.toString(shape),
              axes.rows() + " × " + axes.columns() + ", as the frames",
              "give read: {mask: none} to leave it out")
          .at(h5.file().toString());
    }
    boolean[] good = new boolean[size];
    Arrays.fill(good, true);
    for (int i = 0; i < values.length; i++) {
      good[i % size] &= values[i] == 0 || values[i] == alsoGood;
    }
    return good;
  }
}

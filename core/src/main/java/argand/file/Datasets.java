package argand.file;

import java.nio.file.Path;
import java.util.Optional;

/// An open file of named arrays, whatever its format.
interface Datasets extends FrameStore {
  /// Opens an HDF5, NumPy or MATLAB file.
  ///
  /// @throws FileTrouble when it is none of these, or damaged
  static Datasets open(Path file) {
    if (NumpyFile.claims(file)) {
      return NumpyFile.open(file);
    }
    return MatlabFile.claims(file) ? MatlabFile.open(file) : Hdf5.open(file);
  }

  Path file();

  /// Whether there is an array of this name.
  boolean isDataset(String path);

  /// Sizes of the axes, slowest first; empty for a scalar.
  ///
  /// @throws FileTrouble when there is no such array
  long[] shape(String path);

  /// All its numbers, last axis fastest.
  ///
  /// @throws FileTrouble unless it holds real numbers
  double[] doubles(String path);

  /// All its numbers, last axis fastest.
  ///
  /// @throws FileTrouble unless it holds real numbers
  float[] floats(String path);

  /// All its complex numbers, last axis fastest.
  ///
  /// @throws FileTrouble unless it holds complex numbers
  ComplexValues complex(String path);

  /// The unit that stands beside the numbers.
  Optional<String> units(String path);
}

package argand.file;

import static org.bytedeco.hdf5.global.hdf5.*;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.LongPointer;

/// Datasets that hold references to objects of the same file, as MATLAB's cells do. The caller
/// holds the lock.
final class Hdf5References {
  private Hdf5References() {}

  /// The paths of the objects that an open dataset of `count` references points to; empty where one
  /// points to nothing.
  static List<String> read(long set, long file, Path name, String path, long count) {
    int number = Hdf5Slabs.fits(name, path, count, Long.BYTES);
    var paths = new ArrayList<String>();
    try (var memory = new LongPointer(Math.max(1, number))) {
      Hdf5Calls.check(
          H5Dread(set, H5T_STD_REF_OBJ_g(), H5S_ALL, H5S_ALL, H5P_DEFAULT, memory),
          name,
          "cannot read " + path);
      for (int k = 0; k < number; k++) {
        paths.add(target(file, name, path, memory.getPointer(k)));
      }
    }
    return paths;
  }

  private static String target(long file, Path name, String path, LongPointer reference) {
    if (reference.get(0) == 0) {
      return "";
    }
    long length = H5Rget_name(file, H5R_OBJECT, reference, (BytePointer) null, 0);
    Hdf5Calls.check(length, name, "cannot follow a reference of " + path);
    try (var text = new BytePointer(length + 1)) {
      Hdf5Calls.check(
          H5Rget_name(file, H5R_OBJECT, reference, text, length + 1),
          name,
          "cannot follow a reference of " + path);
      return text.getString();
    }
  }
}

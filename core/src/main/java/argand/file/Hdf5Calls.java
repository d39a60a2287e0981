package argand.file;

import static org.bytedeco.hdf5.global.hdf5.*;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.hdf5.H5E_error2_t;
import org.bytedeco.hdf5.H5E_walk2_t;
import org.bytedeco.javacpp.Pointer;

/// The ground rules of libhdf5: one lock around everything, no return code unread, its error stack
/// as a sentence.
final class Hdf5Calls {
  private Hdf5Calls() {}

  /// The library is not safe for threads: whoever calls it holds this.
  static final Object LOCK = new Object();

  /// The message of a disk that is full, in the words of the C library.
  private static final List<String> FULL =
      List.of("No space left on device", "Disk quota exceeded", "File too large");

  static {
    // javacpp refuses allocations once the whole process holds more than four times the Java heap,
    // mapped files
    // included; what we allocate is bounded by the arrays it is copied into.
    System.setProperty("org.bytedeco.javacpp.maxPhysicalBytes", "0");
    System.setProperty("org.bytedeco.javacpp.maxBytes", "0");
    synchronized (LOCK) {
      if (H5open() < 0) {
        throw new IllegalStateException("libhdf5 does not start");
      }
      H5Eset_auto2(H5E_DEFAULT, null, null);
      Hdf5Filters.register();
    }
  }

  /// The result itself.
  ///
  /// @throws FileTrouble when it is negative: `doing` and what the library says of it
  static long check(long result, Path file, String doing) {
    if (result < 0) {
      throw new FileTrouble(file, doing + reason());
    }
    return result;
  }

  /// An open file, for reading, without locks: another process may be writing it. All openings of
  /// one file must agree.
  static Hdf5Id openToRead(Path file, Path named, String cannot) {
    try (var access =
        Hdf5Id.of(H5Pcreate(H5P_CLS_FILE_ACCESS_ID_g()), named, cannot, p -> H5Pclose(p))) {
      check(H5Pset_fclose_degree(access.id(), H5F_CLOSE_STRONG), named, cannot);
      check(H5Pset_file_locking(access.id(), false, true), named, cannot);
      return Hdf5Id.of(
          H5Fopen(file.toString(), H5F_ACC_RDONLY, access.id()), named, cannot, f -> H5Fclose(f));
    }
  }

  /// The innermost entries of the error stack: what happened, where it happened, without the way up
  /// from there.
  private static String reason() {
    var told = new ArrayList<String>();
    try (var walker =
        new H5E_walk2_t() {
          @Override
          public int call(int depth, H5E_error2_t error, Pointer data) {
            if (error.desc() != null) {
              told.add(error.desc().getString());
            }
            return 0;
          }
        }) {
      H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, walker, null);
    }
    if (told.isEmpty()) {
      return "";
    }
    for (String one : told) {
      for (String full : FULL) {
        if (one.contains(full)) {
          return ": the disk is full (" + full + ")";
        }
      }
    }
    for (String one : told) {
      if (one.contains("required filter")) {
        return ": " + one + " here, so its chunks cannot be decoded";
      }
    }
    String first = told.getFirst();
    return told.size() > 1 && first.length() < 40
        ? " (libhdf5: " + first + "; " + told.get(1) + ")"
        : " (libhdf5: " + first + ")";
  }
}

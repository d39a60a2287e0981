package argand.file;

import static org.bytedeco.hdf5.global.hdf5.*;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;

/// Strings, of fixed and of varying length, ASCII and UTF-8. The caller holds the lock.
final class Hdf5Texts {
  private Hdf5Texts() {}

  /// @param type the open type in the file, of class string
  /// @param space the open dataspace of the whole object
  static List<String> read(
      Path file, String what, long type, long space, long count, Hdf5Slabs.Reading reading) {
    return H5Tis_variable_str(type) > 0
        ? varying(file, what, type, space, count, reading)
        : fixed(file, what, type, count, reading);
  }

  private static List<String> varying(
      Path file, String what, long type, long space, long count, Hdf5Slabs.Reading reading) {
    var texts = new ArrayList<String>();
    int length = Hdf5Slabs.fits(file, what, count, 8);
    try (var memoryType = varyingType(file, H5Tget_cset(type));
        var memory = new PointerPointer<BytePointer>(Math.max(1, length))) {
      for (int i = 0; i < length; i++) {
        memory.put(i, (BytePointer) null);
      }
      Hdf5Calls.check(reading.read(memoryType.id(), memory), file, "cannot read " + what);
      for (int i = 0; i < length; i++) {
        BytePointer one = memory.get(BytePointer.class, i);
        texts.add(one == null || one.isNull() ? "" : decode(one));
      }
      Hdf5Calls.check(
          H5Treclaim(memoryType.id(), space, H5P_DEFAULT, memory), file, "cannot read " + what);
    }
    return texts;
  }

  private static String decode(BytePointer text) {
    return new String(text.getStringBytes(), StandardCharsets.UTF_8);
  }

  private static List<String> fixed(
      Path file, String what, long type, long count, Hdf5Slabs.Reading reading) {
    int size = (int) H5Tget_size(type);
    int length = Hdf5Slabs.fits(file, what, count * size, 1);
    byte[] bytes = new byte[length];
    try (var memory = new BytePointer(Math.max(1, length))) {
      Hdf5Calls.check(reading.read(type, memory), file, "cannot read " + what);
      memory.get(bytes);
    }
    var texts = new ArrayList<String>();
    for (int at = 0; at < length; at += size) {
      int end = at;
      while (end < at + size && bytes[end] != 0) {
        end++;
      }
      texts.add(new String(bytes, at, end - at, StandardCharsets.UTF_8).stripTrailing());
    }
    return texts;
  }

  /// A string type of varying length.
  static Hdf5Id varyingType(Path file, int characters) {
    var type =
        Hdf5Id.of(H5Tcopy(H5T_C_S1_g()), file, "cannot make a text type", Hdf5Type.hdf5Type());
    Hdf5Calls.check(H5Tset_size(type.id(), H5T_VARIABLE), file, "cannot make a text type");
    Hdf5Calls.check(H5Tset_cset(type.id(), characters), file, "cannot make a text type");
    return type;
  }
}

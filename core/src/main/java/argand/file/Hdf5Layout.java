package argand.file;

import static org.bytedeco.hdf5.global.hdf5.*;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.SizeTPointer;

/// How a dataset lies in its file.
///
/// @param shape sizes of the axes
/// @param chunk sizes of a chunk; empty unless the dataset is chunked
/// @param filters in the order in which they were applied
/// @param virtual whether it is put together from other datasets
record Hdf5Layout(
    Hdf5Type type, long[] shape, long[] chunk, List<Filter> filters, boolean virtual) {
  boolean chunked() {
    return chunk.length > 0;
  }

  /// Whether we can undo all filters ourselves.
  boolean decodable() {
    return chunked() && filters.stream().allMatch(Filter::decodable);
  }

  /// The bytes of a chunk as they were before any filter.
  byte[] decode(Hdf5Chunk stored) {
    byte[] bytes = stored.bytes();
    for (int i = filters.size() - 1; i >= 0; i--) {
      if ((stored.skipped() >> i & 1) == 0) {
        bytes = filters.get(i).decode(bytes);
      }
    }
    return bytes;
  }

  /// The bytes of a chunk as they were before any filter, as many as a chunk holds.
  ///
  /// @param where for people: the dataset and which chunk
  /// @throws FileTrouble when it is damaged
  byte[] undone(Hdf5Chunk stored, Path file, String where) {
    byte[] bytes;
    try {
      bytes = decode(stored);
    } catch (IllegalArgumentException damaged) {
      throw new FileTrouble(file, where + " is damaged: " + damaged.getMessage(), damaged);
    }
    long expected = Hdf5Slabs.product(chunk) * type.bytes();
    if (bytes.length != expected) {
      throw new FileTrouble(
          file, where + " holds " + bytes.length + " bytes; expected " + expected);
    }
    return bytes;
  }

  static Hdf5Layout of(long set, Hdf5Type type, long[] shape, Path file) {
    try (var plan =
        Hdf5Id.of(H5Dget_create_plist(set), file, "cannot tell the layout", p -> H5Pclose(p))) {
      int layout = H5Pget_layout(plan.id());
      long[] chunk = new long[layout == H5D_CHUNKED ? shape.length : 0];
      if (layout == H5D_CHUNKED) {
        Hdf5Calls.check(
            H5Pget_chunk(plan.id(), chunk.length, chunk), file, "cannot tell the chunks");
      }
      return new Hdf5Layout(type, shape, chunk, filters(plan.id(), file), layout == H5D_VIRTUAL);
    }
  }

  private static List<Filter> filters(long plan, Path file) {
    var filters = new ArrayList<Filter>();
    int number = (int) Hdf5Calls.check(H5Pget_nfilters(plan), file, "cannot tell the filters");
    for (int i = 0; i < number; i++) {
      try (var flags = new IntPointer(1);
          var count = new SizeTPointer(1);
          var values = new IntPointer(32);
          var name = new BytePointer(1);
          var configuration = new IntPointer(1)) {
        count.put(32);
        int id =
            (int)
                Hdf5Calls.check(
                    H5Pget_filter2(plan, i, flags, count, values, 1, name, configuration),
                    file,
                    "cannot tell the filters");
        int[] parameters = new int[(int) Math.min(32, count.get())];
        values.get(parameters);
        filters.add(new Filter(id, parameters));
      }
    }
    return filters;
  }
}

package argand.file;

import static org.bytedeco.hdf5.global.hdf5.*;

import java.nio.file.Path;
import org.bytedeco.javacpp.BytePointer;

/// The bytes of one chunk as they lie in the file.
///
/// @param bytes still filtered; empty where the chunk was never written
/// @param skipped bit i is set when filter i was not applied to this chunk
record Hdf5Chunk(byte[] bytes, int skipped) {
  static Hdf5Chunk read(long set, long[] offset, Path file) {
    int[] skipped = new int[1];
    long[] address = new long[1];
    long[] size = new long[1];
    Hdf5Calls.check(
        H5Dget_chunk_info_by_coord(set, offset, skipped, address, size),
        file,
        "cannot find a chunk");
    if (size[0] == 0) {
      return new Hdf5Chunk(new byte[0], 0);
    }
    byte[] bytes = new byte[Hdf5Slabs.fits(file, "a chunk", size[0], 1)];
    try (var memory = new BytePointer(bytes.length)) {
      Hdf5Calls.check(
          H5Dread_chunk(set, H5P_DEFAULT, offset, skipped, memory), file, "cannot read a chunk");
      memory.get(bytes);
    }
    return new Hdf5Chunk(bytes, skipped[0]);
  }
}

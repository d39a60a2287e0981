package argand.file;

/// How a new dataset is laid out.
///
/// @param chunk sizes of a chunk, one for each axis; empty for one contiguous block
/// @param deflate compression level 1 … 9 after a byte shuffle; 0 for none
/// @param growing whether the first axis can grow
public record Hdf5Storage(long[] chunk, int deflate, boolean growing) {
  /// One block, neither compressed nor growing: the fastest to read anywhere.
  public static final Hdf5Storage CONTIGUOUS = new Hdf5Storage(new long[0], 0, false);

  public static Hdf5Storage chunked(long... chunk) {
    return new Hdf5Storage(chunk, 0, false);
  }

  /// With shuffle and deflate.
  public Hdf5Storage deflated(int level) {
    return new Hdf5Storage(chunk, level, growing);
  }

  /// With a first axis that {@link Hdf5Writer#append} can lengthen.
  public Hdf5Storage growable() {
    return new Hdf5Storage(chunk, deflate, true);
  }
}

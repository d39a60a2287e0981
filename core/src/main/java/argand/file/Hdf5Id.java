package argand.file;

import java.nio.file.Path;

/// One open object of libhdf5; closing it is checked like every other call.
final class Hdf5Id implements AutoCloseable {
  /// Closes an id; negative on failure.
  interface Closer {
    int close(long id);
  }

  private final long id;
  private final Path file;
  private final Closer closer;

  private Hdf5Id(long id, Path file, Closer closer) {
    this.id = id;
    this.file = file;
    this.closer = closer;
  }

  /// @throws FileTrouble when `id` is negative, that is, when the call that gave it failed
  static Hdf5Id of(long id, Path file, String doing, Closer closer) {
    Hdf5Calls.check(id, file, doing);
    return new Hdf5Id(id, file, closer);
  }

  long id() {
    return id;
  }

  @Override
  public void close() {
    Hdf5Calls.check(closer.close(id), file, "cannot release a part of the file");
  }
}

package argand.file;

import static org.bytedeco.hdf5.global.hdf5.*;

import argand.array.Grid;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An HDF5 file opened for reading; with {@link Hdf5Writer} the only door to libhdf5.
///
/// Paths are absolute (`/entry_1/instrument_1/detector_1/data`). Numbers of any integer,
/// enumeration or floating-point type and either byte order are converted to the type asked for.
/// Soft and external links and virtual datasets are followed; a virtual dataset one of whose
/// sources is missing is refused by name, because libhdf5 would return fill values in its place.
/// May be used from several threads: one lock guards the whole library.
///
/// @see <a href="https://docs.hdfgroup.org/hdf5/v1_14/_s_p_e_c.html">HDF5 file format
///      specification</a>
public final class Hdf5 implements Datasets {
  private final Path file;
  private final Hdf5Id id;
  private final Hdf5Links links;
  /// Datasets of which chunks are read stay open: to open one takes longer than to read a chunk.
  private final Map<String, Hdf5Id> inChunks = new HashMap<>();

  private boolean closed;

  private Hdf5(Path file, Hdf5Id id) {
    this.file = file;
    this.id = id;
    this.links = new Hdf5Links(file, id.id());
  }

  /// Opens for reading, without locking the file: another process may be writing it.
  ///
  /// @throws FileTrouble when it is missing, a folder, not HDF5, cut off or damaged
  public static Hdf5 open(Path file) {
    if (!Files.exists(file)) {
      throw new FileTrouble(file, "there is no such file");
    }
    if (Files.isDirectory(file)) {
      throw new FileTrouble(file, "this is a folder, not a file");
    }
    if (!Files.isReadable(file)) {
      throw new FileTrouble(file, "it may not be read by this user");
    }
    if (!looksLikeHdf5(file)) {
      throw new FileTrouble(file, "this is not an HDF5 file");
    }
    synchronized (Hdf5Calls.LOCK) {
      return new Hdf5(
          file, Hdf5Calls.openToRead(file, file, "the HDF5 file is damaged or cut off"));
    }
  }

  /// Begins a new file beside `file`, which appears under its name only by {@link
  /// Hdf5Writer#commit}.
  public static Hdf5Writer create(Path file) {
    return Hdf5Writer.create(file);
  }

  /// Whether the file begins with the HDF5 signature, or has it after a user block (512, 1024, 2048
  /// … bytes).
  public static boolean looksLikeHdf5(Path file) {
    byte[] signature = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
    try (var channel = java.nio.channels.FileChannel.open(file)) {
      for (long at = 0; at + 8 <= channel.size(); at = at == 0 ? 512 : at * 2) {
        var found = java.nio.ByteBuffer.allocate(8);
        channel.read(found, at);
        if (java.util.Arrays.equals(found.array(), signature)) {
          return true;
        }
      }
      return false;
    } catch (java.io.IOException trouble) {
      throw new FileTrouble(file, "cannot read: " + trouble.getMessage(), trouble);
    }
  }

  @Override
  public Path file() {
    return file;
  }

  /// Whether there is a link of this name, even one that points to nothing (reading it says so).
  public boolean has(String path) {
    synchronized (Hdf5Calls.LOCK) {
      return links.has(path);
    }
  }

  /// Whether this is a dataset that can be opened.
  @Override
  public boolean isDataset(String path) {
    synchronized (Hdf5Calls.LOCK) {
      return links.kind(path) == Hdf5Links.Kind.DATASET;
    }
  }

  /// Whether this is a group that can be opened.
  public boolean isGroup(String path) {
    synchronized (Hdf5Calls.LOCK) {
      return links.kind(path) == Hdf5Links.Kind.GROUP;
    }
  }

  /// The names in a group, in alphabetic order.
  public List<String> list(String group) {
    synchronized (Hdf5Calls.LOCK) {
      return links.list(group);
    }
  }

  /// Where a soft or external link points (`other.h5:/data`); empty for what lies here itself.
  public String target(String path) {
    synchronized (Hdf5Calls.LOCK) {
      return links.target(path);
    }
  }

  /// Sizes of the axes, slowest first; empty for a scalar.
  @Override
  public long[] shape(String path) {
    return with(path, (set, space) -> Hdf5Slabs.shape(space, file));
  }

  public Hdf5Type type(String path) {
    return with(path, (set, space) -> type(set, (type, is) -> is));
  }

  /// How the dataset is laid out in the file.
  Hdf5Layout layout(String path) {
    return with(
        path,
        (set, space) ->
            Hdf5Layout.of(set, type(set, (t, is) -> is), Hdf5Slabs.shape(space, file), file));
  }

  @Override
  public double[] doubles(String path) {
    return doubles(path, new long[0], new long[0]);
  }

  @Override
  public float[] floats(String path) {
    return floats(path, new long[0], new long[0]);
  }

  public long[] longs(String path) {
    return longs(path, new long[0], new long[0]);
  }

  /// One number.
  ///
  /// @throws FileTrouble unless there is exactly one
  public double number(String path) {
    double[] values = doubles(path);
    if (values.length != 1) {
      throw new FileTrouble(file, path + " holds " + values.length + " numbers; expected one");
    }
    return values[0];
  }

  /// A block of the dataset, last axis fastest.
  ///
  /// @param start first index on each axis; empty with an empty `count` for the whole
  /// @param count how many on each axis
  public double[] doubles(String path, long[] start, long[] count) {
    return slab(path, start, count, Hdf5Slabs::doubles);
  }

  /// A block of the dataset; see {@link #doubles(String, long[], long[])}.
  public float[] floats(String path, long[] start, long[] count) {
    return slab(path, start, count, Hdf5Slabs::floats);
  }

  /// A block of the dataset; see {@link #doubles(String, long[], long[])}.
  ///
  /// @throws FileTrouble when the dataset holds floating-point numbers
  public long[] longs(String path, long[] start, long[] count) {
    if (!type(path).isInteger()) {
      throw new FileTrouble(file, path + " is " + type(path) + "; expected whole numbers");
    }
    return slab(path, start, count, Hdf5Slabs::longs);
  }

  @Override
  public ComplexValues complex(String path) {
    return complex(path, new long[0], new long[0]);
  }

  /// A block of complex numbers: a compound of two floating-point numbers of any precision, real
  /// part first.
  public ComplexValues complex(String path, long[] start, long[] count) {
    return with(
        path,
        (set, space) ->
            type(
                set,
                (type, is) -> {
                  expect(path, is.kind() == Hdf5Type.Kind.COMPLEX, is, "complex numbers");
                  String[] parts = Hdf5Slabs.parts(type);
                  return selected(
                      path,
                      set,
                      space,
                      start,
                      count,
                      (f, what, n, reading) -> Hdf5Slabs.complex(f, what, n, parts, reading));
                }));
  }

  /// The one string of a dataset.
  public String text(String path) {
    List<String> texts = texts(path);
    if (texts.size() != 1) {
      throw new FileTrouble(file, path + " holds " + texts.size() + " texts; expected one");
    }
    return texts.getFirst();
  }

  public List<String> texts(String path) {
    return with(
        path,
        (set, space) ->
            type(
                set,
                (type, is) -> {
                  expect(path, is.kind() == Hdf5Type.Kind.TEXT, is, "text");
                  return Hdf5Texts.read(
                      file,
                      path,
                      type,
                      space,
                      Hdf5Slabs.product(Hdf5Slabs.shape(space, file)),
                      (memory, into) -> H5Dread(set, memory, H5S_ALL, H5S_ALL, H5P_DEFAULT, into));
                }));
  }

  /// Where the references of a dataset point, in its order; empty for those that point nowhere.
  List<String> references(String path) {
    return with(
        path,
        (set, space) ->
            type(
                set,
                (type, is) -> {
                  expect(path, is.kind() == Hdf5Type.Kind.REFERENCE, is, "references");
                  long count = Hdf5Slabs.product(Hdf5Slabs.shape(space, file));
                  return Hdf5References.read(set, id.id(), file, path, count);
                }));
  }

  /// The attributes of a group or dataset.
  public Hdf5Attributes attributes(String path) {
    return new Hdf5Attributes(file, id.id(), path);
  }

  /// The text of the attribute `units` or `unit`.
  @Override
  public Optional<String> units(String path) {
    var attributes = attributes(path);
    return attributes.text("units").or(() -> attributes.text("unit"));
  }

  @Override
  public FrameSource frames(FrameAxes axes, Grid grid) {
    return new StoredFrames(this, axes, grid);
  }

  /// Where a chunk lies and its bytes as they are, filters not undone; empty where nothing was ever
  /// written.
  Hdf5Chunk chunk(String path, long[] offset) {
    synchronized (Hdf5Calls.LOCK) {
      var set = inChunks.get(path);
      if (set == null) {
        mustBeOpen();
        links.mustOpen(path);
        String cannot = "cannot open " + path;
        set = Hdf5Id.of(H5Dopen2(id.id(), path, H5P_DEFAULT), file, cannot, d -> H5Dclose(d));
        inChunks.put(path, set);
      }
      return Hdf5Chunk.read(set.id(), offset, file);
    }
  }

  @Override
  public void close() {
    synchronized (Hdf5Calls.LOCK) {
      if (!closed) {
        closed = true;
        inChunks.values().forEach(Hdf5Id::close);
        inChunks.clear();
        id.close();
      }
    }
  }

  /// Something done with an open dataset and its dataspace.
  private interface Doing<T> {
    T with(long set, long space);
  }

  private interface OfType<T> {
    T with(long type, Hdf5Type is);
  }

  private interface Numbers<T> {
    T read(Path file, String what, long count, Hdf5Slabs.Reading reading);
  }

  private <T> T with(String path, Doing<T> doing) {
    synchronized (Hdf5Calls.LOCK) {
      mustBeOpen();
      links.mustOpen(path);
      try (var set =
              Hdf5Id.of(
                  H5Dopen2(id.id(), path, H5P_DEFAULT),
                  file,
                  "cannot open " + path,
                  d -> H5Dclose(d));
          var space =
              Hdf5Id.of(
                  H5Dget_space(set.id()),
                  file,
                  "cannot tell the shape of " + path,
                  s -> H5Sclose(s))) {
        links.mustBeWhole(path, set.id());
        return doing.with(set.id(), space.id());
      }
    }
  }

  private void mustBeOpen() {
    if (closed) {
      throw new IllegalStateException(file + " is closed");
    }
  }

  private <T> T type(long set, OfType<T> doing) {
    try (var type =
        Hdf5Id.of(H5Dget_type(set), file, "cannot tell the type", Hdf5Type.hdf5Type())) {
      return doing.with(type.id(), Hdf5Type.of(type.id(), file));
    }
  }

  private <T> T slab(String path, long[] start, long[] count, Numbers<T> numbers) {
    return with(
        path,
        (set, space) ->
            type(
                set,
                (type, is) -> {
                  expect(path, is.isNumber(), is, "numbers");
                  return selected(path, set, space, start, count, numbers);
                }));
  }

  private <T> T selected(
      String path, long set, long space, long[] start, long[] count, Numbers<T> numbers) {
    if (start.length == 0) {
      long all = Hdf5Slabs.product(Hdf5Slabs.shape(space, file));
      return numbers.read(
          file,
          path,
          all,
          (memory, into) -> H5Dread(set, memory, H5S_ALL, H5S_ALL, H5P_DEFAULT, into));
    }
    Hdf5Slabs.select(space, file, path, start, count);
    long number = Hdf5Slabs.product(count);
    try (var memorySpace =
        Hdf5Id.of(
            H5Screate_simple(1, new long[] {number}, (long[]) null),
            file,
            "cannot read " + path,
            s -> H5Sclose(s))) {
      return numbers.read(
          file,
          path,
          number,
          (memory, into) -> H5Dread(set, memory, memorySpace.id(), space, H5P_DEFAULT, into));
    }
  }

  private void expect(String path, boolean right, Hdf5Type found, String expected) {
    if (!right) {
      throw new FileTrouble(file, path + " holds " + found + "; expected " + expected);
    }
  }
}

package argand.file;

import static org.bytedeco.hdf5.global.hdf5.*;

import argand.array.Check;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.javacpp.ShortPointer;

/// An HDF5 file being written beside its final name. {@link #commit} makes it appear there all at
/// once; closing it without that leaves nothing behind.
///
/// Groups on the way to a dataset are made as needed. Numbers keep the type of the Java array,
/// little endian; `short` is written as unsigned 16-bit counts; complex numbers as the compound {r,
/// i} that h5py reads as numpy complex; strings as UTF-8 of varying length, which h5py reads as
/// `str`.
public final class Hdf5Writer implements AutoCloseable {
  private static final String[] PARTS = {"r", "i"};

  private final Path file;
  private final Path part;
  private final Hdf5Id id;
  private boolean open = true;

  private Hdf5Writer(Path file, Path part, Hdf5Id id) {
    this.file = file;
    this.part = part;
    this.id = id;
  }

  static Hdf5Writer create(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new FileTrouble(file, "there is no folder " + folder);
    }
    if (Files.isDirectory(file)) {
      throw new FileTrouble(file, "this is a folder; expected the name of a file to write");
    }
    if (!Files.isWritable(folder)) {
      throw new FileTrouble(file, "the folder " + folder + " may not be written");
    }
    long process = ProcessHandle.current().pid();
    Path part =
        folder.resolve(".%s.%s.%x.part".formatted(file.getFileName(), process, System.nanoTime()));
    synchronized (Hdf5Calls.LOCK) {
      var id =
          Hdf5Id.of(
              H5Fcreate(part.toString(), H5F_ACC_EXCL, H5P_DEFAULT, H5P_DEFAULT),
              file,
              "cannot be written",
              f -> H5Fclose(f));
      return new Hdf5Writer(file, part, id);
    }
  }

  public Path file() {
    return file;
  }

  /// A group, with those above it.
  public void group(String path) {
    synchronized (Hdf5Calls.LOCK) {
      try (var links = Hdf5Plans.links(file);
          var group =
              Hdf5Id.of(
                  H5Gcreate2(id.id(), path, links.id(), H5P_DEFAULT, H5P_DEFAULT),
                  file,
                  "cannot make the group " + path,
                  g -> H5Gclose(g))) {
        return;
      }
    }
  }

  public void write(String path, float[] values, Hdf5Storage storage, long... shape) {
    try (var memory = new FloatPointer(values)) {
      write(path, H5T_IEEE_F32LE_g(), H5T_NATIVE_FLOAT_g(), memory, values.length, storage, shape);
    }
  }

  public void write(String path, double[] values, Hdf5Storage storage, long... shape) {
    try (var memory = new DoublePointer(values)) {
      write(path, H5T_IEEE_F64LE_g(), H5T_NATIVE_DOUBLE_g(), memory, values.length, storage, shape);
    }
  }

  public void write(String path, long[] values, Hdf5Storage storage, long... shape) {
    try (var memory = new LongPointer(values)) {
      write(path, H5T_STD_I64LE_g(), H5T_NATIVE_INT64_g(), memory, values.length, storage, shape);
    }
  }

  public void write(String path, int[] values, Hdf5Storage storage, long... shape) {
    try (var memory = new IntPointer(values)) {
      write(path, H5T_STD_I32LE_g(), H5T_NATIVE_INT32_g(), memory, values.length, storage, shape);
    }
  }

  /// Unsigned 32-bit numbers: the bits of each int.
  public void writeUnsigned(String path, int[] values, Hdf5Storage storage, long... shape) {
    try (var memory = new IntPointer(values)) {
      write(path, H5T_STD_U32LE_g(), H5T_NATIVE_UINT32_g(), memory, values.length, storage, shape);
    }
  }

  /// Unsigned 16-bit numbers: the bits of each short.
  public void write(String path, short[] values, Hdf5Storage storage, long... shape) {
    try (var memory = new ShortPointer(values)) {
      write(path, H5T_STD_U16LE_g(), H5T_NATIVE_UINT16_g(), memory, values.length, storage, shape);
    }
  }

  /// Unsigned bytes.
  public void write(String path, byte[] values, Hdf5Storage storage, long... shape) {
    try (var memory = new BytePointer(values)) {
      write(path, H5T_STD_U8LE_g(), H5T_NATIVE_UINT8_g(), memory, values.length, storage, shape);
    }
  }

  /// Complex numbers of two 32-bit floats, numpy's complex64.
  public void write(String path, ComplexValues values, Hdf5Storage storage, long... shape) {
    int length = values.re().length;
    float[] pairs = new float[2 * length];
    for (int i = 0; i < length; i++) {
      pairs[2 * i] = values.re()[i];
      pairs[2 * i + 1] = values.im()[i];
    }
    synchronized (Hdf5Calls.LOCK) {
      try (var memory = new FloatPointer(pairs);
          var inFile = Hdf5Slabs.pair(file, PARTS, H5T_IEEE_F32LE_g(), 4);
          var inMemory = Hdf5Slabs.pair(file, PARTS, H5T_NATIVE_FLOAT_g(), 4)) {
        write(path, inFile.id(), inMemory.id(), memory, length, storage, shape);
      }
    }
  }

  public void write(String path, float value) {
    write(path, new float[] {value}, Hdf5Storage.CONTIGUOUS);
  }

  public void write(String path, double value) {
    write(path, new double[] {value}, Hdf5Storage.CONTIGUOUS);
  }

  public void write(String path, long value) {
    write(path, new long[] {value}, Hdf5Storage.CONTIGUOUS);
  }

  /// One string.
  public void write(String path, String text) {
    writeTexts(path, List.of(text), new long[0]);
  }

  /// A list of strings.
  public void write(String path, List<String> texts) {
    writeTexts(path, texts, texts.size());
  }

  private void writeTexts(String path, List<String> texts, long... shape) {
    synchronized (Hdf5Calls.LOCK) {
      withTexts(
          texts,
          (type, memory) ->
              write(path, type, type, memory, texts.size(), Hdf5Storage.CONTIGUOUS, shape));
    }
  }

  /// Lengthens the first axis of a growing dataset by the rows in `values`.
  public void append(String path, float[] values) {
    synchronized (Hdf5Calls.LOCK) {
      try (var memory = new FloatPointer(values)) {
        append(path, H5T_NATIVE_FLOAT_g(), memory, values.length);
      }
    }
  }

  /// Lengthens the first axis of a growing dataset by the rows in `values`.
  public void append(String path, double[] values) {
    synchronized (Hdf5Calls.LOCK) {
      try (var memory = new DoublePointer(values)) {
        append(path, H5T_NATIVE_DOUBLE_g(), memory, values.length);
      }
    }
  }

  public void attribute(String path, String name, String text) {
    synchronized (Hdf5Calls.LOCK) {
      withTexts(
          List.of(text), (type, memory) -> attribute(path, name, type, type, memory, new long[0]));
    }
  }

  /// One number, or a list of them.
  public void attribute(String path, String name, double... values) {
    synchronized (Hdf5Calls.LOCK) {
      try (var memory = new DoublePointer(values)) {
        attribute(
            path,
            name,
            H5T_IEEE_F64LE_g(),
            H5T_NATIVE_DOUBLE_g(),
            memory,
            values.length == 1 ? new long[0] : new long[] {values.length});
      }
    }
  }

  /// `path` becomes another name of `target`.
  public void softLink(String path, String target) {
    synchronized (Hdf5Calls.LOCK) {
      try (var links = Hdf5Plans.links(file)) {
        check(
            H5Lcreate_soft(target, id.id(), path, links.id(), H5P_DEFAULT),
            "cannot write the link " + path);
      }
    }
  }

  /// `path` becomes another name of `target` in another file, named relative to this one.
  public void externalLink(String path, String otherFile, String target) {
    synchronized (Hdf5Calls.LOCK) {
      try (var links = Hdf5Plans.links(file)) {
        check(
            H5Lcreate_external(otherFile, target, id.id(), path, links.id(), H5P_DEFAULT),
            "cannot write the link " + path);
      }
    }
  }

  /// Closes the file and gives it its name, replacing what was there, all at once.
  public void commit() {
    synchronized (Hdf5Calls.LOCK) {
      try {
        check(H5Fflush(id.id(), H5F_SCOPE_GLOBAL), "cannot be written");
      } finally {
        open = false;
        closeOrDelete();
      }
    }
    try (var channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
      channel.force(true);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException trouble) {
      delete();
      throw new FileTrouble(file, "cannot be written: " + trouble.getMessage(), trouble);
    }
  }

  @Override
  public void close() {
    synchronized (Hdf5Calls.LOCK) {
      if (open) {
        open = false;
        try {
          id.close();
        } finally {
          delete();
        }
      }
    }
  }

  private void closeOrDelete() {
    try {
      id.close();
    } catch (FileTrouble trouble) {
      delete();
      throw trouble;
    }
  }

  private void delete() {
    try {
      Files.deleteIfExists(part);
    } catch (IOException trouble) {
      throw new FileTrouble(file, "the unfinished " + part + " cannot be deleted", trouble);
    }
  }

  private interface WithTexts {
    void write(long type, Pointer memory);
  }

  private void withTexts(List<String> texts, WithTexts writing) {
    BytePointer[] each =
        texts.stream()
            .map(text -> new BytePointer(text, StandardCharsets.UTF_8))
            .toArray(BytePointer[]::new);
    try (var type = Hdf5Texts.varyingType(file, H5T_CSET_UTF8);
        var memory = new PointerPointer<BytePointer>(Math.max(1, each.length))) {
      for (int i = 0; i < each.length; i++) {
        memory.put(i, each[i]);
      }
      writing.write(type.id(), memory);
    } finally {
      Arrays.stream(each).forEach(BytePointer::close);
    }
  }

  private void write(
      String path,
      long fileType,
      long memoryType,
      Pointer values,
      long length,
      Hdf5Storage storage,
      long... shape) {
    Check.same("numbers for " + path, length, Hdf5Slabs.product(shape));
    synchronized (Hdf5Calls.LOCK) {
      try (var space = Hdf5Plans.space(file, path, shape, storage.growing());
          var plan = Hdf5Plans.dataset(file, path, storage);
          var links = Hdf5Plans.links(file);
          var set =
              Hdf5Id.of(
                  H5Dcreate2(
                      id.id(), path, fileType, space.id(), links.id(), plan.id(), H5P_DEFAULT),
                  file,
                  "cannot make " + path,
                  d -> H5Dclose(d))) {
        if (length > 0) {
          check(
              H5Dwrite(set.id(), memoryType, H5S_ALL, H5S_ALL, H5P_DEFAULT, values),
              "cannot write " + path);
        }
      }
    }
  }

  private void append(String path, long memoryType, Pointer values, long length) {
    String cannot = "cannot lengthen " + path;
    try (var set =
        Hdf5Id.of(H5Dopen2(id.id(), path, H5P_DEFAULT), file, cannot, d -> H5Dclose(d))) {
      long[] shape;
      try (var space = Hdf5Id.of(H5Dget_space(set.id()), file, cannot, s -> H5Sclose(s))) {
        shape = Hdf5Slabs.shape(space.id(), file);
      }
      long[] count = shape.clone();
      count[0] = 1;
      long row = Hdf5Slabs.product(count);
      Check.same("numbers of whole rows of " + path, length, length / row * row);
      count[0] = length / row;
      long[] start = new long[shape.length];
      start[0] = shape[0];
      long[] grown = shape.clone();
      grown[0] += count[0];
      check(H5Dset_extent(set.id(), grown), cannot);
      try (var space = Hdf5Id.of(H5Dget_space(set.id()), file, cannot, s -> H5Sclose(s));
          var memory =
              Hdf5Id.of(
                  H5Screate_simple(1, new long[] {length}, (long[]) null),
                  file,
                  cannot,
                  s -> H5Sclose(s))) {
        Hdf5Slabs.select(space.id(), file, path, start, count);
        check(H5Dwrite(set.id(), memoryType, memory.id(), space.id(), H5P_DEFAULT, values), cannot);
      }
    }
  }

  private void attribute(
      String path, String name, long fileType, long memoryType, Pointer values, long[] shape) {
    String cannot = "cannot write the attribute " + name + " of " + path;
    try (var space = Hdf5Plans.space(file, path, shape, false);
        var attribute =
            Hdf5Id.of(
                H5Acreate_by_name(
                    id.id(),
                    path,
                    name,
                    fileType,
                    space.id(),
                    H5P_DEFAULT,
                    H5P_DEFAULT,
                    H5P_DEFAULT),
                file,
                cannot,
                a -> H5Aclose(a))) {
      check(H5Awrite(attribute.id(), memoryType, values), cannot);
    }
  }

  private void check(int code, String doing) {
    Hdf5Calls.check(code, file, doing);
  }
}

package argand.file;

import argand.array.Grid;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/// NumPy's files: an `.npz` of named arrays, or an `.npy` of one, which goes by the name of the
/// file
/// and finds others beside it by theirs (`positions.npy`).
///
/// Arrays of an `.npy` are mapped, those of an `.npz` are unpacked into memory outside of the heap.
final class NumpyFile implements Datasets {
  private final Path file;
  private final boolean packed;
  private final Arena arena = Arena.ofShared();
  private final Map<String, MemoryArray> arrays = new ConcurrentHashMap<>();

  private NumpyFile(Path file, boolean packed) {
    this.file = file;
    this.packed = packed;
  }

  /// Whether it is an `.npy`, or a ZIP archive of them.
  static boolean claims(Path file) {
    try (var stream = Files.newInputStream(file)) {
      byte[] head = stream.readNBytes(8);
      boolean zip = head.length > 3 && head[0] == 'P' && head[1] == 'K' && head[2] == 3;
      return NumpyHeader.begins(head) || (zip && !names(file).isEmpty());
    } catch (IOException trouble) {
      throw new FileTrouble(file, "cannot be read: " + trouble.getMessage(), trouble);
    }
  }

  /// @throws FileTrouble when it is neither
  static NumpyFile open(Path file) {
    if (!claims(file)) {
      throw new FileTrouble(file, "is neither a NumPy array nor an archive of them");
    }
    try (var stream = Files.newInputStream(file)) {
      return new NumpyFile(file, stream.read() == 'P');
    } catch (IOException trouble) {
      throw new FileTrouble(file, "cannot be read: " + trouble.getMessage(), trouble);
    }
  }

  private static List<String> names(Path file) {
    try (var zip = new ZipFile(file.toFile())) {
      return zip.stream()
          .map(ZipEntry::getName)
          .filter(name -> name.endsWith(".npy"))
          .map(name -> name.substring(0, name.length() - 4))
          .toList();
    } catch (ZipException damaged) {
      throw new FileTrouble(
          file, "the archive is damaged or cut off: " + damaged.getMessage(), damaged);
    } catch (IOException trouble) {
      throw new FileTrouble(file, "cannot be read: " + trouble.getMessage(), trouble);
    }
  }

  /// The arrays in it.
  List<String> names() {
    return packed ? names(file) : List.of(String.valueOf(file.getFileName()));
  }

  @Override
  public Path file() {
    return file;
  }

  @Override
  public boolean isDataset(String path) {
    return packed ? names(file).contains(path) : Files.isRegularFile(beside(path));
  }

  private Path beside(String name) {
    return file.resolveSibling(name);
  }

  MemoryArray array(String path) {
    return arrays.computeIfAbsent(path, packed ? this::unpacked : this::mapped);
  }

  private MemoryArray mapped(String name) {
    Path place = beside(name);
    if (!Files.isRegularFile(place)) {
      throw new FileTrouble(place, "there is no such file");
    }
    try (var channel = FileChannel.open(place);
        var stream = Files.newInputStream(place)) {
      var header = NumpyHeader.of(place, "it", stream.readNBytes(NumpyHeader.HEAD));
      long bytes = header.bytes(place, "it");
      long there = channel.size() - header.length();
      if (there < bytes) {
        throw cutOff(place, "it", there, bytes);
      }
      var data = channel.map(FileChannel.MapMode.READ_ONLY, header.length(), bytes, arena);
      return new MemoryArray(header.type(), header.shape(), header.fortran(), data);
    } catch (IOException trouble) {
      throw new FileTrouble(place, "cannot be read: " + trouble.getMessage(), trouble);
    }
  }

  /// What stands before the elements of an array, without reading them.
  NumpyHeader header(String name) {
    if (!packed) {
      try (var stream = Files.newInputStream(beside(name))) {
        return NumpyHeader.of(beside(name), "it", stream.readNBytes(NumpyHeader.HEAD));
      } catch (IOException trouble) {
        throw new FileTrouble(beside(name), "cannot be read: " + trouble.getMessage(), trouble);
      }
    }
    try (var zip = new ZipFile(file.toFile())) {
      return header(zip, entry(zip, name), name);
    } catch (IOException trouble) {
      throw damaged(name, trouble);
    }
  }

  private NumpyHeader header(ZipFile zip, ZipEntry entry, String name) throws IOException {
    try (var stream = zip.getInputStream(entry)) {
      return NumpyHeader.of(file, name, stream.readNBytes(NumpyHeader.HEAD));
    }
  }

  private ZipEntry entry(ZipFile zip, String name) {
    var entry = zip.getEntry(name + ".npy");
    if (entry == null) {
      throw new FileTrouble(
          file, "there is no array " + name + "; it holds " + String.join(", ", names(file)));
    }
    return entry;
  }

  private FileTrouble damaged(String name, IOException trouble) {
    return new FileTrouble(
        file, "the array " + name + " cannot be read: " + trouble.getMessage(), trouble);
  }

  private MemoryArray unpacked(String name) {
    try (var zip = new ZipFile(file.toFile())) {
      var entry = entry(zip, name);
      var header = header(zip, entry, name);
      long bytes = header.bytes(file, name);
      long there = entry.getSize() - header.length();
      if (there < bytes) {
        throw cutOff(file, name, there, bytes);
      }
      var data = arena.allocate(Math.max(1, bytes), 8);
      try (var stream = zip.getInputStream(entry)) {
        stream.skipNBytes(header.length());
        fill(data, bytes, stream);
      }
      return new MemoryArray(header.type(), header.shape(), header.fortran(), data);
    } catch (IOException trouble) {
      throw damaged(name, trouble);
    }
  }

  private static void fill(MemorySegment data, long bytes, InputStream stream) throws IOException {
    byte[] part = new byte[1 << 16];
    long at = 0;
    while (at < bytes) {
      int read = stream.readNBytes(part, 0, (int) Math.min(part.length, bytes - at));
      if (read == 0) {
        throw new IOException("it ends after " + at + " of " + bytes + " bytes");
      }
      MemorySegment.copy(MemorySegment.ofArray(part), 0, data, at, read);
      at += read;
    }
  }

  private static FileTrouble cutOff(Path file, String name, long there, long expected) {
    return new FileTrouble(
        file, name + " is cut off: " + there + " of " + expected + " bytes of numbers are there");
  }

  @Override
  public long[] shape(String path) {
    return array(path).shape();
  }

  @Override
  public double[] doubles(String path) {
    return array(path).doubles(file, path);
  }

  @Override
  public float[] floats(String path) {
    return array(path).floats(file, path);
  }

  @Override
  public ComplexValues complex(String path) {
    var array = array(path);
    if (array.type().kind() != Hdf5Type.Kind.COMPLEX) {
      throw new FileTrouble(file, path + " holds " + array.type() + "; expected complex numbers");
    }
    int length = array.length(file, path);
    long[] strides = array.strides();
    var values = new ComplexValues(new float[length], new float[length]);
    for (int k = 0; k < length; k++) {
      long place = 2 * array.place(k, strides);
      values.re()[k] = (float) array.element(place);
      values.im()[k] = (float) array.element(place + 1);
    }
    return values;
  }

  @Override
  public Optional<String> units(String path) {
    return Optional.empty(); // NumPy keeps none
  }

  @Override
  public FrameSource frames(FrameAxes axes, Grid grid) {
    var array = array(axes.path());
    array.mustBeReal(file, axes.path());
    return new MemoryFrames(this, array, axes, grid);
  }

  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }
}

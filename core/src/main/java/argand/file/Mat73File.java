package argand.file;

import argand.array.Grid;
import argand.array.RealField;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// A MAT-file of version 7.3: an HDF5 file with MATLAB's header before it.
///
/// MATLAB writes its axes in the order of memory, so HDF5 sees them reversed; here they stand in
/// MATLAB's order. Structures are groups, cells and arrays of structures are datasets of
/// references, texts are 16-bit integers.
final class Mat73File implements MatlabFile {
  private static final String BEGINS = "MATLAB 7.3 MAT-file";
  private static final String KIND = "MATLAB_class";
  private static final String EMPTY = "MATLAB_empty";

  private final Hdf5 h5;

  private Mat73File(Hdf5 h5) {
    this.h5 = h5;
  }

  static boolean claims(Path file) {
    try (var stream = Files.newInputStream(file)) {
      byte[] head = stream.readNBytes(BEGINS.length());
      return new String(head, StandardCharsets.ISO_8859_1).equals(BEGINS)
          && Hdf5.looksLikeHdf5(file);
    } catch (IOException trouble) {
      throw new FileTrouble(file, "cannot be read: " + trouble.getMessage(), trouble);
    }
  }

  static Mat73File open(Path file) {
    return new Mat73File(Hdf5.open(file));
  }

  /// The HDF5 path of a value.
  private @Nullable String find(String path) {
    List<MatlabPath.Part> steps = MatlabPath.of(path).steps();
    String at = "";
    int element = 0; // of an array of structures, whose fields hold a reference for each
    for (var step : steps) {
      if (step.isIndex() && !step.ofCell()) {
        element = step.index();
        continue;
      }
      String next = step.isIndex() ? at : at + "/" + step.name();
      boolean follow =
          step.isIndex() || element > 0 && isReferences(next) && !kind(next).equals("cell");
      if (follow) {
        int index = step.isIndex() ? step.index() : element;
        List<String> targets = isReferences(next) ? h5.references(next) : List.of();
        next = index <= targets.size() ? targets.get(index - 1) : "";
      }
      element = 0;
      at = next;
      if (at.isEmpty() || !h5.has(at)) {
        return null;
      }
    }
    return at.isEmpty() ? null : at;
  }

  private boolean isReferences(String at) {
    return h5.isDataset(at) && h5.type(at).kind() == Hdf5Type.Kind.REFERENCE;
  }

  private String must(String path) {
    String at = find(path);
    if (at == null) {
      throw new FileTrouble(
          h5.file(), "there is no " + path + "; it holds " + String.join(", ", variables()));
    }
    if (!holdsNumbers(at)) {
      throw new FileTrouble(h5.file(), path + " is a " + kind(at) + "; expected numbers");
    }
    return at;
  }

  private List<String> variables() {
    return h5.list("/").stream().filter(name -> !name.startsWith("#")).toList();
  }

  private boolean holdsNumbers(String at) {
    if (!h5.isDataset(at) || kind(at).equals("char")) {
      return false;
    }
    var kind = h5.type(at);
    return kind.isNumber() || kind.kind() == Hdf5Type.Kind.COMPLEX;
  }

  private String kind(String at) {
    return h5.attributes(at)
        .text(KIND)
        .orElseGet(() -> h5.isGroup(at) ? "struct" : h5.type(at).toString());
  }

  private boolean isEmpty(String at) {
    var attributes = h5.attributes(at);
    return attributes.has(EMPTY) && attributes.doubles(EMPTY)[0] != 0;
  }

  @Override
  public SequencedMap<String, String> contents() {
    var lines = new LinkedHashMap<String, String>();
    for (String name : variables()) {
      describe(name, "/" + name, lines, 0);
    }
    return lines;
  }

  private void describe(String path, String at, Map<String, String> lines, int depth) {
    if (lines.size() >= MOST_LISTED || at.isEmpty() || depth > 32) {
      return;
    }
    if (h5.isGroup(at)) {
      for (String field : h5.list(at)) {
        String place = at + "/" + field;
        if (isReferences(place) && !kind(place).equals("cell")) {
          elements(path + "(%d)." + field, place, lines, depth);
        } else {
          describe(path + "." + field, place, lines, depth + 1);
        }
      }
    } else if (!h5.isDataset(at)) {
      lines.put(path, "a link to nothing");
    } else if (isReferences(at)) {
      elements(path + "{%d}", at, lines, depth);
    } else if (kind(at).equals("char")) {
      lines.put(path, "'" + text(at) + "'");
    } else if (isEmpty(at)) {
      lines.put(path, "empty " + kind(at));
    } else {
      boolean complex = h5.type(at).kind() == Hdf5Type.Kind.COMPLEX;
      lines.put(path, MatlabFile.described(kind(at), reversed(h5.shape(at)), complex));
    }
  }

  private void elements(String format, String at, Map<String, String> lines, int depth) {
    List<String> targets = h5.references(at);
    for (int k = 0; k < targets.size(); k++) {
      describe(
          String.format(java.util.Locale.ROOT, format, k + 1), targets.get(k), lines, depth + 1);
    }
  }

  private String text(String at) {
    if (isEmpty(at)) {
      return "";
    }
    var text = new StringBuilder();
    for (double letter : h5.doubles(at)) {
      text.append((char) letter);
    }
    return text.toString();
  }

  private static long[] reversed(long[] shape) {
    long[] reversed = new long[shape.length];
    for (int axis = 0; axis < shape.length; axis++) {
      reversed[axis] = shape[shape.length - 1 - axis];
    }
    return reversed;
  }

  @Override
  public Path file() {
    return h5.file();
  }

  @Override
  public boolean isDataset(String path) {
    String at = find(path);
    return at != null && holdsNumbers(at);
  }

  @Override
  public long[] shape(String path) {
    String at = must(path);
    return isEmpty(at)
        ? java.util.Arrays.stream(h5.doubles(at)).mapToLong(size -> (long) size).toArray()
        : reversed(h5.shape(at));
  }

  @Override
  public double[] doubles(String path) {
    String at = must(path);
    if (isEmpty(at)) {
      return new double[0];
    }
    double[] stored = h5.doubles(at);
    double[] values = new double[stored.length];
    int[] order = order(h5.shape(at), stored.length);
    for (int k = 0; k < values.length; k++) {
      values[k] = stored[order[k]];
    }
    return values;
  }

  @Override
  public float[] floats(String path) {
    String at = must(path);
    return isEmpty(at) ? new float[0] : turned(h5.floats(at), order(at));
  }

  @Override
  public ComplexValues complex(String path) {
    String at = must(path);
    if (h5.type(at).kind() != Hdf5Type.Kind.COMPLEX) {
      float[] real = floats(path);
      return new ComplexValues(real, new float[real.length]); // imaginary parts that are all 0
    }
    var stored = h5.complex(at);
    int[] order = order(at);
    return new ComplexValues(turned(stored.re(), order), turned(stored.im(), order));
  }

  private int[] order(String at) {
    long[] shape = h5.shape(at);
    return order(shape, Math.toIntExact(Hdf5Slabs.product(shape)));
  }

  private static float[] turned(float[] stored, int[] order) {
    float[] values = new float[stored.length];
    for (int k = 0; k < values.length; k++) {
      values[k] = stored[order[k]];
    }
    return values;
  }

  /// Where the numbers of MATLAB's axes, last fastest, lie in the file, whose first axis is
  /// MATLAB's last.
  private static int[] order(long[] stored, int count) {
    int[] order = new int[count];
    for (int k = 0; k < count; k++) {
      long rest = k;
      long place = 0;
      long step = count;
      for (long size : stored) { // MATLAB's fastest here is the file's slowest
        step /= size;
        place += rest % size * step;
        rest /= size;
      }
      order[k] = (int) place;
    }
    return order;
  }

  @Override
  public Optional<String> units(String path) {
    return Optional.empty(); // MATLAB keeps none
  }

  @Override
  public FrameSource frames(FrameAxes axes, Grid grid) {
    String at = must(axes.path());
    var stored = h5.frames(axes.reversed(at), grid);
    return new Frames73(stored, axes);
  }

  /// Frames whose scan axes, where there are several, are counted the first slowest, as everywhere;
  /// the file counts them the other way.
  private record Frames73(FrameSource stored, FrameAxes axes) implements FrameSource {
    @Override
    public int together() {
      return axes.shape().length == 3 ? stored.together() : 1;
    }

    @Override
    public int count() {
      return stored.count();
    }

    @Override
    public Grid grid() {
      return stored.grid();
    }

    @Override
    public void read(int index, RealField into) {
      long[] start = axes.start(index);
      long place = 0;
      for (int axis = start.length - 1; axis >= 0; axis--) {
        if (axis != axes.row() && axis != axes.column()) {
          place = place * axes.shape()[axis] + start[axis];
        }
      }
      stored.read((int) place, into);
    }

    @Override
    public void close() {
      stored.close();
    }
  }

  @Override
  public void close() {
    h5.close();
  }
}

package argand.file;

import argand.array.Grid;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// A MAT-file of level 5, as MATLAB's `save -v6` and `save -v7` write it: named arrays, structures
/// and cells, each variable compressed or not.
///
/// Variables are unpacked into memory outside of the heap when they are asked for; what is not
/// compressed is mapped. Shapes are MATLAB's. Refused are sparse arrays, functions and objects of
/// classes.
///
/// @see <a href="https://www.mathworks.com/help/pdf_doc/matlab/matfile_format.pdf">MathWorks,
///      MAT-File Format, chapter 1</a>
final class Mat5File implements MatlabFile {
  private static final int HEADER = 128;

  /// Enough for flags, shape and name of a variable.
  private static final int HEAD = 1 << 12;

  private final Path file;
  private final Arena arena = Arena.ofShared();
  private final SequencedMap<String, Variable> variables = new LinkedHashMap<>();
  private final Map<String, Mat5Value> values = new ConcurrentHashMap<>();
  private final Mat5Elements elements;

  /// @param packed its element, whose data are compressed or not
  /// @param head name, kind and shape
  private record Variable(Mat5Elements.Element packed, Mat5Value head) {}

  private Mat5File(Path file) {
    this.file = file;
    try (var channel = FileChannel.open(file)) {
      var all = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
      this.elements = new Mat5Elements(file, all.asSlice(HEADER), order(all));
      while (elements.hasNext()) {
        var element = elements.next();
        var head = head(element);
        if (!head.name().isEmpty()) { // MATLAB's own bookkeeping has no name
          variables.put(head.name(), new Variable(element, head));
        }
      }
    } catch (IOException trouble) {
      arena.close();
      throw new FileTrouble(file, "cannot be read: " + trouble.getMessage(), trouble);
    } catch (RuntimeException trouble) {
      arena.close();
      throw trouble;
    }
  }

  /// Whether it begins as a MAT-file of level 5: version 0x0100 and the mark of the byte order.
  static boolean claims(Path file) {
    try (var stream = Files.newInputStream(file)) {
      byte[] head = stream.readNBytes(HEADER);
      if (head.length < HEADER) {
        return false;
      }
      boolean little = head[126] == 'I' && head[127] == 'M' && head[124] == 0 && head[125] == 1;
      boolean big = head[126] == 'M' && head[127] == 'I' && head[124] == 1 && head[125] == 0;
      return little || big;
    } catch (IOException trouble) {
      throw new FileTrouble(file, "cannot be read: " + trouble.getMessage(), trouble);
    }
  }

  private static ByteOrder order(MemorySegment all) {
    return all.get(java.lang.foreign.ValueLayout.JAVA_BYTE, 126) == 'I'
        ? ByteOrder.LITTLE_ENDIAN
        : ByteOrder.BIG_ENDIAN;
  }

  /// @throws FileTrouble when it is none, or damaged
  static Mat5File open(Path file) {
    if (!claims(file)) {
      throw new FileTrouble(file, "is not a MAT-file of level 5");
    }
    return new Mat5File(file);
  }

  private Mat5Value head(Mat5Elements.Element element) {
    if (element.type() != Mat5Elements.COMPRESSED) {
      return matrix(element, true);
    }
    try (var brief = Arena.ofConfined()) {
      var head = elements.inflated(element.data(), HEAD, brief);
      return matrix(elements.within(head).nextEvenCut(), true);
    }
  }

  private Mat5Value matrix(Mat5Elements.Element element, boolean headOnly) {
    if (element.type() != Mat5Elements.MATRIX) {
      throw elements.damaged("an element of the type " + element.type() + " is no variable");
    }
    return Mat5Value.parse(elements, element.data(), 0, headOnly);
  }

  private Mat5Value variable(String name) {
    return values.computeIfAbsent(name, this::unpacked);
  }

  private Mat5Value unpacked(String name) {
    var variable = variables.get(name);
    if (variable == null) {
      throw new FileTrouble(
          file,
          "there is no variable " + name + "; it holds " + String.join(", ", variables.keySet()));
    }
    var element = variable.packed;
    if (element.type() == Mat5Elements.COMPRESSED) {
      var whole = elements.inflated(element.data(), Long.MAX_VALUE, arena);
      element = elements.within(whole).next();
    }
    return matrix(element, false);
  }

  private @Nullable Mat5Value find(String path) {
    List<MatlabPath.Part> steps = MatlabPath.of(path).steps();
    if (steps.isEmpty() || !variables.containsKey(steps.getFirst().name())) {
      return null;
    }
    Mat5Value value = variable(steps.getFirst().name());
    int element = 0;
    for (var step : steps.subList(1, steps.size())) {
      int child = -1;
      if (!step.isIndex()) {
        int field = value.fields().indexOf(step.name());
        child = field < 0 ? -1 : element * value.fields().size() + field;
        element = 0;
      } else if (step.ofCell()) {
        child = value.kind().equals("cell") ? step.index() - 1 : -1;
      } else if (step.index() <= value.count() && !value.fields().isEmpty()) {
        element = step.index() - 1;
        continue;
      }
      if (child < 0 || child >= value.children().size()) {
        return null;
      }
      value = value.children().get(child);
    }
    return value;
  }

  private Mat5Value numbers(String path) {
    var value = find(path);
    if (value == null) {
      throw new FileTrouble(
          file, "there is no " + path + "; it holds " + String.join(", ", variables.keySet()));
    }
    if (value.numbers().isEmpty()) {
      throw new FileTrouble(file, path + " is a " + value.kind() + "; expected numbers");
    }
    return value;
  }

  private MemoryArray real(String path) {
    var value = numbers(path);
    if (value.complex()) {
      throw new FileTrouble(file, path + " holds complex numbers; expected real ones");
    }
    return value.numbers().getFirst();
  }

  @Override
  public SequencedMap<String, String> contents() {
    var lines = new LinkedHashMap<String, String>();
    variables.forEach(
        (name, variable) -> {
          String kind = variable.head.kind();
          boolean deep = List.of("struct", "cell", "char", "object").contains(kind);
          describe(name, deep ? variable(name) : variable.head, lines);
        });
    return lines;
  }

  private static void describe(String path, Mat5Value value, Map<String, String> lines) {
    if (lines.size() >= MOST_LISTED) {
      return;
    }
    switch (value.kind()) {
      case "char" -> lines.put(path, "'" + value.text() + "'");
      case "cell" -> {
        for (int k = 0; k < value.children().size(); k++) {
          describe(path + "{" + (k + 1) + "}", value.children().get(k), lines);
        }
      }
      case "struct", "object" -> {
        int fields = value.fields().size();
        for (int k = 0; k < value.children().size(); k++) {
          String element = value.count() == 1 ? "" : "(" + (k / fields + 1) + ")";
          describe(
              path + element + "." + value.fields().get(k % fields),
              value.children().get(k),
              lines);
        }
      }
      default ->
          lines.put(path, MatlabFile.described(value.kind(), value.shape(), value.complex()));
    }
  }

  @Override
  public Path file() {
    return file;
  }

  @Override
  public boolean isDataset(String path) {
    var value = find(path);
    return value != null && !value.numbers().isEmpty();
  }

  @Override
  public long[] shape(String path) {
    return numbers(path).shape();
  }

  @Override
  public double[] doubles(String path) {
    return real(path).doubles(file, path);
  }

  @Override
  public float[] floats(String path) {
    return real(path).floats(file, path);
  }

  @Override
  public ComplexValues complex(String path) {
    var value = numbers(path);
    var parts = new ArrayList<>(value.numbers().stream().map(p -> p.floats(file, path)).toList());
    if (parts.size() == 1) {
      parts.add(new float[parts.getFirst().length]); // MATLAB drops imaginary parts that are all 0
    }
    return new ComplexValues(parts.get(0), parts.get(1));
  }

  @Override
  public Optional<String> units(String path) {
    return Optional.empty(); // MATLAB keeps none
  }

  @Override
  public FrameSource frames(FrameAxes axes, Grid grid) {
    return new MemoryFrames(this, real(axes.path()), axes, grid);
  }

  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }
}

package argand.file;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A value in a level-5 MAT-file: an array of numbers, a text, or a structure or cell of values.
///
/// @param name of the variable; empty inside of structures and cells
/// @param kind as MATLAB calls it: `double`, `uint16`, `logical`, `char`, `struct`, `cell` …
/// @param shape sizes of the axes in MATLAB's order
/// @param complex whether numbers have imaginary parts
/// @param numbers real parts, then imaginary ones; empty for what holds no numbers
/// @param text of characters
/// @param fields names of a structure's fields
/// @param children of a cell in MATLAB's order; of a structure all fields of its first element,
/// then
///      those of the next
record Mat5Value(
    String name,
    String kind,
    long[] shape,
    boolean complex,
    List<MemoryArray> numbers,
    String text,
    List<String> fields,
    List<Mat5Value> children) {
  private static final List<String> KINDS =
      List.of(
          "",
          "cell",
          "struct",
          "object",
          "char",
          "sparse",
          "double",
          "single",
          "int8",
          "uint8",
          "int16",
          "uint16",
          "int32",
          "uint32",
          "int64",
          "uint64",
          "function",
          "opaque");
  private static final int DEEPEST = 32;
  private static final int LOGICAL = 0x02;
  private static final int COMPLEX = 0x08;

  /// @param depth of structures and cells around it
  /// @param headOnly whether only name, kind and shape are wanted: the numbers may be cut off
  static Mat5Value parse(Mat5Elements in, MemorySegment matrix, int depth, boolean headOnly) {
    Mat5Elements parts = in.within(matrix);
    if (matrix.byteSize() == 0) {
      return empty();
    }
    if (depth > DEEPEST) {
      throw in.damaged("structures lie deeper than " + DEEPEST);
    }
    long[] flags = parts.integers();
    int kind = flags.length == 0 ? 0 : (int) (flags[0] & 0xff);
    if (kind == 0 || kind >= KINDS.size()) {
      throw in.damaged("there is no kind " + kind + " of array");
    }
    String named = KINDS.get(kind);
    boolean complex = (flags[0] >> 8 & COMPLEX) != 0;
    if (named.equals("opaque") || named.equals("function")) {
      return new Mat5Value(
          named.equals("opaque") ? parts.text() : "",
          named,
          new long[] {1, 1},
          false,
          List.of(),
          "",
          List.of(),
          List.of());
    }
    long[] shape = parts.integers();
    for (long size : shape) {
      if (size < 0) {
        throw in.damaged("an array has an axis of size " + size);
      }
    }
    String name = parts.text();
    boolean logical = (flags[0] >> 8 & LOGICAL) != 0;
    var bare =
        new Mat5Value(
            name, logical ? "logical" : named, shape, complex, List.of(), "", List.of(), List.of());
    if (headOnly || named.equals("sparse")) {
      return bare;
    }
    return switch (named) {
      case "cell" -> bare.with(List.of(), children(parts, bare.count(parts), depth));
      case "struct", "object" -> structure(bare, parts, depth);
      case "char" -> bare.saying(characters(parts, bare.count(parts)));
      default -> bare.with(numbers(parts, shape, complex));
    };
  }

  /// `[]` inside of a structure.
  private static Mat5Value empty() {
    return new Mat5Value(
        "", "double", new long[] {0, 0}, false, List.of(), "", List.of(), List.of());
  }

  private Mat5Value with(List<MemoryArray> found) {
    return new Mat5Value(name, kind, shape, complex, found, text, fields, children);
  }

  private Mat5Value with(List<String> names, List<Mat5Value> found) {
    return new Mat5Value(name, kind, shape, complex, numbers, text, names, found);
  }

  private Mat5Value saying(String found) {
    return new Mat5Value(name, kind, shape, complex, numbers, found, fields, children);
  }

  /// How many elements there are, which are no more than bytes.
  private long count(Mat5Elements in) {
    long count = 1;
    for (long size : shape) {
      if (size != 0 && count > Integer.MAX_VALUE / size) {
        throw in.damaged("a " + kind + " claims more elements than there can be");
      }
      count *= size;
    }
    return count;
  }

  long count() {
    return Hdf5Slabs.product(shape);
  }

  private static List<Mat5Value> children(Mat5Elements parts, long count, int depth) {
    var children = new ArrayList<Mat5Value>();
    for (long k = 0; k < count; k++) {
      var element = parts.next();
      if (element.type() != Mat5Elements.MATRIX) {
        throw parts.damaged("an element of the type " + element.type() + " stands in a cell");
      }
      children.add(parse(parts, element.data(), depth + 1, false));
    }
    return children;
  }

  private static Mat5Value structure(Mat5Value bare, Mat5Elements parts, int depth) {
    if (bare.kind.equals("object")) {
      parts.text(); // the name of its class
    }
    long[] length = parts.integers();
    if (length.length != 1 || length[0] < 1) {
      throw parts.damaged("the fields of a structure have no names");
    }
    String all = parts.text();
    int wide = (int) length[0];
    var names = new ArrayList<String>();
    for (int from = 0; from + wide <= all.length(); from += wide) {
      String padded = all.substring(from, from + wide);
      int end = padded.indexOf(0);
      names.add(end < 0 ? padded : padded.substring(0, end));
    }
    return bare.with(names, children(parts, bare.count(parts) * names.size(), depth));
  }

  private static List<MemoryArray> numbers(Mat5Elements parts, long[] shape, boolean complex) {
    var numbers = new ArrayList<MemoryArray>();
    for (int k = 0; k < (complex ? 2 : 1); k++) {
      var element = parts.next();
      Hdf5Type type = type(parts, element.type());
      double expected = type.bytes();
      for (long size : shape) {
        expected *= size;
      }
      if (element.data().byteSize() < expected) {
        throw parts.damaged("an array of " + type + " holds fewer numbers than its shape says");
      }
      numbers.add(new MemoryArray(type, shape, true, element.data()));
    }
    return numbers;
  }

  /// How the numbers of one array are stored, which may be narrower than MATLAB's kind.
  private static Hdf5Type type(Mat5Elements in, int type) {
    boolean big = in.order() == ByteOrder.BIG_ENDIAN;
    return switch (type) {
      case 1 -> new Hdf5Type(Hdf5Type.Kind.INTEGER, 1, true, big);
      case 2 -> new Hdf5Type(Hdf5Type.Kind.INTEGER, 1, false, big);
      case 3 -> new Hdf5Type(Hdf5Type.Kind.INTEGER, 2, true, big);
      case 4 -> new Hdf5Type(Hdf5Type.Kind.INTEGER, 2, false, big);
      case 5 -> new Hdf5Type(Hdf5Type.Kind.INTEGER, 4, true, big);
      case 6 -> new Hdf5Type(Hdf5Type.Kind.INTEGER, 4, false, big);
      case 7 -> new Hdf5Type(Hdf5Type.Kind.FLOAT, 4, true, big);
      case 9 -> new Hdf5Type(Hdf5Type.Kind.FLOAT, 8, true, big);
      case 12 -> new Hdf5Type(Hdf5Type.Kind.INTEGER, 8, true, big);
      case 13 -> new Hdf5Type(Hdf5Type.Kind.INTEGER, 8, false, big);
      default -> throw in.damaged("there is no type " + type + " of numbers");
    };
  }

  private static String characters(Mat5Elements parts, long count) {
    if (count == 0 && !parts.hasNext()) {
      return "";
    }
    var element = parts.next();
    byte[] bytes = element.data().toArray(ValueLayout.JAVA_BYTE);
    boolean big = parts.order() == ByteOrder.BIG_ENDIAN;
    Charset wide = big ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
    return switch (element.type()) {
      case 1, 2 -> new String(bytes, StandardCharsets.ISO_8859_1);
      case 16 -> new String(bytes, StandardCharsets.UTF_8);
      case 4, 17 -> new String(bytes, wide);
      case 18 -> new String(bytes, Charset.forName(big ? "UTF-32BE" : "UTF-32LE"));
      default -> throw parts.damaged("there is no type " + element.type() + " of characters");
    };
  }
}

package argand.file;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What stands before the elements of a NumPy array.
///
/// @param type of its elements
/// @param shape sizes of the axes, empty for a scalar
/// @param fortran whether the first axis is the fastest
/// @param length bytes up to the first element
/// @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">NPY
///      format, versions 1 to 3</a>
record NumpyHeader(Hdf5Type type, long[] shape, boolean fortran, int length) {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  /// The longest beginning of an array that is looked at for its header.
  static final int HEAD = 1 << 16;

  private static final Pattern DESCR =
      Pattern.compile("'descr'\\s*:\\s*'([<>|=]?)([a-zA-Z])(\\d+)'");
  private static final Pattern FORTRAN = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([\\dL, ]*)\\)");

  long bytes(Path file, String name) {
    long bytes = type.bytes();
    for (long size : shape) {
      try {
        bytes = Math.multiplyExact(bytes, size);
      } catch (ArithmeticException tooMany) {
        throw new FileTrouble(file, name + " claims more elements than there can be", tooMany);
      }
    }
    return bytes;
  }

  static boolean begins(byte[] head) {
    for (int i = 0; i < MAGIC.length; i++) {
      if (head.length <= i || head[i] != MAGIC[i]) {
        return false;
      }
    }
    return true;
  }

  /// @param head the first bytes of the array, {@link #HEAD} of them or all there are
  /// @throws FileTrouble when this is no array of numbers
  static NumpyHeader of(Path file, String name, byte[] head) {
    if (!begins(head) || head.length < 12) {
      throw new FileTrouble(file, name + " is not a NumPy array");
    }
    var bytes = MemorySegment.ofArray(head);
    var little = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    boolean first = head[6] == 1;
    if (head[6] < 1 || head[6] > 3) {
      throw new FileTrouble(file, name + " has the NPY version " + head[6] + "; expected 1 to 3");
    }
    int from = first ? 10 : 12;
    long length = first ? bytes.get(little, 8) & 0xffff : bytes.get(little, 8) & 0xffffffffL;
    if (from + length > head.length) {
      throw new FileTrouble(file, name + " is cut off or has a header of " + length + " bytes");
    }
    String text = new String(head, from, (int) length, StandardCharsets.UTF_8);
    Matcher descr = DESCR.matcher(text);
    Matcher fortran = FORTRAN.matcher(text);
    Matcher shape = SHAPE.matcher(text);
    if (!descr.find() || !fortran.find() || !shape.find()) {
      throw new FileTrouble(file, name + " holds no plain array of numbers: " + text.strip());
    }
    long[] sizes =
        Stream.of(shape.group(1).split(","))
            .map(size -> size.replace("L", "").strip())
            .filter(size -> !size.isEmpty())
            .mapToLong(size -> size(file, name, size))
            .toArray();
    var type = type(file, name, descr.group(1), descr.group(2), Integer.parseInt(descr.group(3)));
    return new NumpyHeader(type, sizes, fortran.group(1).equals("True"), (int) (from + length));
  }

  private static long size(Path file, String name, String size) {
    try {
      return Long.parseLong(size);
    } catch (NumberFormatException wrong) {
      throw new FileTrouble(file, name + " has an axis of size " + size, wrong);
    }
  }

  private static Hdf5Type type(Path file, String name, String order, String kind, int bytes) {
    boolean big = order.equals(">");
    Hdf5Type.Kind is =
        switch (kind) {
          case "b" -> Hdf5Type.Kind.ENUMERATION;
          case "i", "u" -> Hdf5Type.Kind.INTEGER;
          case "f" -> Hdf5Type.Kind.FLOAT;
          case "c" -> Hdf5Type.Kind.COMPLEX;
          default -> Hdf5Type.Kind.OTHER;
        };
    var type = new Hdf5Type(is, bytes, kind.equals("i") || kind.equals("f"), big);
    boolean known = is == Hdf5Type.Kind.COMPLEX ? bytes == 8 || bytes == 16 : Elements.known(type);
    if (!known) {
      throw new FileTrouble(
          file,
          name
              + " holds elements of the type "
              + kind
              + bytes
              + "; expected numbers of up to 8 bytes, or complex ones of up to 16");
    }
    return type;
  }
}

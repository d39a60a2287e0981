package argand.file;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// The data elements of a level-5 MAT-file, one after the other: a tag of type and size, then the
/// bytes.
///
/// @see <a href="https://www.mathworks.com/help/pdf_doc/matlab/matfile_format.pdf">MathWorks,
///      MAT-File Format, chapter 1</a>
final class Mat5Elements {
  static final int INT8 = 1;
  static final int INT32 = 5;
  static final int UINT32 = 6;
  static final int MATRIX = 14;
  static final int COMPRESSED = 15;

  /// Deflate packs at most 1032 bytes into one.
  private static final long MOST_PACKED = 1032;

  private static final int STRIDE = 1 << 30;

  private final Path file;
  private final MemorySegment bytes;
  private final ByteOrder order;
  private long at;

  Mat5Elements(Path file, MemorySegment bytes, ByteOrder order) {
    this.file = file;
    this.bytes = bytes;
    this.order = order;
  }

  /// One element.
  ///
  /// @param type number of the type, as the format counts them
  /// @param cut whether fewer bytes are there than the tag says
  record Element(int type, MemorySegment data, boolean cut) {}

  boolean hasNext() {
    return at + 8 <= bytes.byteSize();
  }

  /// The next element, which must be whole.
  ///
  /// @throws FileTrouble when the file ends before
  Element next() {
    Element element = nextEvenCut();
    if (element.cut) {
      throw damaged("an element ends after the end of its surroundings");
    }
    return element;
  }

  /// The next element, or what there is of it.
  Element nextEvenCut() {
    if (!hasNext()) {
      throw damaged("an element is missing");
    }
    int word = integer(bytes, at);
    boolean small = word >>> 16 != 0;
    int type = small ? word & 0xffff : word;
    long size = small ? word >>> 16 : integer(bytes, at + 4) & 0xffffffffL;
    long from = small ? at + 4 : at + 8;
    if (small && size > 4) {
      throw damaged("a small element claims " + size + " bytes");
    }
    long there = Math.min(size, bytes.byteSize() - from);
    at = small ? at + 8 : from + size;
    if (type != COMPRESSED) {
      at = (at + 7) / 8 * 8;
    }
    return new Element(type, bytes.asSlice(from, there), there < size);
  }

  /// The next element as whole numbers of 32 bits.
  long[] integers() {
    Element element = next();
    if (element.type != INT32 && element.type != UINT32) {
      throw damaged(
          "an element of the type " + element.type + " stands where whole numbers should");
    }
    long[] values = new long[(int) (element.data.byteSize() / 4)];
    for (int i = 0; i < values.length; i++) {
      int value = integer(element.data, 4L * i);
      values[i] = element.type == INT32 ? value : value & 0xffffffffL;
    }
    return values;
  }

  /// The next element as a text of single bytes.
  String text() {
    Element element = next();
    return new String(element.data.toArray(ValueLayout.JAVA_BYTE), StandardCharsets.ISO_8859_1);
  }

  ByteOrder order() {
    return order;
  }

  Mat5Elements within(MemorySegment data) {
    return new Mat5Elements(file, data, order);
  }

  private int integer(MemorySegment segment, long offset) {
    return segment.get(ValueLayout.JAVA_INT_UNALIGNED.withOrder(order), offset);
  }

  FileTrouble damaged(String why) {
    return new FileTrouble(file, "the MAT-file is damaged or cut off: " + why);
  }

  /// The first `most` bytes of a compressed element, or all there are; the tag of the element in it
  /// comes first.
  MemorySegment inflated(MemorySegment packed, long most, Arena arena) {
    var inflater = new Inflater();
    try {
      byte[] tag = new byte[8];
      long fed = Math.min(packed.byteSize(), STRIDE);
      inflater.setInput(packed.asSlice(0, fed).asByteBuffer());
      int got = 0;
      while (got < tag.length) {
        int more = inflater.inflate(tag, got, tag.length - got);
        if (more == 0) {
          throw damaged("a compressed element holds nothing");
        }
        got += more;
      }
      long size = 8 + (integer(MemorySegment.ofArray(tag), 4) & 0xffffffffL);
      if (size > MOST_PACKED * packed.byteSize() + 64) {
        throw damaged("a compressed element claims " + size + " bytes");
      }
      long wanted = Math.min(size, most);
      MemorySegment all = arena.allocate(wanted, 8);
      MemorySegment.copy(MemorySegment.ofArray(tag), 0, all, 0, tag.length);
      long filled = tag.length;
      while (filled < wanted) {
        var into = all.asSlice(filled, Math.min(STRIDE, wanted - filled)).asByteBuffer();
        int more = inflater.inflate(into);
        filled += more;
        if (more == 0) {
          if (!inflater.needsInput() || fed == packed.byteSize()) {
            throw damaged("a compressed element ends after " + filled + " of " + size + " bytes");
          }
          long next = Math.min(packed.byteSize() - fed, STRIDE);
          inflater.setInput(packed.asSlice(fed, next).asByteBuffer());
          fed += next;
        }
      }
      return all;
    } catch (DataFormatException wrong) {
      throw new FileTrouble(
          file,
          "the MAT-file is damaged: " + wrong.getMessage() + " in a compressed element",
          wrong);
    } finally {
      inflater.end();
    }
  }
}

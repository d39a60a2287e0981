package argand.file;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;

/// One filter of an HDF5 chunk and its way back: deflate, shuffle, the Fletcher checksum, LZF, LZ4
/// and bitshuffle (with or without LZ4), as detectors and h5py write them. It needs neither libhdf5
/// nor its lock.
///
/// Formats: RFC 1950; the HDF5 file format specification 3.0 §III; "HDF5 LZ4 filter" (nexusformat);
/// K. Masui et al., Astron. Comput. 12, 181 (2015), doi 10.1016/j.ascom.2015.07.002.
///
/// @param id the registered number
/// @param values the parameters in the file
record Filter(int id, int[] values) {
  static final int DEFLATE = 1;
  static final int SHUFFLE = 2;
  static final int FLETCHER = 3;
  static final int LZF = 32000;
  static final int LZ4 = 32004;
  static final int BITSHUFFLE = 32008;

  private static final int BITSHUFFLE_BARE = 0;
  private static final int BITSHUFFLE_LZ4 = 2;

  /// No chunk is larger: HDF5 limits chunks to 4 GiB, a Java array to 2.
  private static final long LARGEST = Integer.MAX_VALUE - 8;

  /// Whether this class knows the way back.
  boolean decodable() {
    return switch (id) {
      case DEFLATE, SHUFFLE, FLETCHER, LZF, LZ4 -> true;
      case BITSHUFFLE -> mode() == BITSHUFFLE_BARE || mode() == BITSHUFFLE_LZ4;
      default -> false;
    };
  }

  /// @throws IllegalArgumentException when the bytes are not what this filter writes
  byte[] decode(byte[] encoded) {
    try {
      return switch (id) {
        case DEFLATE -> inflate(encoded);
        case SHUFFLE -> unshuffle(encoded, values[0]);
        case FLETCHER -> Arrays.copyOf(encoded, encoded.length - 4);
        case LZF -> expandLzf(encoded, values[2]);
        case LZ4 -> expandLz4(encoded);
        case BITSHUFFLE ->
            mode() == BITSHUFFLE_LZ4 ? expandBitshuffle(encoded) : unshuffleBits(encoded);
        default -> throw new IllegalArgumentException("filter " + id + " is unknown");
      };
    } catch (IndexOutOfBoundsException
        | LZ4Exception
        | java.nio.BufferUnderflowException
        | NegativeArraySizeException damaged) {
      throw new IllegalArgumentException("a chunk is damaged", damaged);
    }
  }

  private int mode() {
    return values.length > 4 ? values[4] : BITSHUFFLE_BARE;
  }

  private static byte[] inflate(byte[] encoded) {
    try (var inflater = new Inflater()) {
      inflater.setInput(encoded);
      byte[] decoded = new byte[(int) Math.min(LARGEST, Math.max(64, 4L * encoded.length))];
      int length = 0;
      while (!inflater.finished()) {
        if (length == decoded.length) {
          decoded = Arrays.copyOf(decoded, (int) Math.min(LARGEST, 2L * length));
        }
        int more = inflater.inflate(decoded, length, decoded.length - length);
        if (more == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
          throw new IllegalArgumentException("a deflated chunk ends early");
        }
        length += more;
      }
      return length == decoded.length ? decoded : Arrays.copyOf(decoded, length);
    } catch (DataFormatException damaged) {
      throw new IllegalArgumentException("a deflated chunk is damaged", damaged);
    }
  }

  /// Byte b of element e lies at b · elements + e; a tail shorter than an element is left as it is.
  private static byte[] unshuffle(byte[] encoded, int size) {
    if (size <= 1) {
      return encoded;
    }
    byte[] decoded = new byte[encoded.length];
    int elements = encoded.length / size;
    if (size == 2) { // what detectors write most
      for (int e = 0; e < elements; e++) {
        decoded[2 * e] = encoded[e];
        decoded[2 * e + 1] = encoded[elements + e];
      }
      decoded[decoded.length - 1] = encoded[decoded.length - 1];
      return decoded;
    }
    for (int b = 0; b < size; b++) {
      for (int e = 0, from = b * elements, to = b; e < elements; e++, from++, to += size) {
        decoded[to] = encoded[from];
      }
    }
    System.arraycopy(
        encoded, elements * size, decoded, elements * size, encoded.length - elements * size);
    return decoded;
  }

  /// Runs of literals and back references, as liblzf writes them.
  private static byte[] expandLzf(byte[] encoded, int length) {
    byte[] decoded = new byte[length];
    int from = 0;
    int to = 0;
    while (from < encoded.length) {
      int control = encoded[from++] & 0xff;
      if (control < 32) {
        System.arraycopy(encoded, from, decoded, to, control + 1);
        from += control + 1;
        to += control + 1;
      } else {
        int run = control >> 5;
        if (run == 7) {
          run += encoded[from++] & 0xff;
        }
        int back = to - ((control & 31) << 8) - (encoded[from++] & 0xff) - 1;
        for (int i = 0; i < run + 2; i++) {
          decoded[to++] = decoded[back++];
        }
      }
    }
    return decoded;
  }

  private static byte[] expandLz4(byte[] encoded) {
    var header = ByteBuffer.wrap(encoded);
    byte[] decoded = new byte[length(header.getLong(), encoded)];
    int block = header.getInt();
    LZ4SafeDecompressor lz4 = LZ4Factory.fastestInstance().safeDecompressor();
    for (int to = 0; to < decoded.length; ) {
      int length = Math.min(block, decoded.length - to);
      int packed = header.getInt();
      if (packed == length) {
        System.arraycopy(encoded, header.position(), decoded, to, length);
      } else {
        expandBlock(lz4, encoded, header.position(), packed, decoded, to, length);
      }
      header.position(header.position() + packed);
      to += length;
    }
    return decoded;
  }

  private byte[] expandBitshuffle(byte[] encoded) {
    int size = values[2];
    var header = ByteBuffer.wrap(encoded);
    byte[] decoded = new byte[length(header.getLong(), encoded)];
    int block = header.getInt();
    if (block <= 0) {
      throw new IllegalArgumentException("a bitshuffled chunk has blocks of " + block + " bytes");
    }
    LZ4SafeDecompressor lz4 = LZ4Factory.fastestInstance().safeDecompressor();
    byte[] bits = new byte[block];
    int tail = tail(decoded.length, size);
    for (int to = 0; to < decoded.length - tail; ) {
      int length = Math.min(block, decoded.length - tail - to);
      int packed = header.getInt();
      expandBlock(lz4, encoded, header.position(), packed, bits, 0, length);
      header.position(header.position() + packed);
      transpose(bits, 0, decoded, to, length / size, size);
      to += length;
    }
    header.get(decoded, decoded.length - tail, tail);
    return decoded;
  }

  private byte[] unshuffleBits(byte[] encoded) {
    int size = values[2];
    int elements = values.length > 3 ? values[3] : 0;
    if (elements == 0) {
      elements = Math.max(128, 8192 / size / 8 * 8);
    }
    byte[] decoded = encoded.clone();
    int whole = encoded.length - tail(encoded.length, size);
    for (int at = 0; at < whole; at += elements * size) {
      int length = Math.min(elements * size, whole - at);
      transpose(encoded, at, decoded, at, length / size, size);
    }
    return decoded;
  }

  /// A length that a header claims, believed only as far as LZ4 can shrink (255 to 1).
  private static int length(long claimed, byte[] encoded) {
    if (claimed < 0 || claimed > Math.min(LARGEST, 256L * encoded.length)) {
      throw new IllegalArgumentException("a chunk claims to hold " + claimed + " bytes");
    }
    return (int) claimed;
  }

  /// Bytes of the last elements, fewer than eight, which bitshuffle leaves alone.
  private static int tail(int bytes, int size) {
    return bytes / size % 8 * size + bytes % size;
  }

  private static void expandBlock(
      LZ4SafeDecompressor lz4, byte[] from, int at, int packed, byte[] to, int start, int length) {
    if (lz4.decompress(from, at, packed, to, start, length) != length) {
      throw new IllegalArgumentException("an LZ4 block is shorter than it should be");
    }
  }

  /// Bit j of byte b of element e lies in bit e mod 8 of byte (8 b + j) · elements/8 + ⌊e/8⌋ of the
  /// block.
  private static void transpose(
      byte[] bits, int at, byte[] decoded, int to, int elements, int size) {
    int rows = elements / 8;
    for (int b = 0; b < size; b++) {
      int plane = at + b * 8 * rows;
      for (int m = 0; m < rows; m++) {
        long square = 0;
        for (int j = 7; j >= 0; j--) {
          square = square << 8 | bits[plane + j * rows + m] & 0xff;
        }
        square = transposed(square);
        for (int k = 0, out = to + m * 8 * size + b; k < 8; k++, out += size) {
          decoded[out] = (byte) (square >>> 8 * k);
        }
      }
    }
  }

  /// The 8 × 8 bits of a long, rows for columns (H. S. Warren, Hacker's Delight, 2nd ed., §7-3).
  private static long transposed(long x) {
    long t = (x ^ x >>> 7) & 0x00AA00AA00AA00AAL;
    x = x ^ t ^ t << 7;
    t = (x ^ x >>> 14) & 0x0000CCCC0000CCCCL;
    x = x ^ t ^ t << 14;
    t = (x ^ x >>> 28) & 0x00000000F0F0F0F0L;
    return x ^ t ^ t << 28;
  }
}

package argand.file;

import argand.array.Check;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// Writes stacks of 32-bit floats as TIFF, and as BigTIFF where they are larger than 4 GiB.
///
/// Format: TIFF revision 6.0 (Adobe 1992) and the BigTIFF extension: little endian, one strip a
/// page, each page followed by its directory.
public final class TiffWriter {
  private TiffWriter() {}

  private static final int TAGS = 10;
  private static final int SHORT = 3;
  private static final int LONG = 4;
  private static final int LONG8 = 16;

  /// The pages, made one at a time.
  public interface Pages {
    /// Row by row.
    float[] page(int index);
  }

  /// @throws FileTrouble when it cannot be written; then nothing is left under its name
  public static void write(Path file, TiffStack stack) {
    write(file, stack.rows(), stack.columns(), stack.pages().size(), i -> stack.pages().get(i));
  }

  /// @throws FileTrouble when it cannot be written; then nothing is left under its name
  public static void write(Path file, int rows, int columns, int number, Pages pages) {
    long bytes = (4L * rows * columns + 256) * number;
    write(file, rows, columns, number, pages, bytes >= 1L << 32);
  }

  static void write(Path file, int rows, int columns, int number, Pages pages, boolean big) {
    Check.atLeast("number of pages", number, 1);
    Path part =
        file.resolveSibling(
            "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".part");
    try {
      try (var channel =
          FileChannel.open(
              part,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        int pageBytes = Math.multiplyExact(4, Math.multiplyExact(rows, columns));
        long at = big ? 16 : 8;
        put(channel, header(big, at + pageBytes));
        for (int i = 0; i < number; i++) {
          float[] page = pages.page(i);
          Check.same("pixels of page " + i, page.length, rows * columns);
          var data = buffer(pageBytes);
          data.asFloatBuffer().put(page);
          put(channel, data);
          long directory = at + pageBytes;
          long next = directory + directoryBytes(big);
          put(channel, directory(big, rows, columns, at, i + 1 < number ? next + pageBytes : 0));
          at = next;
        }
        channel.force(true);
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException trouble) {
      throw new FileTrouble(file, "cannot be written: " + trouble.getMessage(), trouble);
    } finally {
      delete(part);
    }
  }

  private static void delete(Path part) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException trouble) {
      throw new FileTrouble(part, "cannot be deleted: " + trouble.getMessage(), trouble);
    }
  }

  private static ByteBuffer header(boolean big, long directory) {
    var header = buffer(big ? 16 : 8);
    header.put((byte) 'I').put((byte) 'I').putShort((short) (big ? 43 : 42));
    if (big) {
      header.putShort((short) 8).putShort((short) 0).putLong(directory);
    } else {
      header.putInt((int) directory);
    }
    return header.flip();
  }

  private static int directoryBytes(boolean big) {
    return big ? 8 + 20 * TAGS + 8 : 2 + 12 * TAGS + 4;
  }

  private static ByteBuffer directory(boolean big, int rows, int columns, long data, long next) {
    var entries = buffer(directoryBytes(big));
    if (big) {
      entries.putLong(TAGS);
    } else {
      entries.putShort((short) TAGS);
    }
    int offset = big ? LONG8 : LONG;
    entry(entries, big, 256, LONG, columns);
    entry(entries, big, 257, LONG, rows);
    entry(entries, big, 258, SHORT, 32); // bits per sample
    entry(entries, big, 259, SHORT, 1); // no compression
    entry(entries, big, 262, SHORT, 1); // black is zero
    entry(entries, big, 273, offset, data); // where the strip begins
    entry(entries, big, 277, SHORT, 1); // samples per pixel
    entry(entries, big, 278, LONG, rows); // rows per strip
    entry(entries, big, 279, offset, 4L * rows * columns); // bytes of the strip
    entry(entries, big, 339, SHORT, 3); // IEEE floating point
    if (big) {
      entries.putLong(next);
    } else {
      entries.putInt((int) next);
    }
    return entries.flip();
  }

  private static void entry(ByteBuffer to, boolean big, int tag, int type, long value) {
    to.putShort((short) tag).putShort((short) type);
    if (big) {
      to.putLong(1).putLong(value);
    } else {
      to.putInt(1).putInt((int) value);
    }
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void put(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      if (channel.write(bytes) < 0) {
        throw new IOException("the disk takes no more");
      }
    }
  }
}

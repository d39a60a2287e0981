package argand.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/// How the pixels of a TIFF file are packed.
///
/// Format: TIFF revision 6.0 (Adobe 1992) and the BigTIFF extension; only the first directory is
/// looked at.
///
/// @param rowsTogether the height of strips or tiles where they are compressed, 1 where they are
/// not
/// @param signed whether whole numbers have a sign, which images of Java never have
record TiffStrips(int rowsTogether, boolean signed) {
  private static final int IMAGE_LENGTH = 257;
  private static final int COMPRESSION = 259;
  private static final int ROWS_PER_STRIP = 278;
  private static final int TILE_LENGTH = 323;
  private static final int SAMPLE_FORMAT = 339;

  /// @throws FileTrouble when the file cannot be read or ends before its first directory does
  static TiffStrips of(Path file) {
    try (var channel = FileChannel.open(file)) {
      var head = bytes(channel, 0, 16, ByteOrder.LITTLE_ENDIAN);
      var order = head.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
      head.order(order);
      boolean big = head.getShort(2) == 43;
      long directory = big ? head.getLong(8) : Integer.toUnsignedLong(head.getInt(4));
      var number = bytes(channel, directory, big ? 8 : 2, order);
      long entries = big ? number.getLong(0) : Short.toUnsignedInt(number.getShort(0));
      if (entries < 0 || entries > 4096) {
        throw new IOException("its first directory has " + entries + " entries");
      }
      int size = big ? 20 : 12;
      var list = bytes(channel, directory + (big ? 8 : 2), (int) entries * size, order);
      long rows = 1;
      long compression = 1;
      long strip = Long.MAX_VALUE;
      long format = 1;
      for (int k = 0; k < entries; k++) {
        int tag = Short.toUnsignedInt(list.getShort(k * size));
        int at = k * size + (big ? 12 : 8);
        long value =
            switch (list.getShort(k * size + 2)) {
              case 3 -> Short.toUnsignedInt(list.getShort(at));
              case 16 -> list.getLong(at);
              default -> Integer.toUnsignedLong(list.getInt(at));
            };
        switch (tag) {
          case IMAGE_LENGTH -> rows = value;
          case COMPRESSION -> compression = value;
          case ROWS_PER_STRIP, TILE_LENGTH -> strip = value;
          case SAMPLE_FORMAT -> format = value;
          default -> {}
        }
      }
      int together = compression == 1 ? 1 : (int) Math.clamp(Math.min(strip, rows), 1, 1 << 30);
      return new TiffStrips(together, format == 2);
    } catch (IOException damaged) {
      throw new FileTrouble(
          file, "the TIFF file is damaged or of an unknown kind: " + damaged.getMessage(), damaged);
    }
  }

  private static ByteBuffer bytes(FileChannel channel, long at, int length, ByteOrder order)
      throws IOException {
    var bytes = ByteBuffer.allocate(length).order(order);
    while (bytes.hasRemaining()) {
      if (at < 0 || channel.read(bytes, at + bytes.position()) < 0) {
        if (at == 0 && bytes.position() >= 8) {
          break; // a file that is shorter than the larger of the two kinds of head
        }
        throw new IOException("it ends before its first directory");
      }
    }
    return bytes.flip().limit(length);
  }
}

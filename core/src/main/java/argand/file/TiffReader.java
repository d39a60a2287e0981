package argand.file;

import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;

/// Reads TIFF and BigTIFF stacks of 8-, 16- and 32-bit integers with or without sign and of 32- and
/// 64-bit floats, of either byte order, one sample a pixel.
///
/// Pixels are taken from the raster as they are: reading them as an image would clamp floats to 0 …
/// 1.
public final class TiffReader {
  private TiffReader() {}

  /// Whether the file begins like a TIFF or BigTIFF file.
  public static boolean claims(Path file) {
    try (var channel = FileChannel.open(file)) {
      var head = ByteBuffer.allocate(4);
      channel.read(head, 0);
      byte[] b = head.array();
      head.order(b[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
      int version = head.getShort(2);
      return b[0] == b[1] && (b[0] == 'I' || b[0] == 'M') && (version == 42 || version == 43);
    } catch (IOException trouble) {
      throw new FileTrouble(file, "cannot be read: " + trouble.getMessage(), trouble);
    }
  }

  /// @throws FileTrouble when it is missing, no TIFF, damaged, or its pages differ in size
  public static TiffStack read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new FileTrouble(
          file, Files.isDirectory(file) ? "this is a folder, not a file" : "there is no such file");
    }
    if (!claims(file)) {
      throw new FileTrouble(file, "this is not a TIFF file");
    }
    ImageReader reader = new TIFFImageReaderSpi().createReaderInstance(null);
    try (var stream = new FileImageInputStream(file.toFile())) {
      reader.setInput(stream);
      int number = reader.getNumImages(true);
      boolean signed = TiffStrips.of(file).signed();
      List<float[]> pages = new ArrayList<>();
      for (int i = 0; i < number; i++) {
        if (reader.getWidth(i) != reader.getWidth(0)
            || reader.getHeight(i) != reader.getHeight(0)) {
          throw new FileTrouble(file, "page " + i + " has another size than page 0");
        }
        pages.add(pixels(file, i, reader.readRaster(i, null), signed));
      }
      return new TiffStack(reader.getHeight(0), reader.getWidth(0), pages);
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException damaged) {
      throw new FileTrouble(
          file, "the TIFF file is damaged or of an unknown kind: " + damaged.getMessage(), damaged);
    } finally {
      reader.dispose();
    }
  }

  private static float[] pixels(Path file, int page, Raster raster, boolean signed) {
    float[] pixels = new float[Math.multiplyExact(raster.getWidth(), raster.getHeight())];
    pixels(file, page, raster, signed, pixels, 0);
    return pixels;
  }

  /// into[offset …] ← the pixels of a raster, row by row
  ///
  /// @param signed whether whole numbers of the file have a sign
  static void pixels(Path file, int page, Raster raster, boolean signed, float[] into, int offset) {
    if (raster.getNumBands() != 1) {
      throw new FileTrouble(
          file, "page " + page + " has " + raster.getNumBands() + " samples a pixel; expected one");
    }
    int columns = raster.getWidth();
    boolean integers = raster.getTransferType() == DataBuffer.TYPE_INT;
    int[] line = new int[integers ? columns : 0];
    float[] reals = new float[integers ? 0 : columns];
    int left = raster.getMinX();
    for (int r = 0; r < raster.getHeight(); r++) {
      int y = raster.getMinY() + r;
      int to = offset + r * columns;
      if (integers) {
        raster.getSamples(left, y, columns, 1, 0, line);
        for (int c = 0; c < columns; c++) {
          into[to + c] = signed ? line[c] : Integer.toUnsignedLong(line[c]);
        }
      } else {
        raster.getSamples(left, y, columns, 1, 0, reals);
        for (int c = 0; c < columns; c++) {
          into[to + c] =
              switch (signed ? raster.getTransferType() : DataBuffer.TYPE_UNDEFINED) {
                case DataBuffer.TYPE_BYTE -> (byte) reals[c];
                case DataBuffer.TYPE_USHORT -> (short) reals[c];
                default -> reals[c];
              };
        }
      }
    }
  }
}

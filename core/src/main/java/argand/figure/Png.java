package argand.figure;

import argand.array.RealField;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/// PNG files, written beside and renamed over, so that no half picture ever bears the final name.
public final class Png {
  private Png() {}

  /// Eight bits of red, green and blue.
  ///
  /// @throws UncheckedIOException when the file cannot be written
  public static void write(BufferedImage image, Path file) {
    write(bytes(image), file);
  }

  /// Sixteen bits of gray, `low` black and `high` white: for measuring in, where eight bits are
  /// too few.
  ///
  /// @throws UncheckedIOException when the file cannot be written
  public static void writeGray16(RealField field, double low, double high, Path file) {
    var grid = field.grid();
    var image = new BufferedImage(grid.columns(), grid.rows(), BufferedImage.TYPE_USHORT_GRAY);
    var raster = image.getRaster();
    for (int r = 0; r < grid.rows(); r++) {
      for (int c = 0; c < grid.columns(); c++) {
        double share = Math.clamp((field.at(r, c) - low) / (high - low), 0.0, 1.0);
        raster.setSample(c, r, 0, (int) Math.rint(65535 * share));
      }
    }
    write(bytes(image), file);
  }

  /// The file as it would be written.
  static byte[] bytes(BufferedImage image) {
    var out = new ByteArrayOutputStream();
    // in memory: ImageIO by itself would go through a file in the system's temporary folder
    try (var memory = new MemoryCacheImageOutputStream(out)) {
      if (!ImageIO.write(image, "png", memory)) {
        throw new IllegalStateException("no PNG writer for this kind of image");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /// file ← content, all of it or nothing.
  static void write(byte[] content, Path file) {
    Path whole = file.toAbsolutePath();
    Path folder = whole.getParent();
    try {
      if (folder != null) {
        Files.createDirectories(folder);
      }
      // Not createTempFile: its files are for their owner's eyes only, results are for the group's.
      Path beside =
          whole.resolveSibling(
              "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".part");
      try {
        Files.write(beside, content);
        Files.move(
            beside, whole, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(beside);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be written: " + e.getMessage(), e);
    }
  }
}

package argand.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argand.array.Grid;
import argand.array.RealField;
import argand.figure.Pixels.Range;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PngTest {
  @TempDir Path folder;

  @Test
  void coloursReadBackAtTheirPixels() throws IOException {
    Path file = folder.resolve("new/ramp.png");
    Png.write(Pixels.of(ramp(), new Range(0, 5), ColorMap.GRAY), file);
    var read = ImageIO.read(file.toFile());
    assertThat(read.getWidth()).isEqualTo(3);
    assertThat(read.getHeight()).isEqualTo(2);
    // Pixel (row 1, column 0) holds 3 of 5: 0.6 × 255 = 153.
    assertThat(read.getRGB(0, 1) & 0xffffff).isEqualTo(0x999999);
    assertThat(read.getRGB(0, 0) & 0xffffff).isEqualTo(0x000000);
    assertThat(read.getRGB(2, 1) & 0xffffff).isEqualTo(0xffffff);
    try (var files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void sixteenBitsAreKept() throws IOException {
    Path file = folder.resolve("gray.png");
    Png.writeGray16(ramp(), 0, 5, file);
    var raster = ImageIO.read(file.toFile()).getRaster();
    assertThat(raster.getSample(1, 0, 0)).isEqualTo(13107);
    assertThat(raster.getSample(2, 1, 0)).isEqualTo(65535);
  }

  @Test
  void phaseIsDrawnOnTheWheel() throws IOException {
    Path phase = folder.resolve("a.png");
    Path plain = folder.resolve("b.png");
    Show.write("object phase", ramp(), phase);
    Show.write("object amplitude", ramp(), plain);
    assertThat(ImageIO.read(phase.toFile()).getRGB(1, 0) & 0xffffff).isEqualTo(PhaseWheel.color(1));
    int gray = ImageIO.read(plain.toFile()).getRGB(1, 0);
    assertThat(gray >> 16 & 0xff).isEqualTo(gray & 0xff);
  }

  @Test
  void whatCannotBeWrittenLeavesNothing() throws IOException {
    Path blocked = folder.resolve("file");
    Files.writeString(blocked, "in the way");
    assertThatThrownBy(() -> Show.write("a", ramp(), blocked.resolve("a.png")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("cannot be written");
    assertThat(blocked).hasContent("in the way");
  }

  /// 0 1 2 / 3 4 5
  private static RealField ramp() {
    return new RealField(Grid.square(2, 3, 1e-8), new float[] {0, 1, 2, 3, 4, 5});
  }
}

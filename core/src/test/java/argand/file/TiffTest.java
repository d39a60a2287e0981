package argand.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Stacks written by hand, of every type and both byte orders, and our own read back.
class TiffTest {
  @TempDir Path folder;

  @Test
  void everyTypeOfEitherByteOrder() throws IOException {
    Python.run("tiffs.py", folder);
    List<Path> files;
    try (var all = Files.list(folder)) {
      files = all.sorted().toList();
    }
    assertThat(files).hasSize(16);
    for (Path file : files) {
      var stack = TiffReader.read(file);
      String name = String.valueOf(file.getFileName());
      assertThat(stack.pages()).as(name).hasSize(3);
      for (int p = 0; p < 3; p++) {
        for (int i = 0; i < 20; i++) {
          double value =
              (name.startsWith("u8") ? 50 : 100) * p
                  + 10 * (i / 5)
                  + i % 5
                  + (name.startsWith("u32") ? 3e9 : 0);
          assertThat(stack.pages().get(p)[i]).as(name).isEqualTo((float) value);
        }
      }
    }
  }

  @Test
  void whatIsWrittenIsReadBack() {
    List<float[]> pages =
        IntStream.range(0, 3)
            .mapToObj(p -> new float[] {p, -1.5f, 1e30f, Float.NaN, 4, 5e-20f})
            .toList();
    Path file = folder.resolve("floats.tif");
    for (boolean big : new boolean[] {false, true}) {
      TiffWriter.write(file, 2, 3, 3, pages::get, big);
      var back = TiffReader.read(file);
      assertThat(back.rows()).isEqualTo(2);
      assertThat(back.columns()).isEqualTo(3);
      for (int p = 0; p < 3; p++) {
        assertThat(back.pages().get(p)).containsExactly(pages.get(p));
      }
    }
  }

  @Test
  void whatIsNoTiffIsRefused() throws IOException {
    Path text = Files.writeString(folder.resolve("a.tif"), "II no tiff");
    Path cut = folder.resolve("cut.tif");
    TiffWriter.write(cut, new TiffStack(2, 2, List.of(new float[4])));
    Files.write(cut, java.util.Arrays.copyOf(Files.readAllBytes(cut), 30));
    for (Path file : List.of(text, cut, folder, folder.resolve("absent.tif"))) {
      assertThatThrownBy(() -> TiffReader.read(file)).isInstanceOf(FileTrouble.class);
    }
  }
}

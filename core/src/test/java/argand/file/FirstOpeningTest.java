package argand.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Damaged files end a child process, never this one.
class FirstOpeningTest {
  @TempDir Path folder;

  private Path healthy(String name) {
    Path file = folder.resolve(name);
    CxiWriter.write(file, Scans.far(6, 8, 8));
    return file;
  }

  @Test
  void healthyFilesPassTogether() throws IOException {
    Path text = Files.writeString(folder.resolve("notes.txt"), "text");
    assertThatCode(() -> FirstOpening.check(List.of(healthy("a.cxi"), text, healthy("b.cxi"))))
        .doesNotThrowAnyException();
  }

  @Test
  void theDamagedOneIsNamed() throws IOException {
    Path cut = folder.resolve("cut.cxi");
    byte[] bytes = Files.readAllBytes(healthy("a.cxi"));
    Files.write(cut, java.util.Arrays.copyOf(bytes, bytes.length / 2));
    assertThatThrownBy(() -> FirstOpening.check(List.of(healthy("a.cxi"), cut)))
        .isInstanceOf(FileTrouble.class)
        .hasMessageStartingWith(cut.toString())
        .hasMessageContaining("damaged or cut off");
    assertThatThrownBy(() -> FirstOpening.check(List.of(folder)))
        .isInstanceOf(FileTrouble.class)
        .hasMessageContaining("a folder");
    assertThatThrownBy(() -> FirstOpening.check(List.of(folder.resolve("absent.cxi"))))
        .isInstanceOf(FileTrouble.class)
        .hasMessageContaining("no such file");
  }

  @Test
  void aChildThatTakesTooLongIsASentence() {
    Path file = healthy("a.cxi");
    assertThatThrownBy(() -> FirstOpening.check(List.of(file), Duration.ofMillis(1)))
        .isInstanceOf(FileTrouble.class)
        .hasMessageContaining("did not end within");
  }

  @Test
  void flippedBitsNeverHarmThisProcess() throws IOException {
    byte[] bytes = Files.readAllBytes(healthy("a.cxi"));
    int refused = 0;
    for (int seed = 1; seed <= 6; seed++) {
      byte[] damaged = bytes.clone();
      var random = new SplittableRandom(seed);
      // metadata lie at the beginning of the file
      for (int k = 0; k < 40; k++) {
        damaged[100 + random.nextInt(4000)] ^= (byte) (1 << random.nextInt(8));
      }
      Path file = Files.write(folder.resolve("damaged" + seed + ".cxi"), damaged);
      try {
        FirstOpening.check(List.of(file), Duration.ofSeconds(20));
      } catch (FileTrouble trouble) {
        assertThat(trouble.getMessage()).startsWith(file.toString()).doesNotContain("\n");
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }
}

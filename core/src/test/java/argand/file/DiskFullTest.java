package argand.file;

import static org.assertj.core.api.Assertions.assertThat;

import argand.ChildJava;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A disk that is full, played by a process whose files may not grow: one sentence, nothing left.
class DiskFullTest {
  @TempDir Path folder;

  @Test
  void nothingIsLeftUnderTheFinalName() throws IOException, InterruptedException {
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "no bash here: skipped");
    for (String kind : List.of("hdf5", "tiff")) {
      Path file = folder.resolve("full." + kind);
      String java = ChildJava.java();
      var process =
          new ProcessBuilder(
                  "/bin/bash",
                  "-c",
                  "ulimit -f 256; exec \"$@\"",
                  "bash",
                  java,
                  "--enable-native-access=ALL-UNNAMED",
                  "-XX:-UsePerfData",
                  "-cp",
                  ChildJava.classPath(),
                  Writing.class.getName(),
                  kind,
                  file.toString())
              .redirectErrorStream(true)
              .start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(said).as(kind).contains("trouble: " + file + ": ").contains("File too large");
      assertThat(process.exitValue()).as(said).isEqualTo(3);
      try (var left = Files.list(folder)) {
        assertThat(left).isEmpty();
      }
    }
  }

  /// The other process: writes 4 MB where 256 KiB are allowed.
  static final class Writing {
    private Writing() {}

    public static void main(String[] arguments) {
      Path file = Path.of(arguments[1]);
      try {
        if (arguments[0].equals("tiff")) {
          TiffWriter.write(file, new TiffStack(1000, 1000, List.of(new float[1_000_000])));
        } else {
          try (var out = Hdf5.create(file)) {
            out.write("/x", new float[1_000_000], Hdf5Storage.CONTIGUOUS, 1_000_000);
            out.commit();
          }
        }
        System.out.println("written");
      } catch (FileTrouble trouble) {
        System.out.println("trouble: " + trouble.getMessage());
        System.exit(3);
      }
    }
  }
}

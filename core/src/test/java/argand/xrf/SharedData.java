package argand.xrf;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/// Measured files, kept outside of the repository; tests that need one are skipped where it is
/// absent.
final class SharedData {
  private SharedData() {}

  static Path file(String name) {
    for (Path up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
      Path file = up.resolve("shared/data").resolve(name);
      if (Files.isRegularFile(file)) {
        return file;
      }
    }
    Assumptions.abort("../shared/data/" + name + " is not here: skipped");
    throw new AssertionError();
  }
}

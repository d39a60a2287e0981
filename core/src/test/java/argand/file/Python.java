package argand.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/// Foreign files by foreign software: scripts in `src/test/python` run by a Python that has h5py
/// and numpy.
final class Python {
  private Python() {}

  private static final Optional<String> INTERPRETER =
      List.of("python3", "/usr/bin/python3", "/usr/local/bin/python3").stream()
          .filter(python -> run(List.of(python, "-c", "import h5py, numpy")).isPresent())
          .findFirst();

  /// Output of `src/test/python/<script>` with these arguments; skips the test where Python or a
  /// module is absent.
  static String run(String script, Object... arguments) {
    Assumptions.assumeTrue(
        INTERPRETER.isPresent(), "no python3 with h5py and numpy on this machine: skipped");
    var command = new ArrayList<String>();
    command.add(INTERPRETER.orElseThrow());
    command.add(Path.of("src/test/python", script).toString());
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    return run(command).orElseThrow(() -> new AssertionError(script + " failed"));
  }

  /// Skips the test unless Python has this module too.
  static void needs(String module) {
    Assumptions.assumeTrue(
        INTERPRETER.isPresent()
            && run(List.of(INTERPRETER.orElseThrow(), "-c", "import " + module)).isPresent(),
        "python3 has no " + module + " on this machine: skipped");
  }

  private static Optional<String> run(List<String> command) {
    try {
      Path output = Files.createTempFile("argand-python", ".txt");
      try {
        var process =
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        if (!ended) {
          process.destroyForcibly();
        }
        String said = Files.readString(output);
        if (ended && process.exitValue() == 0) {
          return Optional.of(said);
        }
        if (command.size() > 1 && command.get(1).endsWith(".py")) {
          throw new AssertionError(said);
        }
        return Optional.empty();
      } finally {
        Files.delete(output);
      }
    } catch (IOException absent) {
      return Optional.empty();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }
}

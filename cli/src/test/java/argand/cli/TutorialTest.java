package argand.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Does what the tutorials say, word for word: writes their recipes, runs their commands.
@DisabledOnOs(OS.WINDOWS)
class TutorialTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\S+)( \\S+)?\n(.*?)^```$");
  private static final Pattern NAME = Pattern.compile("# (\\S+\\.yaml)\n");

  @TempDir Path folder;

  /// A block of a page, in its order.
  private record Block(String language, Optional<String> needs, String text) {}

  @Test
  void theirCommandsDoWhatTheySay() throws Exception {
    launcher();
    Files.createSymbolicLink(folder.resolve("examples"), ROOT.resolve("examples"));
    follow("xanes.md");
    assertThat(folder.resolve("images.tif")).exists();
    assertThat(Files.readString(folder.resolve("mean-spectrum.csv"))).startsWith("energy [eV]");
    assertThat(folder.resolve("nickel/report.html")).exists();
    follow("library.md");
    assertThat(folder.resolve("nickel-iv.tif")).exists();
    follow("fluorescence.md");
    assertThat(folder.resolve("amounts/tasks/0001/tables/areas.csv")).exists();
  }

  @Test
  void aCommandThatFailsIsSeen() throws Exception {
    launcher();
    assertThat(shell("./argand inspect nothing.h5\n").code).isNotZero();
    assertThat(shell("./argand --version\n").code).isZero();
  }

  private void follow(String page) throws Exception {
    for (var block : blocks(Files.readString(ROOT.resolve("docs/tutorials").resolve(page)))) {
      if (block.language.equals("yaml")) {
        var name = NAME.matcher(block.text);
        assertThat(name.lookingAt()).as("the first line names the file: " + block.text).isTrue();
        Files.writeString(folder.resolve(name.group(1)), block.text);
      } else if (block.language.equals("sh") && block.needs.stream().allMatch(this::isThere)) {
        var done = shell(block.text);
        assertThat(done.code).as(block.text + done.said).isZero();
      }
    }
  }

  private static List<Block> blocks(String page) {
    var found = new ArrayList<Block>();
    var matcher = BLOCK.matcher(page);
    while (matcher.find()) {
      var needs = Optional.ofNullable(matcher.group(2)).map(String::strip);
      found.add(new Block(matcher.group(1), needs, matcher.group(3)));
    }
    assertThat(found).isNotEmpty();
    return found;
  }

  private boolean isThere(String program) {
    try {
      return shell("command -v " + program + "\n").code == 0;
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// `./argand` with the classes under test.
  private void launcher() throws IOException {
    String java = System.getProperty("java.home");
    String path = System.getProperty("java.class.path");
    var file =
        Files.writeString(
            folder.resolve("argand"),
            """
            #!/bin/sh
            if [ "${1:-}" = "--print-java-home" ]; then echo "%s"; exit 0; fi
            if [ "${1:-}" = "--print-class-path" ]; then echo "%s"; exit 0; fi
            exec "%s/bin/java" --add-modules jdk.incubator.vector --enable-native-access=ALL-UNNAMED \
              -Xmx2g -Djava.awt.headless=true -Dargand.home="%s" -cp "%s" argand.cli.Main "$@"
            """
                .formatted(java, path, java, ROOT, path));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private record Done(int code, String said) {}

  private Done shell(String text) throws IOException, InterruptedException {
    File log = folder.resolve("shell.log").toFile();
    var process =
        new ProcessBuilder("sh", "-e", "-c", text)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log)
            .start();
    int code = process.waitFor();
    return new Done(code, Files.readString(log.toPath()));
  }
}

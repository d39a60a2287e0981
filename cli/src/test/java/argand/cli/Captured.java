package argand.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A command run in this process: its exit code and what it printed.
record Captured(int code, String out, String err) {
  static Captured run(String... arguments) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var terminal =
        new Terminal(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false);
    int code = new CommandTree(terminal).run(arguments);
    return new Captured(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /// The last line of stdout.
  JsonNode json() {
    return JsonMapper.shared().readTree(out.strip().lines().toList().getLast());
  }

  /// The line that tells the trouble.
  String sentence() {
    return err.lines()
        .filter(line -> line.startsWith("argand: "))
        .findFirst()
        .orElse("")
        .replaceFirst("argand: ", "");
  }
}

package argand.run;

import argand.file.FileTrouble;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;

/// `log.txt`: lines for a person, and the stack traces that the terminal does not show.
final class RunLog implements AutoCloseable {
  private final PrintWriter out;

  /// @throws FileTrouble when the file cannot be written
  RunLog(Path file) {
    try {
      BufferedWriter writer =
          Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      out = new PrintWriter(writer, true);
    } catch (IOException e) {
      throw new FileTrouble(file, "cannot be written (" + e + ")", e);
    }
  }

  void line(String text) {
    out.println(LocalDateTime.now().truncatedTo(ChronoUnit.SECONDS) + " " + text);
  }

  void trace(String text, Throwable cause) {
    line(text);
    cause.printStackTrace(out);
  }

  @Override
  public void close() {
    out.close();
  }
}

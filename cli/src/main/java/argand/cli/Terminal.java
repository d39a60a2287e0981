package argand.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// Where a command prints.
///
/// @param out what was asked for
/// @param err everything else
/// @param interactive whether a person looks at a terminal whose lines can be rewritten
record Terminal(PrintStream out, PrintStream err, boolean interactive) {
  /// This process, always in UTF-8.
  static Terminal system() {
    var console = System.console();
    boolean dumb = "dumb".equals(System.getenv("TERM"));
    return new Terminal(
        stream(FileDescriptor.out),
        stream(FileDescriptor.err),
        console != null && console.isTerminal() && !dumb);
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }
}

package argand.run;

import argand.acquire.DeviceTrouble;
import argand.array.InvalidInput;
import argand.file.FileTrouble;
import argand.flow.Diverged;
import java.io.UncheckedIOException;

/// The exit codes of the command line: a stable contract.
public final class ExitCode {
  /// Done, or stopped by the user.
  public static final int DONE = 0;

  /// A bug.
  public static final int BUG = 1;

  /// The input or the recipe is wrong, or the memory is too small.
  public static final int INVALID = 2;

  /// A file cannot be read or written, or a device does not answer.
  public static final int FILE = 3;

  /// The numbers diverged.
  public static final int DIVERGED = 4;

  /// Finished with failed tasks.
  public static final int FAILED_TASKS = 5;

  private ExitCode() {}

  public static int of(Throwable trouble) {
    return switch (trouble) {
      case InvalidInput _ -> INVALID;
      case FileTrouble _, UncheckedIOException _, DeviceTrouble _ -> FILE;
      case Diverged _ -> DIVERGED;
      case OutOfMemoryError _ -> INVALID;
      default -> BUG;
    };
  }

  /// One sentence for a person.
  public static String sentence(Throwable trouble) {
    return switch (trouble) {
      case InvalidInput _, FileTrouble _, DeviceTrouble _, Diverged _ ->
          String.valueOf(trouble.getMessage());
      case UncheckedIOException e -> "a file cannot be read or written: " + e.getMessage();
      case OutOfMemoryError _ ->
          "the memory of this process ("
              + Runtime.getRuntime().maxMemory() / (1 << 20)
              + " MiB) is too small; start with ARGAND_JAVA_OPTIONS=-Xmx… or crop or bin the frames";
      default -> "a bug: " + trouble + "; please report it with the output of --trace";
    };
  }
}

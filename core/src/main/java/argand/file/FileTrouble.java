package argand.file;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A file that cannot be read or written, in one sentence. Exit code 3 of the command line.
public final class FileTrouble extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String file;
  private final String sentence;

  /// @param file the file as the caller named it
  /// @param sentence what is wrong with it, without the file's name
  public FileTrouble(Path file, String sentence) {
    this(file, sentence, null);
  }

  /// @param cause what was caught, kept for `--trace`
  public FileTrouble(Path file, String sentence, @Nullable Throwable cause) {
    super(file + ": " + sentence, cause);
    this.file = file.toString();
    this.sentence = sentence;
  }

  public Path file() {
    return Path.of(file);
  }

  /// What is wrong, without the file's name.
  public String sentence() {
    return sentence;
  }
}

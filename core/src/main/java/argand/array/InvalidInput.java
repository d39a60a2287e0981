package argand.array;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Something the caller can put right: what it is, what was found, what was expected, what was
/// probably meant.
///
/// Its message is one sentence for a person. Exit code 2 of the command line.
public final class InvalidInput extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final String what;
  private final String found;
  private final String expected;
  private final String hint;

  /// @param what the thing that is wrong (`energy`, `positions/y`)
  /// @param found what was found, as the caller wrote it
  /// @param expected what would have been right; may be empty
  /// @param hint what was probably meant, or the remedy; may be empty
  public InvalidInput(String what, @Nullable Object found, String expected, String hint) {
    super(sentence(what, Objects.toString(found), expected, hint));
    this.what = what;
    this.found = Objects.toString(found);
    this.expected = expected;
    this.hint = hint;
  }

  private static String sentence(String what, String found, String expected, String hint) {
    var sentence = new StringBuilder(what).append(" is ").append(found);
    if (!expected.isBlank()) {
      sentence.append("; expected ").append(expected.strip());
    }
    if (!hint.isBlank()) {
      sentence.append("; ").append(hint.strip());
    }
    return sentence.toString();
  }

  /// The same complaint with its place (a file, a path in a recipe) in front.
  public InvalidInput at(String place) {
    var placed = new InvalidInput(place + ": " + what, found, expected, hint);
    placed.setStackTrace(getStackTrace());
    return placed;
  }

  public String what() {
    return what;
  }

  public String found() {
    return found;
  }

  public String expected() {
    return expected;
  }

  public String hint() {
    return hint;
  }
}

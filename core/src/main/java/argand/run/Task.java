package argand.run;

import java.nio.file.Path;

/// One passage through `each`.
///
/// @param number counted from 1; names its folder
/// @param name of the input, for people
/// @param input the raw file; a simulated one lies in the run folder and is made when it is missing
/// @param bytes its size; 0 for a simulated one
/// @param sha256 of its bytes; empty for a simulated one
public record Task(int number, String name, Path input, long bytes, String sha256) {
  /// Whether the input is computed by the recipe.
  boolean simulated() {
    return sha256.isEmpty();
  }
}

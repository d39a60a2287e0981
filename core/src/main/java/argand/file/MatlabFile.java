package argand.file;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/// MATLAB's variables in a file, level 5 or 7.3: one way to name them, {@link MatlabPath}, and
/// MATLAB's order of axes whatever the file's.
interface MatlabFile extends Datasets {
  /// Lists of contents are no longer.
  int MOST_LISTED = 10_000;

  /// Whether it is a MAT-file of level 5 or 7.3.
  static boolean claims(Path file) {
    return Mat5File.claims(file) || Mat73File.claims(file);
  }

  /// @throws FileTrouble when it is none, or damaged
  static MatlabFile open(Path file) {
    return Mat73File.claims(file) ? Mat73File.open(file) : Mat5File.open(file);
  }

  /// What is in it: paths, and each in a few words.
  SequencedMap<String, String> contents();

  /// `complex double 256×256×3`
  static String described(String kind, long[] shape, boolean complex) {
    return (complex ? "complex " : "")
        + kind
        + " "
        + Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining("×"));
  }
}

package argand.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
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

  /// What is to be said of a file that is called `.mat` and is none that can be read; empty for
  /// other files.
  static Optional<String> broken(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    if (!name.endsWith(".mat") || claims(file)) {
      return Optional.empty();
    }
    try (var stream = Files.newInputStream(file)) {
      String head = new String(stream.readNBytes(116), StandardCharsets.ISO_8859_1);
      if (head.startsWith("MATLAB 5.0 MAT-file") || head.startsWith("MATLAB 7.3 MAT-file")) {
        return Optional.of(
            "a broken MAT-file: it begins as one, but "
                + (Files.size(file) < 128
                    ? "ends within its header of 128 bytes"
                    : "the version and byte order at bytes 124 to 127 are not those of a MAT-file")
                + "; copy or save it again");
      }
    } catch (IOException trouble) {
      throw new FileTrouble(file, "cannot be read: " + trouble.getMessage(), trouble);
    }
    return Optional.of(
        "called .mat, but without the header of a MAT-file (level 5 begins with 'MATLAB 5.0"
            + " MAT-file', 7.3 with 'MATLAB 7.3 MAT-file'): a level 4 file, a text table (save"
            + " -ascii), or one whose beginning is lost; save it again with save -v7 or -v7.3");
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

package argand.file;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;

/// Scan positions in a file of their own: a text of two columns, or a NumPy array (frames, 2); row
/// first.
///
/// Columns of a text are separated by blanks, commas or semicolons; what follows `#` is not read,
/// nor is a first line of words.
final class PositionTable {
  private PositionTable() {}

  /// @return numbers as they stand, for the unit that the recipe gives, metres by default
  static RawScan.Positions read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new FileTrouble(file, "there is no such file");
    }
    if (NumpyFile.claims(file)) {
      return array(file);
    }
    var pairs = new ArrayList<double[]>();
    int number = 0;
    for (String line : lines(file)) {
      number++;
      String text = line.replaceFirst("#.*", "").strip();
      if (text.isEmpty() || (pairs.isEmpty() && text.matches("[\\p{L}_].*"))) {
        continue;
      }
      pairs.add(pair(file, number, text.split("[\\s,;]+")));
    }
    return new RawScan.Positions(
        file.toString(),
        pairs.stream().mapToDouble(pair -> pair[0]).toArray(),
        pairs.stream().mapToDouble(pair -> pair[1]).toArray(),
        false);
  }

  private static RawScan.Positions array(Path file) {
    try (var numpy = NumpyFile.open(file)) {
      String name = numpy.names().getFirst();
      long[] shape = numpy.shape(name);
      if (numpy.names().size() != 1 || shape.length != 2 || shape[1] != 2) {
        throw new FileTrouble(
            file,
            name
                + " has the shape "
                + Arrays.toString(shape)
                + "; expected one array of positions, (frames, 2)");
      }
      double[] values = numpy.doubles(name);
      double[] y = new double[values.length / 2];
      double[] x = new double[y.length];
      for (int j = 0; j < y.length; j++) {
        y[j] = values[2 * j];
        x[j] = values[2 * j + 1];
      }
      return new RawScan.Positions(file.toString(), y, x, false);
    }
  }

  private static Iterable<String> lines(Path file) {
    try {
      return Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (CharacterCodingException binary) {
      throw new FileTrouble(file, "is neither text nor a NumPy array", binary);
    } catch (IOException trouble) {
      throw new FileTrouble(file, "cannot be read: " + trouble.getMessage(), trouble);
    }
  }

  private static double[] pair(Path file, int line, String[] columns) {
    if (columns.length != 2) {
      throw new FileTrouble(
          file,
          "line " + line + " has " + columns.length + " columns; expected two, row and column");
    }
    try {
      return new double[] {Double.parseDouble(columns[0]), Double.parseDouble(columns[1])};
    } catch (NumberFormatException wrong) {
      throw new FileTrouble(
          file,
          "line " + line + " is '" + String.join(" ", columns) + "'; expected two numbers",
          wrong);
    }
  }
}

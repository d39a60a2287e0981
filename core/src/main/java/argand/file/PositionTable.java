package argand.file;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Scan positions in a file of their own: a text of two columns, or a NumPy array (frames, 2); row
/// first.
///
/// Columns of a text are separated by blanks, commas or semicolons; what follows `#` is not read. A
/// line of words before the numbers may name the columns: `y` or `row` and `x` or `column` are then
/// found wherever they stand. The tables of cSAXS (`Average_y_st_fzp` …) hold where the sample
/// stood
/// [µm], so that their signs are reversed.
final class PositionTable {
  private PositionTable() {}

  /// Which columns of a table, and what their numbers are.
  ///
  /// @param wide how many columns each line has
  /// @param ofSample whether they are micrometres by which the sample moved, not the probe
  private record Columns(int row, int column, int wide, boolean ofSample) {
    private static final Columns UNNAMED = new Columns(0, 1, 2, false);
    private static final Set<String> ROW = Set.of("y", "row", "rows", "pos_y", "position_y");
    private static final Set<String> COLUMN =
        Set.of("x", "column", "columns", "col", "pos_x", "position_x");

    static Columns named(String[] names) {
      List<String> lower = Arrays.stream(names).map(name -> name.toLowerCase(Locale.ROOT)).toList();
      for (String tail : List.of("_st_fzp", "")) {
        int y = lower.indexOf("average_y" + tail);
        int x = lower.indexOf("average_x" + tail);
        if (y >= 0 && x >= 0) {
          return new Columns(y, x, names.length, true);
        }
      }
      int y = first(lower, ROW);
      int x = first(lower, COLUMN);
      return y >= 0 && x >= 0 ? new Columns(y, x, names.length, false) : UNNAMED;
    }

    private static int first(List<String> names, Set<String> wanted) {
      for (int k = 0; k < names.size(); k++) {
        if (wanted.contains(names.get(k))) {
          return k;
        }
      }
      return -1;
    }
  }

  /// @param unitGiven whether the recipe states the unit: then numbers stay as they stand
  /// @return metres, or numbers for the unit that the recipe gives
  static RawScan.Positions read(Path file, boolean unitGiven) {
    if (!Files.isRegularFile(file)) {
      throw new FileTrouble(file, "there is no such file");
    }
    if (NumpyFile.claims(file)) {
      return array(file);
    }
    var pairs = new ArrayList<double[]>();
    var columns = Columns.UNNAMED;
    int number = 0;
    for (String line : lines(file)) {
      number++;
      String text = line.replaceFirst("#.*", "").strip();
      if (text.isEmpty()) {
        continue;
      }
      String[] parts = text.split("[\\s,;]+");
      if (pairs.isEmpty() && text.matches("[\\p{L}_].*")) {
        columns = Columns.named(parts);
        continue;
      }
      pairs.add(pair(file, number, parts, columns));
    }
    double factor = columns.ofSample ? (unitGiven ? -1 : -1e-6) : 1;
    return new RawScan.Positions(
        columns.ofSample ? file + ", reversed: it says where the sample stood" : file.toString(),
        pairs.stream().mapToDouble(pair -> factor * pair[0]).toArray(),
        pairs.stream().mapToDouble(pair -> factor * pair[1]).toArray(),
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

  private static double[] pair(Path file, int line, String[] parts, Columns columns) {
    if (parts.length != columns.wide) {
      throw new FileTrouble(
          file,
          "line "
              + line
              + " has "
              + parts.length
              + " columns; expected "
              + (columns.wide == 2 ? "two, row and column" : columns.wide + ", as are named"));
    }
    try {
      return new double[] {
        Double.parseDouble(parts[columns.row]), Double.parseDouble(parts[columns.column])
      };
    } catch (NumberFormatException wrong) {
      throw new FileTrouble(
          file, "line " + line + " is '" + String.join(" ", parts) + "'; expected numbers", wrong);
    }
  }
}

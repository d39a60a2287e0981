package argand.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Numbers in columns of a text, as people and programs write them: separated by blanks, tabs,
/// commas or semicolons, with comments and titles before them.
///
/// @param header lines before the numbers, without their comment signs
/// @param names of the columns, from the last line before the numbers that has as many words; empty
///     where there is none
/// @param columns the numbers; NaN where a cell is empty
record TextTable(List<String> header, List<String> names, double[][] columns) {
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eEdD][-+]?\\d{1,4})?");
  private static final Pattern MISSING = Pattern.compile("(?i)|nan|[-+]?inf(?:inity)?|n/?a|-+");

  int rows() {
    return columns.length == 0 ? 0 : columns[0].length;
  }

  /// @param file for complaints
  /// @throws FileTrouble without any numbers, or at the first line that is no row of the table
  static TextTable of(Path file, String text) {
    var header = new ArrayList<String>();
    var rows = new ArrayList<double[]>();
    int number = 0;
    boolean ending = true; // a separator at the end of every line makes no column
    for (String line : text.split("\\R", -1)) {
      number++;
      String stripped = line.strip();
      if (stripped.isEmpty()) {
        continue;
      }
      if (comments(stripped)) {
        if (rows.isEmpty()) {
          header.add(stripped.replaceFirst("^[#%!;*]+\\s*", ""));
        }
        continue;
      }
      double[] row = row(line);
      if (row.length == 0 && rows.isEmpty()) {
        header.add(stripped);
        continue;
      }
      int expected = rows.isEmpty() ? row.length : rows.getFirst().length;
      if (row.length != expected || row.length == 0) {
        throw new FileTrouble(
            file,
            "line "
                + number
                + " is no row of "
                + expected
                + " numbers like those before it: “"
                + stripped.substring(0, Math.min(60, stripped.length()))
                + "”");
      }
      ending &= stripped.endsWith(",") || stripped.endsWith(";");
      rows.add(row);
    }
    if (rows.isEmpty()) {
      throw new FileTrouble(file, "there are no columns of numbers in this text");
    }
    double[][] columns = transposed(rows);
    List<String> names = names(header, columns.length);
    int last = columns.length - 1;
    if (ending && last > 0 && (names.isEmpty() || names.getLast().isEmpty())) {
      columns = java.util.Arrays.copyOf(columns, last);
      names = names(header, last);
    }
    return new TextTable(header, names, columns);
  }

  private static boolean comments(String stripped) {
    return "#%!;*".indexOf(stripped.charAt(0)) >= 0;
  }

  /// The cells of a line: by semicolons (then a comma is a decimal point), by tabs, by commas, or
  /// by
  /// blanks.
  static List<String> cells(String line) {
    String separator = "\\s+";
    String whole = line;
    if (line.indexOf(';') >= 0) {
      separator = ";";
      whole = line.replace(',', '.');
    } else if (line.indexOf(',') >= 0) {
      separator = ",";
    } else if (line.strip().indexOf('\t') >= 0) {
      separator = "\t";
    }
    if (line.indexOf('"') >= 0 && separator.length() == 1) {
      separator += "(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)"; // not between quotes
    }
    boolean blanks = separator.equals("\\s+");
    var cells = new ArrayList<String>();
    boolean tabs = separator.startsWith("\t");
    for (String cell : (blanks || tabs ? whole.strip() : whole).split(separator, -1)) {
      String bare = cell.strip();
      boolean quoted = bare.length() > 1 && bare.startsWith("\"") && bare.endsWith("\"");
      cells.add(quoted ? bare.substring(1, bare.length() - 1).strip() : bare);
    }
    return cells;
  }

  /// The numbers of a line; empty unless its first cell is one and every other is one or missing.
  private static double[] row(String line) {
    List<String> cells = cells(line);
    double[] row = new double[cells.size()];
    for (int i = 0; i < row.length; i++) {
      String cell = cells.get(i);
      if (NUMBER.matcher(cell).matches()) {
        row[i] = Double.parseDouble(cell.toLowerCase(Locale.ROOT).replace('d', 'e'));
      } else if (i > 0 && MISSING.matcher(cell).matches()) {
        row[i] = Double.NaN;
      } else {
        return new double[0];
      }
    }
    return row;
  }

  private static List<String> names(List<String> header, int columns) {
    for (String line : header.reversed()) {
      for (List<String> cells : List.of(cells(line), List.of(line.strip().split("\\s{2,}|\t")))) {
        if (cells.size() == columns && !line.matches("[-=_\\s]*")) {
          return cells;
        }
      }
    }
    return List.of();
  }

  private static double[][] transposed(List<double[]> rows) {
    double[][] columns = new double[rows.getFirst().length][rows.size()];
    for (int r = 0; r < rows.size(); r++) {
      for (int c = 0; c < columns.length; c++) {
        columns[c][r] = rows.get(r)[c];
      }
    }
    return columns;
  }

  /// Whether a file begins with text.
  static boolean isText(Path file) {
    try (var stream = Files.newInputStream(file)) {
      byte[] head = stream.readNBytes(4096);
      for (byte b : head) {
        if (b == 0) {
          return false;
        }
      }
      // The last character may be cut in the middle.
      int length = head.length == 4096 ? 4092 : head.length;
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(head, 0, length));
      return true;
    } catch (CharacterCodingException binary) {
      return false;
    } catch (IOException trouble) {
      throw new FileTrouble(file, "cannot be read: " + trouble.getMessage(), trouble);
    }
  }
}

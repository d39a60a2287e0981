package argand.file;

import argand.physics.Constants;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// The header of an XDI text (XAS Data Interchange 1.0 and its dialects): titles of the columns and
/// the lattice spacing of the monochromator.
///
/// Source: Ravel, Hester, Solé & Newville, “Towards data format standardization for X-ray
/// absorption
/// spectroscopy”, J. Synchrotron Rad. 19, 869 (2012), doi:10.1107/S0909049512036886.
record XdiFile(TextTable table, List<String> names, Map<String, String> fields) {
  private static final Pattern FIELD = Pattern.compile("([A-Za-z]\\w*\\.\\w+)\\s*:\\s*(.*)");

  static boolean claims(String text) {
    return text.length() > 5 && text.substring(0, 6).matches("#\\s*XDI.?");
  }

  static XdiFile of(Path file, String text) {
    var table = TextTable.of(file, text);
    var fields = new TreeMap<String, String>();
    for (String line : table.header()) {
      if (line.strip().startsWith("///")) {
        break;
      }
      var field = FIELD.matcher(line.strip());
      if (field.matches()) {
        fields.putIfAbsent(field.group(1).toLowerCase(Locale.ROOT), field.group(2).strip());
      }
    }
    var names = new ArrayList<String>();
    for (int c = 1; c <= table.columns().length; c++) {
      String title = fields.getOrDefault("column." + c, "").replaceFirst("\\s*\\|\\|.*", "");
      String below = table.names().size() >= c ? table.names().get(c - 1) : "column " + c;
      names.add(title.isBlank() ? below : title.strip());
    }
    return new XdiFile(table, names, fields);
  }

  /// The columns with an angle of the monochromator turned into an energy where there is none:
  /// E = hc/(2d sin θ).
  double[][] columns(Path file) {
    double[][] columns = table.columns().clone();
    boolean energy = names.stream().anyMatch(n -> n.toLowerCase(Locale.ROOT).startsWith("energy"));
    for (int c = 0; c < columns.length && !energy; c++) {
      String title = names.get(c).toLowerCase(Locale.ROOT);
      if (title.startsWith("angle")) {
        double spacing = spacing(file);
        double unit = title.contains("rad") ? 1 : Math.PI / 180;
        double[] ev = new double[columns[c].length];
        for (int i = 0; i < ev.length; i++) {
          ev[i] = Constants.HC_EV_M / (2 * spacing * Math.sin(unit * columns[c][i]));
        }
        columns[c] = ev;
        names.set(c, "energy eV");
        energy = true;
      }
    }
    return columns;
  }

  private double spacing(Path file) {
    try {
      return 1e-10 * Double.parseDouble(fields.getOrDefault("mono.d_spacing", ""));
    } catch (NumberFormatException absent) {
      throw new FileTrouble(
          file, "it gives angles of the monochromator but no Mono.d_spacing", absent);
    }
  }
}

package argand.file;

import argand.data.Quantity;
import argand.data.Spectrum;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Spectra of an Athena project: text in the manner of Perl, packed by gzip, one group of lines for
/// each spectrum. The energy shift that was set in Athena is applied, and points it marks as
/// something else than absorption are left out.
final class AthenaProject {
  private AthenaProject() {}

  static boolean claims(String text) {
    return text.substring(0, Math.min(200, text.length())).contains("Athena project");
  }

  static List<Spectrum> spectra(Path file, String text, Consumer<String> note) {
    var spectra = new ArrayList<Spectrum>();
    Map<String, List<String>> lists = new LinkedHashMap<>();
    for (String line : text.split("\\R")) {
      String stripped = line.strip();
      if (stripped.startsWith("$old_group")) {
        lists.clear();
      } else if (stripped.startsWith("@")) {
        int equals = stripped.indexOf('=');
        if (equals > 0) {
          String name = stripped.substring(1, equals).strip();
          lists.put(name, items(stripped.substring(equals + 1).strip()));
        }
      } else if (stripped.startsWith("[record]")) {
        spectrum(file, lists, note).ifPresent(spectra::add);
        lists.clear();
      }
    }
    if (spectra.isEmpty()) {
      throw new FileTrouble(file, "this Athena project holds no absorption spectrum");
    }
    return spectra;
  }

  private static Optional<Spectrum> spectrum(
      Path file, Map<String, List<String>> lists, Consumer<String> note) {
    var settings = new LinkedHashMap<String, String>();
    List<String> pairs = lists.getOrDefault("args", List.of());
    for (int i = 0; i + 1 < pairs.size(); i += 2) {
      settings.put(pairs.get(i), pairs.get(i + 1));
    }
    String label = settings.getOrDefault("label", "spectrum").strip();
    for (String other : List.of("is_chi", "is_qsp", "is_rsp", "is_bkg", "is_pixel", "is_diff")) {
      if (settings.getOrDefault(other, "0").equals("1")) {
        note.accept(label + " is left out: Athena says it is no absorption (" + other + ")");
        return Optional.empty();
      }
    }
    double[] ev = numbers(file, label, lists, "x");
    double[] values = numbers(file, label, lists, "y");
    if (ev.length != values.length) {
      throw new FileTrouble(
          file, label + " has " + ev.length + " energies and " + values.length + " values");
    }
    double shift = number(settings.getOrDefault("bkg_eshift", "0"));
    if (shift != 0) {
      note.accept(label + ": the project's energy shift of " + shift + " eV is applied");
    }
    double kev = settings.getOrDefault("is_kev", "0").equals("1") ? 1e3 : 1;
    for (int i = 0; i < ev.length; i++) {
      ev[i] = kev * ev[i] + shift;
    }
    double[] sigma = lists.containsKey("stddev") ? numbers(file, label, lists, "stddev") : ev;
    boolean known = lists.containsKey("stddev") && sigma.length == ev.length;
    if (sigma.length != ev.length) { // Athena keeps those of before when it rebins
      note.accept(
          label
              + ": its "
              + sigma.length
              + " errors are not used, because it has "
              + ev.length
              + " points");
    }
    boolean normalized = settings.getOrDefault("is_nor", "0").equals("1");
    return Optional.of(
        SpectrumColumns.tidy(
            file,
            label,
            ev,
            values,
            known ? Optional.of(sigma) : Optional.empty(),
            normalized ? Quantity.NORMALIZED : Quantity.OPTICAL_DENSITY,
            note));
  }

  private static double[] numbers(
      Path file, String label, Map<String, List<String>> lists, String name) {
    List<String> items = lists.get(name);
    if (items == null) {
      throw new FileTrouble(file, label + " has no @" + name + ": the project is cut off");
    }
    return items.stream().mapToDouble(AthenaProject::number).toArray();
  }

  /// NaN for what is no number, as Perl writes undefined values.
  private static double number(String text) {
    try {
      return Double.parseDouble(text.strip());
    } catch (NumberFormatException none) {
      return Double.NaN;
    }
  }

  /// The items of a list of Perl: strings in quotes, bare numbers; lists in lists and hashes are
  /// one
  /// item each.
  private static List<String> items(String list) {
    var items = new ArrayList<String>();
    var item = new StringBuilder();
    int depth = 0;
    boolean quoted = false;
    for (int i = list.indexOf('(') + 1; i < list.length(); i++) {
      char c = list.charAt(i);
      if (quoted) {
        if (c == '\\' && i + 1 < list.length()) {
          item.append(list.charAt(++i));
        } else if (c == '\'') {
          quoted = false;
        } else {
          item.append(c);
        }
      } else if (c == '\'') {
        quoted = true;
      } else if (c == '[' || c == '{' || c == '(') {
        depth++;
      } else if (depth == 0 && (c == ',' || c == ')')) {
        if (c == ',' || !item.isEmpty()) {
          items.add(item.toString());
        }
        item.setLength(0);
        if (c == ')') {
          return items;
        }
      } else if (c == ']' || c == '}' || c == ')') {
        depth--;
      } else if (!Character.isWhitespace(c)) {
        item.append(c);
      }
    }
    return items;
  }
}

package argand.recipe;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/// `12.658 keV`, `3.65 mm`, `0.5 deg` → the number in the unit of the record that holds it.
final class Units {
  private static final double JOULE_IN_EV = 1 / 1.602176634e-19; // CODATA 2018, exact
  private static final Pattern QUANTITY =
      Pattern.compile("([-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d{1,4})?)\\s*(\\S.*)?");

  /// Unit of a record → what may be written → factor.
  private static final Map<String, SequencedMap<String, Double>> KNOWN =
      Map.ofEntries(
          Map.entry(
              "eV", factors("eV", 1.0, "keV", 1e3, "MeV", 1e6, "meV", 1e-3, "J", JOULE_IN_EV)),
          Map.entry(
              "m",
              factors(
                  "m", 1.0, "cm", 1e-2, "mm", 1e-3, "um", 1e-6, "µm", 1e-6, "μm", 1e-6, "nm", 1e-9,
                  "Å", 1e-10, "pm", 1e-12)),
          Map.entry(
              "rad",
              factors(
                  "rad",
                  1.0,
                  "mrad",
                  1e-3,
                  "urad",
                  1e-6,
                  "deg",
                  Math.PI / 180,
                  "°",
                  Math.PI / 180)),
          Map.entry(
              "s", factors("s", 1.0, "ms", 1e-3, "us", 1e-6, "µs", 1e-6, "ns", 1e-9, "min", 60.0)),
          Map.entry("J", factors("J", 1.0, "mJ", 1e-3, "uJ", 1e-6)),
          Map.entry("Hz", factors("Hz", 1.0, "kHz", 1e3, "MHz", 1e6)),
          Map.entry("Gy", factors("Gy", 1.0, "kGy", 1e3, "MGy", 1e6, "GGy", 1e9)),
          Map.entry("m2/kg", factors("m2/kg", 1.0, "cm2/g", 0.1)),
          Map.entry(
              "kg/m2",
              factors(
                  "kg/m2", 1.0, "g/cm2", 10.0, "mg/cm2", 1e-2, "ug/cm2", 1e-5, "µg/cm2", 1e-5,
                  "ng/cm2", 1e-8, "ng/mm2", 1e-6)),
          Map.entry("sr", factors("sr", 1.0, "msr", 1e-3)),
          Map.entry("V", factors("V", 1.0, "kV", 1e3)),
          Map.entry("kg/m3", factors("kg/m3", 1.0, "g/cm3", 1e3)),
          Map.entry(
              "1/m", factors("1/m", 1.0, "1/mm", 1e3, "1/um", 1e6, "1/nm", 1e9, "1/Å", 1e10)));

  private Units() {}

  /// Whether a record may hold numbers in this unit.
  static boolean isKnown(String unit) {
    return KNOWN.containsKey(unit);
  }

  /// What may be written where a record holds `unit`, for help and complaints.
  static List<String> writable(String unit) {
    return new ArrayList<>(KNOWN.getOrDefault(unit, new LinkedHashMap<>()).sequencedKeySet());
  }

  /// The number that is written, in `unit`.
  ///
  /// @throws argand.array.InvalidInput without a unit, with one of another kind, or when it is no
  ///     number
  static double quantity(Node.Text written, String path, String unit) {
    var factors = KNOWN.get(unit);
    if (factors == null) {
      throw new IllegalStateException("@Param of " + path + " has the unknown unit " + unit);
    }
    String expected = "a number with one of the units " + String.join(", ", writable(unit));
    var parts = QUANTITY.matcher(written.text().strip());
    if (!parts.matches()) {
      throw written.place().complain(path, written.describe(), expected, "");
    }
    String number = parts.group(1);
    String suffix = parts.group(2);
    if (suffix == null) {
      throw written
          .place()
          .complain(
              path,
              written.describe() + " without a unit",
              expected,
              "write " + number + " " + unit + " if that is what you mean");
    }
    Double factor = factors.get(suffix.strip());
    if (factor == null) {
      throw written
          .place()
          .complain(
              path,
              written.describe() + " in the unknown unit " + suffix.strip(),
              expected,
              Spelling.didYouMean(suffix.strip(), factors.keySet()));
    }
    return finite(written, path, scaled(number, factor));
  }

  /// A number without a unit; `5 %` is 0.05.
  static double number(Node.Text written, String path) {
    var parts = QUANTITY.matcher(written.text().strip());
    if (!parts.matches()) {
      throw written.place().complain(path, written.describe(), "a number", "");
    }
    String suffix = parts.group(2);
    if (suffix == null) {
      return finite(written, path, Double.parseDouble(parts.group(1)));
    }
    if (suffix.strip().equals("%")) {
      return finite(written, path, scaled(parts.group(1), 1e-2));
    }
    throw written.place().complain(path, written.describe(), "a number without a unit", "");
  }

  /// In decimal, so that `55 um` is the double nearest to 55e-6.
  private static double scaled(String number, double factor) {
    return new BigDecimal(number).multiply(BigDecimal.valueOf(factor)).doubleValue();
  }

  private static double finite(Node.Text written, String path, double value) {
    if (!Double.isFinite(value)) {
      throw written.place().complain(path, written.describe(), "a finite number", "");
    }
    return value;
  }

  private static SequencedMap<String, Double> factors(Object... pairs) {
    var factors = new LinkedHashMap<String, Double>();
    for (int i = 0; i < pairs.length; i += 2) {
      factors.put((String) pairs[i], (Double) pairs[i + 1]);
    }
    return factors;
  }
}

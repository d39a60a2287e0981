package argand.file;

import argand.array.Check;
import argand.physics.Constants;
import java.util.Map;
import java.util.OptionalDouble;

/// The units that files write beside their numbers.
final class FileUnits {
  private FileUnits() {}

  private static final Map<String, Double> METRES =
      Map.ofEntries(
          Map.entry("m", 1.0),
          Map.entry("meter", 1.0),
          Map.entry("metre", 1.0),
          Map.entry("mm", 1e-3),
          Map.entry("um", 1e-6),
          Map.entry("µm", 1e-6), // micro sign
          Map.entry("μm", 1e-6), // Greek mu
          Map.entry("micron", 1e-6),
          Map.entry("microns", 1e-6),
          Map.entry("micrometer", 1e-6),
          Map.entry("nm", 1e-9),
          Map.entry("angstrom", 1e-10),
          Map.entry("Å", 1e-10),
          Map.entry("pm", 1e-12));

  private static final Map<String, Double> ELECTRONVOLTS =
      Map.of(
          "eV",
          1.0,
          "ev",
          1.0,
          "keV",
          1e3,
          "kev",
          1e3,
          "MeV",
          1e6,
          "J",
          1 / Constants.CHARGE,
          "joule",
          1 / Constants.CHARGE);

  /// Metres in one of this unit of length.
  static OptionalDouble metres(String unit) {
    return of(METRES, unit);
  }

  /// Electronvolts in one of this unit of energy.
  static OptionalDouble electronvolts(String unit) {
    return of(ELECTRONVOLTS, unit);
  }

  private static OptionalDouble of(Map<String, Double> units, String unit) {
    Double factor = units.get(unit.strip());
    return factor == null ? OptionalDouble.empty() : OptionalDouble.of(factor);
  }

  /// A length for a person: 3.65 mm, 178.7 nm.
  static String length(double metres) {
    Check.within("length", Math.abs(metres), 0, Double.MAX_VALUE, "m");
    double size = Math.abs(metres);
    String[] names = {"nm", "µm", "mm", "m"};
    double[] units = {1e-9, 1e-6, 1e-3, 1};
    int i = size < 1e-6 ? 0 : size < 1e-3 ? 1 : size < 1 ? 2 : 3;
    return number(metres / units[i]) + " " + names[i];
  }

  /// An energy for a person: 12.66 keV, 708.5 eV.
  static String energy(double electronvolts) {
    return electronvolts < 1e4
        ? number(electronvolts) + " eV"
        : number(electronvolts / 1e3) + " keV";
  }

  /// Four significant digits, without an exponent where a person would not write one.
  static String number(double value) {
    if (value == 0 || !Double.isFinite(value)) {
      return value == 0 ? "0" : Double.toString(value);
    }
    var rounded = new java.math.BigDecimal(value).round(new java.math.MathContext(4));
    double size = Math.abs(value);
    return size >= 1e-3 && size < 1e7
        ? rounded.stripTrailingZeros().toPlainString()
        : rounded.stripTrailingZeros().toString();
  }
}

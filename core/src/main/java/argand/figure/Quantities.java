package argand.figure;

import java.util.Locale;

/// Numbers as a person writes them: a fitting prefix before the unit, no more digits than needed.
final class Quantities {
  private Quantities() {}

  /// A length [m] with its prefix: `12.5 nm`.
  static String length(double metres) {
    double size = Math.abs(metres);
    if (size >= 0.9995) {
      return plain(metres) + " m";
    }
    if (size >= 0.9995e-3) {
      return plain(metres * 1e3) + " mm";
    }
    if (size >= 0.9995e-6) {
      return plain(metres * 1e6) + " µm";
    }
    if (size >= 0.9995e-9 || size == 0) {
      return plain(metres * 1e9) + " nm";
    }
    return plain(metres * 1e12) + " pm";
  }

  /// Three figures, without needless noughts; powers of ten where it would be long.
  static String plain(double value) {
    if (value == 0) {
      return "0";
    }
    if (!Double.isFinite(value)) {
      return Double.isNaN(value) ? "not a number" : value > 0 ? "∞" : "−∞";
    }
    double size = Math.abs(value);
    if (size < 1e-3 || size >= 1e5) {
      String text = String.format(Locale.ROOT, "%.2e", value);
      int e = text.indexOf('e');
      String mantissa = text.substring(0, e).replaceAll("\\.?0+$", "");
      return (mantissa + "e" + Integer.parseInt(text.substring(e + 1))).replace('-', '−');
    }
    int digits = Math.max(0, 2 - (int) Math.floor(Math.log10(size * (1 + 1e-9))));
    String text = String.format(Locale.ROOT, "%." + digits + "f", value);
    return (text.contains(".") ? text.replaceAll("\\.?0+$", "") : text).replace('-', '−');
  }
}

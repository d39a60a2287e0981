package argand.physics;

import java.util.Locale;

/// A length as a person writes it: four digits and the prefix that keeps them before the point.
public final class Metres {
  private static final String[] PREFIXES = {"p", "n", "µ", "m", "", "k"};

  private Metres() {}

  /// `5e-8` → `50 nm`
  public static String text(double metres) {
    int prefix = (int) Math.floor(Math.log10(Math.abs(metres)) / 3 + 1e-12) + 4;
    if (metres == 0 || prefix < 0 || prefix >= PREFIXES.length) {
      return metres + " m";
    }
    double scaled = metres * Math.pow(10, 3 * (4 - prefix));
    String digits = String.format(Locale.ROOT, "%.4g", scaled);
    return digits.replaceFirst("(\\.\\d*?)0+$", "$1").replaceFirst("\\.$", "")
        + " "
        + PREFIXES[prefix]
        + "m";
  }
}

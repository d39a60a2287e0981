package argand.physics;

import java.util.Locale;

/// Lengths as a person writes them, for the sentences of this package.
final class Lengths {
  private Lengths() {}

  /// Three significant digits and the fitting prefix: `3.1 µm`.
  static String of(double metres) {
    String[] prefixes = {"pm", "nm", "µm", "mm", "m"};
    double size = Math.abs(metres);
    int k = 0;
    double unit = 1e-12;
    while (k < prefixes.length - 1 && size >= 1000 * unit) {
      unit *= 1000;
      k++;
    }
    return String.format(Locale.ROOT, "%.3g %s", metres / unit, prefixes[k]);
  }
}

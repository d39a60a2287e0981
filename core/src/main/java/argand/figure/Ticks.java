package argand.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Where an axis carries numbers, and how they are written.
final class Ticks {
  private Ticks() {}

  /// About `wanted` round values from low to high.
  static List<Double> linear(double low, double high, int wanted) {
    double step = step(high - low, wanted);
    var ticks = new ArrayList<Double>();
    for (long k = (long) Math.ceil(low / step - 1e-9); k * step <= high + 1e-9 * step; k++) {
      ticks.add(k * step);
    }
    return ticks;
  }

  /// 1, 2 or 5 × 10ⁿ, so that about `wanted` of them fill the span.
  static double step(double span, int wanted) {
    double rough = span / wanted;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double leading = rough / power;
    return (leading < 1.5 ? 1 : leading < 3.5 ? 2 : leading < 7.5 ? 5 : 10) * power;
  }

  /// Powers of ten; with 2 and 5 between them when there are fewer than two decades.
  static List<Double> logarithmic(double low, double high) {
    boolean fine = high / low < 100;
    var ticks = new ArrayList<Double>();
    for (int n = (int) Math.floor(Math.log10(low)); n <= Math.ceil(Math.log10(high)); n++) {
      for (int m : fine ? new int[] {1, 2, 5} : new int[] {1}) {
        double tick = m * Math.pow(10, n);
        if (tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9)) {
          ticks.add(tick);
        }
      }
    }
    return ticks;
  }

  /// The value with as many decimals as steps of this size need.
  static String label(double value, double step) {
    if (Math.abs(value) < 1e-9 * step) {
      return "0";
    }
    double size = Math.max(Math.abs(value), step);
    if (size >= 1e5 || size < 1e-3) {
      return Quantities.plain(value);
    }
    int decimals = Math.max(0, (int) -Math.floor(Math.log10(step) + 1e-9));
    return String.format(Locale.ROOT, "%." + decimals + "f", value).replace('-', '−');
  }
}

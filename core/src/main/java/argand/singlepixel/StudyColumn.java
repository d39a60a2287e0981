package argand.singlepixel;

import argand.data.Findings.FoundMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;

/// What a sampling study found with one number of patterns.
///
/// @param count of patterns
/// @param percent of the number of pixels
/// @param psnr of every image [dB], by method
/// @param seconds for the images of one sample, by method
/// @param invertibility NaN where nothing was inverted
/// @param shown images of one element, by each method
record StudyColumn(
    int count,
    double percent,
    SequencedMap<String, double[]> psnr,
    Map<String, Double> seconds,
    double invertibility,
    List<FoundMap> shown) {
  static final String POINTS = "pointScan";

  List<String> names() {
    return List.copyOf(psnr.keySet());
  }

  /// Mean [dB].
  double psnr(String name) {
    double sum = 0;
    double[] all = all(name);
    for (double one : all) {
      sum += one / all.length;
    }
    return sum;
  }

  /// Standard deviation among images [dB].
  private double spread(String name) {
    double mean = psnr(name);
    double square = 0;
    double[] all = all(name);
    for (double one : all) {
      square += (one - mean) * (one - mean) / Math.max(1, all.length - 1);
    }
    return Math.sqrt(square);
  }

  private double[] all(String name) {
    return psnr.getOrDefault(name, new double[0]);
  }

  /// `guidedVariationPsnr5`, and what it is over every other: `guidedVariationOverPointScan5`.
  SequencedMap<String, Double> metrics() {
    var metrics = new LinkedHashMap<String, Double>();
    String number = String.format(Locale.ROOT, "%.0f", percent);
    for (String name : names()) {
      metrics.put(name + "Psnr" + number, psnr(name));
    }
    for (String name : names()) {
      for (String other : names()) {
        if (names().indexOf(other) < names().indexOf(name)) {
          String over = other.substring(0, 1).toUpperCase(Locale.ROOT) + other.substring(1);
          metrics.put(name + "Over" + over + number, psnr(name) - psnr(other));
        }
      }
    }
    if (Double.isFinite(invertibility)) {
      metrics.put("invertibility" + number, invertibility);
    }
    return metrics;
  }

  /// One line of the table.
  String sentence() {
    var line = new StringBuilder();
    line.append(String.format(Locale.ROOT, "%.3g %% (%d patterns), PSNR in dB:", percent, count));
    for (String name : names()) {
      line.append(String.format(Locale.ROOT, " %s %.1f ± %.1f", name, psnr(name), spread(name)));
      if (seconds.containsKey(name)) {
        line.append(String.format(Locale.ROOT, " (%.2g s)", seconds.get(name)));
      }
      line.append(name.equals(names().getLast()) ? "." : ",");
    }
    return line.toString();
  }
}

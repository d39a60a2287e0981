package argand.singlepixel;

import argand.data.Curve;
import argand.data.Findings.FoundMap;
import argand.data.Quality;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.ToDoubleBiFunction;

/// What a study found at one place of what it varies.
///
/// @param at where
/// @param psnr of every image [dB], by method
/// @param resolution half period at which each image and its truth part, by the ring correlation of
///     1/7 [m], by method
/// @param seconds for the images of one sample, by method
/// @param invertibility NaN where nothing was inverted
/// @param shown images of one element, by each method
record StudyColumn(
    At at,
    SequencedMap<String, double[]> psnr,
    Map<String, double[]> resolution,
    Map<String, Double> seconds,
    double invertibility,
    List<FoundMap> shown) {
  static final String POINTS = "pointScan";

  /// @param value on the axis of figures
  /// @param suffix of the names of metrics
  /// @param head of a sentence
  record At(double value, String suffix, String head) {}

  List<String> names() {
    return List.copyOf(psnr.keySet());
  }

  /// Mean [dB].
  double psnr(String name) {
    return mean(all(name));
  }

  /// Mean [m].
  double resolution(String name) {
    return mean(resolution.getOrDefault(name, new double[0]));
  }

  private static double mean(double[] all) {
    double sum = 0;
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
    for (String name : names()) {
      metrics.put(name + "Psnr" + at.suffix(), psnr(name));
    }
    for (String name : names()) {
      for (String other : names()) {
        if (names().indexOf(other) < names().indexOf(name)) {
          String over = other.substring(0, 1).toUpperCase(Locale.ROOT) + other.substring(1);
          metrics.put(name + "Over" + over + at.suffix(), psnr(name) - psnr(other));
        }
      }
    }
    if (Double.isFinite(invertibility)) {
      metrics.put("invertibility" + at.suffix(), invertibility);
    }
    return metrics;
  }

  /// Numbers and sentences of all columns besides.
  static Quality told(Quality quality, List<StudyColumn> columns) {
    var told = quality;
    for (var column : columns) {
      told = told.withMetrics(column.metrics()).withVerdict(column.sentence());
    }
    return told;
  }

  /// A curve of something for each method, over the places.
  static List<Curve> curves(
      List<StudyColumn> columns,
      String labelX,
      String labelY,
      ToDoubleBiFunction<StudyColumn, String> of) {
    double[] x = columns.stream().mapToDouble(column -> column.at().value()).toArray();
    return columns.getFirst().names().stream()
        .map(
            name ->
                new Curve(
                    name,
                    labelX,
                    labelY,
                    x,
                    columns.stream().mapToDouble(c -> of.applyAsDouble(c, name)).toArray()))
        .toList();
  }

  /// One line of the table.
  String sentence() {
    var line = new StringBuilder();
    line.append(at.head()).append(", PSNR in dB:");
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

package argand.data;

import argand.array.RealField;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// What is known about how good a result is: named numbers, figures of curves, maps, sentences of
/// a verdict.
///
/// @param metrics names as in the command line's `--json` (`relativeAmplitudeError`, `nrmse`,
///     `frcMean` …) → values
/// @param figures figure title → the curves drawn in it
/// @param maps quantities over the sample or the detector, NaN where nothing is known
/// @param verdict sentences for a person
public record Quality(
    SequencedMap<String, Double> metrics,
    SequencedMap<String, List<Curve>> figures,
    List<ScanMaps.Map> maps,
    List<String> verdict) {
  public static final Quality NONE =
      new Quality(new LinkedHashMap<>(), new LinkedHashMap<>(), List.of(), List.of());

  public Quality {
    metrics = java.util.Collections.unmodifiableSequencedMap(new LinkedHashMap<>(metrics));
    figures = java.util.Collections.unmodifiableSequencedMap(new LinkedHashMap<>(figures));
    maps = List.copyOf(maps);
    verdict = List.copyOf(verdict);
  }

  public Quality withMetric(String name, double value) {
    return withMetrics(Map.of(name, value));
  }

  public Quality withMetrics(Map<String, Double> more) {
    var all = new LinkedHashMap<>(metrics);
    all.putAll(more);
    return new Quality(all, figures, maps, verdict);
  }

  public Quality withFigure(String title, List<Curve> curves) {
    var all = new LinkedHashMap<>(figures);
    all.put(title, List.copyOf(curves));
    return new Quality(metrics, all, maps, verdict);
  }

  public Quality withMap(String title, String unit, RealField values) {
    var all = new ArrayList<>(maps);
    all.add(new ScanMaps.Map(title, unit, values));
    return new Quality(metrics, figures, all, verdict);
  }

  public Quality withVerdict(String sentence) {
    var all = new ArrayList<>(verdict);
    all.add(sentence);
    return new Quality(metrics, figures, maps, all);
  }

  /// This, and what the other adds to it.
  public Quality and(Quality other) {
    var numbers = new LinkedHashMap<>(metrics);
    numbers.putAll(other.metrics);
    var drawings = new LinkedHashMap<>(figures);
    drawings.putAll(other.figures);
    var sentences = new ArrayList<>(verdict);
    sentences.addAll(other.verdict);
    var pictures = new ArrayList<>(maps);
    pictures.addAll(other.maps);
    return new Quality(numbers, drawings, pictures, sentences);
  }
}

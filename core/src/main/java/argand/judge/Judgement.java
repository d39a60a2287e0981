package argand.judge;

import argand.data.Curve;
import argand.data.Quality;
import argand.data.ScanMaps;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.stream.IntStream;

/// What was found, the gravest first.
///
/// @param findings empty for a sound result
/// @param metrics numbers behind them
/// @param maps where the misfit sits
public record Judgement(
    List<Finding> findings,
    Residuals residuals,
    SequencedMap<String, Double> metrics,
    List<ScanMaps.Map> maps) {
  public Judgement {
    findings = List.copyOf(findings);
    maps = List.copyOf(maps);
  }

  /// The gravest, if there is any.
  public java.util.Optional<Cause> first() {
    return findings.stream().map(Finding::cause).findFirst();
  }

  /// Numbers, curves and maps of the residual over views and over the detector, sentences.
  public Quality quality() {
    var numbers = new LinkedHashMap<String, Double>();
    numbers.put("devianceRatio", residuals.dispersion());
    numbers.put("relativeMisfit", Math.sqrt(residuals.error()));
    numbers.putAll(metrics);
    var quality =
        Quality.NONE
            .withMetrics(numbers)
            .withFigure("Misfit by view", List.of(byView()))
            .withFigure("Misfit over the detector", List.of(byRing()));
    for (var map : maps) {
      quality = quality.withMap(map.name(), map.unit(), map.values());
    }
    for (String sentence : sentences()) {
      quality = quality.withVerdict(sentence);
    }
    return quality;
  }

  private List<String> sentences() {
    var sentences = new ArrayList<String>();
    findings.forEach(finding -> sentences.add(finding.sentence()));
    String fit =
        String.format(
            Locale.ROOT,
            "the misfit is %.3g times that of shot noise, %.2g %% of the computed intensity beyond"
                + " it",
            residuals.dispersion(),
            100 * Math.sqrt(residuals.error()));
    sentences.add(
        findings.isEmpty()
            ? "The judge finds nothing wrong: " + fit + "."
            : "Of the frames, " + fit + ".");
    return sentences;
  }

  private Curve byView() {
    var views = residuals.views();
    int count = views.counts().length;
    return new Curve(
        "deviance ÷ shot noise",
        "view",
        "deviance ÷ that of shot noise",
        IntStream.range(0, count).asDoubleStream().toArray(),
        IntStream.range(0, count)
            .mapToDouble(j -> views.deviance()[j] / views.expected()[j])
            .toArray());
  }

  /// Rings about the middle of the detector, one pixel wide.
  private Curve byRing() {
    var grid = residuals.grid();
    int rings = Math.max(grid.rows(), grid.columns()) / 2;
    double[] deviance = new double[rings];
    double[] expected = new double[rings];
    for (int i = 0; i < grid.size(); i++) {
      double y = i / grid.columns() - grid.rows() / 2;
      double x = i % grid.columns() - grid.columns() / 2;
      int ring = (int) Math.rint(Math.hypot(y, x));
      if (ring < rings) {
        deviance[ring] += residuals.pixels().deviance()[i];
        expected[ring] += residuals.pixels().expected()[i];
      }
    }
    int[] lit = IntStream.range(0, rings).filter(ring -> expected[ring] > 0).toArray();
    return new Curve(
        "deviance ÷ shot noise",
        "distance from the middle of the detector [pixels]",
        "deviance ÷ that of shot noise",
        IntStream.of(lit).asDoubleStream().toArray(),
        IntStream.of(lit).mapToDouble(ring -> deviance[ring] / expected[ring]).toArray());
  }
}

package argand.singlepixel;

import argand.Paper;
import argand.Param;
import argand.array.InvalidInput;
import argand.data.Findings.FoundMap;
import argand.data.Phases;
import argand.data.Quality;
import argand.data.StructuredScan;
import argand.flow.PatternStep;
import argand.flow.Watch;
import argand.multivariate.PairSums;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// How the amounts of two elements go together in the pure pixels of each compound: the slope of
/// the
/// line through the origin that is nearest to them, with errors on both axes alike,
///
///     b = [S_yy − S_xx + √((S_yy − S_xx)² + 4 S_xy²)] / (2 S_xy),   S_uv = Σ u v
///
/// beside the ratio that the formula has, and the correlation of both over all pixels with metal.
/// The report draws the joint histogram of each pair with these lines.
@Paper(
    value = "Deming, Statistical Adjustment of Data, Wiley (1943); ratio of errors 1, no intercept",
    doi = "")
public record CorrelateElements(
    @Param(value = "which pairs; without any, all", byDefault = "[]") List<Pair> pairs)
    implements PatternStep {
  /// Two elements.
  public record Pair(@Param("drawn upwards") String y, @Param("drawn to the right") String x) {}

  public CorrelateElements {
    pairs = List.copyOf(pairs);
  }

  @Override
  public StructuredScan apply(StructuredScan input, Watch watch) {
    var phases =
        input
            .findings()
            .phases()
            .orElseThrow(
                () ->
                    new InvalidInput(
                        "the compounds", "not known", "a map of them", "classifyPhases before"));
    var quality = input.findings().quality();
    for (var pair : pairs.isEmpty() ? all(phases) : pairs) {
      int y = index(phases, pair.y());
      int x = index(phases, pair.x());
      float[] up = amount(input, pair.y()).values().values();
      float[] right = amount(input, pair.x()).values().values();
      var all = PairSums.of(right, up, i -> phases.label()[i] != Phases.NOTHING);
      quality = quality.withMetric(pair.y() + pair.x() + "Correlation", all.correlation());
      for (int k = 0; k < phases.phases().size(); k++) {
        quality = slope(quality, phases, k, y, x, up, right);
      }
    }
    return input.withFindings(input.findings().with(quality)).withStep(toString());
  }

  private static List<Pair> all(Phases phases) {
    var pairs = new ArrayList<Pair>();
    for (int y = 0; y < phases.elements().size(); y++) {
      for (int x = y + 1; x < phases.elements().size(); x++) {
        pairs.add(new Pair(phases.elements().get(y), phases.elements().get(x)));
      }
    }
    return pairs;
  }

  private static int index(Phases phases, String element) {
    int at = phases.elements().indexOf(element);
    if (at < 0) {
      throw new InvalidInput("the element", "'" + element + "'", "one of " + phases.elements(), "");
    }
    return at;
  }

  private static FoundMap amount(StructuredScan input, String element) {
    return input
        .findings()
        .map(element + ", amount")
        .orElseThrow(
            () ->
                new InvalidInput(
                    "the amounts of " + element, "not there", "a map", "classifyPhases before"));
  }

  private static Quality slope(
      Quality quality, Phases phases, int k, int y, int x, float[] up, float[] right) {
    var phase = phases.phases().get(k);
    double nominal = phase.nominal()[y] / phase.nominal()[x];
    if (phase.pixels() < 3 || !(nominal > 0) || Double.isInfinite(nominal)) {
      return quality;
    }
    double slope =
        PairSums.of(right, up, i -> phases.label()[i] == k && phases.pure().good()[i])
            .slopeThroughOrigin();
    String name = phases.elements().get(y) + phases.elements().get(x);
    return quality
        .withMetric(ClassifyPhases.key(phase.name()) + name + "Slope", slope)
        .withMetric(ClassifyPhases.key(phase.name()) + name + "SlopeError", slope / nominal - 1)
        .withVerdict(
            String.format(
                Locale.ROOT,
                "%s: %s over %s %.3f, by its formula %.3f.",
                phase.name(),
                phases.elements().get(y),
                phases.elements().get(x),
                slope,
                nominal));
  }
}

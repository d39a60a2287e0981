package argand.singlepixel;

import argand.Param;
import argand.array.InvalidInput;
import argand.array.RealField;
import argand.data.Curve;
import argand.data.StructuredScan;
import argand.flow.PatternStep;
import argand.flow.Watch;
import argand.metric.RingCorrelation;
import argand.metric.RingCorrelation.Threshold;
import argand.metric.RingCorrelation.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/// How far maps can be trusted, from the patterns alone: every second pattern makes one image of
/// each signal, the others make another, and both are compared by Fourier ring correlation. The
/// transmission image leads neither, whatever led the maps: what a guide puts into both halves
/// would correlate without having been measured.
///
/// Beside it the correlation of the maps themselves with the transmission image, down to the period
/// at which they no longer show what it shows.
public record SplitPatterns(
    @Param(value = "how the halves are reconstructed", byDefault = "{plainVariation: {}}")
        PatternMethod method,
    @Param(value = "names of the signals; without any, those that have maps", byDefault = "[]")
        List<String> signals,
    @Param(value = "seed of the choice of left-out patterns", byDefault = "1") long seed)
    implements PatternStep {
  /// Title of the figure.
  static final String FIGURE = "Fourier ring correlation of split patterns";

  private static final String WITH_GUIDE =
      "Fourier ring correlation of maps and transmission image";

  public SplitPatterns {
    signals = List.copyOf(signals);
    if (method instanceof GuidedVariation) {
      throw new InvalidInput(
          "method",
          "guidedVariation",
          "one that no transmission image leads",
          "both halves would show the guide, not what was measured");
    }
  }

  @Override
  public long memoryBytes(StructuredScan input) {
    return 4L * input.count() * input.grid().size();
  }

  @Override
  public StructuredScan apply(StructuredScan input, Watch watch) {
    var names =
        signals.isEmpty()
            ? input.signals().stream()
                .map(s -> s.name())
                .filter(name -> input.findings().map(name).isPresent())
                .toList()
            : signals;
    if (names.isEmpty() || input.count() < 4) {
      throw new InvalidInput(
          "what is to be split",
          input.count() + " patterns, " + names.size() + " maps",
          "four patterns and one map at least",
          "reconstructPatterns before");
    }
    var halves = new ArrayList<StructuredScan>();
    for (int odd = 0; odd < 2; odd++) {
      int first = odd;
      int[] some =
          java.util.stream.IntStream.range(0, input.count()).filter(j -> j % 2 == first).toArray();
      var half =
          input.select(some).withGuide(Optional.empty()).withFindings(argand.data.Findings.NONE);
      halves.add(new ReconstructPatterns(method, seed, names).apply(half, watch));
    }
    var quality = input.findings().quality();
    var curves = new ArrayList<Curve>();
    var guided = new ArrayList<Curve>();
    for (String name : names) {
      var rings = rings(map(halves.get(0), name), map(halves.get(1), name));
      curves.add(rings.curves(name).getFirst());
      String key = ClassifyPhases.key(name);
      var half = rings.halfPeriod(Threshold.ONE_SEVENTH);
      quality = quality.withMetric(key + "SplitFrcMean", rings.mean());
      if (half.isPresent()) {
        quality = quality.withMetric(key + "SplitResolution", half.getAsDouble());
      }
      quality = quality.withVerdict(sentence(name, half));
      var found = input.findings().map(name);
      if (input.guide().isPresent() && found.isPresent()) {
        var withGuide = rings(found.get().values(), input.guide().get());
        guided.add(withGuide.curves(name).getFirst());
        quality = quality.withMetric(key + "GuideFrcMean", withGuide.mean());
      }
    }
    curves.add(level(curves.getFirst()));
    quality = quality.withFigure(FIGURE, curves);
    if (!guided.isEmpty()) {
      guided.add(level(guided.getFirst()));
      quality = quality.withFigure(WITH_GUIDE, guided);
    }
    return input.withFindings(input.findings().with(quality)).withStep(toString());
  }

  private static RealField map(StructuredScan scan, String name) {
    return scan.findings().map(name).orElseThrow().values();
  }

  static RingCorrelation rings(RealField a, RealField b) {
    return RingCorrelation.between(a, b, Window.TUKEY);
  }

  private static Curve level(Curve like) {
    double[] level = new double[like.x().length];
    java.util.Arrays.fill(level, Threshold.ONE_SEVENTH.at(1));
    return new Curve(Threshold.ONE_SEVENTH.label(), like.labelX(), like.labelY(), like.x(), level);
  }

  private static String sentence(String name, OptionalDouble half) {
    return half.isEmpty()
        ? name + ": two halves of the patterns agree at no frequency (1/7)."
        : String.format(
            Locale.ROOT,
            "%s: two halves of the patterns, without the transmission image, agree down to a half"
                + " period of %.0f nm (1/7 of the Fourier ring correlation).",
            name,
            half.getAsDouble() * 1e9);
  }
}

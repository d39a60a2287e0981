package argand.singlepixel;

import argand.Param;
import argand.array.InvalidInput;
import argand.data.BucketSignal;
import argand.data.Curve;
import argand.data.Findings.FoundMap;
import argand.data.StructuredScan;
import argand.flow.PatternStep;
import argand.flow.Watch;
import java.util.ArrayList;
import java.util.List;

/// Makes a map of each signal: what in the sample gave it, per unit of the patterns' light. Dead
/// time and incident intensity are taken off the signals first, as far as they are known.
public record ReconstructPatterns(
    @Param(value = "how", byDefault = "guidedVariation") PatternMethod method,
    @Param(value = "seed of the choice of left-out patterns", byDefault = "1") long seed,
    @Param(value = "names of the signals; without any, all", byDefault = "[]") List<String> signals)
    implements PatternStep {
  public ReconstructPatterns {
    signals = List.copyOf(signals);
  }

  /// Of all signals.
  public ReconstructPatterns(PatternMethod method, long seed) {
    this(method, seed, List.of());
  }

  @Override
  public long memoryBytes(StructuredScan input) {
    return 4L * input.count() * input.grid().size();
  }

  @Override
  public StructuredScan apply(StructuredScan input, Watch watch) {
    if (input.signals().isEmpty()) {
      throw new InvalidInput(
          "the number of signals", 0, "at least one", "patterns alone make no map");
    }
    var used = evenDose(input.withSignals(wanted(input)));
    var operator = SensingOperator.of(input.patterns());
    var solved =
        method.solve(new PatternMethod.Problem(operator, used, input.guide(), seed, watch));
    var findings = input.findings();
    var quality = findings.quality();
    var paths = new ArrayList<Curve>();
    for (int e = 0; e < used.size(); e++) {
      var signal = used.get(e);
      var map = solved.maps().get(e);
      findings =
          findings.with(new FoundMap(signal.name(), signal.unit(), map.image(), map.sigma()));
      if (Double.isFinite(map.leftOut())) {
        quality = quality.withMetric(metric(signal.name(), "LeftOut"), map.leftOut());
      }
      if (Double.isFinite(map.lambda())) {
        quality = quality.withMetric(metric(signal.name(), "Lambda"), map.lambda());
      }
      map.path().ifPresent(paths::add);
    }
    if (!paths.isEmpty()) {
      quality = quality.withFigure("How the weight was chosen", paths);
    }
    for (String note : solved.notes()) {
      quality = quality.withVerdict(note);
    }
    return input.withFindings(findings.with(quality)).withStep("maps by " + method);
  }

  private List<BucketSignal> wanted(StructuredScan input) {
    if (signals.isEmpty()) {
      return input.signals();
    }
    return signals.stream().map(name -> named(input, name)).toList();
  }

  private static BucketSignal named(StructuredScan input, String name) {
    return input
        .signal(name)
        .orElseThrow(
            () ->
                new InvalidInput(
                    "the signal",
                    "'" + name + "'",
                    "one of "
                        + String.join(
                            ", ", input.signals().stream().map(BucketSignal::name).toList()),
                    ""));
  }

  /// `Mn Ka` → `MnKaLeftOut`
  private static String metric(String signal, String what) {
    return signal.replaceAll("[^A-Za-z0-9]+", "") + what;
  }

  /// Signals over live share and over incident intensity relative to its mean, as far as they are
  /// known: what equal exposures would have counted.
  public static List<BucketSignal> evenDose(StructuredScan input) {
    var exposure = input.exposure();
    if (!exposure.knowsDeadTime() && exposure.incident().isEmpty()) {
      return input.signals();
    }
    double[] factor = new double[input.count()];
    double mean = 0;
    if (exposure.incident().isPresent()) {
      for (double incident : exposure.incident().get()) {
        mean += incident / factor.length;
      }
    }
    for (int j = 0; j < factor.length; j++) {
      double share = exposure.knowsDeadTime() ? exposure.liveShare(j) : 1;
      double light = exposure.incident().isPresent() ? exposure.incident().get()[j] / mean : 1;
      if (!(share * light > 0)) {
        throw new InvalidInput(
            "live time or incident intensity of pattern " + j,
            "zero",
            "above zero",
            "leave the exposure out");
      }
      factor[j] = 1 / (share * light);
    }
    var signals = new ArrayList<BucketSignal>();
    for (var signal : input.signals()) {
      double[] values = signal.values().clone();
      double[] sigma = signal.sigma().clone();
      for (int j = 0; j < values.length; j++) {
        values[j] *= factor[j];
        sigma[j] *= factor[j];
      }
      signals.add(new BucketSignal(signal.name(), signal.unit(), values, sigma));
    }
    return signals;
  }
}

package argand.singlepixel;

import argand.Paper;
import argand.Param;
import argand.array.Check;
import argand.data.Curve;
import argand.data.Findings.FoundMap;
import argand.data.StructuredScan;
import argand.flow.Watch;
import argand.phantom.MixedCathode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// What these patterns would make of a known sample: images of cathodes from the first 5 %, 25 % …
/// of the patterns, by several methods and by a scan of as many points, each against the truth. It
/// needs the patterns alone, and can be asked before any sample is exposed.
///
/// Of each number of patterns, method and sample, sets of noise are drawn anew: for the signals
/// (Poisson) and for the transmission image that leads. Every exposure counts the same number of
/// quanta in the mean, so that more patterns are more dose. PSNR is that of each element with its
/// own peak, then the mean over elements, samples and sets of noise, and ± their spread.
@Paper(
    value =
        "Li et al., Nanoscale chemical imaging with structured X-ray illumination, Proc. Natl."
            + " Acad. Sci. USA 120, e2314542120 (2023)",
    doi = "10.1073/pnas.2314542120")
public record StudySampling(
    @Param(value = "numbers of patterns, the first of the scan; [] for all", byDefault = "[]")
        List<Integer> patterns,
    @Param(
            value = "how images are made",
            byDefault = "[pseudoInverse, plainVariation, guidedVariation]")
        List<PatternMethod> methods,
    @Param(value = "the first sample; others differ in its seed", byDefault = "{}")
        MixedCathode sample,
    @Param(value = "number of samples", byDefault = "3") int samples,
    @Param(value = "sets of noise for each", byDefault = "5") int noises,
    @Param(
            value = "mean counts of each element and exposure; 0 for no noise",
            byDefault = "1000000")
        double counts,
    @Param(value = "counts of the transmission image in an empty pixel", byDefault = "40000")
        double guideCounts,
    @Param(value = "seed of all random numbers", byDefault = "1") long seed)
    implements PatternStudy {
  public StudySampling {
    patterns = List.copyOf(patterns);
    methods = List.copyOf(methods);
    patterns.forEach(n -> Check.atLeast("patterns", n, 5));
    Check.within("counts", counts, 0, 1e12, "");
    PatternStudy.check(methods, samples, noises, guideCounts);
  }

  @Override
  public StructuredScan apply(StructuredScan input, Watch watch) {
    float[][] rows = SensingOperator.rows(input.patterns());
    int[] counts =
        patterns.isEmpty()
            ? new int[] {input.count()}
            : patterns.stream().mapToInt(Integer::intValue).sorted().toArray();
    for (int n : counts) {
      Check.within("patterns", n, 5, input.count(), "of those in the scan");
    }
    var cases = new StudyCases(this, input.grid());
    var columns =
        PatternStudy.columns(
            "sampling",
            counts.length,
            watch,
            k ->
                cases.column(
                    SensingOperator.of(input.grid(), Arrays.copyOf(rows, counts[k])),
                    this.counts,
                    at(counts[k], input),
                    watch));
    var findings = input.findings();
    for (FoundMap map : columns.isEmpty() ? List.<FoundMap>of() : columns.getFirst().shown()) {
      findings = findings.with(map);
    }
    return told(input.withFindings(findings), columns);
  }

  private StructuredScan told(StructuredScan scan, List<StudyColumn> columns) {
    var quality = StudyColumn.told(scan.findings().quality(), columns);
    if (columns.size() > 1) {
      quality =
          quality.withFigure(
              "Peak signal-to-noise ratio by sampling",
              StudyColumn.curves(
                  columns, "patterns [% of the pixels]", "PSNR [dB]", StudyColumn::psnr));
      var inverse = columns.stream().filter(c -> Double.isFinite(c.invertibility())).toList();
      if (inverse.size() > 1) {
        quality =
            quality
                .withFigure("PSNR by invertibility", byInvertibility(inverse))
                .withMetric("spearmanOfInvertibility", spearman(inverse));
      }
    }
    return scan.withFindings(scan.findings().with(quality)).withStep(toString());
  }

  private static StudyColumn.At at(int count, StructuredScan scan) {
    double percent = 100.0 * count / scan.grid().size();
    return new StudyColumn.At(
        percent,
        String.format(Locale.ROOT, "%.0f", percent),
        String.format(Locale.ROOT, "%.3g %% (%d patterns)", percent, count));
  }

  private static List<Curve> byInvertibility(List<StudyColumn> columns) {
    double[] invertibility = columns.stream().mapToDouble(StudyColumn::invertibility).toArray();
    return columns.getFirst().names().stream()
        .filter(name -> !name.equals(StudyColumn.POINTS))
        .map(
            name ->
                new Curve(
                    name,
                    "invertibility, SSIM of A⁺A x and x",
                    "PSNR [dB]",
                    invertibility,
                    columns.stream().mapToDouble(c -> c.psnr(name)).toArray()))
        .toList();
  }

  /// Rank correlation of invertibility and the PSNR of the last method, over the numbers of
  /// patterns.
  private static double spearman(List<StudyColumn> columns) {
    String last = columns.getFirst().names().getLast();
    double[] a = ranks(columns.stream().mapToDouble(StudyColumn::invertibility).toArray());
    double[] b = ranks(columns.stream().mapToDouble(c -> c.psnr(last)).toArray());
    return PatternAnalysis.correlation(a, b);
  }

  private static double[] ranks(double[] values) {
    double[] ranks = new double[values.length];
    for (int i = 0; i < ranks.length; i++) {
      for (double other : values) {
        ranks[i] += other < values[i] ? 1 : other == values[i] ? 0.5 : 0;
      }
    }
    return ranks;
  }
}

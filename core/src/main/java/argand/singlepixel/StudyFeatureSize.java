package argand.singlepixel;

import argand.Paper;
import argand.Param;
import argand.array.Check;
import argand.data.StructuredScan;
import argand.flow.Watch;
import argand.phantom.MixedCathode;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// Which grain of the light suits a sample: images from these patterns, coarsened step by step,
/// each
/// against the truth. Patterns are blurred by a Gaussian of growing width and then given their
/// contrast back, as another grit would have it; where that would make light negative there is
/// none.
///
/// Fine light reaches fine details, but its signals hardly vary, since it averages out over the
/// sample; so what suits depends on the sample, on the number of patterns and on the counts, and is
/// computed instead of told by a rule.
@Paper(
    value =
        "Li et al., Nanoscale chemical imaging with structured X-ray illumination, Proc. Natl."
            + " Acad. Sci. USA 120, e2314542120 (2023)",
    doi = "10.1073/pnas.2314542120")
public record StudyFeatureSize(
    @Param(
            value = "widths σ of the blur in pixels; 0 are the patterns themselves",
            byDefault = "[0, 0.5, 1, 1.5, 2, 3, 4]")
        List<Double> blurs,
    @Param(value = "how images are made", byDefault = "[plainVariation]")
        List<PatternMethod> methods,
    @Param(value = "the first sample; others differ in its seed", byDefault = "{}")
        MixedCathode sample,
    @Param(value = "number of samples", byDefault = "2") int samples,
    @Param(value = "sets of noise for each", byDefault = "2") int noises,
    @Param(
            value = "mean counts of each element and exposure; 0 for no noise",
            byDefault = "1000000")
        double counts,
    @Param(value = "counts of the transmission image in an empty pixel", byDefault = "40000")
        double guideCounts,
    @Param(value = "seed of all random numbers", byDefault = "1") long seed)
    implements PatternStudy {
  public StudyFeatureSize {
    blurs = blurs.stream().sorted().toList();
    methods = List.copyOf(methods);
    Check.atLeast("number of blurs", blurs.size(), 1);
    blurs.forEach(sigma -> Check.within("blurs", sigma, 0, 100, "px"));
    Check.within("counts", counts, 0, 1e12, "");
    PatternStudy.check(methods, samples, noises, guideCounts);
  }

  @Override
  public StructuredScan apply(StructuredScan input, Watch watch) {
    var cases = new StudyCases(this, input.grid());
    float[][] rows = SensingOperator.rows(input.patterns());
    double pixel = input.grid().pixelY();
    var columns =
        PatternStudy.columns(
            "feature sizes",
            blurs.size(),
            watch,
            k -> {
              double blur = blurs.get(k);
              float[][] coarse = PatternGrain.blurred(input.grid(), rows, blur, watch.workers());
              var at = at(blur, PatternGrain.width(input.grid(), coarse), pixel);
              return cases.column(SensingOperator.of(input.grid(), coarse), counts, at, watch);
            });
    var quality = StudyColumn.told(input.findings().quality(), columns);
    if (columns.size() > 1) {
      quality =
          quality.withFigure(
              "Peak signal-to-noise ratio by the grain of the light",
              StudyColumn.curves(
                  columns,
                  "features, full width at half height [px]",
                  "PSNR [dB]",
                  StudyColumn::psnr));
    }
    for (var method : methods) {
      String name = PatternStudy.name(method);
      var best = columns.stream().max(Comparator.comparingDouble(column -> column.psnr(name)));
      if (best.isPresent()) {
        double width = best.get().at().value();
        quality =
            quality
                .withMetric(name + "BestFeaturePx", width)
                .withVerdict(
                    String.format(
                        Locale.ROOT,
                        "For this sample and %s, light with features of %.1f px (%.3g nm) is best.",
                        name,
                        width,
                        1e9 * width * pixel));
      }
    }
    return input.withFindings(input.findings().with(quality)).withStep(toString());
  }

  private static StudyColumn.At at(double blur, double width, double pixel) {
    return new StudyColumn.At(
        width,
        String.format(Locale.ROOT, "Blur%.3g", blur),
        String.format(
            Locale.ROOT,
            "Features of %.1f px (%.3g nm), blur %.3g px",
            width,
            1e9 * width * pixel,
            blur));
  }
}

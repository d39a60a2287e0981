package argand.singlepixel;

import argand.Paper;
import argand.Param;
import argand.array.Check;
import argand.data.StructuredScan;
import argand.flow.Watch;
import argand.phantom.MixedCathode;
import java.util.List;
import java.util.Locale;

/// What noise does to images from these patterns: PSNR, and the half period at which image and
/// truth
/// part by the ring correlation of 1/7, for fewer and fewer counts.
@Paper(
    value =
        "Li et al., Nanoscale chemical imaging with structured X-ray illumination, Proc. Natl."
            + " Acad. Sci. USA 120, e2314542120 (2023)",
    doi = "10.1073/pnas.2314542120")
public record StudyNoise(
    @Param(
            value = "mean counts of each element and exposure; 0 for no noise",
            byDefault = "[10000, 100000, 1000000]")
        List<Double> counts,
    @Param(value = "how images are made", byDefault = "[plainVariation]")
        List<PatternMethod> methods,
    @Param(value = "the first sample; others differ in its seed", byDefault = "{}")
        MixedCathode sample,
    @Param(value = "number of samples", byDefault = "1") int samples,
    @Param(value = "sets of noise for each", byDefault = "10") int noises,
    @Param(value = "counts of the transmission image in an empty pixel", byDefault = "40000")
        double guideCounts,
    @Param(value = "seed of all random numbers", byDefault = "1") long seed)
    implements PatternStudy {
  public StudyNoise {
    counts = counts.stream().sorted().toList();
    methods = List.copyOf(methods);
    Check.atLeast("number of counts", counts.size(), 1);
    counts.forEach(n -> Check.within("counts", n, 0, 1e12, ""));
    PatternStudy.check(methods, samples, noises, guideCounts);
  }

  @Override
  public StructuredScan apply(StructuredScan input, Watch watch) {
    var cases = new StudyCases(this, input.grid());
    var operator = SensingOperator.of(input.patterns());
    var columns =
        PatternStudy.columns(
            "noise",
            counts.size(),
            watch,
            k -> cases.column(operator, counts.get(k), at(counts.get(k)), watch));
    var quality = StudyColumn.told(input.findings().quality(), columns);
    for (var column : columns) {
      for (String name : column.names()) {
        quality =
            quality.withMetric(name + "Resolution" + column.at().suffix(), column.resolution(name));
      }
    }
    var noisy = columns.stream().filter(column -> column.at().value() > 0).toList();
    if (noisy.size() > 1) {
      String label = "counts of an exposure";
      quality =
          quality
              .withFigure(
                  "Peak signal-to-noise ratio by counts",
                  StudyColumn.curves(noisy, label, "PSNR [dB]", StudyColumn::psnr))
              .withFigure(
                  "Resolution by counts",
                  StudyColumn.curves(
                      noisy,
                      label,
                      "half period at 1/7 [nm]",
                      (column, name) -> 1e9 * column.resolution(name)));
    }
    return input.withFindings(input.findings().with(quality)).withStep(toString());
  }

  private static StudyColumn.At at(double counts) {
    String number = String.format(Locale.ROOT, "%.0f", counts);
    return counts > 0
        ? new StudyColumn.At(counts, "At" + number, number + " counts")
        : new StudyColumn.At(0, "Clean", "No noise");
  }
}

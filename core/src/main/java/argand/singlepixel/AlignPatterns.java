package argand.singlepixel;

import argand.Paper;
import argand.Param;
import argand.array.InvalidInput;
import argand.array.RealField;
import argand.data.Curve;
import argand.data.Exposure;
import argand.data.Planes;
import argand.data.Quality;
import argand.data.StructuredScan;
import argand.flow.PatternStep;
import argand.flow.Watch;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/// Brings each pattern to where it fell on the sample: from each pair of images, without and with
/// the sample, how far the pattern and how far the sample had moved, and what light there was.
///
/// The transmission image tells what the sample does to the light; where none was taken it is made
/// of the pairs. An image with the sample, divided by it, is a second picture of the light, and the
/// only one of the very exposure that was counted: the two are averaged, each by the inverse of its
/// variance. Afterwards the images with the sample are used up and left out.
@Paper(
    value =
        "Li et al., Nanoscale chemical imaging with structured X-ray illumination, Proc. Natl."
            + " Acad. Sci. USA 120, e2314542120 (2023)",
    doi = "10.1073/pnas.2314542120")
public record AlignPatterns(
    @Param(value = "what may have moved between the two", byDefault = "both") Moves moves,
    @Param(value = "which images tell the light on the sample", byDefault = "weighted") Light light)
    implements PatternStep {
  /// Rounds in which a transmission image is made of the pairs.
  private static final int MOST_ROUNDS = 6;

  /// Less than this moves no picture that anybody could see.
  private static final double SETTLED_PX = 0.02;

  /// A sample whose place is less certain cannot be followed.
  private static final double LEAST_CERTAIN_PX = 0.5;

  /// What may have moved.
  public enum Moves {
    /// Each by itself.
    BOTH,
    /// Patterns come back where they were.
    SAMPLE,
    /// The sample stands still.
    PATTERN;

    /// Whether it frees a parameter of {@link PairFit}: p, s or g.
    boolean of(int parameter) {
      return this == BOTH || parameter == 4 || (parameter < 2) == (this == PATTERN);
    }
  }

  /// Which images tell the light.
  public enum Light {
    /// Both, by their noise and by how well patterns come back.
    WEIGHTED,
    /// Those without the sample, moved.
    WITHOUT,
    /// Those with the sample, divided by what it lets through.
    WITH
  }

  @Override
  public long memoryBytes(StructuredScan input) {
    return 12L * input.count() * input.grid().size();
  }

  @Override
  public StructuredScan apply(StructuredScan input, Watch watch) {
    var sampleIn =
        input
            .sampleIn()
            .orElseThrow(
                () ->
                    new InvalidInput(
                        "the images with the sample",
                        "not in the scan",
                        "one for each pattern",
                        "without them nothing tells where the patterns fell: leave alignPatterns"
                            + " out"));
    var pairs = new Pairs(input.patterns(), sampleIn, watch);
    var transmission =
        input.guide().map(AlignPatterns::transmission).orElseGet(() -> pairs.meanRatio());
    var fits = pairs.fit(transmission, moves);
    for (int round = 1; input.guide().isEmpty() && round < MOST_ROUNDS; round++) {
      var before = fits;
      transmission = pairs.transmission(fits);
      fits = pairs.fit(transmission, moves);
      if (moved(before, fits) < SETTLED_PX) {
        break;
      }
    }
    double sigma = rms(fits, PairFit::sampleSigma);
    if (!(sigma < LEAST_CERTAIN_PX)) {
      throw new InvalidInput(
          "the contrast of the sample in the images",
          Double.isFinite(sigma)
              ? "its place is known to no better than " + Math.round(10 * sigma) / 10.0 + " pixels"
              : "none: its place cannot be found",
          "half a pixel",
          "moves: pattern, if the sample stands still");
    }
    fits = towardsMean(towardsMean(fits, sigma, true), sigma, false);
    var aligned = pairs.light(fits, transmission, light);
    var scan =
        input
            .withPatterns(Planes.of(aligned))
            .withSampleIn(Optional.empty())
            .withFindings(input.findings().with(told(input, fits, pairs)))
            .withExposure(exposure(input, fits))
            .withStep(toString());
    return input.guide().isPresent() ? scan : scan.withGuide(Optional.of(density(transmission)));
  }

  /// Places of the sample along one axis, drawn to their mean by what is error in them: shifts d of
  /// variance V with errors of variance σ² are best told by their mean and (1 − σ²/V) of the rest.
  /// A sample that stands still is then not moved about by the noise of its images.
  private static PairFit[] towardsMean(PairFit[] fits, double sigma, boolean rows) {
    double[] at =
        Arrays.stream(fits)
            .mapToDouble(rows ? PairFit::sampleRows : PairFit::sampleColumns)
            .toArray();
    double mean = Arrays.stream(at).average().orElse(0);
    double variance = Arrays.stream(at).map(d -> (d - mean) * (d - mean)).average().orElse(0);
    double share = variance > 0 ? Math.max(0, 1 - sigma * sigma / variance) : 0;
    return IntStream.range(0, fits.length)
        .mapToObj(
            j -> {
              double now = mean + share * (at[j] - mean);
              return rows
                  ? fits[j].withSample(now, fits[j].sampleColumns())
                  : fits[j].withSample(fits[j].sampleRows(), now);
            })
        .toArray(PairFit[]::new);
  }

  /// Where no monitor tells how strong the beam was, the images with the sample do.
  private static Exposure exposure(StructuredScan input, PairFit[] fits) {
    return input.exposure().incident().isPresent()
        ? input.exposure()
        : input
            .exposure()
            .withIncident(Arrays.stream(fits).mapToDouble(PairFit::gain).toArray(), false);
  }

  private static Quality told(StructuredScan input, PairFit[] fits, Pairs pairs) {
    double pattern = spread(fits, PairFit::patternRows, PairFit::patternColumns);
    double sample = spread(fits, PairFit::sampleRows, PairFit::sampleColumns);
    double change = pairs.change(fits);
    double border = border(fits);
    return input
        .findings()
        .quality()
        .withMetric("patternsMovedPx", pattern)
        .withMetric("sampleMovedPx", sample)
        .withMetric("patternsChanged", change)
        .withFigure("How far patterns and sample moved", curves(fits))
        .withVerdict(
            String.format(
                Locale.ROOT,
                "Between its two exposures a pattern came back within %.2f pixels (rms) and changed"
                    + " by %.1f %% of its contrast; the sample moved by %.2f pixels.",
                pattern,
                100 * change,
                sample))
        .withVerdict(
            String.format(
                Locale.ROOT,
                "Within %.0f px of the border some light is not known, as it came from outside of"
                    + " the images: a sample should not reach there.",
                Math.ceil(border)));
  }

  /// From the mean of all, root of the mean square.
  private static double spread(
      PairFit[] fits, ToDoubleFunction<PairFit> rows, ToDoubleFunction<PairFit> columns) {
    double row = Arrays.stream(fits).mapToDouble(rows).average().orElse(0);
    double column = Arrays.stream(fits).mapToDouble(columns).average().orElse(0);
    return rms(
        fits,
        fit -> Math.hypot(rows.applyAsDouble(fit) - row, columns.applyAsDouble(fit) - column));
  }

  private static double rms(PairFit[] fits, ToDoubleFunction<PairFit> of) {
    return Math.sqrt(
        Arrays.stream(fits).mapToDouble(of).map(v -> v * v).average().orElse(Double.NaN));
  }

  private static double border(PairFit[] fits) {
    double most = 0;
    for (var fit : fits) {
      most = Math.max(most, Math.abs(fit.patternRows() - fit.sampleRows()));
      most = Math.max(most, Math.abs(fit.patternColumns() - fit.sampleColumns()));
    }
    return most;
  }

  private static double moved(PairFit[] before, PairFit[] now) {
    double most = 0;
    for (int j = 0; j < now.length; j++) {
      most =
          Math.max(
              most,
              Math.hypot(
                  now[j].sampleRows() - before[j].sampleRows(),
                  now[j].sampleColumns() - before[j].sampleColumns()));
    }
    return most;
  }

  private static List<Curve> curves(PairFit[] fits) {
    return List.of(
        curve("pattern, down", fits, PairFit::patternRows),
        curve("pattern, right", fits, PairFit::patternColumns),
        curve("sample, down", fits, PairFit::sampleRows),
        curve("sample, right", fits, PairFit::sampleColumns));
  }

  private static Curve curve(String name, PairFit[] fits, ToDoubleFunction<PairFit> of) {
    double[] number = new double[fits.length];
    Arrays.setAll(number, j -> j + 1.0);
    return new Curve(
        name, "pattern", "moved / pixels", number, Arrays.stream(fits).mapToDouble(of).toArray());
  }

  private static RealField transmission(RealField density) {
    var transmission = density.copy();
    for (int i = 0; i < transmission.values().length; i++) {
      transmission.values()[i] = (float) Math.exp(-transmission.values()[i]);
    }
    return transmission;
  }

  private static RealField density(RealField transmission) {
    var density = transmission.copy();
    for (int i = 0; i < density.values().length; i++) {
      density.values()[i] = (float) -Math.log(Math.max(1e-6, density.values()[i]));
    }
    return density;
  }
}

package argand.data;

import argand.array.Check;
import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.RealField;
import java.util.List;
import java.util.Optional;

/// A sample under many known illumination patterns, and what detectors without pixels counted for
/// each: the one noun of single-pixel imaging. Each step takes one and gives one with more
/// findings.
///
/// @param patterns intensity on the sample, without the sample, one plane for each exposure
/// @param sampleIn the same exposures through the sample, where they were taken
/// @param signals what was counted, one value for each pattern
/// @param exposure dead time and incident intensity of each, as far as they are known
/// @param guide optical density of the sample in even light, on the patterns' grid
public record StructuredScan(
    Planes patterns,
    Optional<Planes> sampleIn,
    List<BucketSignal> signals,
    Exposure exposure,
    Optional<RealField> guide,
    Findings findings,
    Source source)
    implements Product {
  public StructuredScan {
    signals = List.copyOf(signals);
    for (var signal : signals) {
      count("the signal " + signal.name(), signal.values().length, patterns.count());
    }
    exposure.mustBeOf(patterns.count());
    if (sampleIn.isPresent()) {
      count("the list of images with the sample", sampleIn.get().count(), patterns.count());
      size("an image with the sample", sampleIn.get().grid(), patterns.grid());
    }
    if (guide.isPresent()) {
      size("the transmission image", guide.get().grid(), patterns.grid());
    }
  }

  private static void count(String what, int found, int patterns) {
    if (found != patterns) {
      throw new InvalidInput(
          what,
          found + " long for " + patterns + " patterns",
          "one value for each pattern",
          "leave out the exposures of which something is missing");
    }
  }

  private static void size(String what, Grid found, Grid patterns) {
    if (found.rows() != patterns.rows() || found.columns() != patterns.columns()) {
      throw new InvalidInput(
          what,
          found.rows() + " × " + found.columns() + " pixels",
          patterns.rows() + " × " + patterns.columns() + " as the patterns have",
          "cut and bin both alike");
    }
  }

  /// Patterns and signals, nothing else known, nothing found yet.
  public static StructuredScan of(Planes patterns, List<BucketSignal> signals, Source source) {
    return new StructuredScan(
        patterns,
        Optional.empty(),
        signals,
        Exposure.UNKNOWN,
        Optional.empty(),
        Findings.NONE,
        source);
  }

  public Grid grid() {
    return patterns.grid();
  }

  /// Number of patterns.
  public int count() {
    return patterns.count();
  }

  /// The signal of this name.
  public Optional<BucketSignal> signal(String name) {
    return signals.stream().filter(signal -> signal.name().equals(name)).findFirst();
  }

  public StructuredScan withPatterns(Planes other) {
    return new StructuredScan(other, sampleIn, signals, exposure, guide, findings, source);
  }

  public StructuredScan withSampleIn(Optional<Planes> other) {
    return new StructuredScan(patterns, other, signals, exposure, guide, findings, source);
  }

  public StructuredScan withSignals(List<BucketSignal> other) {
    return new StructuredScan(patterns, sampleIn, other, exposure, guide, findings, source);
  }

  public StructuredScan withGuide(Optional<RealField> other) {
    return new StructuredScan(patterns, sampleIn, signals, exposure, other, findings, source);
  }

  public StructuredScan withExposure(Exposure other) {
    return new StructuredScan(patterns, sampleIn, signals, other, guide, findings, source);
  }

  /// With pixels of another size, square [m].
  public StructuredScan withPixel(double pixel) {
    var grid = Grid.square(grid().rows(), grid().columns(), pixel);
    return new StructuredScan(
        sized(patterns, grid),
        sampleIn.map(images -> sized(images, grid)),
        signals,
        exposure,
        guide.map(image -> new RealField(grid, image.values())),
        findings,
        source);
  }

  private static Planes sized(Planes planes, Grid grid) {
    return Planes.computed(planes, planes.count(), grid, planes::read);
  }

  public StructuredScan withFindings(Findings other) {
    return new StructuredScan(patterns, sampleIn, signals, exposure, guide, other, source);
  }

  /// With one more line in the history of its source.
  public StructuredScan withStep(String step) {
    return new StructuredScan(
        patterns, sampleIn, signals, exposure, guide, findings, source.withStep(step));
  }

  /// With one more sentence about its source.
  public StructuredScan withNote(String note) {
    return new StructuredScan(
        patterns, sampleIn, signals, exposure, guide, findings, source.withNote(note));
  }

  /// Some of its exposures, in this order.
  public StructuredScan select(int[] indices) {
    Check.atLeast("number of patterns", indices.length, 1);
    return new StructuredScan(
        patterns.select(indices),
        sampleIn.map(images -> images.select(indices)),
        signals.stream().map(signal -> signal.select(indices)).toList(),
        exposure.select(indices),
        guide,
        findings,
        source);
  }
}

package argand.singlepixel;

import argand.Paper;
import argand.Param;
import argand.array.Check;
import argand.array.Grid;
import argand.array.RealField;
import argand.data.Curve;
import argand.data.StructuredScan;
import argand.flow.PatternStep;
import argand.flow.Watch;
import argand.phantom.MixedCathode;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Says how good the patterns are, with or without a sample: dependence map, mean dependence of
/// patterns and of pixels, invertibility, each against the number of patterns, and the light of
/// three pixels from pattern to pattern.
@Paper(
    value =
        "Li et al., Nanoscale chemical imaging with structured X-ray illumination, Proc. Natl."
            + " Acad. Sci. USA 120, e2314542120 (2023)",
    doi = "10.1073/pnas.2314542120")
public record AnalysePatterns(
    @Param(value = "numbers of patterns looked at, up to all", byDefault = "8") int points,
    @Param(value = "pixels whose dependence on all others is taken", byDefault = "48") int targets,
    @Param(
            value = "patterns at most for the invertibility, whose cost grows with their square",
            byDefault = "1600")
        int most)
    implements PatternStep {
  /// Distances of the second and third pixel of the curves from the first.
  private static final int NEAR = 1;

  private static final int FAR = 12;

  public AnalysePatterns {
    Check.within("points", points, 1, 100, "");
    Check.within("targets", targets, 1, 10_000, "");
    Check.within("most", most, 3, 20_000, "");
  }

  @Override
  public long memoryBytes(StructuredScan input) {
    long n = Math.min(most, input.count());
    return 12L * input.count() * input.grid().size() + 8 * n * n;
  }

  @Override
  public StructuredScan apply(StructuredScan input, Watch watch) {
    int count = input.count();
    Check.atLeast("number of patterns", count, 3);
    SensingOperator.of(input.patterns()); // refuses patterns that are even or no numbers
    var analysis = new PatternAnalysis(input.patterns());
    int some = Math.min(targets, input.grid().size());
    int[] counts = counts(count);
    int[] inverted = counts(Math.min(most, count));
    boolean own = input.guide().isPresent();
    RealField test = input.guide().orElseGet(() -> cathode(input.grid()));
    double[] invertibility = analysis.invertibility(inverted, test, watch.workers());
    var dependence = analysis.dependenceCurves(counts, some);
    double row = dependence.getFirst().y()[counts.length - 1];
    double pixel = dependence.getLast().y()[counts.length - 1];
    double chance = Math.sqrt(2 / (Math.PI * count));
    var map = analysis.dependenceMap(count, Math.min(some, 48));
    var quality =
        input
            .findings()
            .quality()
            .withMetric("patternDependence", row)
            .withMetric("pixelDependence", pixel)
            .withMetric("pixelDependenceByChance", chance)
            .withMetric("pixelDependenceFalls", falling(dependence.getLast().y()))
            .withMetric("invertibility", invertibility[inverted.length - 1])
            .withFigure("Mean dependence of patterns", List.of(dependence.getFirst()))
            .withFigure("Mean dependence of pixels", List.of(dependence.getLast(), chance(counts)))
            .withFigure(
                "Invertibility",
                List.of(
                    new Curve(
                        own ? "of the transmission image" : "of a cathode",
                        "patterns",
                        "SSIM of A⁺A x and x",
                        numbers(inverted),
                        invertibility)))
            .withFigure("Light of three pixels", lights(analysis, input.grid(), count))
            .withMap("Dependence map", "", nearest(map))
            .withVerdict(
                "%d patterns of %d × %d pixels: mean correlation of patterns %.2g, of pixels %.3g (%.3g by chance alone), invertibility %.3f with %d."
                    .formatted(
                        count,
                        input.grid().rows(),
                        input.grid().columns(),
                        row,
                        pixel,
                        chance,
                        invertibility[inverted.length - 1],
                        inverted[inverted.length - 1]));
    return input.withFindings(input.findings().with(quality)).withStep(toString());
  }

  /// Evenly spaced numbers up to all, three at least.
  private int[] counts(int all) {
    return IntStream.rangeClosed(1, points)
        .map(k -> Math.max(3, (int) ((long) all * k / points)))
        .distinct()
        .toArray();
  }

  /// Share of the steps that go down.
  private static double falling(double[] curve) {
    int down = 0;
    for (int k = 1; k < curve.length; k++) {
      down += curve[k] < curve[k - 1] ? 1 : 0;
    }
    return curve.length < 2 ? Double.NaN : down / (curve.length - 1.0);
  }

  private static double[] numbers(int[] counts) {
    return Arrays.stream(counts).asDoubleStream().toArray();
  }

  private static Curve chance(int[] counts) {
    return new Curve(
        "independent pixels, √(2/πN)",
        "patterns",
        "mean |r|",
        numbers(counts),
        Arrays.stream(counts).mapToDouble(n -> Math.sqrt(2 / (Math.PI * n))).toArray());
  }

  private static RealField cathode(Grid grid) {
    return new MixedCathode(13, 0, 0, 1, 1).draw(grid).density();
  }

  /// The rows of the map that belong to near pixels: far ones are all alike.
  private static RealField nearest(RealField map) {
    int rows = Math.min(map.grid().rows(), 2 * map.grid().columns());
    var grid = new Grid(rows, map.grid().columns(), map.grid().pixelY(), map.grid().pixelX());
    return new RealField(grid, Arrays.copyOf(map.values(), grid.size()));
  }

  /// The middle pixel, its neighbour and a far one, over the first patterns.
  private static List<Curve> lights(PatternAnalysis analysis, Grid grid, int count) {
    int row = grid.rows() / 2;
    int column = grid.columns() / 2;
    double[] first = analysis.pixelCurve(row, column);
    double[] near = analysis.pixelCurve(row, Math.min(column + NEAR, grid.columns() - 1));
    double[] far = analysis.pixelCurve(row, Math.max(column - FAR, 0));
    int shown = Math.min(count, 60);
    double[] number = IntStream.rangeClosed(1, shown).asDoubleStream().toArray();
    return List.of(
        light("the middle one", number, first),
        light(
            "1 pixel right, r = %.2f".formatted(PatternAnalysis.correlation(first, near)),
            number,
            near),
        light(
            "12 pixels left, r = %.2f".formatted(PatternAnalysis.correlation(first, far)),
            number,
            far));
  }

  private static Curve light(String name, double[] number, double[] curve) {
    return new Curve(
        name, "pattern", "light over its mean", number, Arrays.copyOf(curve, number.length));
  }
}

package argand.spectro;

import argand.Paper;
import argand.Param;
import argand.array.Check;
import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.RealField;
import argand.array.Workers;
import argand.data.Curve;
import argand.data.EnergyStack;
import argand.data.Findings.FoundMap;
import argand.data.Quality;
import argand.flow.MapFile;
import argand.flow.Progress;
import argand.flow.StackStep;
import argand.flow.Watch;
import argand.register.FieldOnto;
import argand.register.PyramidRegistration;
import argand.register.Transform;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/// A map from elsewhere (4D-STEM, fluorescence, electron microscopy) against one of the stack,
/// pixel
/// by pixel: brought to its place and onto its pixels, then how one goes with the other.
///
/// 1. The map is laid on the stack's by their centres and the sizes of their pixels (where its own
///    is not known: by the width of the field), and registered by correlation within a family of
///    transforms, of either sign ({@link PyramidRegistration}).
/// 2. It is read once, from the file's own pixels, at the places of the stack's ({@link
/// FieldOnto}).
/// 3. y = a + b x with errors in x taken off ({@link
/// argand.inverse.CorrectedPolynomial}); beside
///    it the slopes of total least squares and of least squares, r with and without errors, and
///    y = β₀ + β₁ x + β₂ x²: a bowing β₂ of more than three standard deviations is a departure from
///    Vegard's law (L. Vegard, Z. Phys. 5, 17 (1921), 10.1007/BF01349680).
///
/// Errors are those of the maps; else as given; else found from the differences of neighbours,
/// which
/// is too much where the map has structure as fine as a pixel.
///
/// Leaves the maps `name` and `residual of name` (y − a − b x).
@Paper(value = "Fuller, Measurement Error Models, Wiley (1987)", doi = "10.1002/9780470316665")
public record CorrelateMap(
    @Param("the map of the stack: one that a step before has found, mean, or an energy") String map,
    @Param("the map from elsewhere, in a file") Optional<MapFile> with,
    @Param("the map from elsewhere, with pixels of its own, that a step before has left")
        Optional<String> brought,
    @Param("what it is called; as in its file where it is not given") Optional<String> name,
    @Param(
            value = "how it may lie: none if it lies right, translation … affine",
            byDefault = "scaledRotation")
        Motion motion,
    @Param("standard deviation of a pixel of the stack's map; its own where it is not given")
        OptionalDouble error,
    @Param("standard deviation of a pixel of the other map; its own where it is not given")
        OptionalDouble otherError)
    implements StackStep {
  /// Families of transforms.
  public enum Motion {
    NONE,
    TRANSLATION,
    RIGID,
    SCALED_ROTATION,
    AFFINE
  }

  private static final int BINS = 24;
  private static final int LEAST_PIXELS = 100;
  private static final double BOWED = 3;

  /// Share of the variance from which on a registration has found nothing.
  private static final double NOTHING = 0.97;

  public CorrelateMap {
    if (with.isPresent() == brought.isPresent()) {
      throw new InvalidInput(
          "correlateMap",
          with.isPresent() ? "given a map in a file and one that was brought" : "without other map",
          "one of with and brought",
          "with: {file: strain.h5}");
    }
    error.ifPresent(e -> Check.within("error", e, 0, 1e12, ""));
    otherError.ifPresent(e -> Check.within("otherError", e, 0, 1e12, ""));
  }

  @Override
  public EnergyStack apply(EnergyStack stack, Watch watch) {
    stack.mustBeImages("correlateMap", "take one slice of the volumes");
    var own = NamedImage.of(stack, map);
    var foreign = foreign(stack);
    String called = name.orElse(foreign.map().name());
    var x = masked(own.values(), stack.mask().good());
    var start = start(stack.grid(), foreign);
    var sigmaY = deviation(foreign.map(), otherError);
    var place = placed(x, foreign.map().values(), start, watch);
    var moved = onto(foreign.map().values(), sigmaY, place.total(), stack.grid(), watch.workers());
    float[] y = moved.values().values();
    float[] varianceX = squares(deviation(new FoundMap(map, "", x, own.sigma()), error));
    float[] varianceY = moved.variance().orElseThrow().values();
    int both = 0;
    for (int i = 0; i < y.length; i++) {
      both += Float.isFinite(y[i]) && Float.isFinite(x.values()[i]) ? 1 : 0;
    }
    if (both < LEAST_PIXELS) {
      throw new InvalidInput(
          "the field that both maps know",
          both + " pixels",
          "at least " + LEAST_PIXELS,
          "are the sizes of the pixels right?");
    }
    var fit =
        JointFit.of(stack.grid(), x.values(), y, varianceX, varianceY, i -> varianceY[i] >= 0);
    var residual = new RealField(stack.grid());
    for (int i = 0; i < y.length; i++) {
      residual.values()[i] = (float) (y[i] - fit.intercept() - fit.slope() * x.values()[i]);
    }
    String unit = foreign.map().unit();
    var sigma = new RealField(stack.grid());
    for (int i = 0; i < y.length; i++) {
      sigma.values()[i] = (float) Math.sqrt(varianceY[i]);
    }
    var quality =
        judged(place.into(stack.findings().quality()), called, fit, x.values(), watch)
            .withFigure(
                called + " over " + map, figure(called, unit, own.unit(), fit, x.values(), y));
    return stack
        .withFindings(
            stack
                .findings()
                .with(new FoundMap(called, unit, moved.values(), Optional.of(sigma)))
                .with(FoundMap.of("residual of " + called, unit, residual))
                .with(quality))
        .withStep("correlateMap: " + called + " with " + map);
  }

  private MapFile.Foreign foreign(EnergyStack stack) {
    if (with.isPresent()) {
      return with.get().read();
    }
    String wanted = brought.orElseThrow();
    return stack
        .findings()
        .map(wanted)
        .map(found -> new MapFile.Foreign(found, true))
        .orElseThrow(
            () ->
                new InvalidInput(
                    "brought", "'" + wanted + "'", "a map that a step before has left", ""));
  }

  private static RealField masked(RealField field, boolean[] good) {
    var result = new RealField(field.grid(), field.values().clone());
    for (int i = 0; i < good.length; i++) {
      if (!good[i]) {
        result.values()[i] = Float.NaN;
      }
    }
    return result;
  }

  /// By centres and pixels; where the other's size is not known both show the same width.
  private static Transform start(Grid grid, MapFile.Foreign foreign) {
    var other = foreign.map().values().grid();
    if (foreign.sized()) {
      return FieldOnto.centred(
          grid, grid.pixelY() / other.pixelY(), grid.pixelX() / other.pixelX());
    }
    double ratio = (double) other.columns() / grid.columns();
    return FieldOnto.centred(grid, ratio, ratio);
  }

  /// Standard deviation of each pixel.
  private static RealField deviation(FoundMap map, OptionalDouble given) {
    if (given.isEmpty() && map.sigma().isPresent()) {
      return map.sigma().get();
    }
    var sigma = new RealField(map.values().grid());
    Arrays.fill(
        sigma.values(),
        (float) (given.isPresent() ? given.getAsDouble() : MapNoise.of(map.values())));
    return sigma;
  }

  private static float[] squares(RealField sigma) {
    float[] squares = sigma.values().clone();
    for (int i = 0; i < squares.length; i++) {
      squares[i] = Float.isFinite(squares[i]) ? squares[i] * squares[i] : 0;
    }
    return squares;
  }

  private static FieldOnto.Resampled onto(
      RealField image, RealField sigma, Transform transform, Grid grid, Workers workers) {
    var variance = new RealField(image.grid(), squares(sigma));
    return FieldOnto.of(image, Optional.of(variance), transform, grid, workers);
  }

  /// How the other map lies.
  ///
  /// @param total from pixels of the stack to those of the other map
  /// @param found beyond what centres and pixels say; absent where it was not asked for
  private record Place(Transform total, Optional<PyramidRegistration.Found> found) {
    Quality into(Quality before) {
      if (found.isEmpty()) {
        return before;
      }
      var t = found.get().transform().affine();
      double scale = Math.sqrt(t.rowRow() * t.columnColumn() - t.rowColumn() * t.columnRow());
      double angle = Math.atan2(t.columnRow() - t.rowColumn(), t.rowRow() + t.columnColumn());
      return before
          .withMetric("mapScale", scale)
          .withMetric("mapAngle", angle)
          .withMetric("mapDownPx", t.rowsPx())
          .withMetric("mapRightPx", t.columnsPx())
          .withMetric("mapOverlap", found.get().overlap())
          .withVerdict(
              String.format(
                  Locale.ROOT,
                  "The other map lay %.2f pixels down and %.2f right, turned by %.2f° and %.2f %%"
                      + " larger than its pixels say.",
                  t.rowsPx(),
                  t.columnsPx(),
                  Math.toDegrees(angle),
                  100 * (scale - 1)));
    }
  }

  private Place placed(RealField x, RealField other, Transform start, Watch watch) {
    if (motion == Motion.NONE) {
      return new Place(start, Optional.empty());
    }
    var laid = FieldOnto.of(other, Optional.empty(), start, x.grid(), watch.workers()).values();
    var model = Transform.Model.valueOf(motion.name());
    var target = new PyramidRegistration(model, true).onto(x, Optional.empty(), watch.workers());
    var upright = target.find(laid, Optional.empty());
    var negative = target.find(negated(laid), Optional.empty());
    var best = negative.misfit() < upright.misfit() ? negative : upright;
    if (!(best.misfit() < NOTHING)) {
      throw new InvalidInput(
          "the other map",
          String.format(
              Locale.ROOT,
              "unlike the map “%s” wherever it is laid (%.1f %% of its variance is left)",
              map,
              100 * best.misfit()),
          "maps with something in common",
          "put the right pixelSize, or motion: none where it lies right");
    }
    return new Place(start.after(best.transform()), Optional.of(best));
  }

  private static RealField negated(RealField field) {
    var negative = new RealField(field.grid());
    for (int i = 0; i < field.values().length; i++) {
      negative.values()[i] = -field.values()[i];
    }
    return negative;
  }

  private Quality judged(Quality before, String called, JointFit fit, float[] x, Watch watch) {
    double range = spread(x);
    double bow = fit.bowing() * range * range / 4;
    boolean bowed = Math.abs(fit.bowing()) > BOWED * fit.bowingSigma();
    String sentence =
        String.format(
            Locale.ROOT,
            "%s goes with %s as %.5g + %.4g (± %.2g) x, r = %.3f ± %.3f (%.3f without the errors of"
                + " the pixels), over %d pixels; least squares, blind to errors in x, would say %.4g.",
            called,
            map,
            fit.intercept(),
            fit.slope(),
            fit.slopeSigma(),
            fit.sums().correlation(),
            fit.correlationSigma(),
            fit.correlationWithout(),
            fit.pixels(),
            fit.sums().plainSlope());
    watch.tell(new Progress.Noted(sentence));
    return before
        .withMetric("mapPixels", fit.pixels())
        .withMetric("mapSlope", fit.slope())
        .withMetric("mapSlopeSigma", fit.slopeSigma())
        .withMetric("mapIntercept", fit.intercept())
        .withMetric("mapTotalSlope", fit.totalSlope())
        .withMetric("mapPlainSlope", fit.sums().plainSlope())
        .withMetric("mapCorrelation", fit.sums().correlation())
        .withMetric("mapCorrelationSigma", fit.correlationSigma())
        .withMetric("mapCorrelationWithoutErrors", fit.correlationWithout())
        .withMetric("mapScatter", fit.scatter())
        .withMetric("mapBowing", fit.bowing())
        .withMetric("mapBowingSigma", fit.bowingSigma())
        .withVerdict(sentence)
        .withVerdict(
            String.format(
                Locale.ROOT,
                bowed
                    ? "No straight line (Vegard): the bowing is %.3g ± %.2g, %.3g in the middle."
                    : "A straight line will do (Vegard): the bowing is %.3g ± %.2g, %.3g in the"
                        + " middle.",
                fit.bowing(),
                fit.bowingSigma(),
                Math.abs(bow)));
  }

  /// From the second to the last but second of a hundred values.
  private static double spread(float[] x) {
    double[] sorted = sorted(x);
    return sorted[(int) (0.98 * (sorted.length - 1))] - sorted[(int) (0.02 * (sorted.length - 1))];
  }

  private static double[] sorted(float[] x) {
    return IntStream.range(0, x.length)
        .mapToDouble(i -> x[i])
        .filter(Double::isFinite)
        .sorted()
        .toArray();
  }

  /// Means of y over as many pixels each, and the lines.
  private List<Curve> figure(
      String called, String unit, String ownUnit, JointFit fit, float[] x, float[] y) {
    float[] seen = x.clone();
    for (int i = 0; i < x.length; i++) {
      seen[i] = Float.isFinite(y[i]) ? x[i] : Float.NaN;
    }
    double[] sorted = sorted(seen);
    String labelX = ownUnit.isEmpty() ? map : map + " [" + ownUnit + "]";
    String labelY = unit.isEmpty() ? called : called + " [" + unit + "]";
    double[] at = new double[BINS];
    double[] mean = new double[BINS];
    int[] count = new int[BINS];
    for (int i = 0; i < x.length; i++) {
      if (Float.isFinite(seen[i])) {
        int bin = Arrays.binarySearch(sorted, seen[i]);
        bin = Math.min(BINS - 1, Math.max(0, bin) * BINS / sorted.length);
        at[bin] += x[i];
        mean[bin] += y[i];
        count[bin]++;
      }
    }
    int used = 0;
    for (int b = 0; b < BINS; b++) {
      if (count[b] > 0) {
        at[used] = at[b] / count[b];
        mean[used++] = mean[b] / count[b];
      }
    }
    double[] places = Arrays.copyOf(at, used);
    double[] q = fit.quadratic();
    return List.of(
        new Curve("means of like pixels", labelX, labelY, places, Arrays.copyOf(mean, used)),
        line("line", labelX, labelY, places, u -> fit.intercept() + fit.slope() * u),
        line(
            "least squares",
            labelX,
            labelY,
            places,
            u -> fit.sums().meanY() + fit.sums().plainSlope() * (u - fit.sums().meanX())),
        line(
            "bowed",
            labelX,
            labelY,
            places,
            u ->
                q[0] + q[1] * (u - fit.middle()) + q[2] * (u - fit.middle()) * (u - fit.middle())));
  }

  private static Curve line(
      String name,
      String labelX,
      String labelY,
      double[] x,
      java.util.function.DoubleUnaryOperator of) {
    return new Curve(name, labelX, labelY, x, Arrays.stream(x).map(of).toArray());
  }
}

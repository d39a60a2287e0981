package argand.metric;

import argand.array.ComplexField;
import argand.array.Mask;
import argand.data.Quality;
import argand.data.Reconstruction;
import argand.data.ScanPositions;
import argand.metric.RingCorrelation.Threshold;
import argand.metric.RingCorrelation.Window;
import argand.register.SpectrumPeak;
import java.util.List;
import java.util.Locale;

/// How alike two images of one sample are, after removing what no measurement can know ({@link
/// Gauge}).
///
/// Both are cropped to the region that both have lit well ({@link Illumination#lit}); NRMSE, phase
/// error and PSNR are taken there, ring correlation and SSIM in the largest rectangle inside it.
/// Every resolution is a half period.
public final class Comparison {
  /// Title of the figure that holds the ring correlation and its thresholds.
  public static final String FIGURE = "Fourier ring correlation";

  private Comparison() {}

  /// A result against the truth, which may have finer pixels and a larger field.
  ///
  /// Metrics: `nrmse`, `phaseRms` [rad], `frcMean`, `psnr` [dB], `ssim`, and `resolutionHalfBit`,
  /// `resolutionOneBit`, `resolutionOneSeventh` [m, half period] where the curve gives them. Of
  /// thick
  /// samples of as many slices also `nrmseSlice1` …, each slice after removing a gauge of its own.
  public static Quality between(Reconstruction result, Reconstruction truth) {
    var quality = against(align(result, truth));
    int depth = truth.slices().map(stack -> stack.slices().size()).orElse(0);
    if (result.slices().map(stack -> stack.slices().size()).orElse(0) != depth) {
      return quality;
    }
    for (int k = 0; k < depth; k++) {
      var pair = align(result.slice(k), truth.slice(k));
      quality =
          quality.withMetric("nrmseSlice" + (k + 1), Nrmse.of(pair.a(), pair.b(), pair.region()));
    }
    return quality;
  }

  /// The same for two images of one size and pixel without any knowledge of what lit them: all
  /// pixels count.
  public static Quality between(ComplexField result, ComplexField truth) {
    return against(align(result, truth));
  }

  /// Two reconstructions from halves of the views of one scan against each other.
  ///
  /// Metrics: `splitHalfFrcMean`, `splitHalfResolution` [m, half period, ½-bit threshold, whose
  /// number of bits is that of the mean of both halves], `splitHalfResolutionOneBit`,
  /// `splitHalfResolutionOneSeventh`.
  public static Quality halves(Reconstruction a, Reconstruction b) {
    var rings = rings(levelled(align(a, b)));
    var quality =
        Quality.NONE
            .withMetric("splitHalfFrcMean", rings.mean())
            .withFigure(FIGURE + " of split halves", rings.curves("odd against even views"));
    quality = withResolution(quality, rings, Threshold.HALF_BIT, "splitHalfResolution");
    quality = withResolution(quality, rings, Threshold.ONE_BIT, "splitHalfResolutionOneBit");
    quality =
        withResolution(quality, rings, Threshold.ONE_SEVENTH, "splitHalfResolutionOneSeventh");
    return quality.withVerdict(sentence(rings, "The two halves of the views agree"));
  }

  /// Two repeated measurements of one sample against each other.
  ///
  /// Metrics: `repeatFrcMean`, `repeatNrmse`, `repeatPhaseRms` [rad], `repeatResolution` [m, half
  /// period, ½-bit].
  public static Quality repeats(Reconstruction a, Reconstruction b) {
    var pair = align(a, b);
    var rings = rings(levelled(pair));
    var quality =
        Quality.NONE
            .withMetric("repeatFrcMean", rings.mean())
            .withMetric("repeatNrmse", Nrmse.of(pair.a(), pair.b(), pair.region()))
            .withMetric("repeatPhaseRms", PhaseError.rms(pair.a(), pair.b(), pair.region()))
            .withFigure(FIGURE, rings.curves("repeat against repeat"));
    return withResolution(quality, rings, Threshold.HALF_BIT, "repeatResolution")
        .withVerdict(sentence(rings, "The repeated measurements agree"));
  }

  /// The two objects on one grid, the gauge removed from the first.
  public static AlignedPair align(Reconstruction a, Reconstruction b) {
    var first = Overlay.Placed.of(a);
    var second = Overlay.Placed.of(b);
    double[] offset = frameOffset(a.positions(), b.positions(), a.object().grid().pixelY());
    return AlignedPair.of(first, second.moved(offset[0], offset[1]));
  }

  /// The two fields, taken as they lie.
  public static AlignedPair align(ComplexField a, ComplexField b) {
    return AlignedPair.of(
        new Overlay.Placed(a, 0, 0, Mask.all(a.grid())),
        new Overlay.Placed(b, 0, 0, Mask.all(b.grid())));
  }

  /// The correlation in the largest well-lit rectangle.
  public static RingCorrelation rings(AlignedPair pair) {
    var rectangle = Rectangle.within(pair.region()).quick();
    return RingCorrelation.between(rectangle.of(pair.a()), rectangle.of(pair.b()), Window.TUKEY);
  }

  /// Both without the ramp they share, in whole frequency steps: rings must be drawn around the
  /// middle of the spectrum, and where neither image is the truth a common ramp may have moved it.
  private static AlignedPair levelled(AlignedPair pair) {
    var grid = pair.b().grid();
    var seen = new ComplexField(grid);
    for (int r = 0; r < grid.rows(); r++) {
      for (int c = 0; c < grid.columns(); c++) {
        if (pair.region().at(r, c)) {
          seen.set(r, c, pair.b().re(r, c), pair.b().im(r, c));
        }
      }
    }
    var peak = SpectrumPeak.of(List.of(seen));
    double down = 2 * Math.PI * Math.rint(peak.rows()) / grid.rows();
    double right = 2 * Math.PI * Math.rint(peak.columns()) / grid.columns();
    var ramp = new Gauge(1, 0, down, right, 0, 0);
    return new AlignedPair(
        ramp.remove(pair.a()), ramp.remove(pair.b()), pair.region(), pair.gauge(), pair.place());
  }

  private static Quality against(AlignedPair pair) {
    var rings = rings(pair);
    var rectangle = Rectangle.within(pair.region());
    var quality =
        Quality.NONE
            .withMetric("nrmse", Nrmse.of(pair.a(), pair.b(), pair.region()))
            .withMetric("phaseRms", PhaseError.rms(pair.a(), pair.b(), pair.region()))
            .withMetric("frcMean", rings.mean())
            .withMetric("psnr", Psnr.of(pair.a(), pair.b(), pair.region()))
            .withMetric("ssim", Ssim.of(rectangle.of(pair.a()), rectangle.of(pair.b())))
            .withFigure(FIGURE, rings.curves("result against truth"));
    for (var threshold : Threshold.values()) {
      quality = withResolution(quality, rings, threshold, "resolution" + threshold.suffix());
    }
    return quality.withVerdict(sentence(rings, "Against the truth the image holds"));
  }

  private static Quality withResolution(
      Quality quality, RingCorrelation rings, Threshold threshold, String name) {
    var halfPeriod = rings.halfPeriod(threshold);
    return halfPeriod.isPresent() ? quality.withMetric(name, halfPeriod.getAsDouble()) : quality;
  }

  private static String sentence(RingCorrelation rings, String beginning) {
    var halfPeriod = rings.halfPeriod(Threshold.HALF_BIT);
    if (halfPeriod.isEmpty()) {
      return beginning
          + " at no spatial frequency (½-bit threshold of the Fourier ring correlation).";
    }
    String nanometres = String.format(Locale.ROOT, "%.3g nm", halfPeriod.getAsDouble() * 1e9);
    return rings.reachesPixel(Threshold.HALF_BIT)
        ? beginning
            + " down to the pixel, "
            + nanometres
            + " (half period; the Fourier ring correlation stays above the ½-bit threshold up to the Nyquist frequency)."
        : beginning
            + " down to a half period of "
            + nanometres
            + " (½-bit threshold of the Fourier ring correlation).";
  }

  /// Where the positions of b are those of a in another frame, the offset between the frames [m];
  /// else none.
  private static double[] frameOffset(ScanPositions a, ScanPositions b, double pixel) {
    if (a.count() != b.count() || a.count() < 2) {
      return new double[] {0, 0};
    }
    double y = 0;
    double x = 0;
    for (int j = 0; j < a.count(); j++) {
      y += (a.y()[j] - b.y()[j]) / a.count();
      x += (a.x()[j] - b.x()[j]) / a.count();
    }
    double scatter = 0;
    for (int j = 0; j < a.count(); j++) {
      double dy = a.y()[j] - b.y()[j] - y;
      double dx = a.x()[j] - b.x()[j] - x;
      scatter += (dy * dy + dx * dx) / a.count();
    }
    // Refined or drifting positions scatter by a few pixels around one offset; those of another
    // scan by far more.
    return Math.sqrt(scatter) < 5 * pixel ? new double[] {y, x} : new double[] {0, 0};
  }
}

package argand.metric;

import argand.array.RealField;
import argand.data.Curve;
import argand.data.Findings.FoundMap;
import argand.data.Quality;
import argand.data.ScanMaps;
import argand.data.StructuredScan;
import argand.metric.RingCorrelation.Threshold;
import argand.metric.RingCorrelation.Window;
import java.util.ArrayList;

/// Maps of a simulated structured scan against its truth, by their names: for each its name with
///
/// * `Psnr`, 10 log₁₀(max b² / mean (a − b)²) [dB], the peak that of the element itself,
/// * `Nrmse`, √(Σ(a − b)² / Σb²),
/// * `Ssim`, structural similarity over the range of the truth,
///
/// * `FrcMean`, Fourier ring correlation over all rings, and `Resolution`, the half period [m] at
///   which it falls below 1/7,
///
/// and, with errors, `Coverage`: the share of pixels, of those with more than a fifth of the peak,
/// within one σ; and `psnrMean` over the maps. Where the truth holds the optical density, the same
/// correlation for the transmission image (`guide…`), and `resolutionOverGuide`: the coarsest of
/// the
/// maps over it. Where it holds compounds, {@link PhaseComparison}.
public final class MapComparison {
  /// Where an element is there: elsewhere an image that must not be below zero has no error to
  /// speak of.
  private static final double THERE = 0.2;

  private static final String DENSITY = "optical density";

  /// Along each side, for rings.
  private static final int FEWEST_PIXELS = 8;

  private MapComparison() {}

  /// @param truth maps of the same names; those of another size are left out
  public static Quality between(StructuredScan found, ScanMaps truth) {
    var quality = Quality.NONE;
    double sum = 0;
    int count = 0;
    for (var known : truth.maps()) {
      var map = found.findings().map(known.name());
      if (map.isPresent() && map.get().values().grid().size() == truth.grid().size()) {
        double psnr = psnr(map.get().values(), known.values());
        sum += psnr;
        count++;
        String key = key(known.name());
        quality =
            quality
                .withMetric(key + "Psnr", psnr)
                .withMetric(key + "Nrmse", nrmse(map.get().values(), known.values()))
                .withMetric(key + "Ssim", ssim(map.get().values(), known.values()));
        quality = coverage(quality, map.get(), known.values());
      }
    }
    if (count == 0) {
      return quality;
    }
    quality = quality.withMetric("psnrMean", sum / count);
    return resolutions(quality, found, truth).and(PhaseComparison.between(found, truth));
  }

  /// Fourier ring correlation with the truth, down to 1/7.
  private static Quality resolutions(Quality before, StructuredScan found, ScanMaps truth) {
    var quality = before;
    if (Math.min(truth.grid().rows(), truth.grid().columns()) < FEWEST_PIXELS) {
      return quality;
    }
    var curves = new ArrayList<Curve>();
    double guide = Double.NaN;
    double worst = 0;
    for (var known : truth.maps()) {
      boolean density = known.name().equals(DENSITY);
      var image =
          density ? found.guide() : found.findings().map(known.name()).map(FoundMap::values);
      if (image.isEmpty() || image.get().grid().size() != truth.grid().size()) {
        continue;
      }
      var rings = RingCorrelation.between(image.get(), known.values(), Window.TUKEY);
      String key = density ? "guide" : key(known.name());
      quality = quality.withMetric(key + "FrcMean", rings.mean());
      double half = rings.halfPeriod(Threshold.ONE_SEVENTH).orElse(Double.NaN);
      if (Double.isFinite(half)) {
        quality = quality.withMetric(key + "Resolution", half);
      }
      guide = density ? half : guide;
      worst = density ? worst : Math.max(worst, Double.isNaN(half) ? Double.MAX_VALUE : half);
      curves.add(rings.curves(density ? "transmission image" : known.name()).getFirst());
      if (curves.size() == 1) {
        curves.add(rings.curves("").getLast());
      }
    }
    quality = quality.withFigure("Fourier ring correlation with the truth", curves);
    return Double.isNaN(guide) ? quality : quality.withMetric("resolutionOverGuide", worst / guide);
  }

  /// `Mn K` → `MnK`
  static String key(String name) {
    return name.replaceAll("[^A-Za-z0-9]+", "");
  }

  private static Quality coverage(Quality quality, FoundMap map, RealField truth) {
    if (map.sigma().isEmpty()) {
      return quality;
    }
    float[] a = map.values().values();
    float[] sigma = map.sigma().get().values();
    double least = THERE * truth.max();
    int inside = 0;
    int all = 0;
    for (int i = 0; i < a.length; i++) {
      if (truth.values()[i] > least) {
        all++;
        inside += Math.abs(a[i] - truth.values()[i]) <= sigma[i] ? 1 : 0;
      }
    }
    return all == 0
        ? quality
        : quality.withMetric(key(map.name()) + "Coverage", (double) inside / all);
  }

  /// Peak signal-to-noise ratio with the truth's own peak [dB].
  public static double psnr(RealField found, RealField truth) {
    double peak = truth.max();
    return 10 * Math.log10(peak * peak * truth.values().length / squares(found, truth));
  }

  /// Root of the mean square miss over that of the truth.
  public static double nrmse(RealField found, RealField truth) {
    double square = 0;
    for (float value : truth.values()) {
      square += (double) value * value;
    }
    return Math.sqrt(squares(found, truth) / square);
  }

  private static double ssim(RealField found, RealField truth) {
    return Ssim.of(found, truth, (double) truth.max() - truth.min());
  }

  private static double squares(RealField found, RealField truth) {
    double sum = 0;
    for (int i = 0; i < truth.values().length; i++) {
      double miss = (double) found.values()[i] - truth.values()[i];
      sum += miss * miss;
    }
    return sum;
  }
}

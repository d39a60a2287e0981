package argand.singlepixel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import argand.array.Grid;
import argand.array.RealField;
import argand.array.Workers;
import argand.data.Source;
import argand.data.StructuredScan;
import argand.metric.MapComparison;
import argand.phantom.MixedCathode;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// The scan of points that structured light is compared with, and the study that compares them.
class StudySamplingTest {
  private static final Grid GRID = Grid.square(40, 40, 3e-8);

  private static RealField waves(double periodPx) {
    var image = new RealField(GRID);
    for (int i = 0; i < GRID.size(); i++) {
      double y = i / 40;
      double x = i % 40;
      image.values()[i] =
          (float) (2 + Math.sin(2 * Math.PI * y / periodPx) * Math.cos(2 * Math.PI * x / periodPx));
    }
    return image;
  }

  @Test
  void pointsLieAsEvenlyAsTheFieldAllows() {
    assertThat(PointScan.of(320, Grid.square(80, 80, 1))).isEqualTo(new PointScan(17, 18));
    assertThat(PointScan.of(6400, Grid.square(80, 80, 1))).isEqualTo(new PointScan(80, 80));
    assertThat(PointScan.of(100, new Grid(20, 80, 1, 1))).isEqualTo(new PointScan(5, 20));
    assertThat(PointScan.of(1, GRID)).isEqualTo(new PointScan(1, 1));
  }

  /// A wave of 20 pixels is seen by points 4 pixels apart, as the beam of 4 pixels damps it: by
  /// exp(−2π²σ²(1/20² + 1/20²)) = 0.752, σ = 4/2.355. One of 5 pixels is not.
  @Test
  void pointsSeeWhatIsCoarserThanTheirStep() {
    var points = PointScan.of(100, GRID);
    var random = new SplittableRandom(1);
    var coarse = points.image(waves(20), 0, random);
    double up = 0;
    double down = 0;
    for (int i = 0; i < GRID.size(); i++) {
      // outermost points are repeated, which bends the edge
      if (i / 40 >= 6 && i / 40 < 34 && i % 40 >= 6 && i % 40 < 34) {
        double truth = waves(20).values()[i] - 2;
        up += truth * (coarse.values()[i] - 2);
        down += truth * truth;
      }
    }
    assertThat(up / down).isCloseTo(0.752, within(0.02));
    assertThat(MapComparison.psnr(coarse, waves(20))).isGreaterThan(22);
    assertThat(MapComparison.psnr(points.image(waves(5), 0, random), waves(5))).isLessThan(18);
  }

  /// 10⁴ counts in the mean point have an error of a hundredth.
  @Test
  void theNoiseOfPointsIsThatOfTheirCounts() {
    var even = new RealField(GRID);
    java.util.Arrays.fill(even.values(), 3);
    var image = new PointScan(40, 40).image(even, 1e4, new SplittableRandom(2));
    assertThat(MapComparison.nrmse(image, even)).isBetween(0.0093, 0.0107);
    assertThat(image.sum() / GRID.size()).isCloseTo(3, within(0.003));
  }

  private static StructuredScan scan() {
    return StructuredScan.of(
        Case.made(Case.sample(0, 0, 1), 400, 1e6, 0, Workers.ONE).scan().patterns(),
        List.of(),
        Source.NONE);
  }

  private static StudySampling study(double counts, List<PatternMethod> methods) {
    return new StudySampling(
        List.of(80, 400), methods, new MixedCathode(9, 0, 0, 1, 1), 1, 2, counts, 40000, 1);
  }

  /// The ordering of the paper from patterns alone: the guided method before plain total variation
  /// before direct inversion, all better with more patterns; and the same numbers again. The
  /// control
  /// is ghost imaging, which gains next to nothing by them here.
  @Test
  void methodsComeInTheirOrder() {
    List<PatternMethod> methods =
        List.of(
            new PseudoInverse(1e-6),
            new GhostImaging(),
            new PlainVariation(60, 1e-3, 0),
            new GuidedVariation(false, 60, 1e-3, 0));
    var study = study(1e6, methods);
    var quality = study.apply(scan(), new Case.On(Workers.ONE)).findings().quality();
    var found = quality.metrics();
    assertThat(number(found, "plainVariationOverPseudoInverse5")).isGreaterThan(3);
    assertThat(number(found, "guidedVariationOverPlainVariation5")).isGreaterThan(2);
    assertThat(number(found, "guidedVariationOverPointScan5")).isGreaterThan(3);
    for (String name : List.of("pseudoInverse", "plainVariation", "guidedVariation")) {
      assertThat(number(found, name + "Psnr25"))
          .as(name)
          .isGreaterThan(number(found, name + "Psnr5") + 1);
    }
    assertThat(number(found, "ghostImagingPsnr25"))
        .isLessThan(number(found, "plainVariationPsnr5"));
    assertThat(number(found, "spearmanOfInvertibility")).isCloseTo(1, within(1e-9));
    assertThat(quality.verdict().getFirst())
        .startsWith("5.00 % (80 patterns), PSNR in dB: pointScan");
    assertThat(quality.figures()).containsKeys("Peak signal-to-noise ratio by sampling");
    assertThat(study.apply(scan(), new Case.On(Workers.ONE)).findings().quality().metrics())
        .isEqualTo(found);
  }

  /// A quarter of the patterns limits the inverse to some 18 dB; 10³ counts each cost it 6 dB more.
  @Test
  void noiseCostsTheInverse() {
    List<PatternMethod> inverse = List.of(new PseudoInverse(1e-6));
    double clean = inverted(0, inverse);
    double noisy = inverted(1e3, inverse);
    assertThat(clean).isGreaterThan(noisy + 4);
  }

  private static double inverted(double counts, List<PatternMethod> inverse) {
    return number(
        study(counts, inverse)
            .apply(scan(), new Case.On(Workers.ONE))
            .findings()
            .quality()
            .metrics(),
        "pseudoInversePsnr25");
  }

  private static double number(java.util.Map<String, Double> metrics, String name) {
    return metrics.getOrDefault(name, Double.NaN);
  }

  @Test
  void whatCannotBeStudiedIsRefused() {
    assertThatThrownBy(
            () ->
                new StudySampling(
                        List.of(401),
                        List.of(new GhostImaging()),
                        new MixedCathode(9, 0, 0, 1, 1),
                        1,
                        1,
                        0,
                        1,
                        1)
                    .apply(scan(), new Case.On(Workers.ONE)))
        .hasMessageContaining("patterns is 401.0; expected");
    assertThatThrownBy(() -> study(0, List.of(new GhostImaging(), new GhostImaging())))
        .hasMessageContaining("methods is one of them twice");
  }
}

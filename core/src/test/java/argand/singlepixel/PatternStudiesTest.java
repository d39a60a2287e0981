package argand.singlepixel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argand.array.Grid;
import argand.array.Workers;
import argand.data.Quality;
import argand.data.Source;
import argand.data.StructuredScan;
import argand.phantom.MixedCathode;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Which grain suits a sample, and what noise does.
class PatternStudiesTest {
  private static final Grid GRID = Grid.square(40, 40, 3e-8);

  private static StructuredScan scan(int patterns) {
    return StructuredScan.of(
        Case.made(Case.sample(0, 0, 1), patterns, 1e6, 0, Workers.ONE).scan().patterns(),
        List.of(),
        Source.NONE);
  }

  private static Quality quality(PatternStudy study, StructuredScan scan) {
    return study.apply(scan, new Case.On(Workers.ONE)).findings().quality();
  }

  /// White noise under a Gaussian of σ has an autocorrelation of √2 σ: 2.355 √2 σ wide.
  @Test
  void theGrainOfBlurredNoiseIsThatOfItsBlur() {
    var random = new SplittableRandom(1);
    float[][] noise = new float[60][GRID.size()];
    for (float[] pattern : noise) {
      for (int i = 0; i < pattern.length; i++) {
        pattern[i] = (float) (10 + random.nextGaussian());
      }
    }
    for (double sigma : new double[] {1, 2}) {
      float[][] blurred = PatternGrain.blurred(GRID, noise, sigma, Workers.ONE);
      double wide = 2.3548 * Math.sqrt(2) * sigma;
      assertThat(PatternGrain.width(GRID, blurred)).isBetween(0.95 * wide, 1.05 * wide);
    }
    assertThat(PatternGrain.width(GRID, noise)).isLessThan(1.1);
  }

  private static double best(int particles, double counts) {
    var study =
        new StudyFeatureSize(
            List.of(0.0, 1.0, 2.0, 4.0),
            List.of(new PlainVariation(60, 1e-3, 0)),
            new MixedCathode(particles, 0, 0, 1, 1),
            1,
            2,
            counts,
            40000,
            1);
    var quality = quality(study, scan(320));
    assertThat(quality.verdict())
        .hasSize(5)
        .last()
        .asString()
        .startsWith("For this sample and plainVariation, light with features of");
    return quality.metrics().getOrDefault("plainVariationBestFeaturePx", Double.NaN);
  }

  /// Three particles in bright light are best seen by the finest light there is. Many particles, of
  /// more edges than patterns, ask for coarser light, and so do few counts, since coarse light
  /// makes
  /// signals vary more; the coarsest is never best.
  @Test
  void theBestGrainDependsOnSampleAndCounts() {
    assertThat(best(3, 1e6)).isLessThan(2);
    assertThat(best(40, 1e6)).isBetween(3.0, 5.0);
    assertThat(best(3, 300)).isBetween(5.0, 8.0);
  }

  /// Catalogue NXS-18: led by the transmission image the resolution is no worse than that of TVAL3,
  /// the mean over sets of noise, from 10⁴ counts on; and few counts cost resolution.
  @Test
  void fewCountsCostResolution() {
    var study =
        new StudyNoise(
            List.of(1e4, 1e3),
            List.of(new Tval3(150, 1e-3), new GuidedVariation(false, 60, 1e-3, 0)),
            new MixedCathode(9, 0, 0, 1, 1),
            1,
            3,
            40000,
            1);
    var found = quality(study, scan(160)).metrics();
    double led = found.getOrDefault("guidedVariationResolutionAt10000", Double.NaN);
    assertThat(led).isLessThanOrEqualTo(found.getOrDefault("tval3ResolutionAt10000", Double.NaN));
    assertThat(found.getOrDefault("tval3ResolutionAt1000", Double.NaN))
        .isGreaterThan(1.2 * found.getOrDefault("tval3ResolutionAt10000", Double.NaN));
  }

  @Test
  void whatCannotBeStudiedIsRefused() {
    List<PatternMethod> plain = List.of(new PlainVariation(60, 1e-3, 0));
    var sample = new MixedCathode(9, 0, 0, 1, 1);
    assertThatThrownBy(() -> new StudyFeatureSize(List.of(-1.0), plain, sample, 1, 1, 0, 1, 1))
        .hasMessageContaining("blurs");
    assertThatThrownBy(() -> new StudyFeatureSize(List.of(), plain, sample, 1, 1, 0, 1, 1))
        .hasMessageContaining("number of blurs");
    assertThatThrownBy(() -> new StudyNoise(List.of(1e4), List.of(), sample, 1, 1, 1, 1))
        .hasMessageContaining("number of methods");
  }
}

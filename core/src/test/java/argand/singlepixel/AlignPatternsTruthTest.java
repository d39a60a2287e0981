package argand.singlepixel;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.RealField;
import argand.array.Workers;
import argand.data.BucketSignal;
import argand.data.Exposure;
import argand.data.Findings;
import argand.data.Planes;
import argand.data.Source;
import argand.data.StructuredScan;
import argand.metric.MapComparison;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Pairs of images of speckle without and with a sample, both of which wander between exposures.
/// Speckle is the intensity of two sums of plane waves, the sample a sum of ellipsoids: both are
/// known at every point and evaluated where they lie, nothing is interpolated. Cameras and
/// fluorescence count photons.
class AlignPatternsTruthTest {
  private static final int SIDE = 48;
  private static final Grid GRID = Grid.square(SIDE, SIDE, 3e-8);
  private static final int COUNT = 120;

  /// One exposure each without and with the sample.
  private static final class Experiment {
    final List<RealField> without = new ArrayList<>();
    final List<RealField> with = new ArrayList<>();
    final double[][] pattern = new double[COUNT][];
    final double[][] sample = new double[COUNT][];
    final double[] signal = new double[COUNT];
    final double[] beam = new double[COUNT];
    final RealField density = new RealField(GRID);
    final RealField truth = new RealField(GRID);

    /// @param pattern rms of where patterns come back [pixels]
    /// @param drift of the sample over the series, ± [pixels]
    /// @param changed share of the second exposure's light that has nothing to do with the first
    Experiment(
        double wander, double drift, double counts, double changed, boolean flat, long seed) {
      var random = new Random(seed);
      for (int i = 0; i < truth.values().length; i++) {
        truth.values()[i] = (float) thickness(i / SIDE, i % SIDE);
        double sure = flat ? 0 : 0.8 * truth.values()[i];
        double counted = counted(40000 * Math.exp(-sure), random);
        density.values()[i] = (float) -Math.log(counted / 40000);
      }
      for (int j = 0; j < COUNT; j++) {
        pattern[j] = new double[] {wander * random.nextGaussian(), wander * random.nextGaussian()};
        double t = 2.0 * j / (COUNT - 1) - 1;
        sample[j] =
            new double[] {
              drift * t + 0.2 * drift * random.nextGaussian(),
              -drift * t * t + 0.2 * drift * random.nextGaussian()
            };
        beam[j] = 1 + 0.05 * random.nextGaussian();
        double[][] waves = waves(random);
        double[][] others = waves(random);
        var a = new RealField(GRID);
        var b = new RealField(GRID);
        double light = 0;
        for (int i = 0; i < a.values().length; i++) {
          int r = i / SIDE;
          int c = i % SIDE;
          double first = intensity(waves, r, c);
          double again = intensity(waves, r - pattern[j][0], c - pattern[j][1]);
          again = (1 - changed) * again + (changed > 0 ? changed * intensity(others, r, c) : 0);
          double there = thickness(r - sample[j][0], c - sample[j][1]);
          a.values()[i] = (float) counted(counts * first, random);
          double through = flat ? 1 : Math.exp(-0.8 * there);
          b.values()[i] = (float) counted(counts * beam[j] * again * through, random);
          light += beam[j] * again * there;
        }
        without.add(a);
        with.add(b);
        signal[j] = light;
      }
      double mean = 0;
      for (double light : signal) {
        mean += light / COUNT;
      }
      double scale = 1e6 / mean;
      for (int j = 0; j < COUNT; j++) {
        signal[j] = counted(scale * signal[j], random);
      }
      for (int i = 0; i < truth.values().length; i++) {
        truth.values()[i] *= (float) (scale / counts);
      }
    }

    StructuredScan scan(boolean guided) {
      return new StructuredScan(
          Planes.of(without),
          Optional.of(Planes.of(with)),
          List.of(BucketSignal.ofCounts("Ni", signal)),
          Exposure.UNKNOWN.withDeadShare(new double[COUNT]).withIncident(beam, false),
          guided ? Optional.of(density) : Optional.empty(),
          Findings.NONE,
          Source.NONE);
    }

    private static double thickness(double r, double c) {
      return cap(r, c, 0.34, 0.36, 0.13) + cap(r, c, 0.62, 0.44, 0.11) + cap(r, c, 0.45, 0.68, 0.1);
    }

    private static double cap(double r, double c, double row, double column, double radius) {
      double d = Math.hypot(r / SIDE - row, c / SIDE - column) / radius;
      return Math.sqrt(Math.max(0, 1 - d * d));
    }

    /// Two sums of waves: amplitude 1, wave vector within 0.12 cycles a pixel, phase.
    private static double[][] waves(Random random) {
      double[][] waves = new double[2 * 12][3];
      for (double[] wave : waves) {
        double q = 2 * Math.PI * 0.12 * Math.sqrt(random.nextDouble());
        double angle = 2 * Math.PI * random.nextDouble();
        wave[0] = q * Math.sin(angle);
        wave[1] = q * Math.cos(angle);
        wave[2] = 2 * Math.PI * random.nextDouble();
      }
      return waves;
    }

    private static double intensity(double[][] waves, double r, double c) {
      double sum = 0;
      for (int half = 0; half < 2; half++) {
        double re = 0;
        double im = 0;
        for (int k = half; k < waves.length; k += 2) {
          double phase = waves[k][0] * r + waves[k][1] * c + waves[k][2];
          re += Math.cos(phase);
          im += Math.sin(phase);
        }
        sum += re * re + im * im;
      }
      return sum / waves.length;
    }

    /// Poisson's law by its normal approximation, good at hundreds of counts, and by waiting times
    /// below.
    private static double counted(double mean, Random random) {
      if (mean > 200) {
        return Math.max(0, Math.rint(mean + Math.sqrt(mean) * random.nextGaussian()));
      }
      int count = 0;
      for (double p = random.nextDouble(); p > Math.exp(-mean); p *= random.nextDouble()) {
        count++;
      }
      return count;
    }
  }

  private static double[][] shifts(PairFit[] fits) {
    double[][] shifts = new double[4][fits.length];
    for (int j = 0; j < fits.length; j++) {
      shifts[0][j] = fits[j].patternRows();
      shifts[1][j] = fits[j].patternColumns();
      shifts[2][j] = fits[j].sampleRows();
      shifts[3][j] = fits[j].sampleColumns();
    }
    return shifts;
  }

  private static double worst(double[] found, double[][] truth, int axis) {
    double worst = 0;
    for (int j = 0; j < found.length; j++) {
      worst = Math.max(worst, Math.abs(found[j] - truth[j][axis]));
    }
    return worst;
  }

  private static double psnr(StructuredScan scan, RealField truth) {
    var found =
        new ReconstructPatterns(new PlainVariation(200, 1e-4, 0), 1)
            .apply(scan, new Case.On(Workers.ONE));
    return MapComparison.psnr(found.findings().map("Ni").orElseThrow().values(), truth);
  }

  private static StructuredScan aligned(
      StructuredScan scan, AlignPatterns.Moves moves, AlignPatterns.Light light) {
    return new AlignPatterns(moves, light).apply(scan, new Case.On(Workers.ONE));
  }

  private static StructuredScan weighted(Experiment experiment) {
    return aligned(experiment.scan(true), AlignPatterns.Moves.BOTH, AlignPatterns.Light.WEIGHTED);
  }

  private static PairFit[] fits(Experiment experiment, RealField transmission) {
    return new Pairs(
            Planes.of(experiment.without), Planes.of(experiment.with), new Case.On(Workers.ONE))
        .fit(transmission, AlignPatterns.Moves.BOTH);
  }

  private static RealField transmission(Experiment experiment) {
    var transmission = experiment.density.copy();
    for (int i = 0; i < transmission.values().length; i++) {
      transmission.values()[i] = (float) Math.exp(-transmission.values()[i]);
    }
    return transmission;
  }

  private static double metric(StructuredScan scan, String name) {
    return requireNonNull(scan.findings().quality().metrics().get(name));
  }

  /// Catalogue NXS-03: to 0.1 pixels at drifts of ± 5; and what it costs not to know.
  @Test
  void driftOfFivePixelsIsFoundToATenth() {
    var experiment = new Experiment(0.7, 5, 4000, 0, false, 1);
    double[][] found = shifts(fits(experiment, transmission(experiment)));
    for (int axis = 0; axis < 2; axis++) {
      assertThat(worst(found[axis], experiment.pattern, axis)).isLessThan(0.03);
      assertThat(worst(found[2 + axis], experiment.sample, axis)).isLessThan(0.1);
    }
    double aligned = psnr(weighted(experiment), experiment.truth);
    assertThat(aligned).isGreaterThan(27);
    assertThat(psnr(experiment.scan(true), experiment.truth))
        .as("the control")
        .isLessThan(aligned - 10);
  }

  /// Without a transmission image the pairs make one; where it lies is a matter of choice.
  @Test
  void theTransmissionImageComesOutOfThePairs() {
    var experiment = new Experiment(0.7, 5, 2000, 0, false, 2);
    var guided = weighted(experiment);
    var own =
        aligned(experiment.scan(false), AlignPatterns.Moves.BOTH, AlignPatterns.Light.WEIGHTED);
    assertThat(metric(own, "sampleMovedPx"))
        .isCloseTo(metric(guided, "sampleMovedPx"), offset(0.02));
    double missed = leastMiss(own.guide().orElseThrow(), experiment.density);
    assertThat(missed).isLessThan(0.09);
    var blurred = experiment.density.copy();
    var pairs =
        new Pairs(
            Planes.of(experiment.without), Planes.of(experiment.with), new Case.On(Workers.ONE));
    float[] ratio = pairs.meanRatio().values();
    for (int i = 0; i < ratio.length; i++) {
      blurred.values()[i] = (float) -Math.log(ratio[i]);
    }
    assertThat(leastMiss(blurred, experiment.density)).as("the control").isGreaterThan(3 * missed);
  }

  /// NRMSE where the image, moved, fits best.
  private static double leastMiss(RealField image, RealField truth) {
    double best = Double.POSITIVE_INFINITY;
    for (int k = 0; k < 41 * 41; k++) {
      var moved = MovedImage.of(image, (k / 41 - 20) * 0.2, (k % 41 - 20) * 0.2);
      best = Math.min(best, MapComparison.nrmse(moved, truth));
    }
    return best;
  }

  /// Catalogue NXS-25: patterns known beforehand, that come back within a tenth of a pixel, cost at
  /// most half a decibel; the fit says how well they came back.
  @Test
  void patternsThatComeBackWithinATenthCostNothing() {
    double best = 0;
    double found = 0;
    for (int seed = 1; seed <= 3; seed++) {
      var still = new Experiment(0, 0, 2000, 0, false, seed);
      best += psnr(weighted(still), still.truth) / 3;
      var tenth = new Experiment(0.1, 0, 2000, 0, false, seed);
      var aligned = weighted(tenth);
      assertThat(metric(aligned, "patternsMovedPx")).isBetween(0.12, 0.17);
      found += psnr(aligned, tenth.truth) / 3;
    }
    assertThat(found).isGreaterThan(best - 0.5);
  }

  /// Nothing moved, and images of 40 counts hardly show the sample: following their noise must cost
  /// nothing.
  @Test
  void aSampleThatStandsStillIsNotMovedAboutByNoise() {
    var faint = new Experiment(0, 0, 40, 0, false, 1);
    var aligned = weighted(faint);
    assertThat(metric(aligned, "sampleMovedPx")).isLessThan(0.1);
    assertThat(psnr(aligned, faint.truth)).isGreaterThan(psnr(faint.scan(true), faint.truth));
  }

  /// A tenth of the light is not that of the first exposure: √2 · 0.1 of its contrast. Only images
  /// with the sample show it.
  @Test
  void lightThatChangedIsSeenThroughTheSample() {
    var changed = new Experiment(0, 0, 2000, 0.1, false, 1);
    var weighted = weighted(changed);
    assertThat(metric(weighted, "patternsChanged")).isBetween(0.12, 0.16);
    var without =
        aligned(changed.scan(true), AlignPatterns.Moves.BOTH, AlignPatterns.Light.WITHOUT);
    assertThat(psnr(weighted, changed.truth)).isGreaterThan(psnr(without, changed.truth) + 1);
    var same = new Experiment(0, 0, 2000, 0, false, 1);
    assertThat(metric(weighted(same), "patternsChanged")).isLessThan(0.04);
  }

  @Test
  void whatCannotBeFollowedIsRefused() {
    var flat = new Experiment(0.3, 0, 2000, 0, true, 1).scan(true);
    assertThatThrownBy(() -> aligned(flat, AlignPatterns.Moves.BOTH, AlignPatterns.Light.WEIGHTED))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("contrast of the sample")
        .hasMessageContaining("moves: pattern");
    var followed = aligned(flat, AlignPatterns.Moves.PATTERN, AlignPatterns.Light.WEIGHTED);
    assertThat(metric(followed, "patternsMovedPx")).isBetween(0.3, 0.55);
    assertThat(metric(followed, "sampleMovedPx")).isZero();
    assertThatThrownBy(
            () ->
                aligned(
                    flat.withSampleIn(Optional.empty()),
                    AlignPatterns.Moves.BOTH,
                    AlignPatterns.Light.WEIGHTED))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("the images with the sample");
    var dark = new RealField(GRID);
    var lit = flat.patterns().plane(0);
    assertThatThrownBy(
            () ->
                new Pairs(
                    Planes.of(List.of(lit)), Planes.of(List.of(dark)), new Case.On(Workers.ONE)))
        .hasMessageContaining("the image of pattern 1 with the sample is a sum of 0.0");
    dark.values()[7] = Float.NaN;
    assertThatThrownBy(
            () ->
                new Pairs(
                    Planes.of(List.of(dark)), Planes.of(List.of(lit)), new Case.On(Workers.ONE)))
        .hasMessageContaining("not a number in some pixels");
  }

  /// White noise of photons on light without structure as fine as two pixels.
  @Test
  void noiseIsToldFromTheImages() {
    var experiment = new Experiment(0, 0, 2000, 0, true, 3);
    var noise = new PatternNoise();
    experiment.without.forEach(noise::add);
    assertThat(noise.perUnit()).isBetween(0.97, 1.03);
  }
}

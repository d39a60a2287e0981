package argand.singlepixel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import argand.array.Grid;
import argand.array.RealField;
import argand.array.Workers;
import argand.data.BucketSignal;
import argand.data.Planes;
import argand.metric.MapComparison;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Hadamard masks and their fast inverse: exact where nothing is missing, with errors that hold.
class HadamardInverseTest {
  private static final Grid GRID = new Grid(16, 32, 1e-8, 1e-8);

  private static final RealField SAMPLE = sample();

  private static RealField sample() {
    var sample = new RealField(GRID);
    var random = new SplittableRandom(1);
    for (int i = 1; i < GRID.size(); i++) {
      double away = Math.hypot(i / 32 - 8, (i % 32 - 15) / 2.0);
      sample.values()[i] = away < 6 ? (float) (1 + random.nextDouble()) : 0;
    }
    return sample;
  }

  private static PatternMethod.Map solved(
      PatternMethod method, Planes patterns, double sigma, long seed) {
    var a = SensingOperator.of(patterns);
    double[] y = new double[a.count()];
    double[] errors = new double[y.length];
    var random = new SplittableRandom(seed);
    for (int i = 0; i < y.length; i++) {
      float[] row = a.row(i);
      for (int k = 0; k < row.length; k++) {
        y[i] += (double) row[k] * SAMPLE.values()[k];
      }
      y[i] += sigma * random.nextGaussian();
      errors[i] = sigma > 0 ? sigma : 1;
    }
    var signal = new BucketSignal("Ni", "", y, errors);
    return method
        .solve(
            new PatternMethod.Problem(
                a, List.of(signal), Optional.empty(), 1, new Case.On(Workers.ONE)))
        .maps()
        .getFirst();
  }

  /// In any order, with complements and without; direct inversion of the same finds the same.
  @Test
  void allPatternsGiveTheImageBack() {
    var masks = HadamardInverse.patterns(GRID, false);
    int[] turned = IntStream.range(0, 511).map(k -> (k * 100 + 7) % 511).toArray();
    for (var patterns :
        List.of(masks, masks.select(turned), HadamardInverse.patterns(GRID, true))) {
      var image = solved(new HadamardInverse(), patterns, 0, 1).image();
      assertThat(MapComparison.psnr(image, SAMPLE)).isGreaterThan(100);
    }
  }

  /// The coarsest quarter of the coefficients gives a coarse image, pairs the right sum.
  @Test
  void someGiveACoarseImage() {
    var pairs = HadamardInverse.patterns(GRID, true);
    // rows and columns below half of each: index = 32 row + column
    int[] coarse =
        IntStream.range(0, pairs.count())
            .filter(i -> (i / 2 + 1) % 2 == 0 && (i / 2 + 1) / 32 % 2 == 0)
            .toArray();
    var image = solved(new HadamardInverse(), pairs.select(coarse), 0, 1).image();
    assertThat(image.sum() / SAMPLE.sum()).isCloseTo(1, within(1e-5));
    assertThat(MapComparison.psnr(image, SAMPLE)).isBetween(12.0, 30.0);
  }

  /// The error of a pixel is what noise does to it.
  @Test
  void errorsHold() {
    var masks = HadamardInverse.patterns(GRID, true);
    double square = 0;
    double stated = 0;
    for (int seed = 0; seed < 20; seed++) {
      var map = solved(new HadamardInverse(), masks, 0.5, seed);
      stated = map.sigma().orElseThrow().at(3, 3);
      for (int i = 0; i < GRID.size(); i++) {
        double miss = (double) map.image().values()[i] - SAMPLE.values()[i];
        square += miss * miss / (20 * GRID.size());
      }
    }
    // 0.5 · 2/√2 for each of 511 coefficients, over 512
    assertThat(stated).isCloseTo(0.5 * Math.sqrt(2 * 511) / 512, within(1e-6));
    // the common part of all pixels, from S, is not in it: less than a twentieth here
    assertThat(Math.sqrt(square) / stated).isBetween(0.95, 1.08);
  }

  @Test
  void otherPatternsAreRefused() {
    var masks = HadamardInverse.patterns(GRID, false);
    var wrong = masks.plane(5);
    wrong.values()[77] = 1 - wrong.values()[77];
    assertThatThrownBy(
            () ->
                solved(
                    new HadamardInverse(),
                    Planes.of(List.of(masks.plane(1), wrong, masks.plane(3))),
                    0,
                    1))
        .hasMessageContaining("pattern 1 is no mask of a Hadamard matrix");
    assertThatThrownBy(() -> HadamardInverse.patterns(new Grid(5, 8, 1, 1), false))
        .hasMessageContaining("40; expected a power of two");
  }
}

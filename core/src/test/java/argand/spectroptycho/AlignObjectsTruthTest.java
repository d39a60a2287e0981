package argand.spectroptycho;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argand.array.ComplexField;
import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.Mask;
import argand.array.RealField;
import argand.data.Findings;
import argand.data.ObjectStack;
import argand.data.Reconstruction;
import argand.data.Source;
import argand.flow.Watch;
import argand.register.PhaseCorrelation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Two compounds whose contrast goes through zero and turns over across the edge, displaced by up
/// to
/// five pixels, with scale, ramp and noise.
class AlignObjectsTruthTest {
  private static final Grid GRID = Grid.square(128, 128, 10e-9);
  private static final int COUNT = 12;

  /// Optical density and phase of the two compounds at each energy: one grows, the other turns from
  /// bright to dark against the film it lies in.
  private static double[] contrast(int e) {
    double x = (e - 5.5) / 3;
    return new double[] {0.3 + 0.5 * Math.exp(-x * x), -0.2 * x, 0.5 * x, -0.4 * Math.exp(-x * x)};
  }

  private static ObjectStack stack(double[] down, double[] right, double photons) {
    var random = new SplittableRandom(11);
    var views = new ArrayList<ObjectStack.View>();
    for (int e = 0; e < COUNT; e++) {
      double[] c = contrast(e);
      double scale = 0.7 + 0.6 * random.nextDouble();
      double rampDown = 0.1 * (random.nextDouble() - 0.5);
      double rampRight = 0.1 * (random.nextDouble() - 0.5);
      var object = new ComplexField(GRID);
      var light = new RealField(GRID);
      java.util.Arrays.fill(light.values(), (float) photons);
      for (int r = 0; r < 128; r++) {
        for (int k = 0; k < 128; k++) {
          double y = r - 64 - down[e];
          double x = k - 64 - right[e];
          double first = bump(y + 12, x + 8, 9) + bump(y - 20, x - 15, 6);
          double second = bump(y - 10, x + 18, 8) + bump(y + 18, x - 20, 7);
          double density = c[0] * first + c[2] * second;
          double phase = c[1] * first + c[3] * second + rampDown * r + rampRight * k;
          double noise = 1 / Math.sqrt(2 * photons);
          object.set(
              r,
              k,
              (float)
                  (scale
                      * (Math.exp(-density / 2) * Math.cos(phase) + noise * random.nextGaussian())),
              (float)
                  (scale
                      * (Math.exp(-density / 2) * Math.sin(phase)
                          + noise * random.nextGaussian())));
        }
      }
      views.add(
          new ObjectStack.View(700 + e, Optional.empty(), object, light, "energy " + (700 + e)));
    }
    return new ObjectStack(
        views,
        Mask.all(GRID),
        new Reconstruction.Origin(0, 0),
        Optional.empty(),
        Findings.NONE,
        Source.NONE);
  }

  private static double bump(double y, double x, double width) {
    return Math.exp(-0.5 * (y * y + x * x) / (width * width));
  }

  private static double[] random(long seed) {
    var random = new SplittableRandom(seed);
    double[] shift = new double[COUNT];
    for (int e = 0; e < COUNT; e++) {
      shift[e] = 10 * random.nextDouble() - 5;
    }
    return shift;
  }

  /// Root mean square and worst departure of found from true displacements, their means taken off.
  private static double[] errors(double[] found, double[] truth) {
    double mean = 0;
    for (int e = 0; e < COUNT; e++) {
      mean += (found[e] - truth[e]) / COUNT;
    }
    double square = 0;
    double worst = 0;
    for (int e = 0; e < COUNT; e++) {
      double error = found[e] - truth[e] - mean;
      square += error * error / COUNT;
      worst = Math.max(worst, Math.abs(error));
    }
    return new double[] {Math.sqrt(square), worst};
  }

  @Test
  void displacementsAcrossTheTurningContrastTo0_1PixelsRms() {
    double[] down = random(1);
    double[] right = random(2);
    var stack = stack(down, right, 2000);
    var aligned = new AlignObjects(0.25).apply(stack, Watch.SILENT);
    var moved = aligned.findings().transforms().orElseThrow().of();
    double[] rows = moved.stream().mapToDouble(m -> m.row0()).toArray();
    double[] columns = moved.stream().mapToDouble(m -> m.column0()).toArray();
    assertThat(errors(rows, down)[0]).isLessThan(0.1);
    assertThat(errors(columns, right)[0]).isLessThan(0.1);
    assertThat(errors(rows, down)[1]).isLessThan(0.25);
    // negative control: each image on the first, as it is usually done
    var gauged = new FixGauge(List.of(), 0.08).apply(stack, Watch.SILENT);
    var first = new AbsorptionAndPhase(7).apply(gauged, Watch.SILENT);
    double[] usual = new double[COUNT];
    for (int e = 0; e < COUNT; e++) {
      usual[e] =
          PhaseCorrelation.PLAIN.between(first.images().plane(0), first.images().plane(e)).rowsPx();
    }
    assertThat(errors(usual, down)[1]).isGreaterThan(1);
  }

  @Test
  void theGaugeStaysAndTheImagesLieOnEachOther() {
    double[] down = random(3);
    double[] right = random(4);
    var aligned = new AlignObjects(0.25).apply(stack(down, right, 1e7), Watch.SILENT);
    var level = new FixGauge(List.of(), 0.08).apply(aligned, Watch.SILENT);
    var density = new AbsorptionAndPhase(7).apply(level, Watch.SILENT).images();
    // a place where only the first compound lies has its contrast at every energy
    double meanDown = java.util.Arrays.stream(down).average().orElseThrow();
    double meanRight = java.util.Arrays.stream(right).average().orElseThrow();
    int r = (int) Math.rint(64 - 12 + meanDown);
    int c = (int) Math.rint(64 - 8 + meanRight);
    double y = r - 64 - meanDown;
    double x = c - 64 - meanRight;
    for (int e = 0; e < COUNT; e++) {
      double expected =
          contrast(e)[0] * (bump(y + 12, x + 8, 9) + bump(y - 20, x - 15, 6))
              + contrast(e)[2] * (bump(y - 10, x + 18, 8) + bump(y + 18, x - 20, 7));
      // the tails of the bumps in the region taken for empty are a few thousandths
      assertThat((double) density.plane(e).at(r, c))
          .isCloseTo(expected, org.assertj.core.api.Assertions.within(0.01));
    }
  }

  @Test
  void anImageOfAnotherPlaceIsRefused() {
    double[] still = new double[COUNT];
    double[] far = new double[COUNT];
    far[4] = 45;
    assertThatThrownBy(() -> new AlignObjects(0.1).apply(stack(still, far, 1e6), Watch.SILENT))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("energy 704");
  }
}

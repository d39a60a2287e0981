package argand.spectroptycho;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import argand.array.InvalidInput;
import argand.data.EnergyStack;
import argand.data.ObjectStack;
import argand.data.Reconstruction;
import argand.data.Shape;
import argand.flow.Watch;
import argand.spectroptycho.ComplexSpots.Left;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ObjectStackTruthTest {
  private static final double[] ENERGIES = {700, 705, 708.2, 710, 720, 731};
  private static final double[] DENSITIES = {0.3, 0.35, 1.6, 1.1, 0.6, 0.5};
  private static final double[] PHASES = {-0.3, 0.15, -0.5, -0.9, -0.4, -0.35};

  private static StackObjects stackObjects() {
    return new StackObjects(OptionalDouble.empty(), List.of(), StackObjects.Outliers.LEAVE_OUT);
  }

  private static List<Reconstruction> all(double light, boolean gauge) {
    var random = new SplittableRandom(5);
    var all = new ArrayList<Reconstruction>();
    for (int e = 0; e < ENERGIES.length; e++) {
      var left =
          gauge
              ? new Left(
                  0.8 + 0.4 * random.nextDouble(),
                  6 * random.nextDouble(),
                  0.2 * (random.nextDouble() - 0.5),
                  0.2 * (random.nextDouble() - 0.5),
                  light)
              : new Left(1, 0, 0, 0, light);
      all.add(ComplexSpots.at(ENERGIES[e], DENSITIES[e], PHASES[e], left, 0.01, e + 1));
    }
    return all;
  }

  private static double truth(ObjectStack stack, int r, int c) {
    return ComplexSpots.amount(
        stack.origin().y() + r * stack.grid().pixelY(),
        stack.origin().x() + c * stack.grid().pixelX());
  }

  /// Root mean square errors of optical density and phase over the good pixels of plane e.
  private static double[] errors(ObjectStack objects, EnergyStack stack, int e) {
    var density = stack.images().plane(e);
    var phase = stack.phase().orElseThrow().images().plane(e);
    double first = 0;
    double second = 0;
    int n = 0;
    for (int r = 0; r < stack.grid().rows(); r++) {
      for (int c = 0; c < stack.grid().columns(); c++) {
        if (stack.mask().at(r, c)) {
          double a = truth(objects, r, c);
          first += Math.pow(density.at(r, c) - DENSITIES[e] * a, 2);
          second += Math.pow(phase.at(r, c) - PHASES[e] * a, 2);
          n++;
        }
      }
    }
    return new double[] {Math.sqrt(first / n), Math.sqrt(second / n)};
  }

  private static final FixGauge FOUND = new FixGauge(List.of(), 0.08);
  private static final AbsorptionAndPhase LOGARITHM = new AbsorptionAndPhase(7);

  @Test
  void opticalDensityTo0_002AndPhaseTo0_001WhateverScaleAndRamp() {
    var objects = FOUND.apply(stackObjects().gather(all(1e9, true), Watch.SILENT), Watch.SILENT);
    // the largest pixel is that of the lowest energy, 20 nm
    assertThat(objects.grid().pixelY()).isCloseTo(20e-9, within(2e-13));
    var stack = LOGARITHM.apply(objects, Watch.SILENT);
    for (int e = 0; e < ENERGIES.length; e++) {
      double[] rms = errors(objects, stack, e);
      // what is left: the spots' tails in the region that is taken for empty
      assertThat(rms[0]).as("optical density at %s eV", ENERGIES[e]).isLessThan(0.002);
      assertThat(rms[1]).as("phase at %s eV", ENERGIES[e]).isLessThan(0.001);
    }
    assertThat(objects.findings().quality().verdict())
        .anyMatch(line -> line.contains("looked for, not named"));
    // negative control: without the gauge neither is near
    var bare = LOGARITHM.apply(stackObjects().gather(all(1e9, true), Watch.SILENT), Watch.SILENT);
    assertThat(errors(objects, bare, 2)[0]).isGreaterThan(0.02);
    assertThat(errors(objects, bare, 2)[1]).isGreaterThan(0.5);
    assertThat(bare.source().notes()).anyMatch(note -> note.contains("no empty region"));
  }

  @Test
  void thePixelThatFollowsTheWavelengthIsTakenBack() {
    var objects = stackObjects().gather(all(1e9, false), Watch.SILENT);
    var stack = LOGARITHM.apply(objects, Watch.SILENT);
    int last = ENERGIES.length - 1;
    double right = errors(objects, stack, last)[0];
    // negative control: the last image as it was, pixel for pixel
    var raw = all(1e9, false).get(last);
    double wrong = 0;
    int n = 0;
    double pixel = objects.grid().pixelY();
    int row = (int) Math.rint((objects.origin().y()) / pixel) + 96;
    for (int r = 0; r < objects.grid().rows(); r++) {
      for (int c = 0; c < objects.grid().columns(); c++) {
        double re = raw.object().re(row + r, row + c);
        double im = raw.object().im(row + r, row + c);
        wrong += Math.pow(-Math.log(re * re + im * im) - DENSITIES[last] * truth(objects, r, c), 2);
        n++;
      }
    }
    // 4.4 % of magnification moves a spot 0.5 µm from the middle by a pixel
    assertThat(Math.sqrt(wrong / n)).isGreaterThan(20 * right);
    // misscale: 0.05 % of 0.5 µm is 1/80 pixel; the steepest slope of a spot is 0.6 · 0.5/6.5 a
    // pixel, so such an error would show as about 5e-4
    assertThat(right).isLessThan(2e-4);
  }

  @Test
  void theVarianceIsThatOfTheNoise() {
    var named = new FixGauge(List.of(new Shape.Rectangle(2, 60, 30, 30)), 0.08);
    var objects = named.apply(stackObjects().gather(all(400, true), Watch.SILENT), Watch.SILENT);
    var stack = LOGARITHM.apply(objects, Watch.SILENT);
    for (int e : new int[] {0, 2}) {
      double pull = 0;
      double phasePull = 0;
      int n = 0;
      for (int r = 0; r < stack.grid().rows(); r++) {
        for (int c = 0; c < stack.grid().columns(); c++) {
          double a = truth(objects, r, c);
          if (stack.mask().at(r, c) && a > 0.1) {
            double sigma = Math.sqrt(stack.variance().orElseThrow().plane(e).at(r, c));
            pull += Math.pow((stack.images().plane(e).at(r, c) - DENSITIES[e] * a) / sigma, 2);
            var phase = stack.phase().orElseThrow();
            phasePull +=
                Math.pow(phase.images().plane(e).at(r, c) - PHASES[e] * a, 2)
                    / phase.variance().orElseThrow().plane(e).at(r, c);
            n++;
          }
        }
      }
      // the factor is measured in 900 pixels (3 %), where interpolation between pixels leaves 0.88²
      // to 1 of the variance of white noise, elsewhere as much: 0.88 … 1.14, and 3 % twice
      assertThat(Math.sqrt(pull / n)).isBetween(0.82, 1.2);
      assertThat(Math.sqrt(phasePull / n)).isBetween(0.82, 1.2);
    }
    assertThat(objects.findings().quality().verdict()).isEmpty();
    assertThat(objects.findings().regions()).hasSize(1);
  }

  @Test
  void anEnergyThatExplainsItsFramesBadlyIsLeftOutAndNamed() {
    var all = new ArrayList<Reconstruction>();
    for (int e = 0; e < 8; e++) {
      double residual = e == 5 ? 0.05 : 0.01 + 1e-4 * e;
      all.add(ComplexSpots.at(700 + e, 0.5, -0.2, Left.NOTHING, residual, 1));
    }
    var stack = stackObjects().gather(all, Watch.SILENT);
    assertThat(stack.energyEv()).containsExactly(700, 701, 702, 703, 704, 706, 707);
    assertThat(stack.findings().quality().verdict().getFirst())
        .contains("705 eV")
        .contains("left out");
    var kept =
        new StackObjects(OptionalDouble.empty(), List.of(700.0, 712.5), StackObjects.Outliers.KEEP)
            .gather(all, Watch.SILENT);
    assertThat(kept.count()).isEqualTo(8);
    assertThat(kept.findings().quality().verdict()).containsExactly("No images at 712.5 eV.");
  }

  @Test
  void oneEnergyTwiceIsRefusedByItsFiles() {
    var twice =
        List.of(
            ComplexSpots.at(700, 0.5, -0.2, Left.NOTHING, 0.01, 1),
            ComplexSpots.at(700, 0.5, -0.2, Left.NOTHING, 0.01, 2));
    assertThatThrownBy(() -> stackObjects().gather(twice, Watch.SILENT))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("in both scan-700.0.cxi (700 eV) and")
        .hasMessageContaining("polarization");
  }

  @Test
  void anEmptyRegionOutsideTheFieldIsRefused() {
    var objects = stackObjects().gather(all(1e9, false), Watch.SILENT);
    var outside = new FixGauge(List.of(new Shape.Rectangle(500, 0, 30, 30)), 0.08);
    assertThatThrownBy(() -> outside.apply(objects, Watch.SILENT))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("0 well-lit pixels");
  }
}

package argand.joint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import argand.array.InvalidInput;
import argand.data.EnergyStack;
import argand.data.PhaseImages;
import argand.data.Planes;
import argand.data.Quantity;
import argand.flow.Watch;
import argand.phantom.PlateletStack;
import argand.physics.KramersKronigMatrix;
import argand.physics.ScatteringFactors;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CoupleKramersKronigTruthTest {
  /// Those of the example: 20 energies across Fe L₃.
  private static final double[] EV = {
    700, 703, 705, 706, 706.8, 707.4, 707.8, 708.2, 708.6, 709, 709.4, 709.8, 710.2, 710.6, 711.2,
    712, 713.5, 716, 719, 726
  };

  private static final int ROWS = 40;
  private static final int COLUMNS = 50;

  /// As 10⁴ photons on a frame whose probe covers some 20 × 20 pixels, four frames over each pixel.
  private static final double PHOTONS = 100;

  /// rms over all pixels and energies of a stack less the truth, of the optical density or the
  /// phase.
  private static double error(EnergyStack stack, boolean phase) {
    Planes planes = phase ? stack.phase().orElseThrow().images() : stack.images();
    double sum = 0;
    for (int e = 0; e < stack.count(); e++) {
      float[] values = planes.plane(e).values();
      for (int i = 0; i < values.length; i++) {
        double truth = PlateletStack.truth(i % COLUMNS < COLUMNS / 2, EV[e], phase);
        sum += Math.pow(values[i] - truth, 2);
      }
    }
    return Math.sqrt(sum / stack.count() / planes.grid().size());
  }

  private static EnergyStack coupled(EnergyStack stack) {
    return new CoupleKramersKronig("LiFePO4").apply(stack, Watch.SILENT);
  }

  /// The coupling alone makes the error of the optical density more than 15 % smaller, without any
  /// smoothing; the errors that it states are those found.
  @Test
  void errorOfOpticalDensityAtLeastFifteenPercentLower() {
    var measured = PlateletStack.of(EV, ROWS, COLUMNS, PHOTONS, 3);
    var coupled = coupled(measured);
    double before = error(measured, false);
    double after = error(coupled, false);
    assertThat(1 - after / before).isGreaterThan(0.15);
    assertThat(error(coupled, true)).isLessThan(0.85 * error(measured, true));
    double stated = 0;
    for (int e = 0; e < EV.length; e++) {
      for (float v : coupled.variance().orElseThrow().plane(e).values()) {
        stated += v / EV.length / ROWS / COLUMNS;
      }
    }
    // the logarithm of few photons is a little more than normal errors make of it
    assertThat(Math.sqrt(stated)).isEqualTo(after, within(0.05 * after));
  }

  /// A phase of the wrong sign tells nothing: the disagreement of the means makes an error of it
  /// that
  /// leaves the optical density alone, where the same coupling without that would spoil it.
  @Test
  void aPhaseThatDoesNotBelongDoesNoHarm() {
    var measured = PlateletStack.of(EV, ROWS, COLUMNS, PHOTONS, 3);
    var phase = measured.phase().orElseThrow();
    var turned =
        Planes.computed(
            phase.images(),
            (index, first, length, into, offset) -> {
              phase.images().read(index, first, length, into, offset);
              for (int i = offset; i < offset + length; i++) {
                into[i] = -into[i];
              }
            });
    var wrong = coupled(measured.withPhase(Optional.of(new PhaseImages(turned, phase.variance()))));
    double before = error(measured, false);
    assertThat(error(wrong, false)).isLessThan(1.05 * before);
    var fit =
        new CoupledSpectrum(KramersKronigMatrix.of(ScatteringFactors.of("LiFePO4"), EV, true));
    double[][] pixel = new double[4][EV.length];
    double worst = 0;
    for (int e = 0; e < EV.length; e++) {
      pixel[0][e] = PlateletStack.truth(true, EV[e], false);
      pixel[1][e] = 0.02;
      pixel[2][e] = -PlateletStack.truth(true, EV[e], true);
      pixel[3][e] = 0.005;
    }
    double[] density = pixel[0].clone();
    assertThat(fit.fit(pixel[0], pixel[1], pixel[2], pixel[3])).isTrue();
    for (int e = 0; e < EV.length; e++) {
      worst = Math.max(worst, Math.abs(fit.density()[e] - density[e]));
    }
    assertThat(worst).isGreaterThan(0.2);
  }

  /// With more photons 20 energies do not resolve the lines well enough for the transform: what
  /// both
  /// disagree by is told from noise, and the coupling is never worse than none.
  @Test
  void nothingIsLostWithManyPhotons() {
    for (double photons : new double[] {1e3, 1e4, 1e6}) {
      var measured = PlateletStack.of(EV, ROWS, COLUMNS, photons, 4);
      assertThat(error(coupled(measured), false)).isLessThan(1.01 * error(measured, false));
    }
  }

  /// Without noise, and with as much trust in both, it gives back L₃ as it was given: nothing is
  /// smoothed over energies. Three-point means would change it five times as much at least.
  /// (Between
  /// 719 and 726 eV lies L₂, which these energies do not see: the last few are off by up to 7 %.)
  @Test
  void linesKeepTheirShape() {
    var measured = PlateletStack.of(EV, 2, COLUMNS, 0, 3);
    var coupled = coupled(measured);
    double worst = 0;
    double smoothed = 0;
    for (int e = 0; e < EV.length; e++) {
      for (int i : new int[] {0, COLUMNS - 1}) {
        if (EV[e] < 705 || EV[e] > 713) {
          continue;
        }
        double truth = PlateletStack.truth(i == 0, EV[e], false);
        worst = Math.max(worst, Math.abs(coupled.images().plane(e).values()[i] - truth));
        double mean =
            truth / 2
                + PlateletStack.truth(i == 0, EV[e - 1], false) / 4
                + PlateletStack.truth(i == 0, EV[e + 1], false) / 4;
        smoothed = Math.max(smoothed, Math.abs(mean - truth));
      }
    }
    assertThat(worst).isLessThan(0.2 * smoothed);
  }

  /// Holes are no values: an energy without a phase is carried by the others, one without optical
  /// density is found from the phase, a pixel without anything stays as it is.
  @Test
  void holesAreFilledFromTheOtherOrLeft() {
    var fit =
        new CoupledSpectrum(KramersKronigMatrix.of(ScatteringFactors.of("LiFePO4"), EV, true));
    double[][] pixel = new double[4][EV.length];
    for (int e = 0; e < EV.length; e++) {
      pixel[0][e] = PlateletStack.truth(true, EV[e], false);
      pixel[1][e] = 1e-3;
      pixel[2][e] = PlateletStack.truth(true, EV[e], true);
      pixel[3][e] = 2.5e-4;
    }
    double truth = pixel[0][8];
    pixel[0][8] = Double.NaN;
    pixel[2][3] = Double.NaN;
    assertThat(fit.fit(pixel[0], pixel[1], pixel[2], pixel[3])).isTrue();
    assertThat(fit.density()[8]).isEqualTo(truth, within(0.15));
    assertThat(fit.densityVariance()[8]).isGreaterThan(fit.densityVariance()[7]);
    assertThat(fit.phase()[3]).isEqualTo(PlateletStack.truth(true, EV[3], true), within(0.05));
    java.util.Arrays.fill(pixel[0], Double.NaN);
    java.util.Arrays.fill(pixel[2], Double.NaN);
    assertThat(fit.fit(pixel[0], pixel[1], pixel[2], pixel[3])).isFalse();
  }

  @Test
  void withoutPhaseOrVarianceItIsRefused() {
    var stack = PlateletStack.of(EV, 2, COLUMNS, 100, 3);
    assertThatThrownBy(() -> coupled(stack.withPhase(Optional.empty())))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("without a phase");
    assertThatThrownBy(
            () ->
                coupled(
                    stack.withImages(stack.images(), Optional.empty(), Quantity.OPTICAL_DENSITY)))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("without a variance");
  }
}

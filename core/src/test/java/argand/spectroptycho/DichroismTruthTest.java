package argand.spectroptycho;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import argand.array.ComplexField;
import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.Mask;
import argand.array.RealField;
import argand.data.EnergyStack;
import argand.data.Findings;
import argand.data.ObjectStack;
import argand.data.Reconstruction;
import argand.data.Source;
import argand.flow.Watch;
import argand.physics.Polarization;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Stripes up and down in a film of uneven thickness, nine energies, a degree of polarization of
/// 0.9; the magnetic lines are one classical oscillator, so that absorption and phase belong
/// together.
class DichroismTruthTest {
  private static final Grid GRID = Grid.square(96, 96, 10e-9);
  private static final double DEGREE = 0.9;
  private static final double[] ENERGIES = {7200, 7236, 7239, 7241, 7243, 7245, 7247, 7250, 7290};
  private static final List<Double> OFF = List.of(7200.0, 7290.0);

  private static double[] magnetic(double energyEv) {
    double x = (energyEv - 7243) / 2.5;
    // ΔOD and Δφ of full magnetization; nothing far off
    double near = Math.abs(energyEv - 7243) > 20 ? 0 : 1;
    return new double[] {near * 0.12 / (1 + x * x), near * 0.06 * x / (1 + x * x)};
  }

  private static double stripes(int r, int c) {
    return Math.tanh(4 * Math.sin(2 * Math.PI * (c + 4 * Math.sin(r / 15.0)) / 24));
  }

  private static ObjectStack stack(double photons, double apart, int helicities) {
    var random = new SplittableRandom(3);
    var views = new ArrayList<ObjectStack.View>();
    for (double energy : ENERGIES) {
      for (int sign = 1; sign >= 3 - 2 * helicities; sign -= 2) {
        views.add(view(energy, sign, photons, sign < 0 ? apart : 0, random));
      }
    }
    return new ObjectStack(
        views,
        Mask.all(GRID),
        new Reconstruction.Origin(0, 0),
        Optional.empty(),
        Findings.NONE,
        Source.NONE);
  }

  private static ObjectStack.View view(
      double energy, int sign, double photons, double right, SplittableRandom random) {
    var object = new ComplexField(GRID);
    var light = new RealField(GRID);
    java.util.Arrays.fill(light.values(), (float) photons);
    double[] m = magnetic(energy);
    double scale = 0.8 + 0.4 * random.nextDouble();
    double ramp = 0.05 * (random.nextDouble() - 0.5);
    double noise = 1 / Math.sqrt(2 * photons);
    for (int r = 0; r < 96; r++) {
      for (int c = 0; c < 96; c++) {
        double x = c - right;
        double thickness = 1 + 0.3 * Math.sin(r / 5.0) * Math.sin(x / 6.0);
        double half = 0.5 * sign * DEGREE * stripes(r, c);
        double density = 0.8 * thickness + half * m[0];
        double phase = -0.6 * thickness + half * m[1] + ramp * r + 2 * sign;
        object.set(
            r,
            c,
            (float)
                (scale
                    * (Math.exp(-density / 2) * Math.cos(phase) + noise * random.nextGaussian())),
            (float)
                (scale
                    * (Math.exp(-density / 2) * Math.sin(phase) + noise * random.nextGaussian())));
      }
    }
    return new ObjectStack.View(
        energy,
        Optional.of(new Polarization.Circular(sign * DEGREE)),
        object,
        light,
        "scan " + energy);
  }

  private static double correlation(RealField map) {
    double xy = 0;
    double xx = 0;
    double yy = 0;
    for (int r = 0; r < 96; r++) {
      for (int c = 0; c < 96; c++) {
        xy += map.at(r, c) * stripes(r, c);
        xx += map.at(r, c) * map.at(r, c);
        yy += stripes(r, c) * stripes(r, c);
      }
    }
    return xy / Math.sqrt(xx * yy);
  }

  /// Mean of the true magnetization, with the sign of the map, where that is above three sigma: the
  /// pixels that spectra of the domains are taken of.
  private static double magnetizationWhereClear(Findings.FoundMap map) {
    double sum = 0;
    int n = 0;
    for (int r = 0; r < 96; r++) {
      for (int c = 0; c < 96; c++) {
        float m = map.values().at(r, c);
        if (Math.abs(m) > 3 * map.sigma().orElseThrow().at(r, c)) {
          sum += Math.signum(m) * stripes(r, c);
          n++;
        }
      }
    }
    return sum / n;
  }

  private static EnergyStack dichroism(ObjectStack stack) {
    return new Dichroism(OFF).apply(stack, Watch.SILENT);
  }

  @Test
  void mapsOfBothChannelsFollowTheMagnetization() {
    var found = dichroism(stack(10000, 0, 2));
    var map = found.findings().map("magnetic dichroism").orElseThrow();
    assertThat(correlation(map.values())).isGreaterThan(0.95);
    // the phase changes its sign at the resonance, so its map has the sign of its strongest energy
    var phase = found.findings().map("magnetic phase dichroism").orElseThrow();
    assertThat(Math.abs(correlation(phase.values()))).isGreaterThan(0.9);
    assertThat(found.findings().quality().metrics().get("channelCorrelation")).isGreaterThan(0.85);
    var absorbed = found.findings().spectra().get(0);
    var delayed = found.findings().spectra().get(1);
    double clear = magnetizationWhereClear(map);
    for (int e = 0; e < ENERGIES.length; e++) {
      double[] m = magnetic(ENERGIES[e]);
      assertThat(absorbed.values()[e]).isCloseTo(clear * m[0], within(0.004));
      assertThat(delayed.values()[e]).isCloseTo(clear * m[1], within(0.003));
    }
    assertThat(found.findings().quality().metrics().get("dichroismPeakEv")).isEqualTo(7243);
    assertThat(found.findings().quality().metrics().get("offEdgeSigmas")).isLessThan(3);
  }

  @Test
  void aPairThatLiesApartShowsOffTheEdge() {
    var found = dichroism(stack(3000, 0.7, 2));
    // the uneven thickness leaks in: half a pixel of it is more than the magnetic signal
    assertThat(correlation(found.images().plane(4))).isLessThan(0.9);
  }

  @Test
  void theVarianceIsThatOfTheNoise() {
    var found = dichroism(stack(3000, 0, 2));
    double square = 0;
    for (int r = 0; r < 96; r++) {
      for (int c = 0; c < 96; c++) {
        double error = found.images().plane(4).at(r, c) - magnetic(7243)[0] * stripes(r, c);
        square += error * error / found.variance().orElseThrow().plane(4).at(r, c);
      }
    }
    assertThat(Math.sqrt(square / GRID.size())).isBetween(0.93, 1.07);
  }

  @Test
  void helicitiesThatAreMissingAreNamed() {
    assertThatThrownBy(() -> dichroism(stack(1e4, 0, 1)))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("one helicity only");
    var stack = stack(1e4, 0, 2);
    var views = new ArrayList<ObjectStack.View>();
    for (int i = 0; i < stack.count(); i += 2) {
      var view = stack.views().get(i);
      views.add(
          new ObjectStack.View(
              view.energyEv(), Optional.empty(), view.object(), view.light(), view.name()));
    }
    assertThatThrownBy(() -> dichroism(stack.withViews(views)))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("not stated")
        .hasMessageContaining("read: {polarization");
    assertThatThrownBy(() -> new Dichroism(List.of(7100.0)).apply(stack, Watch.SILENT))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("7100 eV");
  }

  @Test
  void oneStepForOnePolarization() {
    assertThatThrownBy(() -> new AbsorptionAndPhase(7).apply(stack(1e4, 0, 2), Watch.SILENT))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("dichroism");
  }
}

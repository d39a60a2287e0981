package argand.physics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import argand.array.InvalidInput;
import argand.physics.Oscillators.Errors;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class KramersKronigTruthTest {
  private static double[] at(double[] ev, java.util.function.DoubleUnaryOperator f) {
    return Arrays.stream(ev).map(f).toArray();
  }

  /// Points every 0.1 eV, eight on the width of the narrowest line; worst ≤ 0.15 %, rms ≤ 0.01 % of
  /// the range, both ways.
  @Test
  void oscillatorsWithinOnePointFiveThousandths() {
    double[] nodes = Oscillators.nodes(0.1);
    double[] asked = Oscillators.asked();
    var f1 =
        Errors.of(
            KramersKronig.f1(CubicPiece.through(nodes, at(nodes, Oscillators::f2)), 0, asked),
            at(asked, Oscillators::f1));
    assertThat(f1.worst()).isLessThan(1.5e-3);
    assertThat(f1.rms()).isLessThan(1e-4);
    var f2 =
        Errors.of(
            KramersKronig.f2(CubicPiece.through(nodes, at(nodes, Oscillators::f1)), asked),
            at(asked, Oscillators::f2));
    assertThat(f2.worst()).isLessThan(1.5e-3);
    assertThat(f2.rms()).isLessThan(1e-4);
    // straight lines do not get there on the same points
    var lines =
        Errors.of(
            KramersKronig.f1(CubicPiece.lines(nodes, at(nodes, Oscillators::f2)), 0, asked),
            at(asked, Oscillators::f1));
    assertThat(lines.worst()).isGreaterThan(1.5e-3);
    assertThat(lines.rms()).isGreaterThan(1e-4);
  }

  /// At the nodes themselves, where two logarithms are infinite.
  @Test
  void nodesAreNoExceptions() {
    double[] nodes = Oscillators.nodes(0.1);
    double[] near = Arrays.stream(nodes).filter(e -> e > 275 && e < 325).toArray();
    var f1 =
        Errors.of(
            KramersKronig.f1(CubicPiece.through(nodes, at(nodes, Oscillators::f2)), 0, near),
            at(near, Oscillators::f1));
    assertThat(f1.worst()).isLessThan(1.5e-3);
    assertThat(f1.rms()).isLessThan(1e-4);
  }

  /// There and back through both transforms alone: f₂ → f₁ at the nodes → f₂.
  @Test
  void backAgain() {
    double[] nodes = Oscillators.nodes(0.1);
    double[] f1 = KramersKronig.f1(CubicPiece.through(nodes, at(nodes, Oscillators::f2)), 0, nodes);
    double[] asked = Oscillators.asked();
    double[] back = KramersKronig.f2(CubicPiece.through(nodes, f1), asked);
    var errors = Errors.of(back, at(asked, Oscillators::f2));
    assertThat(errors.worst()).isLessThan(2e-3);
    assertThat(errors.rms()).isLessThan(2e-4);
  }

  /// f₁ of the tables was computed from their f₂ by others: 0.002 electrons in the mean for carbon
  /// and
  /// oxygen, 0.011 for iron (beyond 60 eV, and further than 1 % from an edge).
  @Test
  void tablesAgreeWithThemselves() {
    for (String element : new String[] {"C", "O", "Fe"}) {
      var factors = ScatteringFactors.of(element);
      double[] edges = factors.edgesEv(60, 29_000);
      double[] ev =
          Arrays.stream(factors.energiesEv())
              .filter(e -> e > 60 && e < 29_000)
              .filter(e -> Arrays.stream(edges).allMatch(edge -> Math.abs(e / edge - 1) > 0.01))
              .toArray();
      double[] f1 = KramersKronig.f1(factors.f2Pieces(), factors.relativisticElectrons(), ev);
      double mean = 0;
      for (int i = 0; i < ev.length; i++) {
        mean += Math.abs(f1[i] - factors.f1(ev[i])) / ev.length;
      }
      assertThat(mean).isLessThan(element.equals("Fe") ? 0.02 : 0.004);
    }
  }

  /// With the thickness and a background known, the thickness comes back and the phase follows:
  /// optical density of 100 nm of Fe2O3 as free atoms have it.
  @Test
  void phaseFromAbsorptionOfKnownThickness() {
    var factors = ScatteringFactors.of("Fe2O3");
    double units = 100e-9 * factors.unitsPerVolume(5240);
    double[] ev = new double[121];
    for (int i = 0; i < ev.length; i++) {
      ev[i] = 690 + 0.4 * i;
    }
    double[] density = NearEdge.opticalDensity(at(ev, factors::f2), ev, units);
    double[] measured = density.clone();
    for (int i = 0; i < ev.length; i++) {
      measured[i] += 0.05 * 710 / ev[i];
    }
    var edge = NearEdge.of(factors, ev, measured, 695, 735, false);
    assertThat(edge.thickness(5240)).isEqualTo(100e-9, within(1e-13));
    assertThat(edge.addedOpticalDensity(710)).isEqualTo(-0.05, within(1e-6));
    // at rows of the tables, off the edge, whose step the points of 0.4 eV widen
    double[] rows =
        Arrays.stream(factors.energiesEv())
            .filter(e -> e > 696 && e < 734 && Math.abs(e - 706.8) > 4)
            .toArray();
    assertThat(rows).hasSize(3);
    double[] phase = edge.phase(rows);
    for (int i = 0; i < rows.length; i++) {
      double truth = factors.refractiveIndex(new Beam.XRays(rows[i]), 5240).delta() * -2 * Math.PI;
      truth *= 100e-9 / (Constants.HC_EV_M / rows[i]);
      assertThat(phase[i]).isEqualTo(truth, within(0.02 * Math.abs(truth)));
    }
  }

  @Test
  void whatCannotBePutIntoTablesIsRefused() {
    var iron = ScatteringFactors.of("Fe2O3");
    double[] ev = {700, 702, 704, 706, 708, 710, 712, 714};
    double[] flat = {1, 1, 1, 1, 1, 1, 1, 1};
    double[] rising = {1, 1, 1, 2, 3, 2, 2, 2};
    assertThatThrownBy(() -> NearEdge.of(ScatteringFactors.of("SiO2"), ev, rising, 700, 714, true))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("'SiO2', whose absorption does not rise from 700.0 to 714.0 eV");
    assertThatThrownBy(() -> NearEdge.of(iron, ev, flat, 700, 714, true))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("more above the edge than below it");
    assertThatThrownBy(() -> NearEdge.of(iron, ev, rising, 690, 714, true))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("within the measured 700.0 … 714.0 eV");
    double[] hole = rising.clone();
    hole[3] = Double.NaN;
    assertThatThrownBy(() -> NearEdge.of(iron, ev, hole, 700, 714, true))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("at 706.0 eV");
  }
}

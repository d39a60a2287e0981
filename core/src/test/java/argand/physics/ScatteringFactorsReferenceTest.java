package argand.physics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import argand.array.InvalidInput;
import org.junit.jupiter.api.Test;

class ScatteringFactorsReferenceTest {
  /// Rows of the tables of Henke, Gullikson and Davis (CXRO): on the rows nothing is interpolated.
  @Test
  void rowsAreThoseOfTheTables() {
    var iron = ScatteringFactors.of("Fe");
    assertThat(iron.f1(706.9)).isEqualTo(-17.9717, within(1e-5));
    assertThat(iron.f2(706.9)).isEqualTo(17.0241, within(1e-4));
    assertThat(iron.energiesEv()).hasSize(504).startsWith(10).endsWith(30_000);
    assertThat(iron.edgesEv(100, 30_000)).containsExactly(new double[] {706.8, 7112}, within(0.05));
  }

  /// f₁ is −9999 in the files below 29 eV: not a number, never a value.
  @Test
  void whatTheTablesDoNotKnowIsRefused() {
    var iron = ScatteringFactors.of("Fe");
    assertThat(iron.f1()[0]).isNaN();
    assertThat(iron.f2()[0]).isEqualTo(1.37852, within(1e-6));
    assertThatThrownBy(() -> iron.f1(28))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("29.30 … 30000 eV, where f1 is tabulated");
    assertThatThrownBy(() -> iron.f1(40_000)).isInstanceOf(InvalidInput.class);
    assertThatThrownBy(() -> iron.f2(5)).isInstanceOf(InvalidInput.class);
    assertThatThrownBy(() -> ScatteringFactors.of("Fx")).isInstanceOf(InvalidInput.class);
    assertThatThrownBy(() -> iron.refractiveIndex(new Beam.Electrons(3e5), 7874))
        .isInstanceOf(InvalidInput.class);
  }

  /// Z* of CH is 6.998 (Watts, Opt. Express 22, 23628 (2014); its program on polystyrene).
  @Test
  void compoundsAddUp() {
    var styrene = ScatteringFactors.of("C8H8");
    var carbon = ScatteringFactors.of("C");
    var hydrogen = ScatteringFactors.of("H");
    assertThat(styrene.relativisticElectrons() / 8).isEqualTo(6.998, within(5e-4));
    for (double ev : new double[] {50, 283, 291.7, 1000, 60_000}) {
      assertThat(styrene.f2(ev))
          .isEqualTo(8 * carbon.f2(ev) + 8 * hydrogen.f2(ev), within(1e-12 * styrene.f2(ev)));
    }
    assertThat(styrene.f1(300)).isEqualTo(8 * (carbon.f1(300) + hydrogen.f1(300)), within(1e-10));
  }

  /// Against xraylib, whose f′ come from other calculations (Kissel), for hard X-rays off the
  /// edges:
  /// within 0.3 % in δ for light elements and iron, 0.7 % for gold.
  @Test
  void deltaAgreesWithXraylibAtHardXrays() {
    for (double ev : new double[] {8047.8, 10_000, 15_000, 20_000, 25_000}) {
      var beam = new Beam.XRays(ev);
      for (String formula : new String[] {"C", "O", "Fe", "Cu", "Fe2O3"}) {
        assertThat(ScatteringFactors.of(formula).refractiveIndex(beam, 1000).delta())
            .isEqualTo(delta(formula, beam), within(3e-3 * delta(formula, beam)));
      }
      assertThat(ScatteringFactors.of("Au").refractiveIndex(beam, 1000).delta())
          .isEqualTo(delta("Au", beam), within(7e-3 * delta("Au", beam)));
      // the number of electrons alone would not do, so that the bound means something
      double electrons = ScatteringFactors.of("Au").each(ev, 1000) * 79;
      assertThat(Math.abs(electrons / delta("Au", beam) - 1)).isGreaterThan(7e-3);
    }
    // absorption of iron, where scattering takes away less than 1 % of what it takes
    var beam = new Beam.XRays(10_000);
    double beta = Material.of("Fe").refractiveIndex(beam, 7874).beta();
    assertThat(ScatteringFactors.of("Fe").refractiveIndex(beam, 7874).beta())
        .isEqualTo(beta, within(0.01 * beta));
  }

  private static double delta(String formula, Beam beam) {
    return Material.of(formula).refractiveIndex(beam, 1000).delta();
  }

  /// Every element opens, and absorption goes on above 30 keV with a step of 12 % for beryllium,
  /// 8 % at most for the others.
  @Test
  void allElementsAreThere() {
    for (int z = 1; z <= 92; z++) {
      var element =
          ScatteringFactors.of(com.github.tschoonj.xraylib.Xraylib.AtomicNumberToSymbol(z));
      assertThat(element.f2(30_001) / element.f2(29_999)).isBetween(z == 4 ? 0.88 : 0.915, 1.05);
      assertThat(element.f2(1e8)).isPositive();
      assertThat(java.util.Arrays.stream(element.f2()).min().orElseThrow()).isPositive();
    }
  }
}

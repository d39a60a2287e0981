package argand.physics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import argand.array.Grid;
import argand.array.InvalidInput;
import org.junit.jupiter.api.Test;

class AberratedLensReferenceTest {
  private static final Beam BEAM = new Beam.Electrons(80e3);

  @Test
  void withoutAberrationsTheAiryDisc() {
    // First zero of 2J₁(v)/v at r = 0.6098 λ/α (Born & Wolf §8.5.2): λ = 4.1757 pm, α = 20 mrad
    assertThat(BEAM.wavelength()).isCloseTo(4.1757e-12, within(1e-15));
    double airy = 0.6098 * BEAM.wavelength() / 20e-3;
    var probe = AberratedLens.of(20e-3, 0).probe(BEAM, Grid.square(256, 256, airy / 20));
    int minimum = 1;
    while (Math.abs(probe.re(128, 128 + minimum + 1)) < Math.abs(probe.re(128, 128 + minimum))) {
      minimum++;
    }
    assertThat(minimum).isBetween(19, 21);
    // and 2J₁(v)/v = 0.5 at v = 2.2151; a float pupil of 8 pixels radius keeps it to 2 %
    double half = 2.2151 / 3.8317 * 20;
    int k = (int) half;
    double value =
        probe.re(128, 128 + k) + (half - k) * (probe.re(128, 129 + k) - probe.re(128, 128 + k));
    assertThat(value / probe.re(128, 128)).isCloseTo(0.5, within(0.02));
  }

  @Test
  void chiInKrivaneksCoefficients() {
    // Krivanek, Dellby & Lupini (1999): 2π/λ (½α²C₁₀ + ½α²C₁₂ cos 2φ + ⅓α³C₂₁ cos φ
    // + ⅓α³C₂₃ cos 3φ + ¼α⁴C₃₀ + ⅙α⁶C₅₀), each alone, at φ = 0
    double k = 2 * Math.PI / BEAM.wavelength();
    double a = 0.02;
    assertThat(lens(1e-9, 0, 0, 0, 0, 0)).isCloseTo(k * a * a / 2 * 1e-9, within(1e-9));
    assertThat(lens(0, 1e-9, 0, 0, 0, 0)).isCloseTo(k * a * a / 2 * 1e-9, within(1e-9));
    assertThat(lens(0, 0, 1e-8, 0, 0, 0)).isCloseTo(k * a * a * a / 3 * 1e-8, within(1e-9));
    assertThat(lens(0, 0, 0, 1e-8, 0, 0)).isCloseTo(k * a * a * a / 3 * 1e-8, within(1e-9));
    assertThat(lens(0, 0, 0, 0, 1e-6, 0)).isCloseTo(k * Math.pow(a, 4) / 4 * 1e-6, within(1e-9));
    assertThat(lens(0, 0, 0, 0, 0, 1e-3)).isCloseTo(k * Math.pow(a, 6) / 6 * 1e-3, within(1e-9));
  }

  private static double lens(
      double c10, double c12, double c21, double c23, double c30, double c50) {
    return new AberratedLens(0.02, c10, c12, 0, c21, 0, c23, 0, c30, c50).chi(BEAM, 0.02, 0);
  }

  @Test
  void positiveSphericalAberrationIsBalancedByNegativeDefocus() {
    // 1.5 mm · (10 mrad)² / 2: the defocus that returns the marginal half of the wave to its axis
    var grid = Grid.square(256, 256, 0.05e-9);
    double balance = -0.5 * 1.2e-3 * 1e-4;
    double with = peak(new AberratedLens(10e-3, balance, 0, 0, 0, 0, 0, 0, 1.2e-3, 0), grid);
    double without = peak(new AberratedLens(10e-3, 0, 0, 0, 0, 0, 0, 0, 1.2e-3, 0), grid);
    double wrongWay = peak(new AberratedLens(10e-3, -balance, 0, 0, 0, 0, 0, 0, 1.2e-3, 0), grid);
    assertThat(with).isGreaterThan(1.5 * without);
    assertThat(without).isGreaterThan(wrongWay);
  }

  private static double peak(AberratedLens lens, Grid grid) {
    return lens.probe(BEAM, grid).intensity().max();
  }

  @Test
  void aDefocusBeyondTheFieldIsRefused() {
    assertThatThrownBy(
            () -> AberratedLens.of(20e-3, 1e-6).probe(BEAM, Grid.square(128, 128, 0.05e-9)))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("field of one frame, 6.4 nm");
  }
}

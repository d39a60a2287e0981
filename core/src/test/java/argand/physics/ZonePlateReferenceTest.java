package argand.physics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import argand.array.ComplexField;
import argand.array.Grid;
import argand.array.InvalidInput;
import org.junit.jupiter.api.Test;

class ZonePlateReferenceTest {
  private static final Beam BEAM = new Beam.XRays(8000);

  private static ZonePlate plate(double stop, double defocus) {
    return new ZonePlate(100e-6, 50e-9, stop, defocus, 0, 0);
  }

  private static double centre(ComplexField probe) {
    int r = probe.grid().rows() / 2;
    int c = probe.grid().columns() / 2;
    return Math.pow(Math.hypot(probe.re(r, c), probe.im(r, c)), 2);
  }

  @Test
  void focalLengthAndDepthOfFocus() {
    // Attwood, Soft X-rays and Extreme Ultraviolet Radiation, eqs. 9.13 and 9.50, with
    // λ = 0.154980 nm: 100 µm · 50 nm/λ and 2 (50 nm)²/λ
    assertThat(plate(0, 0).focalLength(BEAM)).isCloseTo(32.262e-3, within(1e-6));
    assertThat(plate(0, 0).depthOfFocus(BEAM)).isCloseTo(32.262e-6, within(1e-9));
  }

  @Test
  void firstDarkRingOfTheFocusLiesAt122OuterZones() {
    // Attwood eq. 9.46: r₁ = 1.22 Δr = 61 nm; a pixel is 3 nm, the minimum is found to a pixel
    var probe = plate(0, 0).probe(BEAM, Grid.square(384, 384, 3e-9));
    int minimum = 1;
    while (intensity(probe, minimum + 1) < intensity(probe, minimum)) {
      minimum++;
    }
    assertThat(minimum * 3e-9).isCloseTo(61e-9, within(3e-9));
    assertThat(intensity(probe, minimum)).isLessThan(2e-3 * centre(probe));
  }

  private static double intensity(ComplexField probe, int right) {
    int r = probe.grid().rows() / 2;
    int c = probe.grid().columns() / 2 + right;
    return probe.re(r, c) * probe.re(r, c) + probe.im(r, c) * probe.im(r, c);
  }

  @Test
  void theAxisLosesAFifthAtTheDepthOfFocus() {
    // |sinc(π/4)|² = 0.8106 of the peak at ±2Δr²/λ; the pupil's edge is known to a pixel in 32
    var grid = Grid.square(192, 192, 33e-9 / 2);
    double focus = centre(plate(0, 0).probe(BEAM, grid));
    double depth = plate(0, 0).depthOfFocus(BEAM);
    assertThat(centre(plate(0, depth).probe(BEAM, grid)) / focus).isCloseTo(0.8106, within(0.01));
    assertThat(centre(plate(0, -depth).probe(BEAM, grid)) / focus).isCloseTo(0.8106, within(0.01));
  }

  @Test
  void theCentralStopTakesItsShareOfTheAxis() {
    // Unit power: the field on the axis is ∫A / √∫A², so its square goes as the open area, 1 − 0.5²
    var grid = Grid.square(192, 192, 33e-9 / 2);
    double open = centre(plate(0, 0).probe(BEAM, grid));
    double stopped = centre(plate(50e-6, 0).probe(BEAM, grid));
    assertThat(stopped / open).isCloseTo(0.75, within(0.01));
  }

  @Test
  void unitPower() {
    var probe = plate(30e-6, 300e-6).probe(BEAM, Grid.square(128, 96, 30e-9));
    assertThat(probe.power()).isCloseTo(1, within(1e-5));
  }

  @Test
  void behindTheFocusTheBeamDivergesAndHasItsGeometricWidth() {
    double defocus = 0.5e-3;
    var probe = plate(0, defocus).probe(BEAM, Grid.square(128, 128, 25e-9));
    // exp i(kz − ωt): a diverging wave's phase grows outwards as +π r²/(λ d); the beam adds up in
    // phase with such a sphere and not at all with the converging one
    assertThat(overlapWithSphere(probe, defocus)).isGreaterThan(0.9);
    assertThat(overlapWithSphere(probe, -defocus)).isLessThan(0.2);
    // Diameter λ d/Δr = 1.55 µm = 62 pixels: nearly all light inside, little 20 % further out
    assertThat(inside(probe, 31 * 1.2)).isGreaterThan(0.97);
    assertThat(inside(probe, 31 * 0.8)).isBetween(0.5, 0.75);
  }

  /// |Σ P exp(−iπ r²/λR)| ÷ Σ|P| inside the geometric beam.
  private static double overlapWithSphere(ComplexField probe, double radius) {
    double re = 0;
    double im = 0;
    double all = 0;
    for (int r = 0; r < 128; r++) {
      for (int c = 0; c < 128; c++) {
        double square = ((r - 64) * (r - 64) + (c - 64) * (c - 64)) * 25e-9 * 25e-9;
        if (square <= 0.775e-6 * 0.775e-6) {
          double phase = Math.PI * square / (BEAM.wavelength() * radius);
          re += probe.re(r, c) * Math.cos(phase) + probe.im(r, c) * Math.sin(phase);
          im += probe.im(r, c) * Math.cos(phase) - probe.re(r, c) * Math.sin(phase);
          all += Math.hypot(probe.re(r, c), probe.im(r, c));
        }
      }
    }
    return Math.hypot(re, im) / all;
  }

  private static double inside(ComplexField probe, double radius) {
    double sum = 0;
    for (int r = 0; r < 128; r++) {
      for (int c = 0; c < 128; c++) {
        if (Math.hypot(r - 64, c - 64) <= radius) {
          sum += probe.re(r, c) * probe.re(r, c) + probe.im(r, c) * probe.im(r, c);
        }
      }
    }
    return sum;
  }

  @Test
  void astigmatismMakesALineFocus() {
    // Half the distance between the line foci before the middle, the axis of angle 0 (x) is sharp
    var plate = new ZonePlate(100e-6, 50e-9, 0, -0.25e-3, 0.5e-3, 0);
    var probe = plate.probe(BEAM, Grid.square(128, 128, 25e-9));
    assertThat(second(probe, false)).isGreaterThan(10 * second(probe, true));
  }

  private static double second(ComplexField probe, boolean alongX) {
    double sum = 0;
    for (int r = 0; r < 128; r++) {
      for (int c = 0; c < 128; c++) {
        double weight = probe.re(r, c) * probe.re(r, c) + probe.im(r, c) * probe.im(r, c);
        double away = Math.abs(alongX ? c - 64 : r - 64);
        sum += weight * away;
      }
    }
    return sum;
  }

  @Test
  void aBeamWiderThanTheFrameIsRefusedWithTheRemedy() {
    var grid = Grid.square(128, 128, 25e-9);
    assertThatThrownBy(() -> plate(0, 1.5e-3).probe(BEAM, grid))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("at most the field of one frame, 3.2 µm")
        .hasMessageContaining("reduce the defocus of 1.5 mm");
    assertThatThrownBy(() -> plate(0, 0).probe(BEAM, Grid.square(128, 128, 60e-9)))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("at least the sample pixel, 60 nm");
    assertThatThrownBy(() -> plate(100e-6, 0)).isInstanceOf(InvalidInput.class);
  }
}

package argand.physics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import argand.array.ComplexField;
import argand.array.Grid;
import argand.array.InvalidInput;
import org.junit.jupiter.api.Test;

/// Widths of foci against their formulas, within two per cent.
class FocusWidthReferenceTest {
  private static final Beam BEAM = new Beam.XRays(10_000);
  private static final KirkpatrickBaez MIRRORS =
      new KirkpatrickBaez(200e-6, 300e-6, 0.1, 0.05, 0, 0);

  /// Full width at half maximum of the intensity through the middle [pixels], by straight lines
  /// between pixels.
  private static double width(ComplexField probe, boolean alongRows) {
    int middle = (alongRows ? probe.grid().rows() : probe.grid().columns()) / 2;
    double peak = at(probe, middle, middle);
    int k = 0;
    while (at(probe, alongRows ? middle + k : middle, alongRows ? middle : middle + k) > peak / 2) {
      k++;
    }
    double outside = at(probe, alongRows ? middle + k : middle, alongRows ? middle : middle + k);
    int j = k - 1;
    double inside = at(probe, alongRows ? middle + j : middle, alongRows ? middle : middle + j);
    return 2 * (j + (inside - peak / 2) / (inside - outside));
  }

  private static double at(ComplexField probe, int r, int c) {
    return probe.re(r, c) * probe.re(r, c) + probe.im(r, c) * probe.im(r, c);
  }

  /// sinc² is 0.8859 wide; λf/a is 62.0 nm down and 20.7 nm to the right.
  @Test
  void mirrorsFocusToTheirSinc() {
    var probe = MIRRORS.probe(BEAM, Grid.square(256, 256, 2e-9));
    double down = 0.8859 * BEAM.wavelength() * 0.1 / 200e-6;
    double right = 0.8859 * BEAM.wavelength() * 0.05 / 300e-6;
    assertThat(2e-9 * width(probe, true)).isCloseTo(down, within(0.02 * down));
    assertThat(2e-9 * width(probe, false)).isCloseTo(right, within(0.02 * right));
    assertThat(probe.power()).isCloseTo(1, within(1e-5));
  }

  /// Mirrors keep their focal length: at half the energy the focus is twice as wide, in pixels that
  /// grow with the wavelength the same.
  @Test
  void mirrorsKeepTheirFocusOverEnergy() {
    var soft = new Beam.XRays(5000);
    var same = MIRRORS.probe(soft, Grid.square(256, 256, 4e-9));
    var hard = MIRRORS.probe(BEAM, Grid.square(256, 256, 2e-9));
    assertThat(width(same, true)).isCloseTo(width(hard, true), within(1e-3));
    // a zone plate: the same width in metres
    var plate = new ZonePlate(100e-6, 50e-9, 0, 0, 0, 0);
    double atHard = 4e-9 * width(plate.probe(BEAM, Grid.square(256, 256, 4e-9)), true);
    double atSoft = 4e-9 * width(plate.probe(soft, Grid.square(256, 256, 4e-9)), true);
    assertThat(atSoft).isCloseTo(atHard, within(1e-3 * atHard));
  }

  /// The width of the geometric beam behind the focus, d a/f.
  @Test
  void behindTheFocusTheBeamIsARectangle() {
    double defocus = 0.5e-3;
    var probe =
        new KirkpatrickBaez(200e-6, 300e-6, 0.1, 0.05, defocus, 0)
            .probe(BEAM, Grid.square(512, 512, 8e-9));
    double down = defocus * 200e-6 / 0.1;
    double inside = 0;
    for (int r = 0; r < 512; r++) {
      for (int c = 0; c < 512; c++) {
        inside += Math.abs(r - 256) * 8e-9 <= 0.55 * down ? at(probe, r, c) : 0;
      }
    }
    assertThat(inside).isGreaterThan(0.95);
    assertThatThrownBy(
            () ->
                new KirkpatrickBaez(200e-6, 300e-6, 0.1, 0.05, 5e-3, 0)
                    .probe(BEAM, Grid.square(512, 512, 8e-9)))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("reduce the defocus of 5 mm");
    assertThatThrownBy(() -> MIRRORS.probe(BEAM, Grid.square(64, 64, 50e-9)))
        .hasMessageContaining("at least the sample pixel, 50 nm");
  }

  /// Beryllium at 10 keV: δ = 3.41e-6, μ = 1/(9.6 mm) (Henke tables, CXRO). 50 lenses of R = 50 µm:
  /// f = 50 µm/(2·50·3.41e-6) = 146.6 mm; w = √(2R/(μn)) = 138.6 µm. The aperture of 700 µm cuts
  /// off
  /// at exp(−2(350/138.6)²) = 3e-6.
  @Test
  void anAbsorbingLensFocusesToItsGaussian() {
    var lens = new RefractiveLens(50e-6, 50, 3.41e-6, 1 / 9.6e-3, 700e-6, 0);
    assertThat(lens.focalLength()).isCloseTo(0.14663, within(1e-5));
    double w = Math.sqrt(2 * 50e-6 * 9.6e-3 / 50);
    double expected =
        Math.sqrt(2 * Math.log(2)) * BEAM.wavelength() * lens.focalLength() / (Math.PI * w);
    var probe = lens.probe(BEAM, Grid.square(256, 256, 6e-9));
    assertThat(6e-9 * width(probe, true)).isCloseTo(expected, within(0.02 * expected));
    // without absorption it is the Airy disc of its aperture, 1.029 λf/D: narrower
    var clear = new RefractiveLens(50e-6, 50, 3.41e-6, 0, 700e-6, 0);
    double airy = 1.0290 * BEAM.wavelength() * clear.focalLength() / 700e-6;
    double found = 6e-9 * width(clear.probe(BEAM, Grid.square(256, 256, 6e-9)), true);
    assertThat(found).isCloseTo(airy, within(0.02 * airy));
  }
}

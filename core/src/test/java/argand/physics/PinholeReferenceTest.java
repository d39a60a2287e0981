package argand.physics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import argand.array.Fft2;
import argand.array.Grid;
import argand.array.InvalidInput;
import org.junit.jupiter.api.Test;

class PinholeReferenceTest {
  private static final Beam BEAM = new Beam.XRays(8000);

  @Test
  void farFieldIsAnAiryPattern() {
    // Born & Wolf §8.5.2: first dark ring at sin θ = 1.2197 λ/D, second at 2.2331 λ/D
    var pinhole = new Pinhole(3e-6, 0, 0).probe(BEAM, Grid.square(256, 256, 0.1e-6));
    new Fft2(256, 256).forward(pinhole);
    double pixelsPerUnit = 256 * 0.1e-6 / 3e-6;
    var found = new double[2];
    int rings = 0;
    for (int k = 2; rings < 2; k++) {
      double before = Math.abs(pinhole.re(128, 128 + k - 1));
      double at = Math.abs(pinhole.re(128, 128 + k));
      double after = Math.abs(pinhole.re(128, 128 + k + 1));
      if (at < before && at < after) {
        found[rings++] = k / pixelsPerUnit;
      }
    }
    // found to a pixel: 0.117 of λ/D
    assertThat(found[0]).isCloseTo(1.2197, within(0.117));
    assertThat(found[1]).isCloseTo(2.2331, within(0.117));
  }

  @Test
  void onTheAxisTheFresnelZonesOpenAndClose() {
    // On the axis I = 4 sin²(πF/2) of the open wave, F = (D/2)²/(λ z): bright at F = 1, dark at F =
    // 2
    double diameter = 10e-6;
    var grid = Grid.square(256, 256, 0.1e-6);
    double zOne = 25e-12 / BEAM.wavelength();
    double bright = axis(new Pinhole(diameter, zOne, 0.3e-6), grid);
    double dark = axis(new Pinhole(diameter, zOne / 2, 0.3e-6), grid);
    // open wave of unit power in the disc: |P|² = pixel²/(π D²/4)
    double open = 1e-14 / (Math.PI * 25e-12);
    // a soft edge of 6 % of the radius takes some per cent from the edge wave's amplitude
    assertThat(bright / open).isCloseTo(4, within(0.3));
    assertThat(dark / open).isLessThan(0.05);
  }

  private static double axis(Pinhole pinhole, Grid grid) {
    return pinhole.probe(BEAM, grid).intensity().at(128, 128);
  }

  @Test
  void aPinholeTooFarAwayIsRefused() {
    var grid = Grid.square(128, 128, 0.1e-6);
    assertThatThrownBy(() -> new Pinhole(3e-6, 0.2, 0).probe(BEAM, grid))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("move the pinhole nearer");
    assertThatThrownBy(() -> new Pinhole(0.3e-6, 0, 0).probe(BEAM, grid))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("at least 4 sample pixels, 400 nm");
  }
}

package argand.physics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import argand.array.Grid;
import argand.array.InvalidInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Constants, wavelengths and geometry against published numbers.
class BeamReferenceTest {
  // P. Mohr et al., CODATA recommended values of the fundamental physical constants: 2022,
  // Rev. Mod. Phys. 97, 025002 (2025); NIST, physics.nist.gov/constants.
  @Test
  void constantsAreThoseOfCodata2022() {
    assertThat(Constants.PLANCK).isEqualTo(6.62607015e-34);
    assertThat(Constants.LIGHT_SPEED).isEqualTo(299792458.0);
    assertThat(Constants.CHARGE).isEqualTo(1.602176634e-19);
    assertThat(Constants.AVOGADRO).isEqualTo(6.02214076e23);
    assertThat(Constants.BOLTZMANN).isEqualTo(1.380649e-23);
    // h c/e = 1.239 841 984… × 10⁻⁶ eV m
    assertThat(Constants.HC_EV_M).isCloseTo(1.239_841_984e-6, within(5e-16));
    // electron mass energy equivalent 0.510 998 950 69(16) MeV
    assertThat(Constants.ELECTRON_REST_EV).isEqualTo(510_998.950_69);
    // classical electron radius 2.817 940 3205(13) × 10⁻¹⁵ m
    assertThat(Constants.ELECTRON_RADIUS).isEqualTo(2.817_940_3205e-15);
    // and they are consistent: r_e = α ħ/(m c) = α (h c/e)/(2π m c²/e), α = 7.297 352 5643e-3
    assertThat(7.297_352_5643e-3 * Constants.HC_EV_M / (2 * Math.PI * Constants.ELECTRON_REST_EV))
        .isCloseTo(Constants.ELECTRON_RADIUS, within(5e-24));
  }

  // λ E = h c: 12.398 42 keV and 1 Å belong together.
  @Test
  void anAngstromIsTwelvePointFourKiloelectronvolt() {
    assertThat(new Beam.XRays(12_398.42).wavelength()).isCloseTo(1e-10, within(1e-17));
    assertThat(new Beam.Light(633e-9).energyEv()).isCloseTo(1.9587, within(5e-5));
  }

  // L. Reimer and H. Kohl, Transmission Electron Microscopy, 5th ed., table 2.1; E. Kirkland,
  // Advanced Computing in Electron Microscopy, table 2.2: wavelengths to four digits.
  @ParameterizedTest
  @CsvSource({"80e3, 4.1757", "200e3, 2.5079", "300e3, 1.9687"})
  void electronsAreRelativistic(double energyEv, double picometres) {
    assertThat(new Beam.Electrons(energyEv).wavelength() * 1e12)
        .isCloseTo(picometres, within(5e-5));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.7, 8, 12.658})
  void whatLooksLikeKeVIsRefused(double energyEv) {
    assertThatThrownBy(() -> new Beam.XRays(energyEv))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("looks like keV");
  }

  @Test
  void electronsInKeVAreRefused() {
    assertThatThrownBy(() -> new Beam.Electrons(200))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("looks like keV");
    for (double energyEv : new double[] {Double.NaN, 0, -1, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> new Beam.XRays(energyEv)).isInstanceOf(InvalidInput.class);
      assertThatThrownBy(() -> new Beam.Electrons(energyEv)).isInstanceOf(InvalidInput.class);
    }
  }

  // N. Samadi et al., doi 10.5281/zenodo.17899482, and the example script of cdtools: focus to
  // sample 3.65 mm, sample to detector 1.12 m, pixels of 55 µm.
  @Test
  void theNearFieldSetupOfBeamlineP25() {
    var geometry =
        new Geometry(
            new Beam.XRays(12_658),
            1.12,
            Grid.square(100, 100, 55e-6),
            Geometry.Regime.NEAR_FIELD,
            3.65e-3);
    assertThat(geometry.magnification()).isCloseTo(307.85, within(5e-3));
    assertThat(geometry.sample().pixelX() * 1e9).isCloseTo(178.66, within(5e-3));
    assertThat(geometry.effectiveDistance() * 1e3).isCloseTo(3.6381, within(5e-5));
    var propagator = Propagator.of(geometry);
    assertThat(propagator).isInstanceOf(FresnelScaling.class);
    assertThat(propagator.to().pixelY()).isCloseTo(55e-6, within(1e-15));
  }

  // Δx = λ z/(N Δ): 1 Å, 5 m, 256 pixels of 75 µm
  @Test
  void theFarFieldPixel() {
    var geometry =
        Geometry.farField(new Beam.XRays(12_398.42), 5, new Grid(256, 128, 75e-6, 75e-6));
    assertThat(geometry.sample().pixelY() * 1e9).isCloseTo(26.0417, within(1e-4));
    assertThat(geometry.sample().pixelX() * 1e9).isCloseTo(52.0833, within(1e-4));
    assertThat(geometry.magnification()).isEqualTo(1);
    // and the propagator's detector has the pixels of the geometry's
    assertThat(Propagator.of(geometry).to().pixelY()).isCloseTo(75e-6, within(1e-15));
  }
}

package argand.physics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import argand.array.ComplexField;
import argand.array.Grid;
import argand.array.InvalidInput;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What every propagator owes: energy, adjoint, inverse, and that distances add.
///
/// Tolerance: a transform in single precision errs by about 2e-7 relative, a propagator has at most
/// two of them and two tables rounded to 6e-8; 2e-6 leaves a factor four.
class PropagatorLawTest {
  private static final double TOLERANCE = 2e-6;
  private static final double WAVELENGTH = 1e-10;

  // an odd and an even number, unequal pixels: nothing may lean on a square
  private static final Grid GRID = new Grid(45, 64, 60e-9, 50e-9);

  // N Δ²/λ is 1.62 mm along y and 1.60 mm along x
  static List<Propagator> lossless() {
    return List.of(
        new AngularSpectrum(GRID, WAVELENGTH, 1.3e-3),
        new AngularSpectrum(GRID, WAVELENGTH, -1.3e-3),
        new AngularSpectrum(GRID, WAVELENGTH, 0),
        new Fresnel(GRID, WAVELENGTH, 2e-3),
        new Fresnel(GRID, WAVELENGTH, -2e-3),
        new Fraunhofer(GRID, WAVELENGTH, 1),
        new FresnelScaling(GRID, WAVELENGTH, 1, 1.2e-3),
        new FresnelScaling(GRID, WAVELENGTH, 1e-3, Double.POSITIVE_INFINITY));
  }

  static List<Propagator> all() {
    // 2.5 mm cuts off a part of the band of this grid
    var all = new java.util.ArrayList<>(lossless());
    all.add(new AngularSpectrum(GRID, WAVELENGTH, 2.5e-3));
    return all;
  }

  @ParameterizedTest
  @MethodSource("lossless")
  void energyIsKept(Propagator propagator) {
    var wave = random(1);
    double before = wave.power();
    propagator.forward(wave);
    assertThat(wave.power()).isCloseTo(before, within(TOLERANCE * before));
  }

  @ParameterizedTest
  @MethodSource("lossless")
  void backwardUndoesForward(Propagator propagator) {
    var wave = random(2);
    var there = wave.copy();
    propagator.forward(there);
    assertThat(distance(there, wave))
        .as("the wave does change")
        .satisfiesAnyOf(
            d -> assertThat(d).isGreaterThan(0.1),
            d -> assertThat(isIdentity(propagator)).isTrue());
    propagator.backward(there);
    assertThat(distance(there, wave)).isLessThan(TOLERANCE);
  }

  @ParameterizedTest
  @MethodSource("all")
  void backwardIsTheAdjoint(Propagator propagator) {
    var x = random(3);
    var y = random(4);
    var ax = x.copy();
    propagator.forward(ax);
    var ay = y.copy();
    propagator.backward(ay);
    double[] left = product(ax, y);
    double[] right = product(x, ay);
    double scale = Math.sqrt(x.power() * y.power());
    assertThat(left[0]).isCloseTo(right[0], within(TOLERANCE * scale));
    assertThat(left[1]).isCloseTo(right[1], within(TOLERANCE * scale));
  }

  @Test
  void distancesAdd() {
    var once = random(5);
    var twice = once.copy();
    new AngularSpectrum(GRID, WAVELENGTH, 1.2e-3).forward(once);
    new AngularSpectrum(GRID, WAVELENGTH, 0.5e-3).forward(twice);
    assertThat(distance(twice, once)).isGreaterThan(0.1);
    new AngularSpectrum(GRID, WAVELENGTH, 0.7e-3).forward(twice);
    assertThat(distance(twice, once)).isLessThan(TOLERANCE);
  }

  @Test
  void insideTheBandBackwardUndoesForwardBeyondTheLosslessDistanceToo() {
    var cut = new AngularSpectrum(GRID, WAVELENGTH, 2.5e-3);
    var inBand = random(6);
    double full = inBand.power();
    cut.forward(inBand);
    cut.backward(inBand);
    assertThat(inBand.power()).as("a part is lost").isLessThan(0.9 * full);
    var again = inBand.copy();
    cut.forward(again);
    cut.backward(again);
    assertThat(distance(again, inBand)).isLessThan(TOLERANCE);
  }

  @Test
  void theFresnelTransformGoesBackFromItsOwnGrid() {
    var there = new Fresnel(GRID, WAVELENGTH, 1.7e-3);
    var wave = random(7);
    var moved = wave.copy();
    there.forward(moved);
    // the far grid carries the way back only when the near one is at its critical distance, so the
    // law is asked of the tables: −z is the conjugate of +z
    var mirrored = new ComplexField(GRID);
    for (int r = 0; r < GRID.rows(); r++) {
      for (int c = 0; c < GRID.columns(); c++) {
        mirrored.set(r, c, wave.re(r, c), -wave.im(r, c));
      }
    }
    new Fresnel(GRID, WAVELENGTH, -1.7e-3).forward(mirrored);
    for (int r = 0; r < GRID.rows(); r++) {
      for (int c = 0; c < GRID.columns(); c++) {
        assertThat(mirrored.re(r, c)).isCloseTo(moved.re(r, c), within(1e-4f));
        assertThat(mirrored.im(r, c)).isCloseTo(-moved.im(r, c), within(1e-4f));
      }
    }
  }

  @Test
  void theTransferFunctionHasItsZeroInTheCornerAndUnitModulusInTheBand() {
    var h = AngularSpectrum.transfer(GRID, WAVELENGTH, 1.3e-3);
    assertThat(h.re(0, 0)).isEqualTo(1f);
    assertThat(h.im(0, 0)).isEqualTo(0f);
    double f = GRID.frequencyX();
    // exp(2πi z (√(1/λ² − f²) − 1/λ)) to second order: the next is 1e-9 of it
    double phase = -Math.PI * WAVELENGTH * 1.3e-3 * f * f;
    assertThat(h.re(0, 1)).isCloseTo((float) Math.cos(phase), within(1e-6f));
    assertThat(h.im(0, 1)).isCloseTo((float) Math.sin(phase), within(1e-6f));
    assertThat(h.im(0, GRID.columns() - 1)).isEqualTo(h.im(0, 1));
    assertThat(h.power()).isCloseTo(GRID.size(), within(1e-6 * GRID.size()));
  }

  @Test
  void wavesThatDoNotTravelAreDropped() {
    // pixels of λ/4: frequencies up to 2/λ, of which those beyond 1/λ are evanescent
    var grid = Grid.square(32, 32, WAVELENGTH / 4 + 1e-13);
    var h = AngularSpectrum.transfer(grid, WAVELENGTH, 0);
    assertThat(h.re(0, 1)).isEqualTo(1f);
    assertThat(h.re(0, 16)).isEqualTo(0f);
  }

  @Test
  void aTooLongAngularSpectrumNamesTheRemedies() {
    // 2 N Δ²/λ = 2 · 64 · (50 nm)²/1 Å = 3.2 mm
    var grid = Grid.square(64, 64, 50e-9);
    assertThatThrownBy(() -> new AngularSpectrum(grid, WAVELENGTH, 6.4e-3))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("6.4 mm")
        .hasMessageContaining("at most 3.2 mm")
        .hasMessageContaining("keep only 25 %")
        .hasMessageContaining("at least 128 rows")
        .hasMessageContaining("Fresnel");
    new AngularSpectrum(Grid.square(128, 128, 50e-9), WAVELENGTH, 6.4e-3);
    new Fresnel(grid, WAVELENGTH, 6.4e-3);
  }

  @Test
  void aTooShortFresnelTransformNamesTheRemedies() {
    var grid = Grid.square(64, 64, 50e-9);
    assertThatThrownBy(() -> new Fresnel(grid, WAVELENGTH, 0.8e-3))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("at least 1.6 mm")
        .hasMessageContaining("at most 32 rows")
        .hasMessageContaining("angular spectrum");
    new Fresnel(Grid.square(32, 32, 50e-9), WAVELENGTH, 0.8e-3);
    assertThatThrownBy(() -> new Fresnel(grid, WAVELENGTH, 0)).isInstanceOf(InvalidInput.class);
  }

  @Test
  void aTooNearFarFieldNamesTheRemedies() {
    // L²/(2λ) = (3.2 µm)²/2 Å = 51.2 mm
    var grid = Grid.square(64, 64, 50e-9);
    assertThatThrownBy(() -> new Fraunhofer(grid, WAVELENGTH, 0.04))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("at least 51.2 mm")
        .hasMessageContaining("at most 2.828 µm");
    new Fraunhofer(grid, WAVELENGTH, 0.0512);
    assertThatThrownBy(() -> new Fraunhofer(grid, WAVELENGTH, -1))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("downstream");
  }

  @Test
  void lengthsAreWrittenAsAPersonWritesThem() {
    assertThat(Metres.text(5e-8)).isEqualTo("50 nm");
    assertThat(Metres.text(1e-3)).isEqualTo("1 mm");
    assertThat(Metres.text(-0.1786613)).isEqualTo("-178.7 mm");
    assertThat(Metres.text(120)).isEqualTo("120 m");
    assertThat(Metres.text(999.96e-9)).isEqualTo("1000 nm");
    assertThat(Metres.text(0)).isEqualTo("0.0 m");
  }

  @Test
  void aWaveOfAnotherSizeIsRefused() {
    var wave = new ComplexField(Grid.square(64, 64, 50e-9));
    for (Propagator propagator : all()) {
      assertThatThrownBy(() -> propagator.forward(wave)).isInstanceOf(InvalidInput.class);
      assertThatThrownBy(() -> propagator.backward(wave)).isInstanceOf(InvalidInput.class);
    }
  }

  @Test
  void theGeometryChooses() {
    var rays = new Beam.XRays(12_398.42);
    var detector = Grid.square(64, 64, 75e-6);
    assertThat(Propagator.of(Geometry.farField(rays, 2, detector))).isInstanceOf(Fraunhofer.class);
    // light over 10 cm onto pixels of 50 µm: λz = 5e-8 m² against N Δ² = 1.6e-7 m² and 2 · 2.5e-9
    var near = Geometry.farField(new Beam.Light(500e-9), 0.1, Grid.square(64, 64, 50e-6));
    var fresnel = Propagator.of(near);
    assertThat(fresnel).isInstanceOf(Fresnel.class);
    assertThat(fresnel.to().pixelX()).isCloseTo(50e-6, within(1e-15));
    var projection = new Geometry(rays, 1, detector, Geometry.Regime.NEAR_FIELD, 2e-3);
    var scaled = Propagator.of(projection);
    assertThat(scaled).isInstanceOf(FresnelScaling.class);
    assertThat(scaled.to().pixelX()).isCloseTo(75e-6, within(1e-15));
  }

  private static boolean isIdentity(Propagator propagator) {
    var h = new ComplexField(GRID).setAll(1, 0);
    h.set(3, 5, 2, 0);
    var same = h.copy();
    propagator.forward(same);
    return distance(same, h) < TOLERANCE;
  }

  static ComplexField random(long seed) {
    var random = new SplittableRandom(seed);
    var field = new ComplexField(GRID);
    for (int r = 0; r < GRID.rows(); r++) {
      for (int c = 0; c < GRID.columns(); c++) {
        field.set(r, c, (float) random.nextDouble(-1, 1), (float) random.nextDouble(-1, 1));
      }
    }
    return field;
  }

  /// ‖a − b‖/‖b‖
  static double distance(ComplexField a, ComplexField b) {
    double sum = 0;
    for (int r = 0; r < b.grid().rows(); r++) {
      for (int c = 0; c < b.grid().columns(); c++) {
        double x = a.re(r, c) - b.re(r, c);
        double y = a.im(r, c) - b.im(r, c);
        sum += x * x + y * y;
      }
    }
    return Math.sqrt(sum / b.power());
  }

  /// ⟨a, b⟩ = Σ a conj(b)
  private static double[] product(ComplexField a, ComplexField b) {
    double re = 0;
    double im = 0;
    for (int r = 0; r < a.grid().rows(); r++) {
      for (int c = 0; c < a.grid().columns(); c++) {
        re += (double) a.re(r, c) * b.re(r, c) + (double) a.im(r, c) * b.im(r, c);
        im += (double) a.im(r, c) * b.re(r, c) - (double) a.re(r, c) * b.im(r, c);
      }
    }
    return new double[] {re, im};
  }
}

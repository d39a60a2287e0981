package argand.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import argand.array.Grid;
import argand.array.Mask;
import argand.array.RealField;
import argand.data.EnergyStack;
import argand.data.Findings;
import argand.data.Findings.FoundMap;
import argand.data.PhaseImages;
import argand.data.Planes;
import argand.data.Quality;
import argand.data.Quantity;
import argand.data.Source;
import argand.data.Spectrum;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;

class SeriesComparisonTest {
  private static final Grid TRUTH = Grid.square(120, 140, 8e-9);

  /// The pixel of another energy, another field.
  private static final Grid FOUND = Grid.square(110, 124, 8.2e-9);

  private static final double[] ENERGIES = {700, 708.2, 710.2};
  private static final double[] PEAK = {0.2, 1.5, 2};

  /// Thickness of an ellipse with soft rim, at a place [m] from its middle.
  private static double thick(double y, double x) {
    double away = Math.hypot(y / 300e-9, x / 400e-9);
    return (1 + 0.3 * x / 400e-9) * step((1 - away) * 300e-9, 15e-9);
  }

  private static double step(double away, double width) {
    return 0.5 + 0.5 * Math.tanh(2.1972 * away / width);
  }

  /// Two borders along y, both of 20 nm from a tenth to nine tenths.
  private static double share(double y, double x, double width) {
    return 1 - step(x + 150e-9, width) + step(x - 150e-9 + 0.2 * y, width);
  }

  private static RealField drawn(Grid grid, double y0, double x0, DoubleBinaryOperator of) {
    var field = new RealField(grid);
    for (int r = 0; r < grid.rows(); r++) {
      for (int c = 0; c < grid.columns(); c++) {
        double y = (r - grid.rows() / 2) * grid.pixelY() - y0;
        double x = (c - grid.columns() / 2) * grid.pixelX() - x0;
        field.set(r, c, (float) of.applyAsDouble(y, x));
      }
    }
    return field;
  }

  /// @param noise of optical density, phase and share
  private static EnergyStack stack(
      Grid grid, double y0, double x0, double noise, double width, double tilt) {
    var random = new SplittableRandom(5);
    var images = new RealField[ENERGIES.length];
    var phases = new RealField[ENERGIES.length];
    for (int e = 0; e < images.length; e++) {
      double peak = PEAK[e];
      images[e] = drawn(grid, y0, x0, (y, x) -> peak * thick(y, x) + noise * random.nextGaussian());
      phases[e] =
          drawn(
              grid,
              y0,
              x0,
              (y, x) -> -0.4 * peak * thick(y, x) + tilt * x + noise * random.nextGaussian());
    }
    var share = drawn(grid, y0, x0, (y, x) -> share(y, x, width) + noise * random.nextGaussian());
    var other = drawn(grid, y0, x0, (y, x) -> 0);
    boolean[] good = new boolean[grid.size()];
    var there = drawn(grid, y0, x0, SeriesComparisonTest::thick);
    for (int i = 0; i < good.length; i++) {
      other.values()[i] = 1 - share.values()[i];
      good[i] = grid.equals(FOUND) || there.values()[i] > 0.5;
    }
    return EnergyStack.of(
            ENERGIES, Planes.of(List.of(images)), Quantity.OPTICAL_DENSITY, Source.NONE)
        .withMask(new Mask(grid, good))
        .withFindings(
            Findings.NONE
                .with(FoundMap.of("fraction of LiFePO4", "", other))
                .with(FoundMap.of("fraction of FePO4", "", share)))
        .withPhase(Optional.of(new PhaseImages(Planes.of(List.of(phases)), Optional.empty())));
  }

  private static final EnergyStack KNOWN = stack(TRUTH, 0, 0, 0, 20e-9, 0);

  private static double metric(Quality quality, String name) {
    return quality.metrics().getOrDefault(name, Double.NaN);
  }

  @Test
  void anotherPixelAndAnotherPlaceAreTakenOffAndNothingElse() {
    // noise of 0.02 of a peak of 2.6 … the rest is the interpolation at the rim
    var found = stack(FOUND, 31e-9, -17e-9, 0.02, 20e-9, 0);
    var quality = SeriesComparison.between(found, KNOWN);
    assertThat(metric(quality, "registeredTo")).isGreaterThan(0.97);
    assertThat(metric(quality, "opticalDensityRms")).isBetween(0.007, 0.011);
    assertThat(metric(quality, "opticalDensitySpectrumRms")).isLessThan(0.002);
    assertThat(metric(quality, "phaseRms")).isBetween(0.018, 0.023);
    assertThat(metric(quality, "phaseSpectrumRms")).isLessThan(0.002);
    assertThat(metric(quality, "phaseRampRms")).isLessThan(0.002);
    assertThat(metric(quality, "fractionOfFePO4Rmse")).isBetween(0.018, 0.025);
    assertThat(metric(quality, "pixelClassAccuracy")).isGreaterThan(0.99);
    assertThat(metric(quality, "areaFractionError.FePO4")).isCloseTo(0, within(0.005));
    // read between pixels of 8 nm: a little wider than drawn
    assertThat(metric(quality, "boundaryWidthOfTruth")).isCloseTo(21e-9, within(2e-9));
    assertThat(metric(quality, "boundaryWidth")).isCloseTo(21e-9, within(2e-9));
  }

  @Test
  void aSofterBorderARampAndAnotherSampleAreSeen() {
    var found = stack(FOUND, 31e-9, -17e-9, 0.02, 60e-9, 4e5);
    var quality = SeriesComparison.between(found, KNOWN);
    assertThat(metric(quality, "boundaryWidth")).isCloseTo(60e-9, within(6e-9));
    assertThat(metric(quality, "fractionOfFePO4Rmse")).isGreaterThan(0.05);
    // 4e5 rad/m over a field of 124 · 8.2 nm: rms 4e5 · 1017 nm/√12
    assertThat(metric(quality, "phaseRampRms")).isCloseTo(0.117, within(0.01));
    assertThat(metric(quality, "phaseRms")).isGreaterThan(0.05);
  }

  @Test
  void mapsAndSpectraAreComparedWithoutADensity() {
    double[] peak = {0.01, 0.05, -0.03};
    var known =
        KNOWN.withFindings(
            KNOWN
                .findings()
                .with(Spectrum.of("dichroism", ENERGIES, peak, Quantity.OPTICAL_DENSITY)));
    var like = stack(FOUND, 31e-9, -17e-9, 0.02, 20e-9, 0);
    double[] own = {0.01, 0.03, -0.05};
    var found =
        like.withImages(like.images(), Optional.empty(), Quantity.PHASE)
            .withFindings(
                like.findings()
                    .with(Spectrum.of("dichroism", ENERGIES, own, Quantity.OPTICAL_DENSITY)));
    var quality = SeriesComparison.between(found, known);
    assertThat(quality.metrics()).doesNotContainKey("opticalDensityRms");
    assertThat(metric(quality, "fractionOfFePO4Correlation")).isGreaterThan(0.99);
    // √((0.02² + 0.02²)/3)/0.05
    assertThat(metric(quality, "dichroismRms")).isCloseTo(0.327, within(0.001));
    assertThat(metric(quality, "dichroismPeakShiftEv")).isCloseTo(2, within(1e-9));
  }

  @Test
  void whatSharesNothingIsNotCompared() {
    var images = List.of(new RealField(FOUND));
    var found =
        EnergyStack.of(
            new double[] {500}, Planes.of(images), Quantity.OPTICAL_DENSITY, Source.NONE);
    var quality = SeriesComparison.between(found, KNOWN);
    assertThat(quality.metrics()).isEmpty();
    assertThat(quality.verdict().getFirst()).contains("shares no energy");
  }
}

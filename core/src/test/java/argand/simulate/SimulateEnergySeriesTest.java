package argand.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import argand.array.InvalidInput;
import argand.array.RealField;
import argand.array.Workers;
import argand.data.EnergyStack;
import argand.flow.Maker;
import argand.flow.QuietWatch;
import argand.flow.Watch;
import argand.phantom.MagneticStripes;
import argand.phantom.PhosphatePlatelet;
import argand.physics.Polarization;
import argand.physics.ZonePlate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SimulateEnergySeriesTest {
  private static final ZonePlate PLATE = new ZonePlate(240e-6, 90e-9, 95e-6, 12e-6, 0, 0);
  private static final List<Double> ENERGIES = List.of(700.0, 708.2, 710.2, 720.0);

  /// Frames of 32² and pixels of 32 nm.
  private static SimulateEnergySeries series(
      DetectorChain detector,
      double drift,
      double light,
      SimulateEnergySeries.Focus focus,
      List<Polarization> polarizations) {
    return new SimulateEnergySeries(
        PhosphatePlatelet.plain(),
        ENERGIES,
        polarizations,
        58.6e-3,
        32,
        100e-6,
        PLATE,
        focus,
        0,
        new RasterScan(200e-9, 4, 4, 0),
        detector,
        drift,
        light,
        0,
        Optional.of(PLATE.withDefocus(13e-6)),
        2,
        2,
        1);
  }

  private static SimulateEnergySeries plain() {
    return series(DetectorChain.ideal(1e5), 0, 0, SimulateEnergySeries.Focus.FOLLOWED, List.of());
  }

  private static RealField frame(Maker.Made made, int j) {
    var frame = new RealField(made.scan().frames().grid());
    made.scan().frames().read(j, frame);
    return frame;
  }

  @Test
  void thePixelOfTheSampleFollowsTheWavelength() {
    var series = plain();
    assertThat(series.count()).isEqualTo(4);
    assertThat(series.name(1)).isEqualTo("002-708.20eV");
    var first = series.make(0, Watch.SILENT);
    var last = series.make(3, Watch.SILENT);
    assertThat(first.scan().geometry().beam().energyEv()).isEqualTo(700);
    double ratio = first.truth().object().grid().pixelX() / last.truth().object().grid().pixelX();
    assertThat(ratio).isCloseTo(720.0 / 700, within(1e-9));
    // the probe, too: followed by the zone plate it keeps its shape in pixels
    assertThat(first.scan().probe()).isPresent();
  }

  @Test
  void eachCanBeMadeAloneAndByAnyNumberOfThreads() {
    var detector = DetectorChain.photonCounting(1e5);
    var series = series(detector, 30e-9, 0.1, SimulateEnergySeries.Focus.FOLLOWED, List.of());
    series.make(0, Watch.SILENT);
    var one = series.make(2, Watch.SILENT);
    var three = new Workers(3);
    var same =
        series(detector, 30e-9, 0.1, SimulateEnergySeries.Focus.FOLLOWED, List.of())
            .make(
                2,
                new QuietWatch() {
                  @Override
                  public Workers workers() {
                    return three;
                  }
                });
    for (int j = 0; j < 16; j++) {
      assertThat(frame(same, j).values()).isEqualTo(frame(one, j).values());
    }
    // every energy has its own noise
    assertThat(frame(series.make(1, Watch.SILENT), 0).values())
        .isNotEqualTo(frame(one, 0).values());
  }

  @Test
  void theStageDriftsAndTheLightChanges() {
    var series =
        series(
            DetectorChain.ideal(1e5), 30e-9, 0.1, SimulateEnergySeries.Focus.FOLLOWED, List.of());
    var first = series.make(0, Watch.SILENT);
    var later = series.make(3, Watch.SILENT);
    assertThat(first.scan().positions().y()).isEqualTo(later.scan().positions().y());
    assertThat(first.truth().positions().y()).isEqualTo(first.scan().positions().y());
    double away = later.truth().positions().y()[0] - later.scan().positions().y()[0];
    assertThat(Math.abs(away)).isBetween(1e-9, 200e-9);
    for (int j = 0; j < 16; j++) {
      assertThat(later.truth().positions().y()[j] - later.scan().positions().y()[j])
          .isCloseTo(away, within(1e-15));
    }
    double light = later.truth().probe().power() / 1e5;
    assertThat(Math.abs(light - first.truth().probe().power() / 1e5)).isBetween(0.005, 0.5);
    // without either they stay
    var still = plain().make(3, Watch.SILENT);
    assertThat(still.truth().positions().y()).isEqualTo(still.scan().positions().y());
  }

  @Test
  void theCommonTruthHasTheOpticalDensityAndPhaseOfEachScan() {
    var series = plain();
    EnergyStack truth = series.commonTruth().orElseThrow();
    assertThat(truth.energyEv()).containsExactly(700, 708.2, 710.2, 720);
    var made = series.make(2, Watch.SILENT);
    var object = made.truth().object();
    var grid = object.grid();
    var density = truth.images().plane(2);
    var wrong = truth.images().plane(1);
    var phase = truth.phase().orElseThrow().images().plane(2);
    // in the middle of a stripe of FePO₄ and of one of LiFePO₄
    for (double place : new double[] {-0.01e-6, 0.26e-6}) {
      int row = (int) Math.round(-made.truth().origin().y() / grid.pixelY()) + 16;
      int column = (int) Math.round((place - made.truth().origin().x()) / grid.pixelX()) + 16;
      double x = made.truth().origin().x() + (column - 16) * grid.pixelX();
      assertThat(x).isCloseTo(place, within(grid.pixelX()));
      double od = -2 * Math.log(Math.hypot(object.re(row, column), object.im(row, column)));
      double angle = Math.atan2(object.im(row, column), object.re(row, column));
      int r = truth.grid().rows() / 2;
      int c = truth.grid().columns() / 2 + (int) Math.round(x / truth.grid().pixelX());
      // the band limit of 32 nm rings by a few per cent near borders, half a pixel of the ramp
      assertThat(density.at(r, c)).isCloseTo((float) od, within(0.08f));
      assertThat(phase.at(r, c)).isCloseTo((float) angle, within(0.06f));
      assertThat(Math.abs(wrong.at(r, c) - od)).isGreaterThan(0.3);
    }
    assertThat(density.max()).isBetween(1.5f, 2.5f);
    var share = truth.findings().map("fraction of FePO4").orElseThrow().values();
    assertThat(share.at(truth.grid().rows() / 2, truth.grid().columns() / 2))
        .isCloseTo(1, within(0.02f));
    assertThat(truth.findings().clusters().orElseThrow().count()).isEqualTo(4);
  }

  @Test
  void aKeptZonePlateLosesItsFocus() {
    // 8 eV away the focus of f = 12 mm is 140 µm off: wider than a frame
    assertThatThrownBy(
            () ->
                series(DetectorChain.ideal(1e5), 0, 0, SimulateEnergySeries.Focus.KEPT, List.of())
                    .make(0, Watch.SILENT))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("width of the beam at the sample");
  }

  @Test
  void everyEnergyIsTakenInEveryLight() {
    var series =
        series(
            DetectorChain.ideal(1e5),
            0,
            0,
            SimulateEnergySeries.Focus.FOLLOWED,
            List.of(new Polarization.Circular(0.95), new Polarization.Circular(-0.95)));
    assertThat(series.count()).isEqualTo(8);
    assertThat(series.name(3)).isEqualTo("004-708.20eV-circular-0.9500");
    assertThat(series.beam(3).energyEv()).isEqualTo(708.2);
    assertThat(series.beam(3).polarization()).contains(new Polarization.Circular(-0.95));
  }

  @Test
  void theCommonTruthOfBothHelicitiesIsTheDichroism() {
    var series =
        new SimulateEnergySeries(
            new MagneticStripes(2e-6, 800e-9, 1e-6, 50e-9, 0),
            List.of(7225.0, 7242.0, 7248.0),
            List.of(new Polarization.Circular(0.95), new Polarization.Circular(-0.95)),
            2.57,
            32,
            172e-6,
            new ZonePlate(200e-6, 120e-9, 60e-6, 0.28e-3, 0, 0),
            SimulateEnergySeries.Focus.FOLLOWED,
            0,
            new RasterScan(400e-9, 3, 3, 0),
            DetectorChain.ideal(1e5),
            0,
            0,
            0,
            Optional.empty(),
            2,
            2,
            1);
    var truth = series.commonTruth().orElseThrow();
    var plus = series.make(2, Watch.SILENT).truth().object();
    var minus = series.make(3, Watch.SILENT).truth().object();
    // the middle of the objects and of the truth is the middle of the sample: x = 0 is a wall of a
    // domain that is along the beam to its right
    int row = plus.grid().rows() / 2;
    for (int step : new int[] {-2, 2}) { // pixels of 80 nm
      int column = plus.grid().columns() / 2 + step;
      double ratio =
          Math.hypot(plus.re(row, column), plus.im(row, column))
              / Math.hypot(minus.re(row, column), minus.im(row, column));
      double expected =
          truth.images().plane(1).at(truth.grid().rows() / 2, truth.grid().columns() / 2 + step);
      assertThat(Math.abs(expected)).isGreaterThan(0.003);
      assertThat(-2 * Math.log(ratio) / 0.95)
          .isCloseTo(expected, within(0.15 * Math.abs(expected)));
    }
    var map = truth.findings().map("magnetic dichroism").orElseThrow().values();
    assertThat(map.max()).isCloseTo(-map.min(), within(1e-4f));
    var spectrum = truth.findings().spectra().getFirst();
    assertThat(spectrum.name()).isEqualTo("dichroism in absorption");
    // strongest at the first line, the other sign at the second, next to none off the edge
    assertThat(spectrum.values()[1]).isGreaterThan(0.003);
    assertThat(spectrum.values()[2]).isLessThan(0);
    assertThat(Math.abs(spectrum.values()[0])).isLessThan(0.2 * spectrum.values()[1]);
  }

  @Test
  void energiesMustRise() {
    assertThatThrownBy(
            () ->
                new SimulateEnergySeries(
                    PhosphatePlatelet.plain(),
                    List.of(700.0, 700.0),
                    List.of(),
                    58.6e-3,
                    32,
                    100e-6,
                    PLATE,
                    SimulateEnergySeries.Focus.FOLLOWED,
                    0,
                    new RasterScan(200e-9, 4, 4, 0),
                    DetectorChain.ideal(1e5),
                    0,
                    0,
                    0,
                    Optional.empty(),
                    2,
                    2,
                    1))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("number 2 is 700.0 eV after 700.0 eV");
  }
}

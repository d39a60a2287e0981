package argand.ptycho;

import static org.assertj.core.api.Assertions.assertThat;

import argand.data.DiffractionScan;
import argand.data.ScanPositions;
import argand.flow.Maker.Made;
import argand.flow.Watch;
import argand.simulate.SimulateExtendedScan;
import argand.simulate.SimulateScan;
import argand.simulate.SnakeScan;
import argand.simulate.StageMotion;
import argand.simulate.StandardCase;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Lines that are flown through, each exposure 5 px long and begun where the last one ended, on a
/// stage that misses by 1.2 px rms along each axis and wanders by 2 px and back, which the file
/// does not know. The instrument exposes 21 places along each way, evenly spaced. Errors are rms
/// over both axes, after removing a translation and nothing else [px of the sample].
class PositionsFlyScanTruthTest {
  private static final double WAY = 5;

  private static Made made(long seed) {
    var s = StandardCase.misplaced(64, 90, 1.2, seed);
    double pixel = s.geometry().sample().pixelY();
    var plain =
        new SimulateScan(
            s.beam(),
            s.distance(),
            s.size(),
            s.pixel(),
            s.regime(),
            s.focusDistance(),
            s.phantom(),
            s.optics(),
            new SnakeScan(WAY * pixel, 9, 10, 0.1),
            s.detector(),
            s.positionError(),
            s.startProbe(),
            2,
            2,
            seed);
    return SimulateExtendedScan.of(plain)
        .moving(new StageMotion(0, WAY * pixel, 1, false))
        .make(0, Watch.SILENT);
  }

  /// The same frames with positions that know nothing of the drift.
  private static DiffractionScan drifted(DiffractionScan scan) {
    double pixel = scan.geometry().sample().pixelY();
    double[] y = scan.positions().y().clone();
    double[] x = scan.positions().x().clone();
    for (int j = 0; j < y.length; j++) {
      double t = 2.0 * j / y.length - 1;
      y[j] -= pixel * 2 * (t * t - 1.0 / 3);
      x[j] -= pixel * 1.5 * t * t * t;
    }
    return new DiffractionScan(
        scan.geometry(),
        new ScanPositions(y, x),
        scan.frames(),
        scan.mask(),
        scan.probe(),
        scan.source());
  }

  private static WaveModel flown(DiffractionScan scan) {
    return WaveModel.of(new FlyScan(0, WAY * scan.geometry().sample().pixelX(), 3));
  }

  /// Of 2.0 px are left 0.05 px (0.2 is asked for), and the object is as good as with true
  /// positions (0.030, 0.029) where without refinement it is ten times as far off. Refined by a
  /// model in which the stage stands still, 0.4 px are left and an NRMSE of 0.16.
  @Test
  void errorsAndDriftOf2PxAreFoundInAFlyScan() {
    var made = made(1);
    var scan = drifted(made.scan());
    var truth = made.truth().positions();
    var plain = Ptychography.of(LsqMl.DEFAULT, 30);
    var flying = plain.withModel(flown(scan));
    var found = flying.refining(Positions.DEFAULT).apply(scan, Watch.SILENT);
    assertThat(PositionsTruthTest.error(scan.positions(), truth, made)).isGreaterThan(1.9);
    assertThat(PositionsTruthTest.error(found.positions(), truth, made)).isLessThan(0.1);
    double nrmse = PositionsTruthTest.nrmse(found, made);
    assertThat(nrmse).isLessThan(0.04);
    // the negative controls: positions of the file, and a stage that is said to stand still
    var believed = flying.apply(scan, Watch.SILENT);
    assertThat(PositionsTruthTest.nrmse(believed, made)).isGreaterThan(5 * nrmse);
    var still = plain.refining(Positions.DEFAULT).apply(scan, Watch.SILENT);
    assertThat(PositionsTruthTest.error(still.positions(), truth, made)).isGreaterThan(0.2);
    assertThat(PositionsTruthTest.nrmse(still, made)).isGreaterThan(3 * nrmse);
  }

  /// Measured after 40 passes: 0.048, 0.062, 0.054 px by LSQ-ML and 0.065 px by maximum likelihood,
  /// which with annealing instead of the grid leaves 0.95 px: its object follows lost views.
  @Tag("slow")
  @ParameterizedTest
  @CsvSource({"1, lsqMl", "2, lsqMl", "3, lsqMl", "1, maximumLikelihood"})
  void sameWithOtherSeedsSearchesAndMethods(long seed, String method) {
    var made = made(seed);
    var scan = drifted(made.scan());
    boolean batches = "lsqMl".equals(method);
    var by = batches ? LsqMl.DEFAULT : MaximumLikelihood.DEFAULT;
    var annealing = Positions.of(new PositionSearch.Annealing(6, 8, 20, 1), 12);
    for (var how : batches ? List.of(Positions.DEFAULT, annealing) : List.of(Positions.DEFAULT)) {
      var found =
          Ptychography.of(by, 40).withModel(flown(scan)).refining(how).apply(scan, Watch.SILENT);
      assertThat(PositionsTruthTest.error(found.positions(), made.truth().positions(), made))
          .isLessThan(0.1);
      assertThat(PositionsTruthTest.nrmse(found, made)).isLessThan(0.035);
    }
  }

  /// Every eighth view by 8 px: a search finds them, slopes do not.
  @Tag("slow")
  @Test
  void annealingFindsOutliersOf8PxInAFlyScan() {
    var made = made(4);
    var truth = made.truth().positions();
    var right = made.scan();
    var scan =
        PositionsTruthTest.withOutliers(
            new DiffractionScan(
                right.geometry(),
                truth,
                right.frames(),
                right.mask(),
                right.probe(),
                right.source()),
            8);
    var flying = Ptychography.of(LsqMl.DEFAULT, 40).withModel(flown(scan));
    var annealing =
        new Positions(
            3,
            1,
            new PositionSearch.Annealing(10, 24, 20, 1),
            10,
            12,
            PixelSize.FIXED,
            Optional.empty());
    var found = flying.refining(annealing).apply(scan, Watch.SILENT);
    assertThat(PositionsTruthTest.error(found.positions(), truth, made)).isLessThan(0.2);
    var slopes = Positions.of(new PositionSearch.None(), 12);
    var lost = flying.refining(slopes).apply(scan, Watch.SILENT);
    assertThat(PositionsTruthTest.error(lost.positions(), truth, made)).isGreaterThan(0.5);
  }
}

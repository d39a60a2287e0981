package argand.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import argand.array.ComplexField;
import argand.array.RealField;
import argand.array.Workers;
import argand.data.DiffractionScan;
import argand.data.Frames;
import argand.data.Reconstruction;
import argand.data.ScanMaps;
import argand.flow.Watch;
import argand.metric.Gauge;
import argand.metric.Specimen;
import argand.ptycho.MaximumLikelihood;
import argand.ptycho.Positions;
import argand.ptycho.Ptychography;
import argand.ptycho.Rpie;
import argand.simulate.StandardCase;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/// What a result shows by itself, and where its misfit sits.
class RemainsTest {
  private static final double PIXEL = 20e-9;
  private static final Reconstruction SOUND =
      new Specimen(3, 2 * 128 * PIXEL, 4 * PIXEL).reconstruction(128, PIXEL, 0);

  private static Reconstruction with(ComplexField object) {
    return new Reconstruction(
        object,
        SOUND.probe(),
        SOUND.positions(),
        SOUND.origin(),
        SOUND.geometry(),
        0,
        SOUND.residuals(),
        SOUND.quality(),
        SOUND.source());
  }

  @Test
  void ofASoundImageNothingIsSaid() {
    var remains = Remains.of(SOUND);
    assertThat(remains.findings()).isEmpty();
    assertThat(remains.metrics()).containsEntry("phaseVortices", 0.0);
    assertThat(remains.metrics().get("phaseRampPx")).isLessThan(0.3);
  }

  /// Five vortices of either sign, each surrounded by its turn of the phase.
  @Test
  void vorticesAreCounted() {
    var object = SOUND.object().copy();
    int[][] cores = {{50, 50}, {50, 75}, {64, 60}, {75, 52}, {78, 76}};
    for (int r = 0; r < 128; r++) {
      for (int c = 0; c < 128; c++) {
        double phase = 0;
        for (int k = 0; k < cores.length; k++) {
          phase += (k % 2 == 0 ? 1 : -1) * Math.atan2(r - cores[k][0] - 0.5, c - cores[k][1] - 0.5);
        }
        double re = object.re(r, c) * Math.cos(phase) - object.im(r, c) * Math.sin(phase);
        double im = object.re(r, c) * Math.sin(phase) + object.im(r, c) * Math.cos(phase);
        object.set(r, c, (float) re, (float) im);
      }
    }
    var remains = Remains.of(with(object));
    assertThat(remains.metrics()).containsEntry("phaseVortices", 5.0);
    assertThat(remains.findings())
        .anySatisfy(
            finding -> {
              assertThat(finding.cause()).isEqualTo(Cause.PHASE_VORTICES);
              assertThat(finding.sentence()).contains("5 points");
            });
  }

  /// A ramp of 2π · 4/64 for each pixel is a diffraction four detector pixels beside the middle
  /// of a frame of 64.
  @Test
  void aRampIsMeasuredInDetectorPixels() {
    var ramp = new Gauge(1, 0, 2 * Math.PI * 4 / 64, 0, 0, 0);
    var remains = Remains.of(with(ramp.inject(SOUND.object())));
    assertThat(remains.metrics().get("phaseRampPx")).isCloseTo(4, within(0.3));
    assertThat(remains.findings().getFirst().cause()).isEqualTo(Cause.PHASE_RAMP);
    var small = new Gauge(1, 0, 2 * Math.PI * 0.5 / 64, 0, 0, 0);
    assertThat(Remains.of(with(small.inject(SOUND.object()))).findings()).isEmpty();
  }

  @Test
  void positionsThatHaveNotSettledAreNamed() {
    var scan = StandardCase.misplaced(64, 120, 1.5, 3).make(0, Watch.SILENT).scan();
    assertThat(causes(scan, 6)).contains(Cause.POSITIONS_MOVING);
    assertThat(causes(scan, 40)).doesNotContain(Cause.POSITIONS_MOVING);
  }

  private static java.util.List<Cause> causes(DiffractionScan scan, int passes) {
    var result =
        Ptychography.of(MaximumLikelihood.DEFAULT, passes)
            .refining(Positions.DEFAULT)
            .apply(scan, Watch.SILENT);
    return Remains.of(result).findings().stream().map(Finding::cause).toList();
  }

  /// Views in one corner of the scan, and a block of the detector, count more than they should:
  /// both maps show where.
  @Test
  void mapsShowWhereTheMisfitSits() {
    var scan = TrialSets.sound(3).make(0, Watch.SILENT).scan();
    var result = Ptychography.of(Rpie.DEFAULT, 30).apply(scan, Watch.SILENT);
    var grid = scan.frames().grid();
    double middle = java.util.Arrays.stream(scan.positions().y()).average().orElseThrow();
    var spoiled = new ArrayList<RealField>();
    for (int j = 0; j < scan.frames().count(); j++) {
      var frame = new RealField(grid);
      scan.frames().read(j, frame);
      boolean below = scan.positions().y()[j] > middle;
      for (int r = 0; r < grid.rows(); r++) {
        for (int c = 0; c < grid.columns(); c++) {
          double factor = (below ? 1.5 : 1) * (r < 32 && c < 32 ? 1.3 : 1);
          frame.values()[r * grid.columns() + c] *= (float) factor;
        }
      }
      spoiled.add(frame);
    }
    var changed =
        new DiffractionScan(
            scan.geometry(),
            scan.positions(),
            Frames.of(spoiled),
            scan.mask(),
            scan.probe(),
            scan.source());
    var maps =
        MisfitMaps.of(
            Residuals.of(changed, result, Workers.ONE),
            scan.positions(),
            5 * result.object().grid().pixelY(),
            grid);
    var over = maps.getFirst();
    assertThat(over.name()).isEqualTo("Misfit over the scan");
    int rows = over.values().grid().rows();
    assertThat(mean(over, 0.6, 1, 0, 1)).isGreaterThan(1.5 * mean(over, 0, 0.4, 0, 1));
    assertThat(rows).isGreaterThan(50);
    var detector = maps.get(1);
    assertThat(detector.values().grid()).isEqualTo(grid);
    assertThat(mean(detector, 0.2, 0.5, 0.2, 0.5))
        .isGreaterThan(1.2 * mean(detector, 0.5, 0.8, 0.5, 0.8));

    var sound =
        MisfitMaps.of(
            Residuals.of(scan, result, Workers.ONE),
            scan.positions(),
            5 * result.object().grid().pixelY(),
            grid);
    double ratio = mean(sound.getFirst(), 0.6, 1, 0, 1) / mean(sound.getFirst(), 0, 0.4, 0, 1);
    assertThat(ratio).as("negative control").isBetween(0.8, 1.25);
  }

  /// Over a part of the map, in shares of its sides; what is not known is left out.
  private static double mean(
      ScanMaps.Map map, double top, double bottom, double left, double right) {
    var grid = map.values().grid();
    double sum = 0;
    int count = 0;
    for (int r = (int) (top * grid.rows()); r < bottom * grid.rows(); r++) {
      for (int c = (int) (left * grid.columns()); c < right * grid.columns(); c++) {
        if (Float.isFinite(map.values().at(r, c))) {
          sum += map.values().at(r, c);
          count++;
        }
      }
    }
    return sum / count;
  }
}

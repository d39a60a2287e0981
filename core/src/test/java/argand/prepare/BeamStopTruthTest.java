package argand.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argand.array.InvalidInput;
import argand.array.RealField;
import argand.data.DiffractionScan;
import argand.data.Frames;
import argand.flow.Watch;
import argand.physics.ZonePlate;
import argand.simulate.SimulateScan;
import argand.simulate.StandardCase;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/// The shadow of a beam stop with its wire, put into simulated frames, is found.
class BeamStopTruthTest {
  private static final int N = 64;

  /// A lens without central stop, so that the middle is bright.
  private static final DiffractionScan OPEN = open();

  private static DiffractionScan open() {
    var s = StandardCase.farField(N, 3);
    var lens = (ZonePlate) s.optics();
    return new SimulateScan(
            s.beam(),
            s.distance(),
            s.size(),
            s.pixel(),
            s.regime(),
            s.focusDistance(),
            s.phantom(),
            new ZonePlate(lens.diameter(), lens.outerZone(), 0, lens.defocus(), 0, 0),
            s.scan(),
            s.detector(),
            0,
            s.startProbe(),
            2,
            2,
            3)
        .make(0, Watch.SILENT)
        .scan();
  }

  /// A disc of five pixels that lets through two per cent, and a wire of three columns downwards.
  private static boolean covered(int i) {
    double y = i / N - N / 2;
    double x = i % N - N / 2;
    return Math.hypot(y, x) <= 5 || (Math.abs(x) <= 1 && y > 0);
  }

  private static DiffractionScan stopped(DiffractionScan scan) {
    var frames = new ArrayList<RealField>();
    for (int j = 0; j < scan.frames().count(); j++) {
      var frame = Scans.read(scan, j);
      for (int i = 0; i < N * N; i++) {
        frame.values()[i] *= covered(i) ? 0.02f : 1;
      }
      frames.add(frame);
    }
    return new DiffractionScan(
        scan.geometry(),
        scan.positions(),
        Frames.of(frames),
        scan.mask(),
        scan.probe(),
        scan.source());
  }

  /// The wire is seen as far as there is light around it: over the cone, a radius of 13 pixels.
  @Test
  void discAndWireAreMasked() {
    var found =
        new BeamStop(java.util.OptionalInt.empty(), java.util.OptionalInt.empty(), 0.1, 0)
            .apply(stopped(OPEN), Watch.SILENT);
    boolean[] good = found.mask().orElseThrow().good();
    int missed = 0;
    int extra = 0;
    for (int i = 0; i < N * N; i++) {
      double radius = Math.hypot(i / N - N / 2, i % N - N / 2);
      missed += covered(i) && radius <= 13 && good[i] ? 1 : 0;
      extra += !covered(i) && !good[i] ? 1 : 0;
    }
    assertThat(missed).isZero();
    assertThat(extra).isLessThan(8);
    int bare = found.mask().orElseThrow().count();
    var wide = BeamStop.defaults().apply(stopped(OPEN), Watch.SILENT);
    assertThat(wide.mask().orElseThrow().count()).isLessThan(bare - 60);
  }

  @Test
  void whereThereIsNoneItIsRefused() {
    assertThatThrownBy(() -> BeamStop.defaults().apply(OPEN, Watch.SILENT))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("row 32, column 32")
        .hasMessageContaining("leave the step out");
  }
}

package argand.ptycho;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argand.array.ComplexField;
import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.Mask;
import argand.array.RealField;
import argand.data.DiffractionScan;
import argand.data.Frames;
import argand.data.Probe;
import argand.data.ScanPositions;
import argand.data.Source;
import argand.flow.Diverged;
import argand.flow.Watch;
import argand.physics.Beam;
import argand.physics.Geometry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What ptychography refuses, and in which words.
class PtychographyInputTest {
  private static final int N = 16;
  private static final Geometry GEOMETRY =
      Geometry.farField(new Beam.XRays(8000), 1, Grid.square(N, N, 75e-6));
  private static final double PIXEL = GEOMETRY.sample().pixelY();
  private static final Ptychography PTYCHOGRAPHY = Ptychography.of(Rpie.DEFAULT, 2);

  private static DiffractionScan scan(double step, float counts, Optional<Mask> mask) {
    List<RealField> frames = new ArrayList<>();
    double[] y = new double[4];
    double[] x = new double[4];
    for (int j = 0; j < 4; j++) {
      var frame = new RealField(GEOMETRY.detector());
      java.util.Arrays.fill(frame.values(), 3);
      frame.values()[5] = counts;
      frames.add(frame);
      y[j] = j / 2 * step;
      x[j] = j % 2 * step;
    }
    return new DiffractionScan(
        GEOMETRY, new ScanPositions(y, x), Frames.of(frames), mask, Optional.empty(), Source.NONE);
  }

  private static void refused(DiffractionScan scan, String... words) {
    assertThatThrownBy(() -> PTYCHOGRAPHY.apply(scan, Watch.SILENT))
        .isInstanceOf(InvalidInput.class)
        .satisfies(e -> assertThat(e.getMessage()).contains(words));
  }

  @Test
  void aGoodScanIsNotRefused() {
    var result = PTYCHOGRAPHY.apply(scan(3 * PIXEL, 3, Optional.empty()), Watch.SILENT);
    assertThat(result.object().grid().rows()).isEqualTo(N + 3);
    assertThat(result.residuals()).hasSize(2);
  }

  @Test
  void micrometresTakenForMetresAreSeenByTheFieldOfView() {
    refused(scan(3e6 * PIXEL, 3, Optional.empty()), "field of view of", "pixels", "µm", "unit");
  }

  @Test
  void stepsFarBelowAPixelAreSeen() {
    refused(scan(3e-6 * PIXEL, 3, Optional.empty()), "pixel size");
  }

  @Test
  void negativeAndInfiniteCountsNameFrameAndPixel() {
    refused(scan(3 * PIXEL, -1, Optional.empty()), "frame 0, row 0, column 5", "-1.0");
    refused(
        scan(3 * PIXEL, Float.POSITIVE_INFINITY, Optional.empty()),
        "frame 0, row 0, column 5",
        "Infinity");
  }

  /// NaN is a pixel not to be trusted in one frame: no constraint, and not a count.
  @Test
  void aPixelOfOneFrameThatIsNoNumberConstrainsNothing() {
    var amplitudes = new Amplitudes(scan(3 * PIXEL, Float.NaN, Optional.empty()));
    int unshifted = (N / 2) * N + (5 + N / 2) % N;
    for (int j = 0; j < amplitudes.views(); j++) {
      assertThat(amplitudes.of(j, new float[0])[unshifted]).isEqualTo(-1);
      assertThat(amplitudes.counts(j)).isEqualTo(3 * (N * N - 1));
    }
    var result = PTYCHOGRAPHY.apply(scan(3 * PIXEL, Float.NaN, Optional.empty()), Watch.SILENT);
    assertThat(result.residuals()).allMatch(Double::isFinite);
  }

  @Test
  void maskedPixelsMayHoldAnything() {
    boolean[] good = new boolean[N * N];
    java.util.Arrays.fill(good, true);
    good[5] = false;
    var scan = scan(3 * PIXEL, Float.NaN, Optional.of(new Mask(GEOMETRY.detector(), good)));
    assertThat(PTYCHOGRAPHY.apply(scan, Watch.SILENT).residuals()).allMatch(Double::isFinite);
  }

  @Test
  void aMaskThatTrustsNothing() {
    refused(
        scan(3 * PIXEL, 3, Optional.of(new Mask(GEOMETRY.detector(), new boolean[N * N]))),
        "bad everywhere");
  }

  @Test
  void framesWithoutLight() {
    boolean[] good = new boolean[N * N];
    good[5] = true;
    refused(
        scan(3 * PIXEL, 0, Optional.of(new Mask(GEOMETRY.detector(), good))),
        "zero in every good pixel");
  }

  @Test
  void aProbeThatIsNotInTheFile() {
    var verb = Ptychography.of(Rpie.DEFAULT, 2).withProbe(new ProbeStart.FromFile());
    assertThatThrownBy(() -> verb.apply(scan(3 * PIXEL, 3, Optional.empty()), Watch.SILENT))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("fromFrames");
  }

  @Test
  void numbersThatRunAwayStopTheRun() {
    var good = scan(3 * PIXEL, 3, Optional.empty());
    var probe = new ComplexField(GEOMETRY.sample()).setAll(1, 0);
    probe.set(3, 3, Float.NaN, 0);
    var bad =
        new DiffractionScan(
            good.geometry(),
            good.positions(),
            good.frames(),
            good.mask(),
            Optional.of(Probe.of(probe)),
            Source.NONE);
    for (var method : List.of(Rpie.DEFAULT, new Epie(1, 1), DifferenceMap.DEFAULT, Raar.DEFAULT)) {
      assertThatThrownBy(() -> Ptychography.of(method, 3).apply(bad, Watch.SILENT))
          .isInstanceOf(Diverged.class);
    }
  }

  /// Steps far beyond what converges: every number stays finite, and the waves outgrow the frames.
  @Test
  void aResidualFarAboveThatOfNoWaveAtAllStopsTheRun() {
    var sim = Simulated.of(new Simulated.Setup(32, 16, 5, 1e5, false, 3));
    var wild = Ptychography.of(new Rpie(1e-4, 1e-4, 2, 2, 0), 400);
    assertThatThrownBy(() -> wild.apply(sim.scan, Watch.SILENT))
        .isInstanceOf(Diverged.class)
        .hasMessageContaining("that of no wave at all is 1");
  }

  @Test
  void amplitudesStayWithinTheirBounds() {
    var object = new ComplexField(Grid.square(2, 2, 1e-6));
    object.set(0, 0, 0, 3);
    object.set(0, 1, -0.1f, 0);
    object.set(1, 1, 0.6f, 0.6f);
    new Constraints(1, 0.5, 1).apply(object);
    assertThat(object.im(0, 0)).isEqualTo(1f);
    assertThat(object.re(0, 1)).isEqualTo(-0.5f);
    assertThat(object.re(1, 0)).isEqualTo(0.5f);
    assertThat(object.re(1, 1)).isEqualTo(0.6f);
  }

  @Test
  void splitHalfNeedsEnoughViews() {
    assertThatThrownBy(
            () ->
                new SplitHalf(PTYCHOGRAPHY)
                    .apply(scan(3 * PIXEL, 3, Optional.empty()), Watch.SILENT))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("number of views");
  }

  @Test
  void splitHalfTellsHowFarTheHalvesAgree() {
    var sim = Simulated.of(new Simulated.Setup(64, 120, 4, 1e6, false, 3));
    var result = new SplitHalf(Ptychography.of(Rpie.DEFAULT, 20)).apply(sim.scan, Watch.SILENT);
    assertThat(result.quality().metrics())
        .containsKeys("relativeAmplitudeError", "splitHalfFrcMean");
    // no more than a correlation, and more than the halves of noise would give
    assertThat(result.quality().metrics().get("splitHalfFrcMean")).isBetween(0.3, 1.0);
    assertThat(result.quality().figures()).containsKey("Residual").hasSize(2);
  }
}

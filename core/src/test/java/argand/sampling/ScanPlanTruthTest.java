package argand.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import argand.data.DiffractionScan;
import argand.data.ScanPositions;
import argand.flow.Maker;
import argand.flow.Watch;
import argand.phantom.Phantom;
import argand.phantom.Texture;
import argand.sampling.ProbeSize.Origin;
import argand.simulate.DetectorChain;
import argand.simulate.RasterScan;
import argand.simulate.ScanPattern;
import argand.simulate.SimulateScan;
import argand.simulate.StandardCase;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ScanPlanTruthTest {
  private static final SimulateScan CASE = StandardCase.farField(64, 1);
  private static final DiffractionScan SOUND = CASE.make(0, Watch.SILENT).scan();

  @Test
  void aSoundScanIsNotWarnedOf() {
    var plan = ScanPlan.of(SOUND);
    assertThat(plan.warnings()).isEmpty();
    assertThat(plan.probe().origin()).isEqualTo(Origin.START_PROBE);
    // defocus makes the start probe 1.2 × 0.25 of the frame, of which steps are 0.078; its fringes
    // widen it by a few per cent
    assertThat(plan.linearOverlap()).isCloseTo(1 - 0.078 / 0.3, within(0.04));
    // 0.25e6 for 64² detector pixels, the texture's transmission known to a few per cent
    assertThat(plan.countsPerFrame()).isCloseTo(0.25e6, within(0.025e6));
    double pixel = plan.geometry().sample().pixelY();
    double expected = 200 * plan.countsPerFrame() * pixel * pixel / plan.fieldArea();
    assertThat(plan.countsPerPixel()).isCloseTo(expected, within(1e-9 * expected));
  }

  @Test
  void speckleMeasuresTheProbeOnFineDetail() {
    // 64 frames scatter a lag by an eighth, 25
    // smoothed lags less, cut at a twentieth of the peak: 15 % in all
    assertThat(seen(3)).isCloseTo(1, within(0.15));
    // detail as coarse as half the probe: a lower bound only, and said to be one
    assertThat(seen(8)).isBetween(0.4, 0.85);
  }

  /// Probe's size by speckle ÷ truth, detail of so many pixels.
  private static double seen(double detail) {
    double pixel = CASE.geometry().sample().pixelY();
    var made = made(new Texture(detail * pixel, 0.6, 1, 2, 1), CASE.scan(), 4e5);
    var size = ScanPlan.of(without(made.scan())).probe();
    assertThat(size.origin()).isEqualTo(Origin.SPECKLE);
    return size.diameter() / ProbeSize.of(made.truth().probe()).diameter();
  }

  @Test
  void noOverlapIsNamed() {
    var control = StandardCase.withoutOverlap(64, 1).make(0, Watch.SILENT).scan();
    for (var scan : new DiffractionScan[] {control, without(control)}) {
      var plan = ScanPlan.of(scan);
      assertThat(plan.linearOverlap()).isZero();
      assertThat(plan.warnings().getFirst()).contains("overlap by 0 %").contains("step by");
    }
  }

  @Test
  void fewPhotonsAreNamed() {
    var dim = made(CASE.phantom(), CASE.scan(), 500).scan();
    assertThat(ScanPlan.of(dim).warnings()).singleElement().asString().contains("expose longer");
  }

  @Test
  void aProbeAtTheEdgeOfTheFrameIsNamed() {
    // every second pixel binned away: the field of view halves
    double field = 64 * CASE.geometry().sample().pixelY();
    var small = new argand.prepare.Bin(2).apply(SOUND, Watch.SILENT);
    var smaller = new argand.prepare.Bin(4).apply(SOUND, Watch.SILENT);
    assertThat(ScanPlan.of(small).probe().diameter()).isLessThan(0.4 * field);
    assertThat(ScanPlan.of(small).warnings()).noneMatch(w -> w.contains("touches"));
    assertThat(ScanPlan.of(smaller).warnings()).anyMatch(w -> w.contains("touches the edge"));
  }

  @Test
  void onlyARegularGridIsARaster() {
    double step = 1e-6;
    ScanPattern raster = new RasterScan(step, 12, 12, 0);
    assertThat(Spacing.of(raster.positions(new SplittableRandom(1))).raster()).isTrue();
    assertThat(Spacing.of(jittered(raster, 0.02 * step)).raster()).isTrue();
    assertThat(Spacing.of(jittered(raster, 0.2 * step)).raster()).isFalse();
    assertThat(Spacing.of(SOUND.positions()).raster()).isFalse();
    assertThat(Spacing.of(raster.positions(new SplittableRandom(1))).nearest())
        .isCloseTo(step, within(1e-9 * step));
  }

  private static ScanPositions jittered(ScanPattern pattern, double rms) {
    var random = new SplittableRandom(3);
    var p = pattern.positions(random);
    double[] y = Arrays.stream(p.y()).map(v -> v + rms * random.nextGaussian()).toArray();
    double[] x = Arrays.stream(p.x()).map(v -> v + rms * random.nextGaussian()).toArray();
    return new ScanPositions(y, x);
  }

  private static DiffractionScan without(DiffractionScan scan) {
    return new DiffractionScan(
        scan.geometry(),
        scan.positions(),
        scan.frames(),
        scan.mask(),
        Optional.empty(),
        scan.source());
  }

  private static Maker.Made made(Phantom phantom, ScanPattern pattern, double photons) {
    return new SimulateScan(
            CASE.beam(),
            CASE.distance(),
            CASE.size(),
            CASE.pixel(),
            CASE.regime(),
            CASE.focusDistance(),
            phantom,
            CASE.optics(),
            pattern,
            DetectorChain.photonCounting(photons),
            0,
            CASE.startProbe(),
            2,
            2,
            1)
        .make(0, Watch.SILENT);
  }
}

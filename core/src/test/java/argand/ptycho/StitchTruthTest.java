package argand.ptycho;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argand.array.ComplexField;
import argand.array.Grid;
import argand.data.DiffractionScan;
import argand.data.Probe;
import argand.data.Quality;
import argand.data.Reconstruction;
import argand.data.ScanPositions;
import argand.data.Source;
import argand.flow.Watch;
import argand.physics.Beam;
import argand.physics.Geometry;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Four tiles of a known object, each with a phase, a ramp and an amplitude of its own, become the
/// object again; without matching the seams show. And a scan that is cut into regions.
class StitchTruthTest {
  private static final int N = 128;
  private static final int PROBE = 32;
  private static final Geometry GEOMETRY =
      Geometry.farField(new Beam.XRays(8000), 5, Grid.square(PROBE, PROBE, 75e-6));
  private static final double PIXEL = GEOMETRY.sample().pixelY();
  private static final double NOISE = 0.03;

  private static double phase(double row, double column) {
    return 0.8 * Math.sin(row / 9) * Math.cos(column / 13) + 0.5 * Math.cos((row + column) / 21);
  }

  /// @param row of the mosaic under its first row; a fraction moves it between pixels
  private static Reconstruction tile(double row, double column, double[] gauge, long seed) {
    var object = new ComplexField(Grid.square(N, N, PIXEL));
    var random = new SplittableRandom(seed);
    for (int r = 0; r < N; r++) {
      for (int c = 0; c < N; c++) {
        double angle =
            phase(row + r, column + c) + gauge[0] + gauge[1] * (r - 64) + gauge[2] * (c - 64);
        double amplitude = gauge[3] * (0.8 + 0.2 * Math.sin((row + r) / 17));
        object.set(
            r,
            c,
            (float) (amplitude * Math.cos(angle) + NOISE * random.nextGaussian()),
            (float) (amplitude * Math.sin(angle) + NOISE * random.nextGaussian()));
      }
    }
    var probe = new ComplexField(GEOMETRY.sample());
    for (int r = 0; r < PROBE; r++) {
      for (int c = 0; c < PROBE; c++) {
        double square = (r - 16) * (r - 16) + (c - 16) * (c - 16);
        probe.set(r, c, (float) Math.exp(-square / 50), 0);
      }
    }
    var y = new ArrayList<Double>();
    var x = new ArrayList<Double>();
    for (int r = 0; r <= N - PROBE; r += 6) {
      for (int c = 0; c <= N - PROBE; c += 6) {
        y.add((row + r) * PIXEL);
        x.add((column + c) * PIXEL);
      }
    }
    return new Reconstruction(
        object,
        new Probe(List.of(probe)),
        new ScanPositions(
            y.stream().mapToDouble(d -> d).toArray(), x.stream().mapToDouble(d -> d).toArray()),
        new Reconstruction.Origin(row * PIXEL, column * PIXEL),
        GEOMETRY,
        0,
        List.of(),
        Quality.NONE,
        Source.NONE);
  }

  private static List<Reconstruction> tiles() {
    return List.of(
        tile(0, 0, new double[] {0, 0, 0, 1}, 1),
        tile(0, 64, new double[] {2.9, 0.02, -0.03, 1.1}, 2),
        tile(64, 0.3, new double[] {-2.5, -0.04, 0.01, 0.9}, 3),
        tile(64.4, 64, new double[] {1.3, 0.03, 0.05, 1.3}, 4));
  }

  private static double metric(Reconstruction picture, String name) {
    return Objects.requireNonNull(picture.quality().metrics().get(name), name);
  }

  @Test
  void fourTilesMeetWithin20Milliradians() {
    var joined = new Stitch(true).gather(tiles(), Watch.SILENT);
    assertThat(metric(joined, "seamStep")).isLessThan(0.02);
    assertThat(metric(joined, "seamStepBefore")).isGreaterThan(0.5);
    assertThat(metric(joined, "tiles")).isEqualTo(4);
    assertThat(joined.positions().count()).isEqualTo(4 * 17 * 17);
    // noise of a pixel over an amplitude of 0.6 … 1, no more
    assertThat(error(joined)).isLessThan(1.3 * NOISE);
    var placed = new Stitch(false).gather(tiles(), Watch.SILENT);
    assertThat(metric(placed, "seamStep")).isGreaterThan(0.5);
    assertThat(error(placed)).isGreaterThan(10 * NOISE);
  }

  /// Root mean square of the phase against the truth, where the tiles are well lit [rad]; the first
  /// tile has the truth's gauge.
  private static double error(Reconstruction joined) {
    double sum = 0;
    int count = 0;
    for (int r = 20; r < 170; r++) {
      for (int c = 20; c < 170; c++) {
        double truth = phase(r, c);
        double re = joined.object().re(r, c);
        double im = joined.object().im(r, c);
        double cos = Math.cos(truth);
        double sin = Math.sin(truth);
        double miss = Math.atan2(im * cos - re * sin, re * cos + im * sin);
        sum += miss * miss;
        count++;
      }
    }
    return Math.sqrt(sum / count);
  }

  @Test
  void partsThatDoNotMeetAreRefused() {
    var far = tile(0, 400, new double[] {0, 0, 0, 1}, 5);
    assertThatThrownBy(
            () -> new Stitch(true).gather(List.of(tiles().getFirst(), far), Watch.SILENT))
        .hasMessageContaining("part 2 of 2")
        .hasMessageContaining("overlap");
  }

  /// The amplitudes of one region are less than those of all; seams of a real reconstruction.
  @Test
  void aScanCutIntoRegionsIsWholeAgain() {
    var sim = Simulated.of(new Simulated.Setup(64, 220, 5, 0, false, 5));
    var scan = withProbe(sim);
    var verb = new Regions(Ptychography.of(Rpie.DEFAULT, 30), 2, 2, 0.3);
    assertThat(verb.memoryBytes(scan)).isLessThan(verb.ptychography().memoryBytes(scan));
    var joined = verb.apply(scan, Watch.SILENT);
    assertThat(metric(joined, "seamStep")).isLessThan(0.02);
    assertThat(metric(joined, "tiles")).isEqualTo(4);
  }

  private static DiffractionScan withProbe(Simulated sim) {
    var scan = sim.scan;
    return new DiffractionScan(
        scan.geometry(),
        scan.positions(),
        scan.frames(),
        scan.mask(),
        java.util.Optional.of(new Probe(List.of(sim.probe))),
        scan.source());
  }
}

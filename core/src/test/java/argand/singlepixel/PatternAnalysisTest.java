package argand.singlepixel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import argand.array.Grid;
import argand.array.RealField;
import argand.array.Workers;
import argand.data.BucketSignal;
import argand.data.Exposure;
import argand.data.Findings;
import argand.data.Planes;
import argand.data.Source;
import argand.data.StructuredScan;
import argand.flow.Watch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Figures of pattern sets where they are known, direct inversion and ghost imaging.
class PatternAnalysisTest {
  private static final int SIDE = 16;
  private static final Grid GRID = Grid.square(SIDE, SIDE, 1e-8);

  private static List<RealField> noise(int count, long seed) {
    var random = new SplittableRandom(seed);
    var all = new ArrayList<RealField>();
    for (int j = 0; j < count; j++) {
      var plane = new RealField(GRID);
      for (int i = 0; i < GRID.size(); i++) {
        plane.values()[i] = (float) random.nextDouble();
      }
      all.add(plane);
    }
    return all;
  }

  private static RealField disc() {
    var disc = new RealField(GRID);
    for (int i = 0; i < GRID.size(); i++) {
      double away = Math.hypot(i / SIDE - 7.0, i % SIDE - 8.0);
      disc.values()[i] = away < 5 ? (float) (1 + 0.1 * (i % 3)) : 0;
    }
    return disc;
  }

  /// δ by its definition, pair by pair.
  @Test
  void rowDependenceIsTheMeanOverPairs() {
    var planes = noise(7, 1);
    var analysis = new PatternAnalysis(Planes.of(planes));
    double sum = 0;
    for (int i = 0; i < 7; i++) {
      for (int j = 0; j < 7; j++) {
        sum += i == j ? 0 : PatternAnalysis.correlation(series(planes, i), series(planes, j));
      }
    }
    assertThat(analysis.rowDependence(7)).isCloseTo(sum / 42, within(1e-9));
  }

  private static double[] series(List<RealField> planes, int j) {
    double[] series = new double[GRID.size()];
    for (int i = 0; i < series.length; i++) {
      series[i] = planes.get(j).values()[i];
    }
    return series;
  }

  /// Independent pixels: √(2/πn) by chance; a set shown twice keeps it, while its δ rises.
  @Test
  void pixelDependenceFallsAsChanceHasIt() {
    var planes = noise(200, 2);
    var analysis = new PatternAnalysis(Planes.of(planes));
    assertThat(analysis.pixelDependence(200, 40))
        .isCloseTo(Math.sqrt(2 / (Math.PI * 200)), within(0.003));
    assertThat(analysis.pixelDependence(50, 40))
        .isGreaterThan(1.8 * analysis.pixelDependence(200, 40));
    var twice = new ArrayList<>(planes.subList(0, 20));
    twice.addAll(planes.subList(0, 20));
    var doubled = new PatternAnalysis(Planes.of(twice));
    // 20 of the 780 pairs are the same pattern
    assertThat(doubled.rowDependence(40) - doubled.rowDependence(20) * 760 / 780)
        .isCloseTo(20.0 / 780, within(2e-3));
    assertThat(doubled.pixelDependence(40, 40))
        .isCloseTo(doubled.pixelDependence(20, 40), within(1e-9));
  }

  /// A raster scan of one pixel after the other: pixels correlate −1/(M − 1), as good as not.
  @Test
  void theDependenceMapOfARasterScanIsEmpty() {
    var raster = new ArrayList<RealField>();
    for (int j = 0; j < GRID.size(); j++) {
      var plane = new RealField(GRID);
      plane.values()[j] = 1;
      raster.add(plane);
    }
    var map = new PatternAnalysis(Planes.of(raster)).dependenceMap(GRID.size(), 4);
    assertThat(map.grid().rows()).isEqualTo(GRID.size() - 1);
    assertThat((double) map.max()).isCloseTo(-1.0 / (GRID.size() - 1), within(1e-6));
  }

  /// Neighbours that share light stand at the top of the map.
  @Test
  void theNearestStandFirst() {
    var smooth = new ArrayList<RealField>();
    for (var plane : noise(300, 3)) {
      var blurred = new RealField(GRID);
      for (int i = 0; i < GRID.size(); i++) {
        int right = i % SIDE == SIDE - 1 ? i : i + 1;
        blurred.values()[i] = plane.values()[i] + plane.values()[right];
      }
      smooth.add(blurred);
    }
    var map = new PatternAnalysis(Planes.of(smooth)).dependenceMap(300, 1);
    // the target lies at the left edge: of its three nearest the one to the right shares half its
    // light; chance adds 1/√300 for each
    assertThat(map.at(0, 0) + map.at(1, 0) + map.at(2, 0)).isBetween(0.3f, 0.7f);
    double far = 0;
    for (int k = 100; k < 200; k++) {
      far += Math.abs(map.at(k, 0)) / 100;
    }
    assertThat(far).isLessThan(0.08);
  }

  @Test
  void invertibilityIsOneWithAllAndRisesWithTheirNumber() {
    var analysis = new PatternAnalysis(Planes.of(noise(GRID.size(), 4)));
    double few = analysis.invertibility(13, disc(), Workers.ONE);
    double half = analysis.invertibility(128, disc(), Workers.ONE);
    assertThat(few).isLessThan(0.4);
    assertThat(half).isBetween(few, 0.95);
    assertThat(analysis.invertibility(GRID.size(), disc(), Workers.ONE)).isGreaterThan(0.9999);
  }

  /// Copies of a pattern are chosen last.
  @Test
  void theBestSubsetHasNoCopies() {
    var planes = new ArrayList<>(noise(10, 5));
    planes.addAll(planes.subList(0, 10));
    int[] best = new PatternAnalysis(Planes.of(planes)).best(9);
    assertThat(java.util.Arrays.stream(best).map(i -> i % 10).distinct().count()).isEqualTo(9);
  }

  /// All pixels, no noise: more than 60 dB; 5 % of them: less than 15 dB.
  @Test
  void directInversionIsExactOrUseless() {
    assertThat(psnr(GRID.size(), new PseudoInverse(1e-7))).isGreaterThan(60);
    assertThat(psnr(2 * GRID.size(), new PseudoInverse(1e-7))).isGreaterThan(60);
    assertThat(psnr(GRID.size() / 20, new PseudoInverse(1e-7))).isLessThan(15);
  }

  /// The miss of ghost imaging falls with the root of the number of patterns.
  @Test
  void ghostImagingGainsWithTheRootOfPatterns() {
    double gain = psnr(12800, new GhostImaging()) - psnr(1600, new GhostImaging());
    // eight times the patterns: 9 dB
    assertThat(gain).isBetween(8.0, 10.5);
  }

  private static double psnr(int count, PatternMethod method) {
    var a = SensingOperator.of(Planes.of(noise(count, 6)));
    double[] y = a.apply(disc().values(), Workers.ONE);
    var maps =
        method.solve(
            new PatternMethod.Problem(
                a,
                List.of(BucketSignal.unweighted("x", "", y)),
                Optional.empty(),
                1,
                Watch.SILENT));
    return Case.psnr(maps.maps().getFirst().image().values(), disc().values());
  }

  /// Counts that a slow detector lost, and a beam that fades, are put right before the maps.
  @Test
  void deadTimeAndIncidentIntensityAreTakenOff() {
    var planes = Planes.of(noise(GRID.size(), 7));
    double[] y = SensingOperator.of(planes).apply(disc().values(), Workers.ONE);
    double[] dead = new double[y.length];
    double[] incident = new double[y.length];
    double mean = 0;
    for (int j = 0; j < y.length; j++) {
      dead[j] = 0.05 + 0.3 * j / y.length;
      incident[j] = 2 - 1.0 * j / y.length;
      mean += incident[j] / y.length;
    }
    for (int j = 0; j < y.length; j++) {
      y[j] *= (1 - dead[j]) * incident[j] / mean;
    }
    var exposure = Exposure.UNKNOWN.withDeadShare(dead).withIncident(incident, false);
    var signal = BucketSignal.unweighted("Mn", "counts", y);
    var scan =
        new StructuredScan(
            planes,
            Optional.empty(),
            List.of(signal),
            exposure,
            Optional.empty(),
            Findings.NONE,
            Source.NONE);
    var verb = new ReconstructPatterns(new PseudoInverse(1e-7), 1);
    var found = verb.apply(scan, Watch.SILENT).findings().map("Mn").orElseThrow();
    assertThat(Case.psnr(found.values().values(), disc().values())).isGreaterThan(60);
    var left = StructuredScan.of(planes, List.of(signal), Source.NONE);
    var wrong = verb.apply(left, Watch.SILENT).findings().map("Mn").orElseThrow();
    assertThat(Case.psnr(wrong.values().values(), disc().values())).isLessThan(20);
  }
}

package argand.ptycho;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import argand.data.DiffractionScan;
import argand.data.Reconstruction;
import argand.data.ScanPositions;
import argand.flow.Watch;
import argand.simulate.StandardCase;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DriftTrendTest {
  private static double[][] scatter(int views, double sigma, long seed) {
    var random = new Random(seed);
    double[][] moves = new double[2][views];
    for (int j = 0; j < views; j++) {
      moves[0][j] = sigma * random.nextGaussian();
      moves[1][j] = sigma * random.nextGaussian();
    }
    return moves;
  }

  /// The chance that scatter earns a first degree is that of χ²(2) above 2 ln 200, 0.005; a few
  /// higher ones add less.
  @Test
  void scatterAloneHasNoTrend() {
    int trends = 0;
    for (long seed = 1; seed <= 200; seed++) {
      double[][] moves = scatter(100, 1, seed);
      trends += DriftTrend.of(moves[0], moves[1]).degree() > 0 ? 1 : 0;
    }
    assertThat(trends).isLessThan(8);
  }

  /// Seven coefficients for each axis out of 100 views of 0.3 px scatter: 0.3 √(2 · 7/100) = 0.11.
  @Test
  void aSmoothWayUnderScatterIsFound() {
    double[][] moves = scatter(100, 0.3, 1);
    double[][] way = new double[2][100];
    for (int j = 0; j < 100; j++) {
      double t = j / 50.0 - 1;
      way[0][j] = 2 * t * t * t - t;
      way[1][j] = Math.sin(3 * t);
      moves[0][j] += way[0][j];
      moves[1][j] += way[1][j];
    }
    var found = DriftTrend.of(moves[0], moves[1]);
    assertThat(found.degree()).isBetween(3, 7);
    assertThat(distance(found, way)).isLessThan(0.15);
    assertThat(found.left()).isBetween(0.35, 0.47); // 0.3 √2
  }

  /// The root of the mean squared distance, apart from a common displacement.
  private static double distance(DriftTrend found, double[][] way) {
    int n = way[0].length;
    double[] mean = new double[2];
    for (int j = 0; j < n; j++) {
      mean[0] += (found.down()[j] - way[0][j]) / n;
      mean[1] += (found.right()[j] - way[1][j]) / n;
    }
    double sum = 0;
    for (int j = 0; j < n; j++) {
      sum += Math.pow(found.down()[j] - way[0][j] - mean[0], 2);
      sum += Math.pow(found.right()[j] - way[1][j] - mean[1], 2);
    }
    return Math.sqrt(sum / n);
  }

  /// 64², 80 views: the file does not know that the probe wandered by 2 px and back. Measured:
  /// degree
  /// 2, 1.07 px rms of a true 1.05, and 0.278 px of scatter of a true 0.283. The negative control
  /// is the scan as it was.
  @Test
  void theDriftOfAReconstructedScanIsReported() {
    var made = StandardCase.misplaced(64, 80, 0.2, 1).make(0, Watch.SILENT);
    var still = refined(made.scan());
    assertThat(metric(still, "positionDriftDegree")).isZero();
    var scan = made.scan();
    double pixel = scan.geometry().sample().pixelY();
    double[] y = scan.positions().y().clone();
    double[] x = scan.positions().x().clone();
    double square = 0;
    for (int j = 0; j < y.length; j++) {
      double t = j / 40.0 - 1;
      y[j] -= pixel * 2 * (t * t - 1.0 / 3);
      x[j] -= pixel * 1.5 * t;
      square += 4 * Math.pow(t * t - 1.0 / 3, 2) + 2.25 * t * t;
    }
    var drifted =
        new DiffractionScan(
            scan.geometry(),
            new ScanPositions(y, x),
            scan.frames(),
            scan.mask(),
            scan.probe(),
            scan.source());
    var found = refined(drifted);
    assertThat(metric(found, "positionDriftDegree")).isPositive();
    assertThat(metric(found, "positionDriftRmsPx") / Math.sqrt(square / y.length))
        .isBetween(0.93, 1.07);
    assertThat(metric(found, "positionScatterRmsPx")).isLessThan(0.4); // 0.2 √2
  }

  private static double metric(Reconstruction of, String name) {
    return requireNonNull(of.quality().metrics().get(name));
  }

  private static Reconstruction refined(DiffractionScan scan) {
    return PositionsTruthTest.refined(Rpie.DEFAULT, 40, Positions.DEFAULT, scan);
  }
}

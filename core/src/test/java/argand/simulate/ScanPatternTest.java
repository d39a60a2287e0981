package argand.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import argand.data.ScanPositions;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ScanPatternTest {
  private static ScanPositions of(ScanPattern pattern) {
    var positions = pattern.positions(new SplittableRandom(3));
    assertThat(positions.count()).isEqualTo(pattern.views());
    return positions;
  }

  private static double nearest(ScanPositions p, int j) {
    double least = Double.POSITIVE_INFINITY;
    for (int k = 0; k < p.count(); k++) {
      if (k != j) {
        least = Math.min(least, Math.hypot(p.y()[k] - p.y()[j], p.x()[k] - p.x()[j]));
      }
    }
    return least;
  }

  @Test
  void aFermatSpiralGivesEachViewTheSameAreaAndNoNeighbourTooNear() {
    var p = of(new FermatSpiral(1e-6, 400));
    // 400 views of 1 µm² fill a disc of radius √(400/π) µm
    double radius = 0;
    int inHalf = 0;
    for (int j = 0; j < 400; j++) {
      double r = Math.hypot(p.y()[j], p.x()[j]);
      radius = Math.max(radius, r);
      inHalf += r < Math.sqrt(200 / Math.PI) * 1e-6 ? 1 : 0;
      // hexagonal packing would have 1.075; the golden spiral stays above 0.85
      assertThat(nearest(p, j)).isBetween(0.85e-6, 1.1e-6);
    }
    assertThat(radius).isCloseTo(Math.sqrt(400 / Math.PI) * 1e-6, within(0.1e-6));
    assertThat(inHalf).isEqualTo(200);
  }

  @Test
  void aRoundScanHasRings() {
    var p = of(new RoundScan(1e-6, 5, 1 + 5 + 10 + 15));
    int[] onRing = new int[4];
    for (int j = 0; j < p.count(); j++) {
      onRing[(int) Math.rint(Math.hypot(p.y()[j], p.x()[j]) / 1e-6)]++;
    }
    assertThat(onRing).containsExactly(1, 5, 10, 15);
    assertThat(nearest(p, 0)).isCloseTo(1e-6, within(1e-12));
  }

  @Test
  void aRasterIsCentredAndJittersWithinItsBound() {
    var straight = of(new RasterScan(1e-6, 3, 4, 0));
    assertThat(straight.y()[0]).isEqualTo(-1e-6);
    assertThat(straight.x()[0]).isEqualTo(-1.5e-6);
    assertThat(straight.x()[1] - straight.x()[0]).isCloseTo(1e-6, within(1e-15));
    var jittered = of(new RasterScan(1e-6, 3, 4, 0.3));
    double most = 0;
    for (int j = 0; j < 12; j++) {
      most = Math.max(most, Math.abs(jittered.x()[j] - straight.x()[j]));
    }
    assertThat(most).isBetween(0.1e-6, 0.3e-6);
  }

  @Test
  void aSnakeNeverJumps() {
    var p = of(new SnakeScan(1e-6, 4, 5, 0));
    for (int j = 1; j < p.count(); j++) {
      assertThat(Math.hypot(p.y()[j] - p.y()[j - 1], p.x()[j] - p.x()[j - 1]))
          .isCloseTo(1e-6, within(1e-12));
    }
  }
}

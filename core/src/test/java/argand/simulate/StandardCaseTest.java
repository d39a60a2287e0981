package argand.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import argand.array.RealField;
import argand.data.ScanPositions;
import argand.flow.Watch;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StandardCaseTest {
  @Test
  void aMillionPhotonsReachTheDetector() {
    var scan = StandardCase.farField(64, 1);
    var frames = scan.make(0, Watch.SILENT).scan().frames();
    var frame = new RealField(frames.grid());
    double sum = 0;
    for (int j = 0; j < frames.count(); j++) {
      frames.read(j, frame);
      sum += frame.sum();
    }
    // 64² is a quarter of 128²; the texture's mean transmission is known to a few per cent
    assertThat(sum / frames.count()).isCloseTo(0.25e6, within(0.25e5));
  }

  @Test
  void onlyTheControlHasNoOverlap() {
    var scan = StandardCase.farField(128, 1);
    double field = 128 * scan.geometry().sample().pixelY();
    double probe = 0.25 * field;
    assertThat(nearest(scan)).isLessThan(0.4 * probe);
    // the astigmatism widens the probe by a tenth, and its fringes by an Airy radius
    assertThat(nearest(StandardCase.withoutOverlap(128, 1))).isGreaterThan(1.5 * probe);
  }

  /// The shortest distance between two views.
  private static double nearest(SimulateScan scan) {
    ScanPositions p = scan.scan().positions(new SplittableRandom(1));
    double least = Double.POSITIVE_INFINITY;
    for (int j = 0; j < p.count(); j++) {
      for (int k = 0; k < j; k++) {
        least = Math.min(least, Math.hypot(p.y()[j] - p.y()[k], p.x()[j] - p.x()[k]));
      }
    }
    return least;
  }
}

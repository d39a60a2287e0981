package argand.ptycho;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import argand.data.DiffractionScan;
import argand.data.Reconstruction;
import argand.data.ScanPositions;
import argand.flow.Maker.Made;
import argand.flow.Watch;
import argand.simulate.StandardCase;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// A file whose positions are a fiftieth larger than where the probes stood: a stage that went not
/// far enough, or pixels that are larger than the file says. The data cannot tell; the user says.
class PixelSizeTruthTest {
  private static final double SCALE = 1.02;
  private static final Made MADE = StandardCase.misplaced(64, 80, 0, 5).make(0, Watch.SILENT);
  private static final DiffractionScan SCAN = scaled();

  @Test
  void fixedTheStageIsToBlame() {
    var found = found(Positions.DEFAULT);
    assertThat(found.geometry()).isEqualTo(SCAN.geometry());
    double wrong = PositionsTruthTest.error(SCAN.positions(), MADE.truth().positions(), MADE);
    assertThat(wrong).isGreaterThan(0.3); // the negative control
    assertThat(PositionsTruthTest.error(found.positions(), MADE.truth().positions(), MADE))
        .isLessThan(0.2 * wrong);
    assertThat(found.quality().metrics().get("positionScale"))
        .isCloseTo(1 / SCALE - 1, within(0.004));
    assertThat(found.quality().verdict()).anyMatch(s -> s.contains("error of the stage"));
  }

  @Test
  void freeThePixelsAreToBlame() {
    var found = found(Positions.DEFAULT.withFreePixelSize());
    double pixel = SCAN.geometry().sample().pixelY();
    assertThat(found.object().grid().pixelY() / pixel).isCloseTo(SCALE, within(0.004));
    assertThat(found.geometry().sample().pixelY())
        .isCloseTo(found.object().grid().pixelY(), within(1e-9 * pixel));
    // positions keep the file's scale: where the file has them, to a small part of what was wrong
    assertThat(PositionsTruthTest.error(found.positions(), SCAN.positions(), MADE)).isLessThan(0.1);
    assertThat(found.quality().verdict()).anyMatch(s -> s.contains("size of a pixel"));
  }

  private static Reconstruction found(Positions how) {
    return PositionsTruthTest.refined(Rpie.DEFAULT, 40, how, SCAN);
  }

  private static DiffractionScan scaled() {
    var scan = MADE.scan();
    return new DiffractionScan(
        scan.geometry(),
        new ScanPositions(times(scan.positions().y()), times(scan.positions().x())),
        scan.frames(),
        scan.mask(),
        scan.probe(),
        scan.source());
  }

  private static double[] times(double[] values) {
    return Arrays.stream(values).map(v -> SCALE * v).toArray();
  }
}

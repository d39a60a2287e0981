package argand.ptycho;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.RealField;
import argand.data.DiffractionScan;
import argand.data.Reconstruction;
import argand.data.ScanMaps;
import argand.data.ScanPositions;
import argand.flow.Maker;
import argand.flow.Watch;
import argand.phantom.Texture;
import argand.physics.Geometry;
import argand.simulate.DetectorChain;
import argand.simulate.SimulateScan;
import argand.simulate.StandardCase;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PreviewTruthTest {
  private static final Maker.Made MADE = weak();
  private static final ScanMaps MAPS = Preview.defaults().apply(MADE.scan(), Watch.SILENT);

  /// A phase object over 0.4 rad, shortest period twice the probe.
  private static Maker.Made weak() {
    var c = StandardCase.farField(64, 1);
    double pixel = c.geometry().sample().pixelY();
    return new SimulateScan(
            c.beam(),
            c.distance(),
            c.size(),
            c.pixel(),
            c.regime(),
            c.focusDistance(),
            new Texture(32 * pixel, 1, 1, 0.4, 1),
            c.optics(),
            c.scan(),
            DetectorChain.photonCounting(4e5),
            0,
            Optional.empty(),
            2,
            2,
            1)
        .make(0, Watch.SILENT);
  }

  @Test
  void theGradientOfAWeakObjectCorrelatesBy95Percent() {
    assertThat(correlation(map(MAPS, 1), truth(true))).isGreaterThan(0.95);
    assertThat(correlation(map(MAPS, 2), truth(false))).isGreaterThan(0.95);
    // control: the other axis knows nothing of it
    assertThat(Math.abs(correlation(map(MAPS, 1), truth(false)))).isLessThan(0.5);
  }

  @Test
  void theGradientIsInRadiansPerMetre() {
    // slope of measured on true values; the maps' own smoothing and the amplitude's gradient take
    // some of it
    assertThat(slope(map(MAPS, 1), truth(true))).isBetween(0.75, 1.15);
  }

  @Test
  void shuffledPositionsShowNothing() {
    var scan = MADE.scan();
    double[] y = scan.positions().y().clone();
    double[] x = scan.positions().x().clone();
    var random = new SplittableRandom(5);
    for (int j = y.length - 1; j > 0; j--) {
      int k = random.nextInt(j + 1);
      double keptY = y[j];
      double keptX = x[j];
      y[j] = y[k];
      x[j] = x[k];
      y[k] = keptY;
      x[k] = keptX;
    }
    var shuffled =
        new DiffractionScan(
            scan.geometry(),
            new ScanPositions(y, x),
            scan.frames(),
            scan.mask(),
            scan.probe(),
            scan.source());
    var maps = Preview.defaults().apply(shuffled, Watch.SILENT);
    assertThat(correlation(map(maps, 1), truth(true))).isLessThan(0.5);
  }

  @Test
  void aPlaneOfPhaseIsIntegratedExactly() {
    var grid = new Grid(12, 20, 1e-7, 1e-7);
    var down = new RealField(grid);
    var right = new RealField(grid);
    var wanted = new RealField(grid);
    for (int r = 0; r < 12; r++) {
      for (int c = 0; c < 20; c++) {
        // a mode of the mirrored grid
        double a = Math.PI * 2 * (r + 0.5) / 12;
        double b = Math.PI * 3 * (c + 0.5) / 20;
        wanted.set(r, c, (float) (Math.cos(a) * Math.cos(b)));
        down.set(r, c, (float) (-Math.PI * 2 / 12e-7 * Math.sin(a) * Math.cos(b)));
        right.set(r, c, (float) (-Math.PI * 3 / 20e-7 * Math.cos(a) * Math.sin(b)));
      }
    }
    var found = GradientIntegration.of(down, right);
    for (int i = 0; i < grid.size(); i++) {
      // single precision
      assertThat(found.values()[i])
          .isCloseTo(wanted.values()[i], org.assertj.core.api.Assertions.within(1e-5f));
    }
  }

  @Test
  void transmissionAndDarkFieldAreShares() {
    for (int i = 0; i < MAPS.grid().size(); i++) {
      if (MAPS.measured().good()[i]) {
        assertThat(map(MAPS, 0).values()[i]).isBetween(0.9f, 1.1f);
        assertThat(map(MAPS, 3).values()[i]).isBetween(0f, 0.5f);
      }
    }
  }

  @Test
  void aNearFieldIsRefused() {
    var g = MADE.scan().geometry();
    var near =
        new Geometry(
            g.beam(),
            g.distance(),
            g.detector(),
            Geometry.Regime.NEAR_FIELD,
            Double.POSITIVE_INFINITY);
    var scan =
        new DiffractionScan(
            near,
            MADE.scan().positions(),
            MADE.scan().frames(),
            Optional.empty(),
            Optional.empty(),
            MADE.scan().source());
    assertThatThrownBy(() -> Preview.defaults().apply(scan, Watch.SILENT))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("near field");
  }

  private static RealField map(ScanMaps maps, int index) {
    return maps.maps().get(index).values();
  }

  /// Gradient of the true phase [rad/m], averaged over the probe's intensity, on the maps' pixels.
  private static RealField truth(boolean isDown) {
    Reconstruction truth = MADE.truth();
    var phase = truth.object().phase();
    var light = truth.probe().modes().getFirst().intensity();
    double pixel = phase.grid().pixelY();
    var positions = MADE.scan().positions();
    double top = java.util.Arrays.stream(positions.y()).min().orElseThrow();
    double left = java.util.Arrays.stream(positions.x()).min().orElseThrow();
    var field = new RealField(MAPS.grid());
    for (int r = 0; r < field.grid().rows(); r++) {
      for (int c = 0; c < field.grid().columns(); c++) {
        int row = (int) Math.rint((top + r * field.grid().pixelY() - truth.origin().y()) / pixel);
        int column =
            (int) Math.rint((left + c * field.grid().pixelX() - truth.origin().x()) / pixel);
        double sum = 0;
        double weights = 0;
        for (int v = 1; v < 63; v++) {
          for (int u = 1; u < 63; u++) {
            int a = Math.clamp(row + v, 1, phase.grid().rows() - 2);
            int b = Math.clamp(column + u, 1, phase.grid().columns() - 2);
            double gradient =
                isDown
                    ? phase.at(a + 1, b) - phase.at(a - 1, b)
                    : phase.at(a, b + 1) - phase.at(a, b - 1);
            sum += light.at(v, u) * gradient / (2 * pixel);
            weights += light.at(v, u);
          }
        }
        field.set(r, c, (float) (sum / weights));
      }
    }
    return field;
  }

  private static double correlation(RealField a, RealField b) {
    double[] m = moments(a, b);
    return m[2] / Math.sqrt(m[0] * m[1]);
  }

  private static double slope(RealField measured, RealField truth) {
    double[] m = moments(measured, truth);
    return m[2] / m[1];
  }

  private static double[] moments(RealField a, RealField b) {
    double[] s = new double[6];
    for (int i = 0; i < a.values().length && i < b.values().length; i++) {
      if (MAPS.measured().good()[i]) {
        double x = a.values()[i];
        double y = b.values()[i];
        s[0]++;
        s[1] += x;
        s[2] += y;
        s[3] += x * x;
        s[4] += y * y;
        s[5] += x * y;
      }
    }
    return new double[] {
      s[3] - s[1] * s[1] / s[0], s[4] - s[2] * s[2] / s[0], s[5] - s[1] * s[2] / s[0]
    };
  }
}

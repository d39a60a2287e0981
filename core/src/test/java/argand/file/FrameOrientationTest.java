package argand.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import argand.array.ComplexField;
import argand.array.Grid;
import argand.array.RealField;
import argand.data.DiffractionScan;
import argand.physics.Beam;
import argand.physics.Geometry;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The eight ways a detector can stand: frames, mask, pixel size and start probe turn together.
class FrameOrientationTest {
  private static final String EIGHT =
      """
      false, false, false
      false, false, true
      false, true, false
      false, true, true
      true, false, false
      true, false, true
      true, true, false
      true, true, true
      """;

  @TempDir Path folder;

  private static int reflected(int index, int size, boolean reversed, boolean aboutZero) {
    return !reversed ? index : aboutZero ? (2 * (size / 2) - index) % size : size - 1 - index;
  }

  private static void turns(
      DiffractionScan plain,
      DiffractionScan turned,
      boolean transpose,
      boolean rows,
      boolean columns) {
    Grid grid = plain.frames().grid();
    Grid other = turned.frames().grid();
    boolean far = plain.geometry().regime() == Geometry.Regime.FAR_FIELD;
    assertThat(other.rows()).isEqualTo(transpose ? grid.columns() : grid.rows());
    assertThat(other.pixelY()).isEqualTo(transpose ? grid.pixelX() : grid.pixelY());
    var before = new RealField(grid);
    var after = new RealField(other);
    ComplexField probeBefore = plain.probe().orElseThrow().modes().get(1);
    ComplexField probeAfter = turned.probe().orElseThrow().modes().get(1);
    plain.frames().read(3, before);
    turned.frames().read(3, after);
    for (int r = 0; r < grid.rows(); r++) {
      for (int c = 0; c < grid.columns(); c++) {
        int y = transpose ? c : r;
        int x = transpose ? r : c;
        int atY = reflected(y, other.rows(), rows, far);
        int atX = reflected(x, other.columns(), columns, far);
        assertThat(after.at(atY, atX)).isEqualTo(before.at(r, c));
        int probeY = reflected(y, other.rows(), rows, true);
        int probeX = reflected(x, other.columns(), columns, true);
        // the scale to the mean pattern sum adds the same numbers in another order
        assertThat(probeAfter.re(probeY, probeX))
            .isCloseTo(probeBefore.re(r, c), within(1e-5f * (1 + Math.abs(probeBefore.re(r, c)))));
      }
    }
    assertThat(turned.positions().y()).isEqualTo(plain.positions().y());
    assertThat(turned.positions().x()).isEqualTo(plain.positions().x());
  }

  @ParameterizedTest
  @CsvSource(textBlock = EIGHT)
  void patternsTurnAboutZeroFrequency(boolean transpose, boolean rows, boolean columns) {
    Path file = folder.resolve("far.cxi");
    CxiWriter.write(file, Scans.far(6, 8, 6));
    var plain = ForeignScan.read(file, new ReadWith());
    var how = new ReadWith().framesTurned(transpose, rows, columns);
    var turned = ForeignScan.read(file, how);
    turns(plain, turned, transpose, rows, columns);
    assertThat(turned.source().notes().stream().anyMatch(n -> n.contains("frames are turned")))
        .isEqualTo(transpose || rows || columns);
  }

  @ParameterizedTest
  @CsvSource(textBlock = EIGHT)
  void picturesTurnEdgeToEdge(boolean transpose, boolean rows, boolean columns) {
    Path file = folder.resolve("near.cxi");
    var geometry =
        new Geometry(
            new Beam.XRays(8000),
            0.01,
            Grid.square(8, 6, 1e-7),
            Geometry.Regime.NEAR_FIELD,
            Double.POSITIVE_INFINITY);
    CxiWriter.write(file, Scans.of(geometry, 6));
    var near = Read.Regime.NEAR;
    var plain = ForeignScan.read(file, new ReadWith().regime(near));
    var how = new ReadWith().regime(near).framesTurned(transpose, rows, columns);
    turns(plain, ForeignScan.read(file, how), transpose, rows, columns);
  }

  @Test
  void theMaskTurnsWithTheFramesAndNoTwoOfTheEightAreTheSame() {
    Python.run("ptychography_formats.py", folder);
    var seen = new HashSet<List<Float>>();
    for (int k = 0; k < 8; k++) {
      boolean transpose = (k & 4) > 0;
      boolean rows = (k & 2) > 0;
      boolean columns = (k & 1) > 0;
      var scan =
          ForeignScan.read(
              folder.resolve("nxcxi.nxs"), new ReadWith().framesTurned(transpose, rows, columns));
      var grid = scan.frames().grid();
      int y = reflected(transpose ? 2 : 1, grid.rows(), rows, true);
      int x = reflected(transpose ? 1 : 2, grid.columns(), columns, true);
      assertThat(scan.mask().orElseThrow().at(y, x)).isFalse();
      assertThat(scan.mask().orElseThrow().count()).isEqualTo(19);
      var frame = new RealField(grid);
      scan.frames().read(0, frame);
      assertThat(frame.at(y, x)).isEqualTo(ForeignScan.value(0, 1, 2));
      seen.add(List.of(frame.at(1, 1), frame.at(1, 2), frame.at(2, 1), (float) grid.rows()));
    }
    assertThat(seen).hasSize(8);
  }
}

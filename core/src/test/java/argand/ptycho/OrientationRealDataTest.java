package argand.ptycho;

import static org.assertj.core.api.Assertions.assertThat;

import argand.data.DiffractionScan;
import argand.data.Orientation;
import argand.data.RawFile;
import argand.file.Read;
import argand.flow.Watch;
import argand.physics.Geometry;
import argand.ptycho.OrientationFinding.SignBy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// Measured scans whose axes are known to fit (READMEs of the data).
class OrientationRealDataTest {
  private static final CheckOrientation CHECK = new CheckOrientation(40, 25, false);

  private static Path shared(String name) {
    for (Path up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
      Path file = up.resolve("shared/data/" + name);
      if (Files.isRegularFile(file)) {
        return file;
      }
    }
    Assumptions.abort(name + " is not here: skipped");
    throw new AssertionError();
  }

  /// Far field, a star that absorbs; with the half turn its phase would be that of the conjugate.
  @Test
  void siemensStarOfAbsorbingMatter() {
    var scan =
        Read.byProfile("siemens-half")
            .apply(new RawFile(shared("xray-ptycho-siemens-half/siemens_even.h5")), Watch.SILENT);
    var finding = CHECK.look(scan, Watch.SILENT);
    assertThat(finding.classKnown()).isTrue();
    assertThat(finding.asTheyAre()).isTrue();
    assertThat(finding.signBy()).isEqualTo(SignBy.ABSORPTION);
  }

  /// Near field: all eight ways differ, and each is found from any other.
  @Test
  void nearFieldTellsAllEightApart() {
    var scan = nearField();
    var finding = CHECK.look(scan, Watch.SILENT);
    assertThat(finding.classKnown()).isTrue();
    assertThat(finding.asTheyAre()).isTrue();
    assertThat(finding.signBy()).isEqualTo(SignBy.NEAR_FIELD);
    for (int way : new int[] {1, 6}) {
      var by = Orientation.ALL.get(way);
      assertThat(CHECK.look(by.turn(scan), Watch.SILENT).turn()).isEqualTo(by.inverse());
    }
  }

  /// The file does not hold the distance from the focus, 3.65 mm.
  private static DiffractionScan nearField() {
    var far =
        Read.defaults()
            .apply(
                new RawFile(shared("xray-nearfield-ptycho-p25/PETRAIII_P25_Near_Field_Ptycho.cxi")),
                Watch.SILENT);
    var geometry =
        new Geometry(
            far.geometry().beam(),
            far.geometry().distance(),
            far.geometry().detector(),
            Geometry.Regime.NEAR_FIELD,
            3.65e-3);
    return new DiffractionScan(
        geometry, far.positions(), far.frames(), far.mask(), Optional.empty(), far.source());
  }
}

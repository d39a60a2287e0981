package argand.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import argand.array.InvalidInput;
import argand.array.RealField;
import argand.data.DiffractionScan;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files in PtychoShelves' layouts, written by h5py as PtychoShelves' own writers lay them out.
class PtychoShelvesReaderTest {
  @TempDir Path folder;

  @BeforeEach
  void write() {
    Python.run("ptychography_formats.py", folder);
  }

  private static ReadWith nominal() {
    return new ReadWith().energy(8000).distance(2).pixelSize(75e-6);
  }

  private static void frames(DiffractionScan scan, int count) {
    assertThat(scan.frames().count()).isEqualTo(count);
    var frame = new RealField(scan.frames().grid());
    for (int j = 0; j < count; j++) {
      scan.frames().read(j, frame);
      for (int r = 0; r < 4; r++) {
        for (int c = 0; c < 4; c++) {
          assertThat(frame.at(r, c)).isEqualTo(ForeignScan.value(j, r, c));
        }
      }
    }
    var mask = scan.mask().orElseThrow();
    assertThat(mask.count()).isEqualTo(11); // a row without a module, and a bad pixel
    assertThat(mask.at(1, 2)).isFalse();
    assertThat(mask.at(2, 1)).isTrue();
  }

  @Test
  void reconstructionWithItsPreparedData() {
    var scan = ForeignScan.read(folder.resolve("S00042_recons.h5"), new ReadWith());
    frames(scan, 6);
    assertThat(scan.source().toString()).contains("read as PtychoShelves");
    assertThat(scan.geometry().beam().energyEv()).isCloseTo(8000, within(1e-4));
    assertThat(scan.geometry().distance()).isEqualTo(2);
    var positions = scan.positions();
    for (int j = 0; j < 6; j++) {
      // the file's constants of nature differ from ours by 1e-9 of 1 µm
      assertThat(positions.y()[j] - positions.y()[0]).isCloseTo(0.5e-6 * (j / 3), within(1e-14));
      assertThat(positions.x()[j] - positions.x()[0]).isCloseTo(0.6e-6 * (j % 3), within(1e-14));
    }
    var modes = scan.probe().orElseThrow().modes();
    assertThat(modes).hasSize(2);
    var strong = modes.getFirst(); // 16 … 31
    assertThat(strong.re()[1] / strong.re()[0]).isCloseTo(17 / 16f, within(1e-6f));
    assertThat(strong.im()[0] / strong.re()[0]).isCloseTo(1 / 16f, within(1e-6f));
  }

  @Test
  void preparedDataAlone() {
    Path file = folder.resolve("S00042_data_004x004.h5");
    assertThatThrownBy(() -> ForeignScan.read(file, new ReadWith()))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("/reconstruction/p/energy [keV], in a reconstruction only");
    var scan = ForeignScan.read(file, nominal());
    frames(scan, 6);
    assertThat(scan.source().notes()).anyMatch(note -> note.contains("rounded to whole pixels"));
    double pixel = scan.geometry().sample().pixelY();
    for (int j = 0; j < 6; j++) {
      assertThat(scan.positions().y()[j] / pixel)
          .isCloseTo(Math.rint(0.5e-6 * (j / 3) / pixel), within(1e-9));
    }
  }

  @Test
  void scansOfOtherObjectsAreLeftOut() {
    var scan = ForeignScan.read(folder.resolve("two_objects.h5"), nominal());
    frames(scan, 4);
    assertThat(scan.source().notes()).anyMatch(note -> note.contains("1 scans of other objects"));
  }

  @Test
  void missingPreparedDataAreNamed() {
    assertThatThrownBy(() -> ForeignScan.read(folder.resolve("lost_recons.h5"), new ReadWith()))
        .isInstanceOf(FileTrouble.class)
        .hasMessageContaining("lost.h5");
  }

  @Test
  void pairOfFoldSlice() {
    var known = ForeignScan.read(folder.resolve("data_roi0_dp.hdf5"), new ReadWith().distance(2));
    ForeignScan.same(known, 75e-6 * 5 / 4); // its pixel of the sample is square
    assertThat(known.source().toString()).contains("fold_slice pair");
    var nominal = ForeignScan.read(folder.resolve("data_roi0_dp.hdf5"), new ReadWith());
    assertThat(nominal.geometry().distance()).isEqualTo(1);
    assertThat(nominal.geometry().sample().pixelY())
        .isCloseTo(known.geometry().sample().pixelY(), within(1e-18));
    assertThat(nominal.source().notes()).anyMatch(note -> note.contains("nominal"));
    var pitch =
        ForeignScan.read(folder.resolve("data_roi0_dp.hdf5"), new ReadWith().pixelSize(75e-6));
    assertThat(pitch.geometry().distance()).isCloseTo(2, within(1e-8));
    assertThatThrownBy(() -> ForeignScan.read(folder.resolve("data_roi1_dp.hdf5"), new ReadWith()))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("/lambda [m]");
    for (String name : new String[] {"data_roi1_dp.hdf5", "data_dp.hdf5"}) {
      ForeignScan.same(ForeignScan.read(folder.resolve(name), nominal()), 75e-6);
    }
  }

  @Test
  void rawFramesOfCsaxsWithTheirTable() {
    Path file = folder.resolve("run_00042.h5");
    assertThatThrownBy(() -> ForeignScan.read(file, new ReadWith()))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("read: {positions:");
    var how = new ReadWith().positions(folder.resolve("scan_00042.dat"));
    var scan = ForeignScan.read(file, how);
    ForeignScan.same(scan, 80e-6);
    assertThat(scan.source().toString()).contains("SLS cSAXS").contains("where the sample stood");
  }

  @Test
  void columnsAreFoundByTheirNames() {
    var how = new ReadWith().positions(folder.resolve("named.csv"));
    ForeignScan.same(ForeignScan.read(folder.resolve("run_00042.h5"), how), 80e-6);
  }
}

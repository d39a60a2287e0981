package argand.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// CXI with what cdtools puts into it, written by h5py.
class CdtoolsCxiTest {
  @TempDir Path folder;

  @Test
  void flagsOfSignalAreNoFaultsAndDarkFramesAreNamed() {
    Python.run("ptychography_formats.py", folder);
    var scan = ForeignScan.read(folder.resolve("cdtools.cxi"), new ReadWith());
    ForeignScan.same(scan, 80e-6);
    ForeignScan.badAt12(scan, 1); // 2 is saturated; 0x1000 stands in 12 good pixels
    assertThat(scan.source().notes()).anyMatch(note -> note.contains("data_dark holds 3 frames"));
    assertThat(scan.frames().calibration().darks().orElseThrow().count()).isEqualTo(3);
    assertThat(scan.source().toString()).contains("read as CXI");
  }
}

package argand.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import argand.array.InvalidInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A pair of files laid out as Ptychodus saves them and written by h5py.
class PtychodusReaderTest {
  @TempDir Path folder;

  @BeforeEach
  void write() {
    Python.run("ptychography_formats.py", folder);
  }

  @Test
  void bothFilesAreOneScanAndTheDetectorPixelFollows() {
    var scan = ForeignScan.read(folder.resolve("aps_dp.hdf5"), new ReadWith());
    ForeignScan.same(scan, 80e-6);
    var modes = scan.probe().orElseThrow().modes();
    assertThat(modes).hasSize(2); // of the first of two variants
    // the strongest first: the second of the file, 21 … 40 against 1 … 20 at the same phase
    double ratio = modes.get(0).re(0, 0) / modes.get(1).re(0, 0);
    assertThat(ratio).isCloseTo(21, within(1e-4)); // single precision of both numbers
  }

  @Test
  void withoutItsPartnerOrItsEnergyItIsRefused() throws IOException {
    Path file = folder.resolve("bare_dp.hdf5");
    assertThatThrownBy(() -> ForeignScan.read(file, new ReadWith()))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("probe_energy_eV");
    ForeignScan.same(ForeignScan.read(file, new ReadWith().energy(8000).distance(2)), 80e-6);
    Files.delete(folder.resolve("bare_para.hdf5"));
    assertThatThrownBy(
            () -> new PtychodusReader().read(file, Read.defaults(), argand.flow.Watch.SILENT))
        .isInstanceOf(FileTrouble.class)
        .hasMessageContaining("bare_para.hdf5");
  }
}

package argand.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argand.array.InvalidInput;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files laid out by ptypy's documentation and written by h5py.
class PtydReaderTest {
  @TempDir Path folder;

  @BeforeEach
  void write() {
    Python.run("ptychography_formats.py", folder);
  }

  @Test
  void chunksAreJoinedAndWeightsAreOurMask() {
    var scan = ForeignScan.read(folder.resolve("chunks.ptyd"), new ReadWith());
    ForeignScan.same(scan, 80e-6);
    ForeignScan.badAt12(scan, 2); // one of every frame, one of frame 4 only
    assertThat(scan.mask().orElseThrow().at(3, 3)).isFalse();
    assertThat(scan.source().toString()).contains("ptypy data");
  }

  @Test
  void keptIndicesChooseAmongThePositionsOfTheScan() {
    var scan = ForeignScan.read(folder.resolve("indices.ptyd"), new ReadWith());
    ForeignScan.same(scan, 75e-6);
    ForeignScan.badAt12(scan, 1);
  }

  @Test
  void whatPtypyKeepsAsNoneIsAbsent() {
    var scan = ForeignScan.read(folder.resolve("nones.ptyd"), new ReadWith());
    ForeignScan.same(scan, 75e-6);
    ForeignScan.badAt12(scan, 1);
  }

  @Test
  void inspectSaysWhatItIs() {
    var inspection = Inspection.of(folder.resolve("chunks.ptyd"));
    assertThat(inspection.kind()).isEqualTo("ptypy data");
    assertThat(inspection.readable()).isTrue();
  }

  @Test
  void whatIsMissingIsNamed() {
    Path file = folder.resolve("bare.ptyd");
    try (var out = Hdf5.create(file)) {
      out.write("/chunks/0/data", new float[2 * 4 * 4], Hdf5Storage.CONTIGUOUS, 2, 4, 4);
      out.commit();
    }
    assertThatThrownBy(() -> ForeignScan.read(file, new ReadWith()))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("/chunks/0/positions");
  }
}

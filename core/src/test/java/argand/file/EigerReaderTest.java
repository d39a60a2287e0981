package argand.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argand.array.InvalidInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Master files laid out by Dectris' documentation and written by h5py, positions beside them.
class EigerReaderTest {
  @TempDir Path folder;

  @BeforeEach
  void write() {
    Python.run("ptychography_formats.py", folder);
  }

  private ReadWith table() {
    return new ReadWith()
        .positions(folder.resolve("positions.txt"))
        .unit(Read.PositionUnit.MICROMETRE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"eiger_master.h5", "virtual_master.h5"})
  void linkedAndVirtualFramesWithATableOfPositions(String name) {
    var scan = ForeignScan.read(folder.resolve(name), table());
    ForeignScan.same(scan, 80e-6);
    ForeignScan.badAt12(scan, 1);
    assertThat(scan.source().notes()).anyMatch(note -> note.contains("row 2.5, column 2 of 5 × 4"));
    assertThat(scan.source().notes()).anyMatch(note -> note.contains("positions.txt"));
  }

  @Test
  void anArrayOfPositionsAndAnotherFormat() {
    Path array = folder.resolve("positions.npy");
    ForeignScan.same(
        ForeignScan.read(folder.resolve("eiger_master.h5"), new ReadWith().positions(array)),
        80e-6);
    // a table wins over the positions in the file
    ForeignScan.same(ForeignScan.read(folder.resolve("nxcxi.nxs"), table()), 80e-6);
  }

  @Test
  void whatIsMissingIsNamed() throws IOException {
    assertThatThrownBy(() -> ForeignScan.read(folder.resolve("eiger_master.h5"), new ReadWith()))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("give read: {positions: positions.txt");
    assertThatThrownBy(() -> ForeignScan.read(folder.resolve("lost_master.h5"), table()))
        .isInstanceOf(FileTrouble.class)
        .hasMessageContaining("lost_data_000001.h5");
    Path three = Files.writeString(folder.resolve("three.txt"), "0 1\n0 2 3\n");
    assertThatThrownBy(
            () ->
                ForeignScan.read(
                    folder.resolve("eiger_master.h5"), new ReadWith().positions(three)))
        .isInstanceOf(FileTrouble.class)
        .hasMessageContaining("line 2 has 3 columns");
    Path few = Files.writeString(folder.resolve("few.txt"), "0 1\n0 x\n");
    assertThatThrownBy(() -> PositionTable.read(few, false))
        .isInstanceOf(FileTrouble.class)
        .hasMessageContaining("line 2 is '0 x'");
    Path short1 = Files.writeString(folder.resolve("short.txt"), "0 1\n0 2\n");
    assertThatThrownBy(
            () ->
                ForeignScan.read(
                    folder.resolve("eiger_master.h5"), new ReadWith().positions(short1)))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("number of positions");
  }
}

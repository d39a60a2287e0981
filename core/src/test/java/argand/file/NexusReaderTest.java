package argand.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argand.array.InvalidInput;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files laid out by the NeXus definitions and written by h5py.
class NexusReaderTest {
  @TempDir Path folder;

  @BeforeEach
  void write() {
    Python.run("ptychography_formats.py", folder);
  }

  @Test
  void unitsLinksMaskAndTheBeamNotTheMachine() {
    var scan = ForeignScan.read(folder.resolve("nxcxi.nxs"), new ReadWith());
    ForeignScan.same(scan, 80e-6);
    ForeignScan.badAt12(scan, 1);
    assertThat(scan.source().notes()).anyMatch(note -> note.contains("translations of the sample"));
    assertThat(Inspection.of(folder.resolve("nxcxi.nxs")).kind()).isEqualTo("NeXus");
  }

  @Test
  void transformationsOfARasterHaveDirections() {
    ForeignScan.same(ForeignScan.read(folder.resolve("raster.nxs"), new ReadWith()), 80e-6);
  }

  @Test
  void anEnergyWithoutUnitIsRefusedUnlessGiven() {
    Path file = folder.resolve("nounit.nxs");
    assertThatThrownBy(() -> ForeignScan.read(file, new ReadWith().distance(2).pixelSize(75e-6)))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("the unit of /entry/instrument/beam/incident_energy");
    ForeignScan.same(
        ForeignScan.read(file, new ReadWith().distance(2).pixelSize(75e-6).energy(8000)), 75e-6);
  }

  @Test
  void positionersOfTheInstrument() {
    var scan = ForeignScan.read(folder.resolve("positioners.nxs"), new ReadWith());
    ForeignScan.same(scan, 80e-6);
  }
}

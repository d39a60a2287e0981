package argand.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import argand.array.InvalidInput;
import argand.physics.Beam;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Files laid out by PtyLab's documentation and written by h5py.
class PtyLabReaderTest {
  @TempDir Path folder;

  @BeforeEach
  void write() {
    Python.run("ptychography_formats.py", folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ptylab.hdf5", "ptylab_matlab.hdf5"})
  void pythonsAndMatlabsOrderOfAxes(String name) {
    var scan = ForeignScan.read(folder.resolve(name), new ReadWith());
    ForeignScan.same(scan, 75e-6);
    assertThat(scan.source().notes().stream().anyMatch(note -> note.contains("MATLAB's order")))
        .isEqualTo(name.contains("matlab"));
    assertThat(scan.source().notes().stream().anyMatch(note -> note.contains("not applied")))
        .isEqualTo(name.contains("matlab")); // only that file names an orientation
  }

  @Test
  void lightIsLight() {
    var beam =
        ForeignScan.read(
                folder.resolve("ptylab_light.hdf5"), new ReadWith().regime(Read.Regime.FAR))
            .geometry()
            .beam();
    assertThat(beam).isInstanceOf(Beam.Light.class);
    assertThat(beam.wavelength()).isCloseTo(500e-9, within(1e-18));
  }

  @Test
  void withoutPositionsItIsRefused() {
    Path file = folder.resolve("bare.hdf5");
    try (var out = Hdf5.create(file)) {
      out.write("/ptychogram", new float[2 * 4 * 4], Hdf5Storage.CONTIGUOUS, 2, 4, 4);
      out.commit();
    }
    assertThatThrownBy(() -> ForeignScan.read(file, new ReadWith()))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("/encoder (frames, 2) [m]");
  }
}

package argand.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argand.array.InvalidInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Files written by NumPy itself.
class NumpyFileTest {
  private static final String PROFILE =
      """
      profile: 1
      name: arrays
      frames: {path: diffraction}
      mask: {path: bad}
      positions: {path: places, row: 1, column: 0, unit: um}
      energy: {path: energy, unit: keV}
      distance: 2 m
      pixelSize: 75 um
      """;

  @TempDir Path folder;

  @BeforeEach
  void write() {
    Python.run("numpys.py", folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"all.npz", "packed.npz"})
  void everyTypeOrderAndPacking(String name) {
    try (var numpy = NumpyFile.open(folder.resolve(name))) {
      int checked = 0;
      for (String array : numpy.names()) {
        if (!array.matches("n.*|fortran|c.*")) {
          continue;
        }
        assertThat(numpy.shape(array)).as(array).containsExactly(2, 3, 4);
        boolean complex = array.startsWith("c");
        var values = complex ? numpy.complex(array).re() : numpy.floats(array);
        for (int k = 0; k < 24; k++) {
          assertThat(values[k]).as(array).isEqualTo(k);
          if (complex) {
            assertThat(numpy.complex(array).im()[k]).as(array).isEqualTo(-k);
          } else {
            assertThat(numpy.doubles(array)[k]).as(array).isEqualTo(k);
          }
        }
        checked++;
      }
      assertThat(checked).isEqualTo(25);
      assertThat(numpy.doubles("bool")).startsWith(1, 0, 1, 0);
      assertThat(numpy.doubles("scalar")).containsExactly(2.5);
      assertThat(numpy.shape("scalar")).isEmpty();
      assertThat(numpy.doubles("large")).containsExactly(0x1p64 - 2048); // beyond signed 64 bits
      assertThatThrownBy(() -> numpy.doubles("texts"))
          .isInstanceOf(FileTrouble.class)
          .hasMessageContaining("texts holds elements of the type U1");
      assertThatThrownBy(() -> numpy.doubles("absent"))
          .isInstanceOf(FileTrouble.class)
          .hasMessageContaining("there is no array absent; it holds");
      assertThatThrownBy(() -> numpy.doubles("cLc8"))
          .isInstanceOf(FileTrouble.class)
          .hasMessageContaining("expected real numbers");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void versions(int version) {
    String name = "version" + version + ".npy";
    try (var numpy = NumpyFile.open(folder.resolve(name))) {
      assertThat(numpy.doubles(name)).hasSize(24).endsWith(22, 23);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"scan.npz", "turned.npz"})
  void aProfileNamesTheArrays(String name) throws IOException {
    Path profile = Files.writeString(folder.resolve("arrays.yaml"), PROFILE);
    var scan = ForeignScan.read(folder.resolve(name), new ReadWith().profile(profile.toString()));
    ForeignScan.same(scan, 75e-6);
    ForeignScan.badAt12(scan, 1);
  }

  @Test
  void filesBesideEachOther() throws IOException {
    Path profile =
        Files.writeString(
            folder.resolve("beside.yaml"),
            PROFILE
                .replace("diffraction", "frames.npy")
                .replace("places", "places.npy")
                .replace("mask: {path: bad}\n", "")
                .replace("energy: {path: energy, unit: keV}", "energy: 8 keV"));
    var how = new ReadWith().profile(profile.toString());
    ForeignScan.same(ForeignScan.read(folder.resolve("frames.npy"), how), 75e-6);
  }

  @Test
  void whatIsWrongIsASentence() throws IOException {
    assertThatThrownBy(() -> ForeignScan.read(folder.resolve("scan.npz"), new ReadWith()))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("a profile that says which of them are frames and positions");
    assertThatThrownBy(() -> NumpyFile.claims(folder.resolve("cut.npz")))
        .isInstanceOf(FileTrouble.class)
        .hasMessageContaining("damaged or cut off");
    try (var cut = NumpyFile.open(folder.resolve("cut.npy"))) {
      assertThatThrownBy(() -> cut.doubles("cut.npy"))
          .isInstanceOf(FileTrouble.class)
          .hasMessageContaining("cut off: 233 of 240 bytes");
    }
    byte[] bytes = Files.readAllBytes(folder.resolve("frames.npy"));
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    Path huge = folder.resolve("huge.npy");
    Files.write(
        huge,
        text.replace("(6, 5, 4)", "(9999999999999, 9999999999)")
            .getBytes(StandardCharsets.ISO_8859_1));
    try (var numpy = NumpyFile.open(huge)) {
      assertThatThrownBy(() -> numpy.shape("huge.npy"))
          .isInstanceOf(FileTrouble.class)
          .hasMessageContaining("more elements than there can be");
    }
    var inspection = Inspection.of(folder.resolve("scan.npz"));
    assertThat(inspection.kind()).isEqualTo("NumPy");
    assertThat(inspection.sentences()).contains("diffraction: uint16 [6, 5, 4]");
    assertThat(inspection.readable()).isFalse();
  }
}

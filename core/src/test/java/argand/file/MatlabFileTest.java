package argand.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argand.array.InvalidInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// MAT-files written by SciPy (level 5) and, in MATLAB's layout of version 7.3, by h5py.
class MatlabFileTest {
  private static final String PROFILE =
      """
      profile: 1
      name: matlab
      frames: {path: dp, axes: [row, column, frame]}
      mask: {path: bad}
      positions: {path: scan.positions, row: 0, column: 1, unit: um}
      energy: {path: energy, unit: keV}
      distance: 2 m
      pixelSize: 75 um
      probe: {complex: probe, axes: [row, column, mode]}
      """;

  @TempDir Path folder;

  @BeforeEach
  void write() {
    Python.needs("scipy");
    Python.run("matlabs.py", folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain.mat", "packed.mat", "seven.mat"})
  void everyKindOfValue(String name) {
    try (var matlab = MatlabFile.open(folder.resolve(name))) {
      for (String kind : List.of("i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8", "f4", "f8", "")) {
        String path = kind.isEmpty() ? "c" : "n" + kind;
        assertThat(matlab.shape(path)).as(path).containsExactly(2, 3, 4);
        float[] values = kind.isEmpty() ? matlab.complex(path).re() : matlab.floats(path);
        for (int k = 0; k < 24; k++) {
          assertThat(values[k]).as(path).isEqualTo(k);
        }
      }
      assertThat(matlab.complex("c").im()).startsWith(0, -1, -2).endsWith(-23);
      assertThat(matlab.doubles("nf8")).startsWith(0, 1, 2, 3).hasSize(24);
      assertThat(matlab.doubles("yes")).startsWith(1, 0, 1, 0);
      assertThat(matlab.shape("empty")).containsExactly(0, 3);
      assertThat(matlab.doubles("empty")).isEmpty();
      assertThat(matlab.doubles("p.inner.lambda")).containsExactly(1.5);
      assertThat(matlab.doubles("/p/inner/lambda")).containsExactly(1.5);
      assertThat(matlab.shape("p.list{1}")).containsExactly(2, 3);
      assertThat(matlab.doubles("p.list{1}")).containsExactly(0, 1, 2, 3, 4, 5);
      assertThat(matlab.doubles("p(1).list{1}")).hasSize(6);
      assertThat(matlab.doubles("s(2).a")).containsExactly(1, 2, 3);
      for (String absent : List.of("q", "p.q", "p.list{3}", "s(3).a", "p.list{0}", "p..name", "")) {
        assertThat(matlab.isDataset(absent)).as(absent).isFalse();
      }
      assertThatThrownBy(() -> matlab.doubles("q"))
          .isInstanceOf(FileTrouble.class)
          .hasMessageContaining("there is no q; it holds");
      assertThatThrownBy(() -> matlab.doubles("text"))
          .isInstanceOf(FileTrouble.class)
          .hasMessageContaining("text is a char; expected numbers");
      assertThat(matlab.contents())
          .containsEntry("text", "'Größe'")
          .containsEntry("p.name", "'scan'")
          .containsEntry("p.list{1}", "double 2×3")
          .containsEntry("p.list{2}", "'second'")
          .containsEntry("s(2).b", "'b1'")
          .containsEntry("dp", "uint16 5×4×6")
          .containsEntry("bad", "logical 5×4")
          .containsEntry("probe", "complex double 5×4×2");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain.mat", "packed.mat", "seven.mat"})
  void oneProfileReadsAll(String name) throws IOException {
    Path profile = Files.writeString(folder.resolve("matlab.yaml"), PROFILE);
    var scan = ForeignScan.read(folder.resolve(name), new ReadWith().profile(profile.toString()));
    ForeignScan.same(scan, 75e-6);
    ForeignScan.badAt12(scan, 1);
    var modes = scan.probe().orElseThrow().modes();
    assertThat(modes).hasSize(2);
    var strong = modes.getFirst();
    double unit = strong.re()[0];
    assertThat(strong.re()[strong.pitch() + 2] / unit)
        .isCloseTo(7, within(1e-5)); // row 1, column 2
    assertThat(strong.im()[strong.pitch() + 2] / unit).isCloseTo(3.5, within(1e-5));
    assertThat(modes.get(1).re()[0] / unit).isCloseTo(1.0 / 3, within(1e-5));
  }

  private static org.assertj.core.data.Offset<Double> within(double tolerance) {
    return org.assertj.core.api.Assertions.within(tolerance);
  }

  @Test
  void theWrongOrderOfAxesIsRefused() throws IOException {
    Path profile =
        Files.writeString(
            folder.resolve("wrong.yaml"), PROFILE.replace("[row, column, frame]", "[row, frame]"));
    assertThatThrownBy(
            () ->
                ForeignScan.read(
                    folder.resolve("packed.mat"), new ReadWith().profile(profile.toString())))
        .isInstanceOf(InvalidInput.class);
  }

  @Test
  void whatIsWrongIsASentence() throws IOException {
    assertThatThrownBy(() -> ForeignScan.read(folder.resolve("packed.mat"), new ReadWith()))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("a profile that says which of them are frames and positions");
    assertThatThrownBy(() -> MatlabFile.open(folder.resolve("cut.mat")))
        .isInstanceOf(FileTrouble.class)
        .hasMessageContaining("damaged or cut off");
    try (var sparse = MatlabFile.open(folder.resolve("sparse.mat"))) {
      assertThat(sparse.contents()).containsEntry("m", "sparse 3×3");
      assertThatThrownBy(() -> sparse.doubles("m"))
          .isInstanceOf(FileTrouble.class)
          .hasMessageContaining("m is a sparse; expected numbers");
    }
    for (String name : List.of("packed.mat", "seven.mat")) {
      var inspection = Inspection.of(folder.resolve(name));
      assertThat(inspection.kind()).isEqualTo("MATLAB");
      assertThat(inspection.sentences().getFirst()).contains("docs/formats/matlab.md");
      assertThat(inspection.facts().get("datasets")).asString().contains("dp=uint16 5×4×6");
    }
  }

  /// Whatever byte is wrong, the answer is a sentence or numbers.
  @Test
  void damagedFilesNeverEndInAnythingElse() throws IOException {
    var random = new java.util.SplittableRandom(5);
    int refused = 0;
    for (String name : List.of("plain.mat", "packed.mat")) {
      byte[] whole = Files.readAllBytes(folder.resolve(name));
      for (int trial = 0; trial < 300; trial++) {
        byte[] bytes = whole.clone();
        bytes[128 + random.nextInt(bytes.length - 128)] = (byte) random.nextInt(256);
        Path file = Files.write(folder.resolve("damaged.mat"), bytes);
        try (var matlab = MatlabFile.open(file)) {
          for (String path : matlab.contents().keySet()) {
            if (matlab.isDataset(path)) {
              matlab.complex(path);
            }
          }
        } catch (FileTrouble sentence) {
          refused++;
        }
      }
    }
    assertThat(refused).isGreaterThan(100);
  }

  /// A file that is called `.mat` and has lost its header, or never had one, is no text file.
  @Test
  void aMatFileWithoutItsHeaderIsSaidToBeOne(@TempDir Path folder) throws IOException {
    Path cut = folder.resolve("cut.mat");
    Files.writeString(cut, "MATLAB 5.0 MAT-file, Platform: GLNXA64, Created on: Fri Nov 27 2026");
    var inspection = Inspection.of(cut);
    assertThat(inspection.kind()).isEqualTo("MATLAB");
    assertThat(inspection.readable()).isFalse();
    assertThat(inspection.sentences().getFirst()).contains("broken MAT-file", "within its header");

    Path headless = folder.resolve("headless.mat");
    Files.writeString(headless, "1 2 3\n4 5 6\n");
    assertThat(Inspection.of(headless).sentences().getFirst())
        .contains("without the header of a MAT-file", "-v7.3");
    Path text = folder.resolve("text.txt");
    Files.writeString(text, "1 2 3\n4 5 6\n");
    assertThat(Inspection.of(text).kind()).isEqualTo("text");
  }
}

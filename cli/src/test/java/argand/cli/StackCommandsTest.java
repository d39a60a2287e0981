package argand.cli;

import static org.assertj.core.api.Assertions.assertThat;

import argand.data.EnergyStack;
import argand.file.ResultReader;
import argand.file.SpectrumReader;
import argand.file.TiffReader;
import argand.file.TiffWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `inspect` and `convert` of images over energy and of spectra.
class StackCommandsTest {
  @TempDir Path folder;
  private Path stack = Path.of("");

  @BeforeEach
  void aStack() {
    stack = folder.resolve("stack.tif");
    TiffWriter.write(
        stack,
        3,
        4,
        2,
        k -> {
          float[] page = new float[12];
          for (int i = 0; i < 12; i++) {
            page[i] = 100 * (k + 1) + i;
          }
          return page;
        });
  }

  private Captured convert(String out) {
    return Captured.run(
        "convert",
        stack.toString(),
        folder.resolve(out).toString(),
        "--read-stack",
        "{energies: [700 eV, 710 eV], pixelSize: 20 nm}");
  }

  @Test
  void aStackBecomesOurHdf5AndThatATiffAndATable() {
    assertThat(convert("kept.h5").code()).isZero();
    var kept = (EnergyStack) ResultReader.product(folder.resolve("kept.h5"));
    try (var images = kept.images()) {
      assertThat(kept.energyEv()).containsExactly(700, 710);
      assertThat(images.grid().pixelX()).isEqualTo(20e-9);
      assertThat(images.plane(1).values()[11]).isEqualTo(211);
    }
    String h5 = folder.resolve("kept.h5").toString();
    Path tiff = folder.resolve("again.tif");
    assertThat(Captured.run("convert", h5, tiff.toString()).code()).isZero();
    assertThat(TiffReader.read(tiff).pages().get(1))
        .isEqualTo(TiffReader.read(stack).pages().get(1));
    Path table = folder.resolve("mean.csv");
    assertThat(Captured.run("convert", h5, table.toString()).code()).isZero();
    // the mean of 0 … 11 is 5.5
    assertThat(SpectrumReader.read(table, _ -> {}).getFirst().values())
        .containsExactly(105.5, 205.5);
    var json = Captured.run("inspect", h5, "--json").json();
    assertThat(json.path("kind").asString()).isEqualTo("stack");
    assertThat(json.path("facts").path("images").asInt()).isEqualTo(2);
    assertThat(json.path("facts").path("energyEv").get(1).asDouble()).isEqualTo(710);
  }

  @Test
  void whatCannotBeIsOneSentence() {
    var without =
        Captured.run(
            "convert", stack.toString(), folder.resolve("a.h5").toString(), "--read-stack", "{}");
    assertThat(without.code()).isEqualTo(2);
    assertThat(without.sentence()).contains("the energies of the images is nowhere in the file");
    assertThat(convert("a.jpg").sentence()).contains(".tif, .h5, .csv, or a folder");
  }

  @Test
  void spectraBecomeATable() throws Exception {
    Path text = Files.writeString(folder.resolve("ni.dat"), "8.33 0\n8.35 1.5\n8.4 1\n");
    Path out = folder.resolve("ni.csv");
    assertThat(Captured.run("convert", text.toString(), out.toString()).code()).isZero();
    assertThat(Files.readString(out))
        .isEqualTo("energy [eV],ni\n8330.0,0.0\n8350.0,1.5\n8400.0,1.0\n");
    var seen = Captured.run("inspect", text.toString());
    assertThat(seen.out()).contains("spectra").doesNotContain("--orientation");
  }
}

package argand.cli;

import static org.assertj.core.api.Assertions.assertThat;

import argand.data.DiffractionScan;
import argand.data.RawFile;
import argand.file.CxiWriter;
import argand.file.Read;
import argand.flow.Watch;
import argand.simulate.StandardCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConvertCommandTest {
  @TempDir static Path folder;
  private static Path scan = Path.of("");

  @BeforeAll
  static void aMeasurement() {
    scan = folder.resolve("scan.cxi");
    CxiWriter.write(scan, StandardCase.farField(64, 1).make(0, Watch.SILENT).scan());
  }

  private static DiffractionScan back(Path file) {
    return Read.defaults().apply(new RawFile(file), Watch.SILENT);
  }

  private static float[] frame(DiffractionScan of, int j) {
    var frame = new argand.array.RealField(of.frames().grid());
    of.frames().read(j, frame);
    return frame.values();
  }

  @Test
  void withoutParametersItIsReadAsItIs() {
    Path out = folder.resolve("same.cxi");
    assertThat(Captured.run("convert", scan.toString(), out.toString()).code()).isZero();
    assertThat(frame(back(out), 3)).isEqualTo(frame(back(scan), 3));
    assertThat(back(out).frames().count()).isEqualTo(200);
  }

  /// Transposed, every fourth frame, another energy: as `read` of a recipe.
  @Test
  void itReadsAsARecipeWould() {
    Path out = folder.resolve("read.cxi");
    var said =
        Captured.run(
            "convert",
            scan.toString(),
            out.toString(),
            "--read",
            "{transposeFrames: true, every: 4, energy: 7.9 keV}");
    assertThat(said.sentence()).isEmpty();
    assertThat(said.code()).isZero();
    var read = back(out);
    assertThat(read.frames().count()).isEqualTo(50);
    assertThat(read.geometry().beam().energyEv()).isBetween(7899.99, 7900.01);
    float[] turned = frame(read, 2);
    float[] whole = frame(back(scan), 8);
    assertThat(turned[5 * 64 + 40]).isEqualTo(whole[40 * 64 + 5]);
    assertThat(turned).isNotEqualTo(whole);
  }

  /// The steps of a recipe up to the one that reconstructs.
  @Test
  void itConditionsAsARecipeWould() throws IOException {
    Path recipe = folder.resolve("small.yaml");
    Files.writeString(
        recipe,
        """
        argand: 1
        of: scan.cxi
        each:
          - read: {last: 19}
          - crop: {size: 32}
          - ptychography: {iterations: 5}
        """);
    Path out = folder.resolve("small.cxi");
    var said =
        Captured.run("convert", scan.toString(), out.toString(), "--recipe", recipe.toString());
    assertThat(said.sentence()).isEmpty();
    var small = back(out);
    assertThat(small.frames().count()).isEqualTo(20);
    assertThat(small.frames().grid().rows()).isEqualTo(32);
  }

  @Test
  void wrongParametersAreRefusedInWords() {
    Path out = folder.resolve("wrong.cxi");
    var said =
        Captured.run("convert", scan.toString(), out.toString(), "--read", "{transpose: true}");
    assertThat(said.code()).isNotZero();
    assertThat(said.sentence()).contains("--read").contains("transposeFrames");
    assertThat(out).doesNotExist();
    var both =
        Captured.run(
            "convert",
            scan.toString(),
            out.toString(),
            "--read",
            "{every: 2}",
            "--recipe",
            "any.yaml");
    assertThat(both.sentence()).contains("not both");
  }
}

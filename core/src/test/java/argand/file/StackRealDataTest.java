package argand.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import argand.data.EnergyStack;
import argand.data.Planes;
import argand.data.Quantity;
import argand.data.RawFile;
import argand.flow.Watch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Measured stacks of six instruments.
class StackRealDataTest {
  @TempDir Path folder;

  private static EnergyStack read(Path file, Watch watch) {
    return ReadStack.defaults().apply(new RawFile(file), watch);
  }

  private static EnergyStack read(Path file) {
    return read(file, Watch.SILENT);
  }

  private static double mean(Planes planes, int e) {
    double sum = 0;
    float[] plane = planes.plane(e).values();
    for (float value : plane) {
      sum += value;
    }
    return sum / plane.length;
  }

  /// The values of reference-numbers.json beside the data, by other software from the same frames.
  @Test
  void ssrlFramesAreGatheredByEnergyAndRole() {
    Path file =
        SharedData.file("txm-xanes-nca-ssrl/rep01_20161456_ssrl-test-data_08324.0_eV_001of003.xrm");
    for (long memory : new long[] {1 << 30, 1 << 22}) { // in memory, and from the files
      var stack = read(java.util.Objects.requireNonNull(file.getParent()), Watch.silent(memory));
      try (var images = stack.images()) {
        assertThat(stack.energyEv()).containsExactly(8324, 8354);
        assertThat(stack.quantity()).isEqualTo(Quantity.COUNTS);
        assertThat(images.grid().rows()).isEqualTo(1024);
        assertThat(images.grid().pixelX()).isCloseTo(31.2e-9, within(1e-12));
        assertThat(stack.angle()).isCloseTo(Math.toRadians(6.9745), within(1e-4));
        var beam = stack.emptyBeam().orElseThrow();
        assertThat(beam.flatFrames()).isEqualTo(3);
        assertThat(beam.exposureRatio()).isCloseTo(3 * 0.5 / 0.3, within(1e-6));
        // sums of three frames; means of three references
        assertThat(mean(images, 0)).isCloseTo(414.4110 + 416.9828 + 417.8262, within(1e-3));
        assertThat(mean(beam.flats(), 0))
            .isCloseTo((751.2205 + 757.6189 + 756.6697) / 3, within(1e-3));
        // one pixel by numpy; the particle's centre is a mean over about ten pixels
        assertThat(density(stack, 0, 400, 640, 1)).isCloseTo(1.2566922, within(1e-6));
        assertThat(density(stack, 1, 400, 640, 1)).isCloseTo(1.9488481, within(1e-6));
        assertThat(density(stack, 0, 395, 635, 10)).isCloseTo(1.2509, within(2e-3));
        assertThat(density(stack, 1, 395, 635, 10)).isCloseTo(1.9704, within(3e-3));
      }
    }
  }

  /// By hand: −ln((sum/exposure)/(mean reference)), the mean over a square.
  private static double density(EnergyStack stack, int e, int row, int column, int size) {
    var beam = stack.emptyBeam().orElseThrow();
    float[] sample = stack.images().plane(e).values();
    float[] empty = beam.flats().plane(e).values();
    double sum = 0;
    for (int r = row; r < row + size; r++) {
      for (int c = column; c < column + size; c++) {
        int i = r * 1024 + c;
        sum -= Math.log(sample[i] / beam.exposureRatio() / empty[i]);
      }
    }
    return sum / size / size;
  }

  @Test
  void aTomographicSeriesHasNoEnergiesAndSaysSo() {
    Path txrm = SharedData.file("txm-tomography/txrm_test_chip_tomo.txrm");
    var xrm = XrmFile.of(txrm);
    assertThat(xrm.count()).isEqualTo(7);
    assertThat(xrm.rows()).isEqualTo(256);
    assertThat(xrm.pixel()).isCloseTo(155.8e-9, within(1e-10));
    assertThat(xrm.energy(0)).isCloseTo(9200.02, within(0.01));
    assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> read(txrm)))
        .hasMessageContaining("the energies of the images is nowhere in the file");
  }

  @Test
  void oneFrameWithItsOwnReference() {
    var stack = read(SharedData.file("txm-tomography/test_chip00.xrm"));
    assertThat(stack.energyEv()[0]).isCloseTo(7191.05, within(0.01));
    assertThat(stack.images().plane(0).values()[0]).isEqualTo(15);
    assertThat(stack.images().plane(0).values()[1]).isEqualTo(15);
    var beam = stack.emptyBeam().orElseThrow();
    assertThat(beam.exposureRatio()).isCloseTo(39.8847 / 40, within(1e-4));
    assertThat(beam.flats().plane(0).values()[0]).isEqualTo(4915282 & 0xffff);
  }

  /// The film's phases are strong at 320 eV and weak at 280 eV: fewer photons come through.
  @Test
  void polluxStackGivesSpectra() {
    Path file = SharedData.file("stxm-pollux-nxstxm/Sample_Stack_2021-03-16_128.hdf5");
    var stack = read(file);
    assertThat(stack.energyEv()).containsExactly(280, 284.5, 285, 320);
    assertThat(stack.grid().rows()).isEqualTo(50);
    assertThat(stack.grid().pixelX()).isCloseTo(0.5e-6, within(2e-9));
    assertThat(stack.quantity()).isEqualTo(Quantity.COUNTS);
    float least = Float.MAX_VALUE;
    float most = 0;
    for (int e = 0; e < 4; e++) {
      for (float value : stack.images().plane(e).values()) {
        least = Math.min(least, value);
        most = Math.max(most, value);
      }
    }
    assertThat(least).isEqualTo(342);
    assertThat(most).isEqualTo(1821);
    assertThat(mean(stack.images(), 3)).isNotCloseTo(mean(stack.images(), 0), within(50.0));
    var line = read(file.resolveSibling("Sample_Line_2021-03-16_096.hdf5"));
    assertThat(line.count()).isEqualTo(81);
    assertThat(line.grid().rows()).isEqualTo(1);
    assertThat(line.energyEv()[80]).isEqualTo(320);
  }

  @Test
  void sdfOfTwoInstruments() {
    var maxiv = read(SharedData.file("stxm-sdf-hdr-xim/maxiv/max_iv.hdr"));
    assertThat(maxiv.energyEv()).containsExactly(698, 700);
    assertThat(maxiv.grid().pixelX()).isCloseTo(50e-9, within(1e-12));
    assertThat(maxiv.images().plane(1).values()[11]).isEqualTo(1243);
    assertThat(maxiv.images().plane(0).values()[20]).isEqualTo(1258);
    Path cosmic = SharedData.file("stxm-sdf-hdr-xim/cosmic/stxm-scan.hdr");
    var als = read(java.util.Objects.requireNonNull(cosmic.getParent()));
    assertThat(als.energyEv()).containsExactly(853, 857.75);
    assertThat(als.grid().pixelY()).isCloseTo(27.18e-9, within(1e-11));
    assertThat(als.images().plane(0).values()[0]).isEqualTo(19447);
    assertThat(als.source().notes())
        .anyMatch(note -> note.startsWith("the numbers 3, 19 of the images do not fit"));
  }

  @Test
  void damagedXradiaFilesAreOneSentence() throws IOException {
    byte[] whole = Files.readAllBytes(SharedData.file("txm-tomography/txrm_test_chip_tomo.txrm"));
    Path file = folder.resolve("a.txrm");
    var random = new java.util.SplittableRandom(5);
    int refused = 0;
    for (int trial = 0; trial < 60; trial++) {
      byte[] bytes =
          trial < 20
              ? java.util.Arrays.copyOf(whole, 100 + whole.length / 20 * trial)
              : whole.clone();
      for (int k = 0; trial >= 20 && k < 40; k++) {
        int at = random.nextInt(k % 2 == 0 ? 4096 : bytes.length);
        bytes[at] = (byte) random.nextInt(256);
      }
      Files.write(file, bytes);
      try {
        XrmFile.of(file);
      } catch (FileTrouble trouble) {
        refused++;
        assertThat(trouble.getMessage()).doesNotContain("\n").doesNotContain("Exception");
      }
    }
    assertThat(refused).isGreaterThan(19);
  }

  /// A header that lost its end, an image that lost rows, a scan that was broken off.
  @Test
  void damagedSdfFilesAreOneSentence() throws IOException {
    Path from = SharedData.file("stxm-sdf-hdr-xim/maxiv/max_iv.hdr");
    try (Stream<Path> files = Files.list(from.getParent())) {
      for (Path file : files.toList()) {
        Files.write(folder.resolve(file.getFileName()), Files.readAllBytes(file));
      }
    }
    Path hdr = folder.resolve("max_iv.hdr");
    String text = Files.readString(hdr);
    Files.delete(folder.resolve("max_iv_a001.xim"));
    var cut = read(hdr);
    assertThat(cut.energyEv()).containsExactly(698);
    assertThat(cut.source().notes())
        .contains("the scan is unfinished: images at 700 eV are missing");
    Files.writeString(hdr, text.substring(0, 700));
    assertRefused(hdr, "line ");
    Files.writeString(hdr, text.replace("Points = (10, -188.2969", "Points = (11, -188.2969"));
    assertRefused(hdr, "PAxis states 11 points and lists 10");
    Files.writeString(hdr, text.replace("Image Scan", "Line Scan"));
    assertRefused(hdr, "the scan is a NEXAFS Line Scan; expected a stack of images");
    Files.writeString(hdr, text);
    Files.writeString(folder.resolve("max_iv_a000.xim"), "1\t2\n3\t4\n");
    assertRefused(hdr, "holds 2 × 2 numbers; expected 10 × 10 as the header says");
  }

  private static void assertRefused(Path file, String words) {
    assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> read(file)))
        .isInstanceOfAny(FileTrouble.class, argand.array.InvalidInput.class)
        .hasMessageContaining(words);
  }
}

package argand.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import argand.array.InvalidInput;
import argand.data.EnergyStack;
import argand.data.Quantity;
import argand.data.RawFile;
import argand.flow.Watch;
import argand.recipe.Catalog;
import argand.recipe.RecipeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Stacks written by h5py, laid out as the programs of the field do.
class ReadStackTest {
  private static final double[] EV = {8330, 8335, 8347.5, 8350, 8360};

  @TempDir static Path folder;

  @BeforeAll
  static void written() {
    Python.run("stacks.py", folder);
  }

  private static EnergyStack read(String name, String parameters) {
    return read(folder.resolve(name), parameters, Watch.SILENT);
  }

  private static EnergyStack read(Path file, String parameters, Watch watch) {
    return step(parameters).apply(new RawFile(file), watch);
  }

  /// As a recipe writes it.
  private static ReadStack step(String parameters) {
    String recipe = "argand: 1\nof: a.h5\neach:\n  - readStack: {" + parameters + "}\n";
    var file = new RecipeFile("r.yaml", recipe.getBytes(StandardCharsets.UTF_8), folder, List.of());
    return (ReadStack) file.bind(Catalog.ARGAND).each().getFirst();
  }

  private static void assertImages(EnergyStack stack, double offset, double scale) {
    assertThat(stack.count()).isEqualTo(5);
    assertThat(stack.grid().rows()).isEqualTo(7);
    assertThat(stack.grid().columns()).isEqualTo(9);
    for (int e = 0; e < 5; e++) {
      float[] plane = stack.images().plane(e).values();
      for (int i = 0; i < plane.length; i++) {
        double expected = (1000 * e + 10 * (i / 9) + i % 9 + offset) * scale;
        assertThat(plane[i]).isCloseTo((float) expected, within((float) (1e-6 * expected)));
      }
    }
  }

  @Test
  void sixWaysOfLyingInTheFileAreReadBitForBit() {
    for (String name :
        List.of("contiguous", "chunked", "deflated", "shuffled", "bigendian", "spectra")) {
      boolean whole = List.of("contiguous", "deflated", "spectra").contains(name);
      // with room for all, and with room for nothing: then band by band, or through a scratch file
      for (long memory : new long[] {1 << 30, 2400, 64}) {
        try (var images =
            read(folder.resolve(name + ".h5"), "quantity: counts", Watch.silent(memory)).images()) {
          assertThat(images.memoryBytes()).as(name + memory).isEqualTo(memory > 3000 ? 1260 : 0);
          for (int e = 0; e < 5; e++) {
            float[] plane = images.plane(e).values();
            float[] run = new float[20];
            images.read(e, 5, 17, run, 2);
            for (int i = 0; i < plane.length; i++) {
              float expected = 1000 * e + 10 * (i / 9) + i % 9 + (whole ? 0 : 0.5f);
              assertThat(plane[i]).as(name).isEqualTo(expected);
            }
            assertThat(run[2]).isEqualTo(plane[5]);
            assertThat(run[18]).isEqualTo(plane[21]);
            assertThat(run[1]).isZero();
            assertThat(run[19]).isZero();
          }
        }
      }
    }
  }

  @Test
  void energiesInKevAreRecognisedAndSaid() {
    var stack = read("contiguous.h5", "");
    assertThat(stack.energyEv()).containsExactly(EV);
    assertThat(stack.quantity()).isEqualTo(Quantity.COUNTS);
    assertThat(stack.source().notes())
        .contains(
            "energies of /energies have no unit: taken as keV, because all are below 100",
            "/images is taken as 5 images of 7 × 9");
    assertThat(read("contiguous.h5", "energyUnit: ev").energyEv()[0]).isEqualTo(8.33);
  }

  @Test
  void pyxasAndFxi() {
    var pyxas = read("pyxas.h5", "quantity: transmission");
    assertImages(pyxas, 0.5, 1e-3);
    assertThat(pyxas.energyEv()).containsExactly(EV);
    // images that are divided already are not divided again by the flats beside them
    var fxi = read("fxi.h5", "");
    assertImages(fxi, 0.5, 1 / 6000.0);
    assertThat(fxi.quantity()).isEqualTo(Quantity.TRANSMISSION);
    assertThat(fxi.emptyBeam()).isEmpty();
    assertThat(fxi.grid().pixelX()).isCloseTo(20.3e-9, within(1e-20));
    assertThat(fxi.source().notes()).anyMatch(note -> note.contains("is not used"));
    var raw = read("raw.h5", "");
    assertThat(raw.quantity()).isEqualTo(Quantity.COUNTS);
    var beam = raw.emptyBeam().orElseThrow();
    assertThat(beam.flats().count()).isEqualTo(5);
    assertThat(beam.flats().plane(3).values()[0]).isEqualTo(6003);
    assertThat(beam.dark().orElseThrow().values()[5]).isEqualTo(102);
    assertThat(read("raw.h5", "darks: none").emptyBeam().orElseThrow().dark()).isEmpty();
  }

  @Test
  void repeatedFlatsOfEachEnergyAreAveraged() {
    var beam = read("repeated.h5", "").emptyBeam().orElseThrow();
    assertThat(beam.flats().count()).isEqualTo(5);
    assertThat(beam.flatFrames()).isEqualTo(10);
    assertThat(beam.flats().plane(3).values()[11]).isEqualTo(6007.5f);
    assertThat(beam.dark().orElseThrow().values()[5]).isEqualTo(101);
  }

  @Test
  void dataExchangeWithThreeFlatsForAllEnergies() {
    var stack = read("exchange.h5", "");
    assertImages(stack, 0, 1);
    assertThat(stack.energyEv()).containsExactly(EV);
    var beam = stack.emptyBeam().orElseThrow();
    assertThat(beam.flats().count()).isEqualTo(1);
    assertThat(beam.flats().plane(0).values()[0]).isEqualTo(5100);
    assertThat(beam.flatFrames()).isEqualTo(3);
    assertThat(beam.dark().orElseThrow().values()[0]).isEqualTo(10);
  }

  @Test
  void mantisHasColumnsFirstAndOneEmptyBeamForAllPixels() {
    var stack = read("mantis.h5", "");
    assertImages(stack, 0.5, 1);
    assertThat(stack.energyEv()).containsExactly(EV);
    assertThat(stack.grid().pixelY()).isCloseTo(0.05e-6, within(1e-15));
    var flats = stack.emptyBeam().orElseThrow().flats();
    // 9000 at 8330 eV, 10000 at 8350 eV, a line between them, the last value beyond
    assertThat(flats.plane(2).values()[4]).isEqualTo(9875);
    assertThat(flats.plane(4).values()[4]).isEqualTo(10000);
  }

  @Test
  void energiesAlongTheLastAxis() {
    assertImages(read("last.h5", ""), 0, 1);
    var turned = read("last.h5", "transpose: true");
    assertThat(turned.grid().rows()).isEqualTo(9);
    assertThat(turned.images().plane(2).values()[7 * 3 + 2]).isEqualTo(2023);
    try (var banded = read(folder.resolve("last.h5"), "", Watch.silent(64)).images()) {
      assertThat(banded.plane(4).values()[10]).isEqualTo(4011);
    }
  }

  @Test
  void volumesLieSliceBelowSlice() {
    for (long memory : new long[] {1 << 30, 64}) {
      try (var images = read(folder.resolve("volumes.h5"), "", Watch.silent(memory)).images()) {
        assertThat(images.grid().rows()).isEqualTo(14);
        assertThat(images.plane(1).values()[0]).isEqualTo(1000);
        assertThat(images.plane(1).values()[7 * 9 + 12]).isEqualTo(1013 + 7);
      }
    }
  }

  @Test
  void energiesOfTheRecipe() throws IOException {
    assertThat(
            read("bare.h5", "energies: [8.33 keV, 8335 eV, 8340 eV, 8.35 keV, 8.36 keV]")
                .energyEv())
        .containsExactly(8330, 8335, 8340, 8350, 8360);
    assertThat(
            read(
                    "bare.h5",
                    "energyRanges: [{from: 8.33 keV, to: 8.34 keV, step: 5 eV},"
                        + " {from: 8.34 keV, to: 8342 eV, step: 1 eV}]")
                .energyEv())
        .containsExactly(8330, 8335, 8340, 8341, 8342);
    Files.writeString(folder.resolve("e.txt"), "# energy keV\n8.330\n8.335\n8.3475\n8.35\n8.36\n");
    assertThat(read("bare.h5", "energyFile: e.txt").energyEv()).containsExactly(EV);
    Files.writeString(folder.resolve("e.csv"), "n,Energy (eV)\n1,10\n2,20\n3,30\n4,40\n5,50\n");
    assertThat(read("bare.h5", "energyFile: e.csv").energyEv()).containsExactly(10, 20, 30, 40, 50);
  }

  @Test
  void flatsAndDarksOfAnotherHdf5File() {
    var beam =
        read(
                "contiguous.h5",
                "flatFile: raw.h5, flats: img_bkg, darkFile: exchange.h5, darks: exchange/data_dark")
            .emptyBeam()
            .orElseThrow();
    assertThat(beam.flats().plane(3).values()[0]).isEqualTo(6003);
    assertThat(beam.dark().orElseThrow().values()[0]).isEqualTo(10);
  }

  @Test
  void energiesOfAnotherHdf5File() {
    assertThat(read("bare.h5", "energyFile: energylist.h5").energyEv()).containsExactly(EV);
  }

  @Test
  void energiesThatCannotBeRight() throws IOException {
    Files.writeString(folder.resolve("short.txt"), "8330\n8335\n");
    assertRefused(
        "bare.h5",
        "energyFile: short.txt",
        "the number of energies is 2 in short.txt for 5 images");
    assertRefused("bare.h5", "", "the energies of the images is nowhere in the file");
    assertRefused(
        "disordered.h5", "", "the energies is not rising: 8340.0 eV after 8350.0 eV (number 3)");
    assertRefused("disordered.h5", "unordered: sort", "the energies is 8350.0 eV 2 times");
    assertThatThrownBy(() -> step("energies: [8.33]")).hasMessageContaining("without a unit");
    assertThatThrownBy(() -> step("energies: [8.33 keV], energyFile: e.txt"))
        .hasMessageContaining("given in 2 ways");
    var sorted = read("disordered.h5", "unordered: sort, duplicates: average");
    assertThat(sorted.energyEv()).containsExactly(8330, 8340, 8350, 8360);
    // images 1 and 3 have one energy: the mean of 1000 and 3000
    assertThat(sorted.images().plane(1).values()[0]).isEqualTo(2000);
    assertThat(sorted.images().plane(2).values()[12]).isEqualTo(2013);
  }

  @Test
  void fallingEnergiesAreTurned() {
    var stack = read("bare.h5", "energies: [8360 eV, 8350 eV, 8340 eV, 8335 eV, 8330 eV]");
    assertThat(stack.energyEv()[0]).isEqualTo(8330);
    assertThat(stack.images().plane(0).values()[0]).isEqualTo(4000);
    assertThat(stack.source().notes())
        .contains("energies fall: the images are taken in reverse order");
  }

  @Test
  void whatIsNotClearIsSaid() {
    assertRefused("two.h5", "", "one of /a/first [5, 7, 9], /b/second [5, 7, 9]");
    assertThat(read("two.h5", "images: b/second").count()).isEqualTo(5);
    assertRefused("two.h5", "images: c", "there is no dataset /c; expected one of /a/first");
    assertRefused("none.h5", "", "there is no array of images");
    assertRefused("pyxas.h5", "", "quantity: counts, transmission, opticalDensity");
    assertRefused("two.h5", "images: energies", "numbers (energies, rows, columns)");
    assertThatThrownBy(() -> read("absent.h5", "")).isInstanceOf(FileTrouble.class);
    assertRefused("bare.h5", "format: jpeg", "format is jpeg; expected auto or one of");
  }

  @Test
  void damagedFilesAreOneSentence() throws IOException {
    byte[] whole = Files.readAllBytes(folder.resolve("deflated.h5"));
    Path cut = Files.write(folder.resolve("cut.h5"), java.util.Arrays.copyOf(whole, 3000));
    assertThatThrownBy(() -> read(cut, "", Watch.SILENT))
        .isInstanceOf(FileTrouble.class)
        .hasMessageContaining("damaged or cut off");
    Path text = Files.writeString(folder.resolve("a.doc"), "a letter");
    assertThatThrownBy(() -> read(text, "", Watch.SILENT))
        .isInstanceOf(FileTrouble.class)
        .hasMessageContaining("no reader of stacks knows this file");
  }

  private static void assertRefused(String name, String parameters, String words) {
    assertThatThrownBy(() -> read(name, parameters))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining(words)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }
}

package argand.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argand.array.Grid;
import argand.array.RealField;
import argand.data.EnergyStack;
import argand.data.Findings;
import argand.data.Planes;
import argand.data.Quantity;
import argand.data.Source;
import argand.data.Spectrum;
import argand.file.FileTrouble;
import argand.file.Hdf5;
import argand.file.Hdf5Storage;
import argand.file.Inspection;
import argand.file.ResultReader;
import argand.file.ResultWriter;
import argand.file.SpectrumReader;
import argand.file.TiffReader;
import argand.file.TiffWriter;
import argand.recipe.Catalog;
import argand.recipe.RecipeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Stacks through whole runs: a folder as one measurement, a file for each energy, what is left for
/// other programs, the same bits again.
class StackRunTest {
  @TempDir Path folder;

  private Outcome run(String recipe) {
    return run(recipe, 0);
  }

  private Outcome run(String recipe, long memory) {
    var file =
        new RecipeFile(
            "r.yaml",
            ("argand: 1\ntitle: t\n" + recipe).getBytes(StandardCharsets.UTF_8),
            folder,
            List.of());
    var plan = Plan.of(file, Catalog.ARGAND, 2, memory);
    var runs = RunFolder.fresh(folder.resolve("runs"), LocalDate.of(2026, 1, 1), "t");
    return new Runner(plan, runs, Listener.NONE).start();
  }

  private void images(String name, float... levels) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    TiffWriter.write(
        file,
        4,
        5,
        levels.length,
        k -> {
          float[] page = new float[20];
          for (int i = 0; i < 20; i++) {
            page[i] = levels[k] + i;
          }
          return page;
        });
  }

  @Test
  void aFolderIsOneMeasurement() throws IOException {
    images("raw/a_700eV.tif", 100);
    images("raw/a_710eV.tif", 200);
    String recipe = "of: raw\neach:\n  - readStack: {quantity: counts}\n";
    var outcome = run(recipe);
    assertThat(outcome.failures()).isEmpty();
    var stack = (EnergyStack) ResultReader.product(outcome.result().orElseThrow());
    try (var images = stack.images()) {
      assertThat(stack.energyEv()).containsExactly(700, 710);
      assertThat(images.plane(1).values()[3]).isEqualTo(203);
    }
    String before = Files.readString(outcome.folder().plan());
    assertThat(before).contains("\"name\" : \"raw\"");
    // another name, or another byte, is another measurement
    var plan = plan(recipe).tasks().getFirst();
    images("raw/a_710eV.tif", 201);
    var changed = plan(recipe).tasks().getFirst();
    assertThat(changed.sha256()).isNotEqualTo(plan.sha256());
    assertThat(before).contains(plan.sha256());
    Files.move(folder.resolve("raw/a_710eV.tif"), folder.resolve("raw/b_710eV.tif"));
    assertThat(plan(recipe).tasks().getFirst().sha256()).isNotEqualTo(changed.sha256());
    assertThatThrownBy(() -> plan("of: raw\neach:\n  - read: {}\n"))
        .isInstanceOf(FileTrouble.class)
        .hasMessageContaining("is a folder");
  }

  private Plan plan(String recipe) {
    var file =
        new RecipeFile(
            "r.yaml", ("argand: 1\n" + recipe).getBytes(StandardCharsets.UTF_8), folder, List.of());
    return Plan.of(file, Catalog.ARGAND, 1, 0);
  }

  @Test
  void aFileForEachEnergyIsGathered() throws IOException {
    images("e/s_8.330keV.tif", 100);
    images("e/s_8.335keV.tif", 150);
    images("e/s_8.340keV.tif", 200);
    Files.writeString(folder.resolve("e/s_8.345keV.tif"), "broken");
    var outcome =
        run(
            "of: e/*.tif\neach:\n  - readStack: {quantity: counts}\nthen:\n"
                + "  - stack: {energies: [8330 eV, 8335 eV, 8340 eV, 8345 eV]}\n");
    assertThat(outcome.failures()).hasSize(1);
    var stack = (EnergyStack) ResultReader.product(outcome.result().orElseThrow());
    try (var images = stack.images()) {
      assertThat(stack.energyEv()).containsExactly(8330, 8335, 8340);
      assertThat(images.plane(2).values()[0]).isEqualTo(200);
      assertThat(stack.source().notes()).contains("no images at 8345 eV");
    }
  }

  private EnergyStack found() {
    var grid = Grid.square(4, 5, 1e-8);
    var map = new RealField(grid);
    var sigma = new RealField(grid);
    for (int i = 0; i < 20; i++) {
      map.values()[i] = 0.1f * i;
      sigma.values()[i] = 0.01f;
    }
    map.values()[3] = Float.NaN;
    return EnergyStack.of(
            new double[] {700, 710},
            Planes.of(List.of(new RealField(grid), new RealField(grid))),
            Quantity.OPTICAL_DENSITY,
            Source.NONE)
        .withFindings(
            Findings.NONE
                .with(new Findings.FoundMap("Fe2+ / Fe", "", map, Optional.of(sigma)))
                .with(
                    new Spectrum(
                        "region, upper",
                        new double[] {700, 710},
                        new double[] {1 / 3.0, Double.NaN},
                        Optional.of(new double[] {0.1, 0.2}),
                        Quantity.OPTICAL_DENSITY))
                .with(
                    Spectrum.of(
                        "fit",
                        new double[] {700, 705},
                        new double[] {1, 2},
                        Quantity.OPTICAL_DENSITY)));
  }

  @Test
  void whatWasFoundIsLeftForOtherPrograms() throws IOException {
    var stack = found();
    ResultWriter.write(folder.resolve("kept.h5"), stack, "", "{}");
    var outcome = run("of: kept.h5\neach:\n  - readStack: {}\n");
    Path task = outcome.folder().path().resolve("tasks/0001");
    var tiff = TiffReader.read(task.resolve("tables/fe2+-fe.tif"));
    assertThat(tiff.pages()).hasSize(2);
    assertThat(tiff.pages().get(0)).isEqualTo(stack.findings().maps().getFirst().values().values());
    assertThat(tiff.pages().get(1)[4]).isEqualTo(0.01f);
    assertThat(task.resolve("show")).isDirectoryContaining("glob:**.png");
    Path csv = task.resolve("tables/spectra.csv");
    assertThat(Files.readString(csv))
        .isEqualTo(
            "energy [eV],\"region, upper\",\"region, upper sigma\",fit\n"
                + "700.0,0.3333333333333333,0.1,1.0\n705.0,,,2.0\n710.0,,0.2,\n");
    var back = SpectrumReader.read(csv, _ -> {});
    assertThat(back).extracting(Spectrum::name).containsExactly("region, upper", "fit");
    assertThat(back.getFirst().values()).containsExactly(1 / 3.0);
    assertThat(back.getLast().energyEv()).containsExactly(700, 705);
    // the spectra of the result itself
    assertThat(SpectrumReader.read(folder.resolve("kept.h5"), _ -> {}))
        .extracting(Spectrum::name)
        .containsExactly("region, upper", "fit");
  }

  /// PYX-37: the recipe that a run kept gives the same bits again.
  @Test
  void theKeptRecipeGivesTheSameBits() throws IOException {
    images("raw/a_700eV.tif", 100);
    images("raw/a_710eV.tif", 200);
    images("flats.tif", 400, 410, 420);
    var first =
        run(
            "of: raw\neach:\n  - readStack: {quantity: counts, flatFile: flats.tif}\n"
                + "  - opticalDensity: {}\n");
    var again = Plan.of(first.folder().recipeFile(), Catalog.ARGAND, 1, 0);
    var second =
        new Runner(
                again,
                RunFolder.fresh(folder.resolve("runs"), LocalDate.of(2026, 1, 1), "t"),
                Listener.NONE)
            .start();
    var a = (EnergyStack) ResultReader.product(first.result().orElseThrow());
    var b = (EnergyStack) ResultReader.product(second.result().orElseThrow());
    try (var left = a.images();
        var right = b.images()) {
      assertThat(left.plane(0).values()[0]).isNotNaN();
      for (int e = 0; e < 2; e++) {
        assertThat(left.plane(e).values()).containsExactly(right.plane(e).values());
      }
    }
  }

  /// Images packed as whole, and in chunks of a few rows, with a quarter of the memory that they
  /// take: another way through the file, the same bits.
  @Test
  void aStackLargerThanItsMemoryGivesTheSameBits() throws IOException {
    var random = new java.util.SplittableRandom(4);
    float[] counts = new float[40 * 128 * 96];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = 1000 + random.nextInt(500);
    }
    float[] ev = new float[40];
    for (int e = 0; e < 40; e++) {
      ev[e] = 7100 + e;
    }
    for (long rows : new long[] {128, 8}) {
      Path file = folder.resolve("big" + rows + ".h5");
      try (var out = Hdf5.create(file)) {
        out.write("/images", counts, Hdf5Storage.chunked(1, rows, 96).deflated(1), 40, 128, 96);
        out.write(
            "/flats",
            java.util.Arrays.copyOf(counts, 2 * 128 * 96),
            Hdf5Storage.CONTIGUOUS,
            2,
            128,
            96);
        out.write("/energies", ev, Hdf5Storage.CONTIGUOUS, 40);
        out.commit();
      }
      String recipe = "of: big" + rows + ".h5\neach:\n  - readStack: {}\n  - opticalDensity: {}\n";
      var whole = (EnergyStack) ResultReader.product(run(recipe).result().orElseThrow());
      var limited =
          (EnergyStack) ResultReader.product(run(recipe, counts.length).result().orElseThrow());
      try (var a = whole.images();
          var b = limited.images()) {
        for (int e = 0; e < 40; e++) {
          assertThat(b.plane(e).values()).isEqualTo(a.plane(e).values());
        }
        assertThat(a.plane(3).values()[7]).isBetween(-0.5f, 0.5f);
      }
    }
  }

  @Test
  void countsAreKeptWithTheirEmptyBeam() throws IOException {
    images("raw/a_700eV.tif", 100);
    images("flats.tif", 400, 410, 420);
    var outcome =
        run(
            "of: raw\neach:\n  - readStack: {quantity: counts, flatFile: flats.tif, exposureRatio: 2}\n");
    var stack = (EnergyStack) ResultReader.product(outcome.result().orElseThrow());
    var beam = stack.emptyBeam().orElseThrow();
    assertThat(beam.flatFrames()).isEqualTo(3);
    assertThat(beam.exposureRatio()).isEqualTo(2);
    assertThat(beam.flats().plane(0).values()[0]).isEqualTo(410);
    beam.flats().close();
    stack.images().close();
    var seen = Inspection.of(outcome.result().orElseThrow());
    assertThat(seen.kind()).isEqualTo("stack");
    assertThat(seen.sentences().getFirst())
        .isEqualTo(
            "images over energy (our own results): 1 of 4 × 5 pixels of 1 µm, 700 eV, counts; 1"
                + " image of the empty beam; read by readStack");
  }

  @Test
  void inspectionSaysWhatStacksAndSpectraAre() throws IOException {
    images("raw/a_700eV.tif", 100);
    images("raw/a_710eV.tif", 200);
    var raw = Inspection.of(folder.resolve("raw"));
    assertThat(raw.kind()).isEqualTo("stack");
    assertThat(raw.readable()).isTrue();
    assertThat(raw.sentences().getFirst())
        .startsWith(
            "images over energy (TIFF): 2 of 4 × 5 pixels of 1 µm, 700 eV … 710 eV, counts");
    images("plain.tif", 1, 2, 3);
    assertThat(Inspection.of(folder.resolve("plain.tif")).sentences())
        .anyMatch(line -> line.contains("the energies of the images is nowhere in the file"));
    Files.writeString(folder.resolve("nio.txt"), "8.33 0\n8.35 1.5\n8.4 1\n");
    var spectrum = Inspection.of(folder.resolve("nio.txt"));
    assertThat(spectrum.kind()).isEqualTo("spectra");
    assertThat(spectrum.sentences())
        .contains("nio: 3 points, 8330 eV … 8400 eV, normalized absorption");
    Files.writeString(folder.resolve("letter.txt"), "Dear all, 3 samples");
    assertThat(Inspection.of(folder.resolve("letter.txt")).kind()).isEqualTo("text");
  }
}

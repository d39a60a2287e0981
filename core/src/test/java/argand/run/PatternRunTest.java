package argand.run;

import static org.assertj.core.api.Assertions.assertThat;

import argand.data.StructuredScan;
import argand.file.ResultReader;
import argand.file.StructuredScanWriter;
import argand.file.TiffReader;
import argand.phantom.MixedCathode;
import argand.recipe.Catalog;
import argand.recipe.RecipeFile;
import argand.simulate.SimulateStructuredScan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Single-pixel imaging through whole runs: from a simulated scan, and from a file, to maps,
/// figures
/// and a page.
class PatternRunTest {
  private static final String SIMULATED =
      """
      of:
        simulateStructuredScan: {side: 32, patterns: 60, sample: {particles: 7}}
      each:
        - readPatterns: {}
      """;

  @TempDir Path folder;

  private Outcome run(String recipe) {
    var file =
        new RecipeFile(
            "r.yaml",
            ("argand: 1\ntitle: t\n" + recipe).getBytes(StandardCharsets.UTF_8),
            folder,
            List.of());
    var plan = Plan.of(file, Catalog.ARGAND, 2, 0);
    var runs = RunFolder.fresh(folder.resolve("runs"), LocalDate.of(2026, 1, 1), "t");
    return new Runner(plan, runs, Listener.NONE).start();
  }

  /// Maps against the truth, with errors, the weight found and the patterns judged; and the same
  /// bits when it is done again. Ghost imaging, which inverts nothing, is the control.
  @Test
  void aSimulatedScanBecomesMapsAndAPage() throws IOException {
    String recipe =
        SIMULATED
            + "  - analysePatterns: {points: 4, targets: 10}\n"
            + "  - reconstructPatterns: {method: {guidedVariation: {iterations: 60, resamples: 2}}}\n";
    var outcome = run(recipe);
    assertThat(outcome.failures()).isEmpty();
    assertThat(outcome.metrics())
        .containsKeys("MnLambda", "MnLeftOut", "invertibility", "pixelDependence", "NiCoverage");
    assertThat(psnr(outcome)).isGreaterThan(22);
    var scan = (StructuredScan) ResultReader.product(outcome.result().orElseThrow());
    float[] map = scan.findings().map("Ni").orElseThrow().values().values();
    assertThat(scan.findings().map("Ni").orElseThrow().sigma()).isPresent();
    scan.patterns().close();
    Path task = outcome.folder().path().resolve("tasks/0001");
    assertThat(TiffReader.read(task.resolve("tables/ni.tif")).pages()).hasSize(2);
    assertThat(Files.readString(task.resolve("tables/signals.csv")))
        .startsWith("pattern,Mn [counts],sigma,Co [counts],sigma,Ni [counts],sigma\n1,");
    assertThat(task.resolve("show/ni.png")).exists();
    assertThat(task.resolve("show/sigma-of-ni.png")).exists();
    assertThat(task.resolve("show/dependence-map.png")).exists();
    assertThat(task.resolve("show/invertibility.svg")).exists();
    String page = Files.readString(outcome.folder().report());
    assertThat(page)
        .contains("Transmission image")
        .contains("How the weight was chosen")
        .contains("σ of Co")
        .contains("/entry/patterns/data");
    var again = run(recipe);
    var second = (StructuredScan) ResultReader.product(again.result().orElseThrow());
    assertThat(second.findings().map("Ni").orElseThrow().values().values()).isEqualTo(map);
    second.patterns().close();
    var control = run(SIMULATED + "  - reconstructPatterns: {method: ghostImaging}\n");
    assertThat(psnr(control)).isLessThan(psnr(outcome) - 6);
  }

  private static double psnr(Outcome outcome) {
    return outcome.metrics().getOrDefault("psnrMean", Double.NaN);
  }

  @Test
  void aFileIsReadByNameOfItsVerb() {
    var made =
        new SimulateStructuredScan(new MixedCathode(7, 0, 0, 1, 2), 80, 24, 3e-8, 1e6, 40000, 0, 2)
            .make(argand.array.Workers.ONE);
    StructuredScanWriter.write(folder.resolve("scan.h5"), made.scan());
    var outcome =
        run(
            "of: scan.h5\neach:\n  - readPatterns: {}\n  - reconstructPatterns: {method: plainVariation}\n");
    assertThat(outcome.failures()).isEmpty();
    assertThat(outcome.metrics()).containsKey("CoLeftOut").doesNotContainKey("psnrMean");
  }

  /// One sentence for what is missing, wherever it is found.
  @Test
  void whatIsMissingIsSaidInOneSentence() {
    var made =
        new SimulateStructuredScan(new MixedCathode(7, 0, 0, 1, 2), 20, 24, 3e-8, 1e6, 40000, 0, 2)
            .make(argand.array.Workers.ONE);
    var scan = made.scan();
    StructuredScanWriter.write(
        folder.resolve("bare.h5"), scan.withGuide(java.util.Optional.empty()));
    assertThat(sentence("bare.h5", "guidedVariation"))
        .contains("the transmission image is missing; expected one")
        .contains("use plainVariation without it");
    var even = new java.util.ArrayList<argand.array.RealField>();
    for (int j = 0; j < scan.count(); j++) {
      var plane = scan.patterns().plane(j);
      if (j == 3) {
        java.util.Arrays.fill(plane.values(), 0.5f);
      }
      even.add(plane);
    }
    StructuredScanWriter.write(
        folder.resolve("even.h5"), scan.withPatterns(argand.data.Planes.of(even)));
    assertThat(sentence("even.h5", "plainVariation"))
        .contains("the variance of pattern 3 is zero: every pixel is 0.5")
        .contains("an uneven illumination");
  }

  private String sentence(String file, String method) {
    return run("of: "
            + file
            + "\neach:\n  - readPatterns: {}\n  - reconstructPatterns: {method: "
            + method
            + "}\n")
        .failures()
        .getFirst()
        .sentence();
  }
}

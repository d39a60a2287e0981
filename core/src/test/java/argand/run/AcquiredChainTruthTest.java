package argand.run;

import static org.assertj.core.api.Assertions.assertThat;

import argand.acquire.AcquiredScan;
import argand.acquire.Acquisition;
import argand.acquire.ExposurePlan;
import argand.acquire.VirtualBeamline;
import argand.array.RealField;
import argand.data.StructuredScan;
import argand.file.ResultReader;
import argand.file.StructuredScanWriter;
import argand.flow.Watch;
import argand.phantom.MixedCathode;
import argand.recipe.Catalog;
import argand.recipe.RecipeFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// From photons to maps: a measured series, its spectra fitted, its areas joined to their patterns,
/// an image of each element. The beamline draws its own spectra and speckle, and shares no code of
/// fit and reconstruction.
class AcquiredChainTruthTest {
  private static final int SIDE = 32;

  @TempDir Path folder;

  @Test
  void mapsOfElementsComeOutOfRawSpectraAndPatterns() {
    var sample = new MixedCathode(6, 0, 0, 1, 3);
    var beamline =
        new VirtualBeamline(
            new VirtualBeamline.Settings(sample, SIDE, 3e-8, 20000, 1e6, 1e-9, 0.01, 5));
    var plan =
        ExposurePlan.diffuserWalk(400, 9.6e-7, 2e-5, 0.5, ExposurePlan.Order.PATTERNS_FIRST, 2);
    Path series = folder.resolve("series");
    new Acquisition(5e-8, 3, false, Optional.empty())
        .carryOut(beamline, plan, series, Watch.SILENT);
    var acquired = AcquiredScan.read(series);
    StructuredScanWriter.write(
        folder.resolve("scan.h5"), acquired.scan(), Optional.of(acquired.spectra()));

    var found = maps("{groups: [Mn K, Co K, Ni K, elastic]}");
    for (int e = 0; e < 3; e++) {
      var map = found.findings().map(MixedCathode.ELEMENTS.get(e) + " K").orElseThrow().values();
      assertThat(correlation(map, beamline.truth().get(e)))
          .as(MixedCathode.ELEMENTS.get(e))
          .isGreaterThan(0.97);
    }
    // the control: without Co among the groups, its Kβ under the Kα of Ni is taken for Ni
    var whole = found.findings().map("Ni K").orElseThrow().values();
    var mixed = maps("{groups: [Mn K, Ni K, elastic]}").findings().map("Ni K").orElseThrow();
    var truth = beamline.truth().get(2);
    assertThat(1 - correlation(mixed.values(), truth))
        .isGreaterThan(2 * (1 - correlation(whole, truth)));
  }

  private StructuredScan maps(String groups) {
    String recipe =
        """
        argand: 1
        title: t
        of: scan.h5
        each:
          - readSpectra: {}
          - fitLines: %s
          - joinPatterns: {}
          - reconstructPatterns: {method: plainVariation}
        """
            .formatted(groups);
    var file = new RecipeFile("r.yaml", recipe.getBytes(StandardCharsets.UTF_8), folder, List.of());
    var run = RunFolder.fresh(folder.resolve("runs"), LocalDate.of(2026, 1, 1), "t");
    var outcome = new Runner(Plan.of(file, Catalog.ARGAND, 2, 0), run, Listener.NONE).start();
    assertThat(outcome.failures()).isEmpty();
    return (StructuredScan) ResultReader.product(outcome.result().orElseThrow());
  }

  private static double correlation(RealField a, RealField b) {
    double ma = a.sum() / a.grid().size();
    double mb = b.sum() / b.grid().size();
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.values().length; i++) {
      double x = a.values()[i] - ma;
      double y = b.values()[i] - mb;
      ab += x * y;
      aa += x * x;
      bb += y * y;
    }
    return ab / Math.sqrt(aa * bb);
  }
}

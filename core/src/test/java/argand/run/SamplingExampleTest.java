package argand.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `argand demo sampling`: the recipe promises what it can hold, and a study without the
/// transmission image's lead would miss it.
class SamplingExampleTest {
  @TempDir Path folder;

  private ExampleRun run() {
    return new ExampleRun("sampling.yaml", folder);
  }

  /// A quarter of the pixels, one sample, one set of noise: the order of the methods holds already,
  /// figures of 80 × 80 pixels need not.
  @Test
  void aSmallStudyHasTheOrderOfTheMethods() throws java.io.IOException {
    assertThat(run().example().targets()).hasSize(10);
    var small =
        run()
            .example()
            .with(
                List.of(
                    "of.simulateStructuredScan.side=40",
                    "of.simulateStructuredScan.patterns=400",
                    "each.analysePatterns.points=2",
                    "each.studySampling.patterns=[80, 400]",
                    "each.studySampling.samples=1",
                    "each.studySampling.noises=1"));
    var outcome = run().outcome(small);
    assertThat(run().missed(outcome))
        .allMatch(metric -> metric.matches(".*Psnr(5|25|50|100)|plainVariation.*"))
        .doesNotContain("guidedVariationOverPlainVariation5", "guidedVariationOverPointScan5")
        .contains("guidedVariationPsnr50", "guidedVariationPsnr100");
    assertThat(Files.readString(folder.resolve("run/report.html")))
        .contains("Peak signal-to-noise ratio by sampling", "Ni, pointScan, 5.00 %");
    assertThat(folder.resolve("run/tasks/0001/tables/ni-truth.tif")).exists();
  }

  @Test
  @Tag("slow")
  void theFirstImpressionMeetsItsTargets() {
    assertThat(run().missed(run().outcome(run().example().quick())))
        .containsExactly("guidedVariationPsnr50", "guidedVariationPsnr100");
  }
}

package argand.run;

import static org.assertj.core.api.Assertions.assertThat;

import argand.recipe.Catalog;
import argand.recipe.RecipeFile;
import argand.recipe.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The examples of XANES imaging, from simulated counts to a chemical map, judged by the targets
/// that
/// they carry.
class StackExamplesTest {
  @TempDir Path folder;

  private Outcome outcome(RecipeFile recipe) {
    var plan = Plan.of(recipe, Catalog.ARGAND, 2, 0);
    var outcome = new Runner(plan, new RunFolder(folder.resolve("run")), Listener.NONE).start();
    assertThat(outcome.failures()).as("failed tasks").isEmpty();
    return outcome;
  }

  private static RecipeFile example(String name) {
    return RecipeFile.read(Path.of("../examples", name + ".yaml"));
  }

  private static List<Target> missed(RecipeFile example, Outcome outcome) {
    return example.targets().stream().filter(t -> !t.isMetBy(outcome.metrics())).toList();
  }

  /// Even with fewer energies, but for what these alone decide: the noise of a pixel.
  @Test
  void theFirstImpressionOfNcaMeetsItsTargets() throws java.io.IOException {
    var example = example("nca");
    assertThat(example.targets()).hasSize(11);
    var outcome = outcome(example.quick());
    assertThat(missed(example, outcome))
        .allMatch(target -> target.metric().equals("fractionOfNiIVRmse"));
    assertThat(outcome.metrics().get("fractionOfNiIVRmse")).isLessThan(0.05);
    assertThat(Files.readString(folder.resolve("run/report.html")))
        .contains("fraction of NiIV", "Mean spectra of the clusters");
  }

  /// Without the region the band that flickers holds the images fast: the targets can be missed.
  @Test
  void withoutTheRegionTheAlignmentMissesItsTarget() {
    var example = example("nca");
    var small =
        example.with(
            List.of(
                "of.simulateStack.energies.count=15",
                "each.align.region.columns=432",
                "each.align.method.edgeAware.components=2"));
    assertThat(missed(example, outcome(small)))
        .anyMatch(target -> target.metric().equals("shiftRms"));
  }

  @Test
  void theFirstImpressionOfLlzoMeetsItsTargets() {
    var example = example("llzo");
    assertThat(example.targets()).hasSize(5);
    assertThat(missed(example, outcome(example.quick()))).isEmpty();
  }

  @Test
  @Tag("slow")
  void ncaMeetsItsTargets() {
    assertThat(missed(example("nca"), outcome(example("nca")))).isEmpty();
  }

  @Test
  @Tag("slow")
  void llzoMeetsItsTargets() {
    assertThat(missed(example("llzo"), outcome(example("llzo")))).isEmpty();
  }
}

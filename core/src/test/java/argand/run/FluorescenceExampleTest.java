package argand.run;

import static org.assertj.core.api.Assertions.assertThat;

import argand.recipe.Catalog;
import argand.recipe.RecipeFile;
import argand.recipe.Target;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The example of fluorescence: simulated photon by photon, from spectra to µg/cm².
class FluorescenceExampleTest {
  @TempDir Path folder;

  private static RecipeFile example() {
    return RecipeFile.read(Path.of("../examples/fluorescence.yaml"));
  }

  private static List<String> missed(RecipeFile recipe, Path run) {
    var plan = Plan.of(recipe, Catalog.ARGAND, 2, 0);
    var outcome = new Runner(plan, new RunFolder(run), Listener.NONE).start();
    assertThat(outcome.failures()).as("failed tasks").isEmpty();
    return example().targets().stream()
        .filter(target -> !target.isMetBy(outcome.metrics()))
        .map(Target::metric)
        .toList();
  }

  @Test
  void meetsItsTargets() {
    var recipe = example();
    assertThat(recipe.targets()).hasSize(6);
    assertThat(missed(recipe, folder.resolve("run"))).isEmpty();
    // the control: a solid angle that is a tenth too large makes everything a tenth too little
    var wrong =
        recipe.with(
            List.of(
                "each.quantify.by.absolute.solidAngle=0.11sr",
                "of.simulateSpectra.rows=12",
                "of.simulateSpectra.columns=12"));
    assertThat(missed(wrong, folder.resolve("wrong")))
        .contains("densityError.NiK", "densityError.CoK", "densityError.MnK");
  }
}

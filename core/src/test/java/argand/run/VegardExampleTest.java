package argand.run;

import static org.assertj.core.api.Assertions.assertThat;

import argand.recipe.Catalog;
import argand.recipe.RecipeFile;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Row EX-02b of the catalogue from raw frames: three energies of ptychography, and a lattice map.
class VegardExampleTest {
  @TempDir Path folder;

  private Outcome outcome(String name, RecipeFile recipe) {
    var plan = Plan.of(recipe, Catalog.ARGAND, 2, 0);
    var run = new RunFolder(folder.resolve(name));
    var outcome = new Runner(plan, run, Listener.NONE).start();
    assertThat(outcome.failures()).as("failed tasks").isEmpty();
    return outcome;
  }

  @Test
  @Tag("slow")
  void vegardsLineIsFoundAndNotWhereTheMapsAreNotRegistered() {
    var example = RecipeFile.read(Path.of("../examples/lifepo4-vegard.yaml"));
    var found = outcome("run", example);
    assertThat(example.targets()).hasSize(3).allMatch(target -> target.isMetBy(found.metrics()));
    var unregistered = outcome("none", example.with(List.of("then.correlateMap.motion=none")));
    assertThat(example.targets()).anyMatch(target -> !target.isMetBy(unregistered.metrics()));
  }
}

package argand.run;

import static org.assertj.core.api.Assertions.assertThat;

import argand.recipe.Catalog;
import argand.recipe.RecipeFile;
import argand.recipe.Target;
import java.nio.file.Path;
import java.util.List;

/// A recipe of the examples, run in a folder, and what it missed of its promises.
///
/// @param name of its file
record ExampleRun(String name, Path folder) {
  RecipeFile example() {
    return RecipeFile.read(Path.of("../examples", name));
  }

  /// Of the example, or of what was made of it; no task may fail.
  Outcome outcome(RecipeFile recipe) {
    var plan = Plan.of(recipe, Catalog.ARGAND, 2, 0);
    var outcome = new Runner(plan, new RunFolder(folder.resolve("run")), Listener.NONE).start();
    assertThat(outcome.failures()).as("failed tasks").isEmpty();
    return outcome;
  }

  List<String> missed(Outcome outcome) {
    return example().targets().stream()
        .filter(target -> !target.isMetBy(outcome.metrics()))
        .map(Target::metric)
        .toList();
  }
}

package argand.run;

import argand.recipe.Recipe;
import argand.recipe.UsedPlugins;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A jar other than Argand's own from which a run takes steps or methods: an input like others, by
/// its bytes.
///
/// @param taken what is taken from it, by the names that recipes use
public record PluginJar(Path file, String sha256, List<String> taken) {
  public PluginJar {
    taken = List.copyOf(taken);
  }

  /// Those of a recipe, hashed.
  ///
  /// @throws argand.file.FileTrouble when one cannot be read
  static List<PluginJar> of(Recipe recipe) {
    var jars = new ArrayList<PluginJar>();
    UsedPlugins.of(recipe)
        .forEach(
            (file, taken) -> jars.add(new PluginJar(file, Digest.ofAll(file), List.copyOf(taken))));
    return jars;
  }

  String name() {
    return String.valueOf(file.getFileName());
  }

  /// A line for a person.
  String words() {
    return String.join(", ", taken) + "; SHA-256 " + sha256;
  }
}

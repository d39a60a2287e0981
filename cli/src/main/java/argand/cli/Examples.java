package argand.cli;

import argand.array.InvalidInput;
import argand.file.FileTrouble;
import argand.recipe.RecipeFile;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The recipes that come along: `argand/examples/*.yaml` on the class path.
final class Examples {
  /// The one that `argand demo` runs without a name.
  static final String HEADLINE = "lifepo4";

  private static final String ROOT = "/argand/examples/";

  private Examples() {}

  static List<String> names() {
    URL root = Examples.class.getResource(ROOT + HEADLINE + ".yaml");
    if (root == null) {
      return List.of();
    }
    try {
      URI uri = root.toURI();
      if (!uri.getScheme().equals("jar")) {
        return names(Path.of(uri).resolveSibling("."));
      }
      try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
        return names(jar.getPath(ROOT));
      }
    } catch (IOException | URISyntaxException e) {
      throw new FileTrouble(Path.of(ROOT), "cannot be listed (" + e + ")", e);
    }
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".yaml"))
          .map(name -> name.substring(0, name.length() - ".yaml".length()))
          .sorted()
          .toList();
    }
  }

  /// @throws InvalidInput when there is none of this name
  static RecipeFile read(String name) {
    try (var in = Examples.class.getResourceAsStream(ROOT + name + ".yaml")) {
      if (in == null || !name.matches("[\\w-]+")) {
        throw new InvalidInput(
            "demo", "'" + name + "'", "one of " + String.join(", ", names()), "argand demo --list");
      }
      return new RecipeFile(name + ".yaml", in.readAllBytes(), folder(), List.of());
    } catch (IOException e) {
      throw new FileTrouble(Path.of(ROOT + name + ".yaml"), "cannot be read (" + e + ")", e);
    }
  }

  /// What the paths in an example are relative to.
  private static Path folder() {
    String home = System.getProperty("argand.home");
    return home == null ? Path.of("") : Path.of(home, "examples");
  }
}

package argand.recipe;

import argand.array.InvalidInput;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// The jars other than Argand's own from which a recipe takes steps, makers or methods.
public final class UsedPlugins {
  private UsedPlugins() {}

  /// Each jar (or folder of classes), and what is taken from it by the names that recipes use.
  public static SortedMap<Path, SortedSet<String>> of(Recipe recipe) {
    var used = new TreeMap<Path, SortedSet<String>>();
    if (recipe.of() instanceof Inputs.Made made) {
      look(made.maker(), used);
    }
    recipe.each().forEach(step -> look(step, used));
    recipe.then().forEach(step -> look(step, used));
    return used;
  }

  private static void look(Object value, SortedMap<Path, SortedSet<String>> used) {
    switch (value) {
      case Optional<?> optional -> optional.ifPresent(inner -> look(inner, used));
      case List<?> list -> list.forEach(inner -> look(inner, used));
      case Record record -> {
        origin(record.getClass())
            .filter(jar -> !jar.equals(origin(UsedPlugins.class).orElse(jar)))
            .ifPresent(
                jar ->
                    used.computeIfAbsent(jar, _ -> new TreeSet<>())
                        .add(Names.of(record.getClass())));
        for (var component : record.getClass().getRecordComponents()) {
          Object inner = Written.held(record, component);
          if (inner != null) {
            look(inner, used);
          }
        }
      }
      default -> {}
    }
  }

  /// Where a class came from.
  private static Optional<Path> origin(Class<?> type) {
    var source = type.getProtectionDomain().getCodeSource();
    if (source == null || source.getLocation() == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Path.of(source.getLocation().toURI()));
    } catch (URISyntaxException | java.nio.file.FileSystemNotFoundException e) {
      throw new InvalidInput(
          "the jar of " + type.getName(), source.getLocation(), "a file on this machine", "");
    }
  }
}

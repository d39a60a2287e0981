package argand.recipe;

import argand.array.InvalidInput;
import argand.flow.Plugin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/// The plug-ins on the class path, looked for once.
final class Plugins {
  private static final List<Plugin> FOUND = found();

  private Plugins() {}

  private static List<Plugin> found() {
    var found = new ArrayList<Plugin>();
    ServiceLoader.load(Plugin.class).forEach(found::add);
    return List.copyOf(found);
  }

  /// The records that come in at an open door of a sealed family.
  static List<Class<? extends Record>> at(Class<?> door) {
    return FOUND.stream()
        .flatMap(p -> p.choices().stream())
        .filter(door::isAssignableFrom)
        .toList();
  }

  /// A catalogue and what all plug-ins add to it.
  ///
  /// @throws InvalidInput when a name is there twice
  static Catalog with(Catalog catalog) {
    return with(catalog, FOUND);
  }

  static Catalog with(Catalog catalog, List<Plugin> plugins) {
    var verbs = new ArrayList<>(catalog.verbs());
    var makers = new ArrayList<>(catalog.makers());
    Map<String, Class<?>> taken = new LinkedHashMap<>();
    verbs.forEach(verb -> taken.put(Names.of(verb), verb));
    makers.forEach(maker -> taken.put(Names.of(maker), maker));
    for (var plugin : plugins) {
      plugin.verbs().forEach(verb -> enter(verb, verbs, plugin, taken));
      plugin.makers().forEach(maker -> enter(maker, makers, plugin, taken));
    }
    return new Catalog(verbs, makers);
  }

  private static <T> void enter(
      Class<? extends T> type,
      List<Class<? extends T>> all,
      Plugin plugin,
      Map<String, Class<?>> taken) {
    var other = taken.putIfAbsent(Names.of(type), type);
    if (other != null || !type.isRecord()) {
      throw new InvalidInput(
          "the plug-in " + plugin.getClass().getName(),
          "brings " + Names.of(type),
          other == null ? "a record" : "a name that is not yet that of " + other.getName(),
          "take its jar off the class path");
    }
    all.add(type);
  }
}

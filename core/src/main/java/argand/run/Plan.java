package argand.run;

import argand.file.FileTrouble;
import argand.file.FirstOpening;
import argand.file.ReadStack;
import argand.flow.Maker;
import argand.recipe.Catalog;
import argand.recipe.Inputs;
import argand.recipe.Recipe;
import argand.recipe.RecipeFile;
import argand.recipe.Written;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import tools.jackson.databind.json.JsonMapper;

/// A recipe ready to be carried out: inputs found and hashed, every default written out, the memory
/// known.
///
/// @param file the recipe as it was written
/// @param recipe what it means
/// @param plugins jars other than Argand's own that it uses
/// @param memory what the steps may hold and will hold
public record Plan(
    RecipeFile file,
    Recipe recipe,
    List<Task> tasks,
    Provenance provenance,
    List<PluginJar> plugins,
    Memory memory) {
  public Plan {
    tasks = List.copyOf(tasks);
    plugins = List.copyOf(plugins);
  }

  /// Binds the recipe, finds and hashes the inputs, walks the first of them through the steps that
  /// only prepare, and sums up the memory.
  ///
  /// @param limit bytes the steps may hold; 0 for what this process has
  /// @throws argand.array.InvalidInput when the recipe is wrong or the memory too small
  /// @throws argand.file.FileTrouble when an input cannot be read
  public static Plan of(RecipeFile file, Catalog catalog, int threads, long limit) {
    Recipe recipe = file.bind(catalog);
    List<Task> tasks =
        switch (recipe.of()) {
          case Inputs.Files files -> {
            boolean folders = recipe.each().getFirst() instanceof ReadStack;
            List<Path> inputs = InputFiles.find(files, folders);
            FirstOpening.check(InputFiles.within(inputs));
            yield measured(inputs);
          }
          case Inputs.Made made -> simulated(made);
        };
    Memory memory = Memory.estimate(recipe, tasks, limit);
    return new Plan(file, recipe, tasks, Provenance.here(threads), PluginJar.of(recipe), memory);
  }

  private static List<Task> measured(List<Path> inputs) {
    var tasks = new ArrayList<Task>();
    for (Path input : inputs) {
      String full = String.valueOf(input.getFileName());
      String name = Files.isDirectory(input) ? full : full.replaceFirst("\\.[^.]*$", "");
      tasks.add(new Task(tasks.size() + 1, name, input, size(input), Digest.of(input)));
    }
    return tasks;
  }

  private static List<Task> simulated(Inputs.Made made) {
    var tasks = new ArrayList<Task>();
    for (int i = 0; i < made.maker().count(); i++) {
      String name = made.maker().name(i);
      String ending = made.maker() instanceof Maker.OfScans ? ".cxi" : ".h5";
      tasks.add(new Task(i + 1, name, Path.of("inputs", name + ending), 0, ""));
    }
    return tasks;
  }

  private static long size(Path input) {
    try {
      long bytes = 0;
      for (Path file : InputFiles.within(List.of(input))) {
        bytes += Files.size(file);
      }
      return bytes;
    } catch (IOException e) {
      throw new FileTrouble(input, "cannot be read (" + e + ")", e);
    }
  }

  /// The plan as it is kept in `plan.json`.
  public SequencedMap<String, Object> asMap() {
    var map = new LinkedHashMap<String, Object>();
    map.put("format", 1);
    map.put("title", recipe.title());
    map.put(
        "recipe",
        ordered(
            "name", file.name(),
            "folder", file.folder().toString(),
            "settings", file.settings(),
            "sha256", Digest.of(file.bytes())));
    map.putAll(essence());
    map.put("provenance", provenance.asMap());
    map.put(
        "memory",
        ordered(
            "limitBytes", memory.limit(),
            "neededBytes", memory.needed(),
            "leastBytes", memory.least(),
            "streams", memory.needed() > memory.spendable()));
    return map;
  }

  /// What decides the bits of the result: inputs, steps, kernels, plug-ins where any are used. A
  /// resumed run must agree in it,
  /// but for `iterations`.
  SequencedMap<String, Object> essence() {
    var map = new LinkedHashMap<String, Object>();
    map.put("of", of());
    map.put("each", recipe.each().stream().map(Written::step).toList());
    map.put("then", recipe.then().stream().map(Written::step).toList());
    map.put("kernels", provenance.kernels());
    if (!plugins.isEmpty()) {
      map.put(
          "plugins",
          plugins.stream()
              .map(jar -> ordered("name", jar.name(), "sha256", jar.sha256(), "taken", jar.taken()))
              .toList());
    }
    map.put("tasks", tasks.stream().map(Plan::written).toList());
    return map;
  }

  /// Identifies what a task computes, `iterations` aside; its checkpoints carry it.
  String fingerprint(Task task) {
    var map = essence();
    map.remove("then");
    map.put("tasks", written(task));
    return Digest.of(json(Resumption.withoutIterations(map)).getBytes(StandardCharsets.UTF_8));
  }

  /// Identifies what a task computes, `iterations` included; a finished task need not be repeated
  /// while it stays the same.
  String exactFingerprint(Task task) {
    var map = essence();
    map.remove("then");
    map.put("tasks", written(task));
    return Digest.of(json(map).getBytes(StandardCharsets.UTF_8));
  }

  private Object of() {
    return switch (recipe.of()) {
      case Inputs.Files files -> files.patterns();
      case Inputs.Made made -> Written.step(made.maker());
    };
  }

  private static Map<String, Object> written(Task task) {
    return ordered(
        "number", task.number(),
        "name", task.name(),
        "input", task.input().toString(),
        "bytes", task.bytes(),
        "sha256", task.sha256());
  }

  static String json(Object value) {
    return JsonMapper.shared().writeValueAsString(value);
  }

  private static Map<String, Object> ordered(Object... pairs) {
    var map = new LinkedHashMap<String, Object>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put((String) pairs[i], pairs[i + 1]);
    }
    return map;
  }
}

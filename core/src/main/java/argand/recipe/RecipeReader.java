package argand.recipe;

import argand.data.Product;
import argand.data.RawFile;
import argand.flow.Maker;
import argand.flow.Step;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Tree → recipe: the header, the inputs, the two verses, and whether the products follow.
///
/// @param folder what paths are relative to
record RecipeReader(Catalog catalog, Path folder) {
  private static final List<String> KEYS =
      List.of("argand", "title", "of", "each", "then", "quick", "targets");
  private static final String EXAMPLE = "begin the recipe with: argand: 1";

  /// @param name of the file; the title where the recipe has none
  Recipe recipe(Node tree, String name) {
    Node.Table header = header(tree);
    targets(tree); // complains
    String title = title(header, name);
    Inputs of = inputs(needed(header, "of", "files or a simulation"));
    Node first = needed(header, "each", "a list of steps");
    List<Placed> each = verse(first, "each");
    var then = header.entries().get("then");
    List<Placed> thens = then == null ? List.of() : verse(then.value(), "then");
    if (each.isEmpty()) {
      throw first.place().complain("each", "empty", "at least one step", "");
    }
    Class<?> flowing = follow(RawFile.class, each, false);
    follow(flowing, thens, true);
    return new Recipe(
        title,
        of,
        each.stream().<Step<?, ?>>map(Placed::step).toList(),
        thens.stream().<Step<?, ?>>map(Placed::step).toList());
  }

  /// The settings that the recipe's own key `quick` lists.
  static List<String> quickSettings(Node tree) {
    return texts(tree, "quick", "path=value").stream().map(Node.Text::text).toList();
  }

  /// What the recipe promises of its result under its key `targets`.
  static List<Target> targets(Node tree) {
    String example = "a target like rmse <= 0.03 or mean = 0.47 +- 0.02";
    var targets = new ArrayList<Target>();
    for (var text : texts(tree, "targets", example)) {
      targets.add(
          Target.parse(text.text())
              .orElseThrow(
                  () -> text.place().complain("targets", "'" + text.text() + "'", example, "")));
    }
    return targets;
  }

  private static List<Node.Text> texts(Node tree, String key, String each) {
    var entry = header(tree).entries().get(key);
    if (entry == null) {
      return List.of();
    }
    if (!(entry.value() instanceof Node.Row row)) {
      throw entry.key().complain(key, entry.value().describe(), "a list of " + each, "");
    }
    var texts = new ArrayList<Node.Text>();
    for (Node item : row.items()) {
      if (!(item instanceof Node.Text text)) {
        throw item.place().complain(key, item.describe(), each, "");
      }
      texts.add(text);
    }
    return texts;
  }

  private static Node.Table header(Node tree) {
    if (!(tree instanceof Node.Table header)) {
      throw tree.place().complain("", tree.describe(), "a recipe", EXAMPLE);
    }
    header
        .entries()
        .forEach(
            (key, entry) -> {
              if (!KEYS.contains(key)) {
                throw entry
                    .key()
                    .complain(
                        key,
                        "not a part of a recipe",
                        "one of " + String.join(", ", KEYS),
                        Spelling.didYouMean(key, KEYS));
              }
            });
    var version = header.entries().get("argand");
    if (version == null) {
      throw header.place().complain("argand", "missing", "the version of the format", EXAMPLE);
    }
    if (!(version.value() instanceof Node.Text text) || !text.text().equals("1")) {
      throw version.key().complain("argand", version.value().describe(), "1", EXAMPLE);
    }
    return header;
  }

  private static Node needed(Node.Table header, String key, String what) {
    var entry = header.entries().get(key);
    if (entry == null) {
      throw header.place().complain(key, "missing", what, "");
    }
    return entry.value();
  }

  private static String title(Node.Table header, String name) {
    var entry = header.entries().get("title");
    if (entry == null) {
      return name.replaceFirst("\\.[^.]*$", "");
    }
    if (!(entry.value() instanceof Node.Text text) || text.text().isBlank()) {
      throw entry.key().complain("title", entry.value().describe(), "a line of text", "");
    }
    return text.text();
  }

  private Inputs inputs(Node node) {
    return switch (node) {
      case Node.Text text -> new Inputs.Files(List.of(pattern(text, "of")), folder);
      case Node.Row row -> {
        var patterns = new ArrayList<String>();
        for (int i = 0; i < row.items().size(); i++) {
          patterns.add(pattern(row.items().get(i), "of[" + i + "]"));
        }
        if (patterns.isEmpty()) {
          throw row.place().complain("of", "empty", "at least one file", "");
        }
        yield new Inputs.Files(patterns, folder);
      }
      case Node.Table table -> {
        Maker maker = new Binder(folder).choice(catalog.makers(), table, "of", "simulation");
        yield new Inputs.Made(maker);
      }
    };
  }

  private static String pattern(Node node, String path) {
    if (node instanceof Node.Text text && !text.text().isBlank()) {
      return text.text();
    }
    throw node.place().complain(path, node.describe(), "a file or a pattern like raw/*.cxi", "");
  }

  /// A step and where it stands.
  private record Placed(Step<?, ?> step, Place place, String path) {}

  private List<Placed> verse(Node node, String verse) {
    if (!(node instanceof Node.Row row)) {
      throw node.place()
          .complain(verse, node.describe(), "a list of steps", "begin every step with a dash");
    }
    var steps = new ArrayList<Placed>();
    for (int i = 0; i < row.items().size(); i++) {
      Node item = row.items().get(i);
      String path = verse + "[" + i + "]";
      Step<?, ?> step = new Binder(folder).choice(catalog.verbs(), item, path, "step");
      steps.add(new Placed(step, item.place(), path + "." + Names.of(step.getClass())));
    }
    return steps;
  }

  /// Walks the products down the list, so that a recipe that cannot work is refused before the
  /// first
  /// hour of computing.
  private Class<?> follow(Class<?> first, List<Placed> steps, boolean gathers) {
    Class<?> flowing = first;
    for (int i = 0; i < steps.size(); i++) {
      Placed placed = steps.get(i);
      Step<?, ?> step = placed.step();
      boolean all = step instanceof Step.All<?, ?>;
      if (all && !(gathers && i == 0)) {
        throw complain(placed, "a step that gathers", "it to stand first in then", "");
      }
      if (!all && gathers && i == 0) {
        throw complain(
            placed, "not a step that gathers", "then to begin with one that gathers all", "");
      }
      if (!step.takes().isAssignableFrom(flowing)) {
        throw complain(
            placed,
            "given a " + flowing.getSimpleName(),
            "a " + step.takes().getSimpleName(),
            remedy(flowing, step.takes()));
      }
      flowing = step.gives();
    }
    return flowing;
  }

  private static RuntimeException complain(
      Placed placed, String found, String expected, String hint) {
    return placed.place().complain(placed.path(), found, expected, hint);
  }

  /// The verbs that would turn the one product into the other.
  private String remedy(Class<?> from, Class<? extends Product> to) {
    var between =
        catalog.verbs().stream()
            .map(Verb::of)
            .filter(v -> v.takes().isAssignableFrom(from) && to.isAssignableFrom(v.gives()))
            .map(Verb::name)
            .toList();
    return between.isEmpty() ? "" : "put " + String.join(" or ", between) + " before it";
  }
}

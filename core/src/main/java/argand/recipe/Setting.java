package argand.recipe;

import argand.array.InvalidInput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Pattern;

/// One change of a recipe: `each.ptychography.iterations=50`. A verb is named by itself or,
/// where it
/// occurs more than once, by its number: `each[2].ptychography.iterations=50`.
///
/// @param path the words between the points; numbers in brackets are words of their own
record Setting(List<String> path, Node value, Place place) {
  private static final Pattern WORD = Pattern.compile("([^.\\[\\]]+)((?:\\[\\d+])*)");

  /// @throws InvalidInput when it is not `path=value`
  static Setting parse(String written) {
    int equals = written.indexOf('=');
    String path = equals < 0 ? written : written.substring(0, equals).strip();
    var words = new ArrayList<String>();
    boolean sound = equals > 0;
    for (String part : path.split("\\.", -1)) {
      var word = WORD.matcher(part);
      sound &= word.matches();
      if (sound) {
        words.add(word.group(1));
        for (String number : word.group(2).split("[\\[\\]]+")) {
          if (!number.isEmpty()) {
            words.add("[" + number + "]");
          }
        }
      }
    }
    if (!sound) {
      throw new InvalidInput(
          "--set",
          "'" + written + "'",
          "path=value",
          "for example each.ptychography.iterations=50");
    }
    var place = new Place("--set " + written, 0, 0);
    return new Setting(words, Yaml.readValue(place, written.substring(equals + 1)), place);
  }

  /// The tree with this change made.
  Node apply(Node tree) {
    return changed(tree, 0, "");
  }

  private Node changed(Node node, int depth, String walked) {
    if (depth == path.size()) {
      return value;
    }
    String word = path.get(depth);
    return switch (node) {
      case Node.Row row -> inRow(row, depth, walked, word);
      case Node.Table table -> {
        var entry = table.entries().get(word);
        Node before = entry == null ? nothing() : entry.value();
        yield table.with(word, changed(before, depth + 1, joined(walked, word)));
      }
      // a choice by its bare name, or nothing yet: parameters make it a table
      case Node.Text text when text.text().isEmpty() || text.text().equals(word) ->
          nothing().with(word, changed(nothing(), depth + 1, joined(walked, word)));
      case Node.Text text ->
          throw place.complain("", "not possible: " + walked + " is " + text.describe(), "", "");
    };
  }

  private Node inRow(Node.Row row, int depth, String walked, String word) {
    int index = word.startsWith("[") ? number(row, walked, word) : only(row, walked, word);
    var items = new ArrayList<>(row.items());
    boolean numbered = word.startsWith("[");
    String here = walked + "[" + index + "]";
    items.set(index, changed(items.get(index), numbered ? depth + 1 : depth, here));
    return new Node.Row(items, row.place());
  }

  private int number(Node.Row row, String walked, String word) {
    String digits = word.substring(1, word.length() - 1);
    int index = digits.length() > 6 ? Integer.MAX_VALUE : Integer.parseInt(digits);
    if (index >= row.items().size()) {
      throw place.complain(
          "", "not possible: " + walked + " has no " + word, "0 … " + (row.items().size() - 1), "");
    }
    return index;
  }

  private int only(Node.Row row, String walked, String word) {
    var names = row.items().stream().map(Setting::name).toList();
    int first = names.indexOf(word);
    if (first < 0) {
      throw place.complain(
          "",
          "not possible: there is no " + word + " in " + walked,
          "one of " + String.join(", ", names),
          Spelling.didYouMean(word, names));
    }
    int last = names.lastIndexOf(word);
    if (last != first) {
      throw place.complain(
          "",
          "ambiguous: " + walked + " has " + word + " more than once",
          "",
          "write " + walked + "[" + first + "]." + word + " or " + walked + "[" + last + "]."
              + word);
    }
    return first;
  }

  private static String name(Node step) {
    return switch (step) {
      case Node.Text text -> text.text();
      case Node.Table table when !table.entries().isEmpty() ->
          table.entries().firstEntry().getKey();
      default -> "";
    };
  }

  private Node.Table nothing() {
    return new Node.Table(new LinkedHashMap<>(), place);
  }

  private static String joined(String walked, String word) {
    return walked.isEmpty() ? word : walked + "." + word;
  }
}

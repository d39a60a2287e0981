package argand.recipe;

import argand.array.InvalidInput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/// YAML text → tree with places. Aliases, duplicate keys and second documents are refused: a recipe
/// means exactly what one reads.
final class Yaml {
  private static final YAMLFactory FACTORY = new YAMLFactory();
  private static final Pattern MARK = Pattern.compile("line (\\d+), column (\\d+)");

  private final String file;
  private final YAMLParser parser;

  private Yaml(String file, YAMLParser parser) {
    this.file = file;
    this.parser = parser;
  }

  /// The tree of one YAML document.
  ///
  /// @param file its name in complaints
  /// @throws InvalidInput when it is not YAML, with line and column
  static Node read(String file, String text) {
    return read(new Place(file, 1, 1), text, false);
  }

  /// The tree of a value written on a single line (an option, a default): every complaint names
  /// `place`.
  static Node readValue(Place place, String text) {
    return read(new Place(place.file(), 0, 0), text, true);
  }

  private static Node read(Place start, String text, boolean single) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      var yaml = new Yaml(start.file(), (YAMLParser) parser);
      JsonToken first = parser.nextToken();
      Node node =
          first == null ? new Node.Text("", start) : yaml.node(first, single ? start : yaml.here());
      if (parser.nextToken() != null) {
        throw yaml.here().complain("", "the start of a second document", "one recipe a file", "");
      }
      return single ? placed(node, start) : node;
    } catch (JacksonException e) {
      throw syntax(start, e, single);
    }
  }

  private Node node(JsonToken token, Place place) {
    if (parser.isCurrentAlias()) {
      throw place.complain(
          "", "the alias *" + parser.getString(), "a value", "aliases are not used in recipes");
    }
    return switch (token) {
      case START_OBJECT -> table(place);
      case START_ARRAY -> row(place);
      case VALUE_NULL -> new Node.Text("", place);
      default -> new Node.Text(parser.getString(), place);
    };
  }

  private Node row(Place place) {
    var items = new ArrayList<Node>();
    for (JsonToken t = parser.nextToken(); t != JsonToken.END_ARRAY; t = parser.nextToken()) {
      items.add(node(t, here()));
    }
    return new Node.Row(items, place);
  }

  private Node table(Place place) {
    var entries = new LinkedHashMap<String, Node.Entry>();
    for (JsonToken t = parser.nextToken(); t != JsonToken.END_OBJECT; t = parser.nextToken()) {
      String key = parser.getString();
      Place keyPlace = here();
      JsonToken value = parser.nextToken();
      var before = entries.put(key, new Node.Entry(keyPlace, node(value, here())));
      if (before != null) {
        throw keyPlace.complain(
            key, "a second time", "each key once", "it stands on line " + before.key().line());
      }
    }
    return new Node.Table(entries, place);
  }

  private Place here() {
    TokenStreamLocation location = parser.currentTokenLocation();
    return new Place(file, location.getLineNr(), location.getColumnNr());
  }

  /// The parser's report has several lines with excerpts; a sentence has the facts.
  private static InvalidInput syntax(Place start, JacksonException e, boolean single) {
    String report = e.getOriginalMessage();
    int line = e.getLocation().getLineNr();
    int column = e.getLocation().getColumnNr();
    var mark = MARK.matcher(report);
    while (mark.find()) {
      line = Integer.parseInt(mark.group(1));
      column = Integer.parseInt(mark.group(2));
    }
    String facts =
        report
            .lines()
            .filter(l -> !l.startsWith(" ") && !l.isBlank())
            .collect(Collectors.joining(", "));
    String what = single ? start.file() : start.file() + " line " + line + ", column " + column;
    return new InvalidInput(
        what,
        "not valid YAML (" + facts + ")",
        "",
        "check the indentation, the brackets and that a space follows every colon");
  }

  /// All places inside a value given on one line are that line.
  private static Node placed(Node node, Place place) {
    return switch (node) {
      case Node.Text text -> new Node.Text(text.text(), place);
      case Node.Row row ->
          new Node.Row(row.items().stream().map(item -> placed(item, place)).toList(), place);
      case Node.Table table -> {
        var entries = new LinkedHashMap<String, Node.Entry>();
        table
            .entries()
            .forEach(
                (key, entry) ->
                    entries.put(key, new Node.Entry(place, placed(entry.value(), place))));
        yield new Node.Table(entries, place);
      }
    };
  }
}

package argand.recipe;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// What a recipe says, before it is known what it means: text, rows and tables, each with its
/// place.
sealed interface Node {
  Place place();

  /// What it is, for a complaint.
  String describe();

  /// A scalar as it was written.
  ///
  /// @param text without quotes; empty when nothing was written
  record Text(String text, Place place) implements Node {
    @Override
    public String describe() {
      return text.isEmpty() ? "empty" : "'" + text + "'";
    }
  }

  /// A list.
  record Row(List<Node> items, Place place) implements Node {
    public Row {
      items = List.copyOf(items);
    }

    @Override
    public String describe() {
      return "a list of " + items.size();
    }
  }

  /// Keys and values, in reading order.
  record Table(SequencedMap<String, Entry> entries, Place place) implements Node {
    public Table {
      entries = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(entries));
    }

    @Override
    public String describe() {
      return entries.isEmpty()
          ? "an empty table"
          : "a table with " + String.join(", ", entries.keySet());
    }

    /// This table with one entry replaced, or added at the end.
    Table with(String key, Node value) {
      var changed = new LinkedHashMap<>(entries);
      var before = changed.get(key);
      changed.put(key, new Entry(before == null ? value.place() : before.key(), value));
      return new Table(changed, place);
    }
  }

  /// @param key where the key stands
  record Entry(Place key, Node value) {}

  /// Whether nothing stands here: `read:` or `read: {}`.
  default boolean isEmpty() {
    return switch (this) {
      case Text text -> text.text().isEmpty();
      case Table table -> table.entries().isEmpty();
      case Row row -> false;
    };
  }
}

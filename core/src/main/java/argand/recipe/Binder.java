package argand.recipe;

import argand.Param;
import argand.array.InvalidInput;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Tree → records of parameters: defaults, units, unknown keys, exact integers, choices of a sealed
/// family by name.
///
/// @param folder what relative paths are relative to
record Binder(Path folder) {
  /// The record that the node describes.
  ///
  /// @param path where it stands in the recipe (`each[1].ptychography`)
  <R> R record(Class<R> type, Node node, String path) {
    Node.Table table = table(node, path, type);
    refuseUnknownKeys(type, table, path);
    var components = type.getRecordComponents();
    var values = new @Nullable Object[components.length];
    var types = new Class<?>[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      values[i] = component(components[i], table, path);
    }
    try {
      var constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw refusal(e, table, path);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot make a " + type.getName(), e);
    }
  }

  /// The record of `options` that is chosen: `name`, or `{name: {…}}`.
  ///
  /// @param kind what is chosen, for complaints: `step`, `method`
  <R> R choice(Collection<Class<? extends R>> options, Node node, String path, String kind) {
    String name;
    Place place = node.place();
    Node parameters;
    switch (node) {
      case Node.Text text -> {
        name = text.text();
        parameters = new Node.Text("", place);
      }
      case Node.Table table when table.entries().size() == 1 -> {
        var entry = table.entries().firstEntry();
        name = entry.getKey();
        place = entry.getValue().key();
        parameters = entry.getValue().value();
      }
      case Node.Table table ->
          throw place.complain(
              path,
              table.describe(),
              "exactly one " + kind,
              "indent the parameters below the name of the " + kind);
      case Node.Row row -> throw place.complain(path, row.describe(), "one " + kind, "");
    }
    var names = new ArrayList<String>();
    for (Class<? extends R> option : options) {
      names.add(Names.of(option));
      if (Names.of(option).equals(name)) {
        return record(option, parameters, path + "." + name);
      }
    }
    String what = path.matches(".*\\[\\d+]") ? path + "." + name : path;
    String found = what.equals(path) ? "'" + name + "'" : "not a " + kind;
    throw place.complain(
        what,
        name.isEmpty() ? "empty" : found,
        "one of " + String.join(", ", names),
        Spelling.didYouMean(name, names));
  }

  private static Node.Table table(Node node, String path, Class<?> type) {
    if (node instanceof Node.Table table) {
      return table;
    }
    if (node.isEmpty()) {
      return new Node.Table(new java.util.LinkedHashMap<>(), node.place());
    }
    throw node.place()
        .complain(
            path,
            node.describe(),
            "a table with the keys " + String.join(", ", Names.keys(type)),
            "");
  }

  private static void refuseUnknownKeys(Class<?> type, Node.Table table, String path) {
    var known = Names.keys(type);
    table
        .entries()
        .forEach(
            (key, entry) -> {
              if (!known.contains(key)) {
                throw entry
                    .key()
                    .complain(
                        path + "." + key,
                        "not a parameter",
                        known.isEmpty()
                            ? "nothing: there are no parameters here"
                            : "one of " + String.join(", ", known),
                        Spelling.didYouMean(key, known));
              }
            });
  }

  private @Nullable Object component(RecordComponent component, Node.Table table, String path) {
    String key = Names.of(component);
    String here = path + "." + key;
    var param = component.getAnnotation(Param.class);
    String unit = Names.unit(component);
    var entry = table.entries().get(key);
    if (entry != null) {
      return value(component.getGenericType(), unit, entry.value(), here);
    }
    String fallback = param == null ? "" : param.byDefault();
    if (!fallback.isEmpty()) {
      Node node = Yaml.readValue(new Place("default of " + here, 0, 0), fallback);
      return value(component.getGenericType(), unit, node, here);
    }
    Object absent = absent(component.getType());
    if (absent == null) {
      String example = unit.isEmpty() ? "" : " [" + unit + "]";
      throw table
          .place()
          .complain(here, "missing", param == null ? "a value" : param.value() + example, "");
    }
    return absent;
  }

  private static @Nullable Object absent(Class<?> type) {
    if (type == Optional.class) {
      return Optional.empty();
    }
    if (type == OptionalDouble.class) {
      return OptionalDouble.empty();
    }
    if (type == OptionalInt.class) {
      return OptionalInt.empty();
    }
    return type == OptionalLong.class ? OptionalLong.empty() : null;
  }

  private Object value(Type type, String unit, Node node, String path) {
    if (type instanceof ParameterizedType generic) {
      Type inner = generic.getActualTypeArguments()[0];
      if (generic.getRawType() == Optional.class) {
        return Optional.of(value(inner, unit, node, path));
      }
      if (generic.getRawType() == List.class) {
        return list(inner, unit, node, path);
      }
      throw new IllegalStateException(path + " has a type recipes do not know: " + type);
    }
    var plain = (Class<?>) type;
    if (plain.isSealed()) {
      return choice(family(plain), node, path, Names.of(plain));
    }
    if (plain.isRecord()) {
      return record(plain, node, path);
    }
    if (!(node instanceof Node.Text text)) {
      throw node.place().complain(path, node.describe(), "a single value", "");
    }
    return scalar(plain, unit, text, path);
  }

  private static Collection<Class<?>> family(Class<?> sealed) {
    return Names.family(sealed);
  }

  private List<Object> list(Type inner, String unit, Node node, String path) {
    if (!(node instanceof Node.Row row)) {
      throw node.place().complain(path, node.describe(), "a list: [… , …]", "");
    }
    var values = new ArrayList<Object>();
    for (int i = 0; i < row.items().size(); i++) {
      values.add(value(inner, unit, row.items().get(i), path + "[" + i + "]"));
    }
    return List.copyOf(values);
  }

  private Object scalar(Class<?> type, String unit, Node.Text text, String path) {
    if (type == double.class || type == Double.class) {
      return real(unit, text, path);
    }
    if (type == OptionalDouble.class) {
      return OptionalDouble.of(real(unit, text, path));
    }
    if (type == int.class || type == Integer.class) {
      return (int) integer(text, path, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }
    if (type == OptionalInt.class) {
      return OptionalInt.of((int) integer(text, path, Integer.MIN_VALUE, Integer.MAX_VALUE));
    }
    if (type == long.class || type == Long.class) {
      return integer(text, path, Long.MIN_VALUE, Long.MAX_VALUE);
    }
    if (type == OptionalLong.class) {
      return OptionalLong.of(integer(text, path, Long.MIN_VALUE, Long.MAX_VALUE));
    }
    if (type == boolean.class || type == Boolean.class) {
      return truth(text, path);
    }
    if (type == String.class) {
      return text.text();
    }
    if (type == Path.class) {
      return file(text, path);
    }
    if (type.isEnum()) {
      return constant(type, text, path);
    }
    throw new IllegalStateException(path + " has a type recipes do not know: " + type);
  }

  private static double real(String unit, Node.Text text, String path) {
    return unit.isEmpty() ? Units.number(text, path) : Units.quantity(text, path, unit);
  }

  private static long integer(Node.Text text, String path, long least, long most) {
    try {
      long value = new BigDecimal(text.text().strip()).longValueExact();
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException | ArithmeticException e) {
      throw text.place().complain(path, text.describe(), "a whole number", "");
    }
    throw text.place()
        .complain(path, text.describe(), "a whole number from " + least + " to " + most, "");
  }

  private static boolean truth(Node.Text text, String path) {
    return switch (text.text()) {
      case "true" -> true;
      case "false" -> false;
      default -> throw text.place().complain(path, text.describe(), "true or false", "");
    };
  }

  private Path file(Node.Text text, String path) {
    if (text.text().isBlank()) {
      throw text.place().complain(path, text.describe(), "the path of a file", "");
    }
    try {
      return folder.resolve(text.text()).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw text.place().complain(path, text.describe(), "the path of a file", e.getReason());
    }
  }

  private static Object constant(Class<?> type, Node.Text text, String path) {
    var names = new ArrayList<String>();
    for (Object constant : type.getEnumConstants()) {
      String name = Names.of((Enum<?>) constant);
      if (name.equals(text.text())) {
        return constant;
      }
      names.add(name);
    }
    throw text.place()
        .complain(
            path,
            text.describe(),
            "one of " + String.join(", ", names),
            Spelling.didYouMean(text.text(), names));
  }

  /// What the record's own constructor complains of gets the place of the key it complains of.
  private static RuntimeException refusal(
      InvocationTargetException e, Node.Table table, String path) {
    Throwable cause = e.getCause();
    if (cause instanceof InvalidInput bad) {
      var entry = table.entries().get(bad.what());
      return entry == null
          ? bad.at(table.place() + ", " + path)
          : entry
              .value()
              .place()
              .complain(path + "." + bad.what(), bad.found(), bad.expected(), bad.hint());
    }
    if (cause instanceof RuntimeException bug) {
      return bug;
    }
    return new IllegalStateException(
        Arrays.toString(table.entries().keySet().toArray()) + " made a constructor fail", cause);
  }
}

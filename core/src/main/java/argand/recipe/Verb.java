package argand.recipe;

import argand.Paper;
import argand.Param;
import argand.data.Product;
import argand.data.RawFile;
import argand.flow.Maker;
import argand.flow.Step;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What a verb is to a person: its name in recipes, what it takes and gives, its parameters.
///
/// @param gathers whether it takes many
public record Verb(
    String name,
    Class<? extends Record> type,
    Class<?> takes,
    Class<?> gives,
    boolean gathers,
    List<Parameter> parameters) {
  /// One parameter of a verb or of one of its choices.
  ///
  /// @param kind `number [m]`, `whole number`, `text`, `one of …`
  /// @param byDefault as a recipe would write it; empty where there is none
  /// @param required whether a recipe must give it
  /// @param choices the records of a sealed family with their own parameters
  public record Parameter(
      String name,
      String about,
      String kind,
      String byDefault,
      boolean required,
      List<Choice> choices) {}

  /// One member of a sealed family. Families may hold themselves (layers of phantoms), so
  /// parameters
  /// are described when asked for.
  public record Choice(Class<?> type) {
    public String name() {
      return Names.of(type);
    }

    public Optional<Paper> paper() {
      return Optional.ofNullable(type.getAnnotation(Paper.class));
    }

    public List<Parameter> parameters() {
      return Verb.parameters(type);
    }
  }

  /// The description of a verb or maker.
  public static Verb of(Class<?> type) {
    var record = type.asSubclass(Record.class);
    if (Maker.class.isAssignableFrom(type)) {
      return new Verb(
          Names.of(type), record, Product.class, RawFile.class, false, parameters(type));
    }
    boolean gathers = Step.All.class.isAssignableFrom(type);
    Type[] flow = flow(type).orElse(new Type[] {Product.class, Product.class});
    return new Verb(Names.of(type), record, raw(flow[0]), raw(flow[1]), gathers, parameters(type));
  }

  /// What a step takes and gives, wherever among its interfaces that stands.
  private static Optional<Type[]> flow(Class<?> type) {
    for (Type face : type.getGenericInterfaces()) {
      if (!Step.class.isAssignableFrom(raw(face))) {
        continue;
      }
      if (face instanceof ParameterizedType generic) {
        return Optional.of(generic.getActualTypeArguments());
      }
      var found = flow(raw(face));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static Class<?> raw(Type type) {
    if (type instanceof ParameterizedType generic) {
      return raw(generic.getRawType());
    }
    return type instanceof Class<?> plain ? plain : Product.class;
  }

  /// The verb or maker of this name.
  public static Optional<Verb> find(Catalog catalog, String name) {
    return Stream.<Class<?>>concat(catalog.makers().stream(), catalog.verbs().stream())
        .filter(type -> Names.of(type).equals(name))
        .findFirst()
        .map(Verb::of);
  }

  /// Whether a recipe may be done `of` it.
  public boolean isMaker() {
    return Maker.class.isAssignableFrom(type);
  }

  /// The paper the verb itself follows.
  public Optional<Paper> paper() {
    return Optional.ofNullable(type.getAnnotation(Paper.class));
  }

  private static List<Parameter> parameters(Class<?> record) {
    var parameters = new ArrayList<Parameter>();
    for (var component : record.getRecordComponents()) {
      var param = component.getAnnotation(Param.class);
      String unit = Names.unit(component);
      String byDefault = param == null ? "" : param.byDefault();
      boolean optional = component.getType().getName().startsWith("java.util.Optional");
      parameters.add(
          new Parameter(
              Names.of(component),
              param == null ? "" : param.value(),
              kind(component.getGenericType(), unit),
              byDefault,
              byDefault.isEmpty() && !optional,
              choices(component.getGenericType())));
    }
    return List.copyOf(parameters);
  }

  private static String kind(Type type, String unit) {
    if (type instanceof ParameterizedType generic) {
      String inner = kind(generic.getActualTypeArguments()[0], unit);
      return generic.getRawType() == List.class ? "list of " + inner : inner;
    }
    var plain = (Class<?>) type;
    String name = plain.getSimpleName();
    if (plain.isEnum()) {
      return "one of "
          + String.join(
              ", ",
              Arrays.stream(plain.getEnumConstants()).map(c -> Names.of((Enum<?>) c)).toList());
    }
    if (plain.isSealed()) {
      return "one of " + String.join(", ", Names.family(plain).stream().map(Names::of).toList());
    }
    return switch (name) {
      case "double", "Double", "OptionalDouble" -> unit.isEmpty() ? "number" : "number in " + unit;
      case "int", "Integer", "OptionalInt", "long", "Long", "OptionalLong" -> "whole number";
      case "boolean", "Boolean" -> "true or false";
      case "String" -> "text";
      case "Path" -> "file";
      default -> "table";
    };
  }

  private static List<Choice> choices(Type type) {
    if (type instanceof ParameterizedType generic) {
      return choices(generic.getActualTypeArguments()[0]);
    }
    var plain = (Class<?>) type;
    List<Class<?>> options =
        plain.isSealed() ? Names.family(plain) : plain.isRecord() ? List.of(plain) : List.of();
    return options.stream().map(Choice::new).toList();
  }
}

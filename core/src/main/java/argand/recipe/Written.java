package argand.recipe;

import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Records of parameters → what a recipe would say to make them, every default written out; plans
/// keep it, and reading it back gives the same records.
public final class Written {
  private Written() {}

  /// `{ptychography: {method: {rpie: {…}}, iterations: 50}}` as maps, lists, strings and numbers.
  public static Map<String, Object> step(Object record) {
    var named = new LinkedHashMap<String, Object>();
    named.put(Names.of(record.getClass()), parameters(record));
    return named;
  }

  /// The recipe's name of a step.
  public static String name(Object record) {
    return Names.of(record.getClass());
  }

  private static Map<String, Object> parameters(Object record) {
    var parameters = new LinkedHashMap<String, Object>();
    for (var component : record.getClass().getRecordComponents()) {
      Object written = value(component.getType(), held(record, component), Names.unit(component));
      if (written != null) {
        parameters.put(Names.of(component), written);
      }
    }
    return parameters;
  }

  private static @Nullable Object value(Class<?> declared, @Nullable Object held, String unit) {
    return switch (held) {
      case null -> null;
      case Optional<?> optional ->
          optional.map(inner -> value(face(inner.getClass()), inner, unit)).orElse(null);
      case OptionalDouble optional ->
          optional.isPresent() ? value(double.class, optional.getAsDouble(), unit) : null;
      case OptionalInt optional -> optional.isPresent() ? optional.getAsInt() : null;
      case OptionalLong optional -> optional.isPresent() ? optional.getAsLong() : null;
      case Double number -> unit.isEmpty() ? number : number + " " + unit;
      case Number number -> number;
      case Boolean truth -> truth;
      case Enum<?> constant -> Names.of(constant);
      case Path path -> path.toString();
      case List<?> list ->
          list.stream().map(inner -> value(face(inner.getClass()), inner, unit)).toList();
      case Record record -> declared.isSealed() ? step(record) : parameters(record);
      default -> held.toString();
    };
  }

  /// The sealed family a record is chosen from, or its own class when it is not chosen.
  private static Class<?> face(Class<?> type) {
    for (Class<?> face : type.getInterfaces()) {
      if (face.isSealed()) {
        return face;
      }
      Class<?> behind = face(face); // an open door of a family
      if (behind.isSealed()) {
        return behind;
      }
    }
    return type;
  }

  /// What a record holds, in its order, without what is absent.
  static List<Object> components(Record record) {
    return Arrays.stream(record.getClass().getRecordComponents())
        .map(component -> held(record, component))
        .filter(Objects::nonNull)
        .toList();
  }

  static @Nullable Object held(Object record, RecordComponent component) {
    try {
      var accessor = component.getAccessor();
      accessor.setAccessible(true);
      return accessor.invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + component, e);
    }
  }
}

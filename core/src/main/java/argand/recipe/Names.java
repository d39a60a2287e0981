package argand.recipe;

import argand.Param;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// How records, their components and enum constants are called in a recipe.
final class Names {
  private Names() {}

  /// `MaskPixels` → `maskPixels`.
  static String of(Class<?> type) {
    String name = type.getSimpleName();
    return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }

  /// `energyEv` → `energy`: the recipe writes the unit with the number.
  static String of(RecordComponent component) {
    String name = component.getName();
    return name.endsWith("Ev") ? name.substring(0, name.length() - 2) : name;
  }

  /// The unit in which the record holds the number; a name ending in `Ev` says it by itself.
  static String unit(RecordComponent component) {
    var param = component.getAnnotation(Param.class);
    String unit = param == null ? "" : param.unit();
    return unit.isEmpty() && component.getName().endsWith("Ev") ? "eV" : unit;
  }

  /// `FAR_FIELD` → `farField`.
  static String of(Enum<?> constant) {
    var name = new StringBuilder();
    for (String word : constant.name().split("_")) {
      String lower = word.toLowerCase(Locale.ROOT);
      name.append(
          name.isEmpty() || lower.isEmpty()
              ? lower
              : lower.substring(0, 1).toUpperCase(Locale.ROOT) + lower.substring(1));
    }
    return name.toString();
  }

  /// The keys of a record, in its order.
  static List<String> keys(Class<?> record) {
    return Arrays.stream(record.getRecordComponents()).map(Names::of).toList();
  }

  /// The records of a sealed family, those of its sealed branches and those that plug-ins bring to
  /// its open doors included.
  static List<Class<?>> family(Class<?> sealed) {
    var found = new ArrayList<Class<?>>();
    for (var branch : sealed.getPermittedSubclasses()) {
      if (branch.isRecord()) {
        found.add(branch);
      } else if (branch.isSealed()) {
        found.addAll(family(branch));
      } else {
        found.addAll(Plugins.at(branch));
      }
    }
    return found;
  }
}

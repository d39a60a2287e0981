package argand.file;

import argand.array.InvalidInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One place of a profile's YAML tree, with its way from the root for the sentences.
record ProfileNode(String place, JsonNode node) {
  /// Refuses keys that mean nothing here.
  ProfileNode keys(String... known) {
    if (!node.isObject()) {
      throw wrong(node.toString(), "a group of " + String.join(", ", known));
    }
    var all = Set.of(known);
    for (String key : node.propertyNames()) {
      if (!all.contains(key)) {
        throw new InvalidInput(place, "with the unknown key " + key, String.join(", ", known), "");
      }
    }
    return this;
  }

  Optional<ProfileNode> at(String key) {
    JsonNode child = node.get(key);
    return child == null || child.isNull()
        ? Optional.empty()
        : Optional.of(new ProfileNode(place + (place.endsWith(":") ? " " : ".") + key, child));
  }

  ProfileNode must(String key) {
    return at(key).orElseThrow(() -> new InvalidInput(place, "without " + key, "a " + key, ""));
  }

  String text() {
    if (!node.isString()) {
      throw wrong(node.toString(), "a text");
    }
    return node.stringValue();
  }

  /// One of these words.
  String oneOf(String... words) {
    String text = text();
    for (String word : words) {
      if (word.equals(text)) {
        return text;
      }
    }
    throw wrong(text, String.join(" or ", words));
  }

  int index() {
    if (!node.isIntegralNumber() || node.intValue() < 0) {
      throw wrong(node.toString(), "an index, counted from 0");
    }
    return node.intValue();
  }

  int sign() {
    if (!node.isIntegralNumber() || Math.abs(node.intValue()) != 1) {
      throw wrong(node.toString(), "1 or -1");
    }
    return node.intValue();
  }

  List<String> texts() {
    if (!node.isArray()) {
      throw wrong(node.toString(), "a list");
    }
    var texts = new ArrayList<String>();
    for (JsonNode one : node) {
      texts.add(new ProfileNode(place, one).text());
    }
    return texts;
  }

  /// A unit of a family, as a factor.
  interface Unit {
    OptionalDouble factor(String unit);
  }

  double unit(Unit units) {
    String name = text();
    return units
        .factor(name)
        .orElseThrow(() -> wrong(name, "a unit such as m, mm, um, nm, eV, keV"));
  }

  /// A number with its unit: `8.8 keV`.
  double quantity(Unit units) {
    String[] parts =
        node.isString() ? text().strip().split("\\s+") : new String[] {node.toString()};
    @Nullable Double number = null;
    try {
      number = Double.valueOf(parts[0]);
    } catch (NumberFormatException notANumber) {
      throw wrong(parts[0], "a number and its unit");
    }
    if (parts.length != 2) {
      throw wrong(node.toString(), "a number and its unit, such as 8.8 keV or 75 um");
    }
    return number
        * units.factor(parts[1]).orElseThrow(() -> wrong(parts[1], "a unit of this quantity"));
  }

  InvalidInput wrong(String found, String expected) {
    return new InvalidInput(place, found, expected, "");
  }
}

package argand.spectro;

import argand.array.InvalidInput;
import argand.array.RealField;
import argand.data.EnergyStack;
import argand.data.Findings.FoundMap;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An image that a step asks for by name: a map that an earlier step found, `mean` for the mean of
/// all images, or an energy (`8360 eV`) for the image nearest to it.
final class NamedImage {
  private static final Pattern ENERGY =
      Pattern.compile("([0-9.]+(?:e[+-]?[0-9]+)?)\\s*(eV|keV)", Pattern.CASE_INSENSITIVE);

  private NamedImage() {}

  /// @throws InvalidInput that names what there is
  static FoundMap of(EnergyStack stack, String name) {
    Optional<FoundMap> found = stack.findings().map(name);
    if (found.isPresent()) {
      int pixels = found.get().values().grid().size();
      if (pixels != stack.grid().size()) {
        throw new InvalidInput(
            "map",
            "'" + name + "' with pixels of its own (" + pixels + ")",
            "one on the pixels of the stack",
            "correlateMap brings it there");
      }
      return found.get();
    }
    if (name.equals("mean")) {
      return FoundMap.of("mean", stack.quantity().unit(), stack.mean());
    }
    Matcher energy = ENERGY.matcher(name.strip());
    if (energy.matches()) {
      double ev =
          Double.parseDouble(energy.group(1)) * (energy.group(2).equalsIgnoreCase("keV") ? 1e3 : 1);
      return FoundMap.of(name, stack.quantity().unit(), plane(stack, ev));
    }
    var names = stack.findings().maps().stream().map(FoundMap::name).toList();
    throw new InvalidInput(
        "map",
        "'" + name + "', which no step before has found",
        (names.isEmpty() ? "" : "one of " + String.join(", ", names) + "; or ")
            + "mean, or an energy such as "
            + stack.energyEv()[stack.count() / 2]
            + " eV",
        names.isEmpty() ? "no step before has found any map" : "");
  }

  private static RealField plane(EnergyStack stack, double ev) {
    double[] energy = stack.energyEv();
    if (ev < energy[0] || ev > energy[energy.length - 1]) {
      throw new InvalidInput(
          "map", ev + " eV", energy[0] + " … " + energy[energy.length - 1] + " eV", "");
    }
    return stack.images().plane(Interpolation.nearest(energy, ev));
  }

  /// A threshold on a map, `0.2` or `12.5 µm`, in the map's unit.
  ///
  /// @throws InvalidInput when it is no number or has another unit
  static double limit(String key, String text, FoundMap map) {
    Matcher parts =
        Pattern.compile("\\s*([+-]?[0-9.]+(?:[eE][+-]?[0-9]+)?)\\s*(.*?)\\s*").matcher(text);
    if (!parts.matches()) {
      throw new InvalidInput(key, "'" + text + "'", "a number" + unit(map), "");
    }
    double value;
    try {
      value = Double.parseDouble(parts.group(1));
    } catch (NumberFormatException e) {
      throw new InvalidInput(key, "'" + text + "'", "a number" + unit(map), "");
    }
    if (!parts.group(2).equals(map.unit())) {
      throw new InvalidInput(
          key,
          "'" + text + "'",
          "a number" + (map.unit().isEmpty() ? " without unit" : unit(map)),
          "the map “" + map.name() + "” has " + (map.unit().isEmpty() ? "none" : map.unit()));
    }
    return value;
  }

  private static String unit(FoundMap map) {
    return map.unit().isEmpty() ? "" : " with its unit, as in 1.5 " + map.unit();
  }
}

package argand.file;

import argand.array.InvalidInput;
import argand.physics.Constants;
import java.util.Optional;
import java.util.OptionalDouble;

/// Lengths and energies as a file states them: in the unit that stands beside the number, otherwise
/// in that of the format.
record StatedQuantities(Datasets file) {
  /// A list of one quantity is one quantity when its numbers differ by no more than this.
  private static final double SAME = 1e-3;

  /// The length [m] in the first of these datasets that is there.
  ///
  /// @param metres one unit where none is stated
  OptionalDouble length(double metres, String... paths) {
    return first(paths).map(path -> of(path, metres, FileUnits::metres)).orElse(empty());
  }

  /// The energy [eV] in the first of these datasets that is there.
  ///
  /// @param electronvolts one unit where none is stated
  OptionalDouble energyEv(double electronvolts, String... paths) {
    return first(paths)
        .map(path -> of(path, electronvolts, FileUnits::electronvolts))
        .orElse(empty());
  }

  /// The energy [eV] of photons of the wavelength in the first of these datasets that is there.
  ///
  /// @param metres one unit where none is stated
  OptionalDouble energyOfWavelength(double metres, String... paths) {
    OptionalDouble wavelength = length(metres, paths);
    return wavelength.isPresent() && wavelength.getAsDouble() > 0
        ? OptionalDouble.of(Constants.HC_EV_M / wavelength.getAsDouble())
        : empty();
  }

  /// Metres in one of the unit of a dataset.
  double metres(String path, double unstated) {
    return unit(path, unstated, FileUnits::metres);
  }

  private Optional<String> first(String... paths) {
    for (String path : paths) {
      if (file.isDataset(path)) {
        return Optional.of(path);
      }
    }
    return Optional.empty();
  }

  private OptionalDouble of(String path, double unstated, ProfileNode.Unit family) {
    double[] values = file.doubles(path);
    if (values.length == 0) {
      return empty();
    }
    double factor = unit(path, unstated, family);
    double least = values[0];
    double most = values[0];
    for (double value : values) {
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    if (!Double.isFinite(least) || !Double.isFinite(most)) {
      throw new InvalidInput(path, "not finite", "a number", "give it in the recipe under read")
          .at(file.file().toString());
    }
    if (most - least > SAME * Math.abs(most)) {
      throw new InvalidInput(
              path,
              "from " + FileUnits.number(least) + " to " + FileUnits.number(most),
              "one number for all frames",
              "give it in the recipe under read")
          .at(file.file().toString());
    }
    return OptionalDouble.of(values[0] * factor);
  }

  private double unit(String path, double unstated, ProfileNode.Unit family) {
    Optional<String> stated = file.units(path).filter(unit -> !unit.isBlank());
    if (stated.isEmpty() && !Double.isNaN(unstated)) {
      return unstated;
    }
    return stated
        .map(family::factor)
        .filter(OptionalDouble::isPresent)
        .map(OptionalDouble::getAsDouble)
        .orElseThrow(
            () ->
                new InvalidInput(
                        "the unit of " + path,
                        stated.orElse("missing"),
                        "a unit such as m, mm, um, eV, keV",
                        "give the quantity in the recipe under read")
                    .at(file.file().toString()));
  }

  private static OptionalDouble empty() {
    return OptionalDouble.empty();
  }
}

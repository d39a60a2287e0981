package argand.file;

import argand.array.InvalidInput;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// Photon energies as files write them → eV.
///
/// A stated unit decides. Without one, values all below 100 are keV: no scan of an absorption edge
/// in eV ends below 100 eV, and none in keV goes beyond 100 keV.
final class PhotonEnergies {
  /// Below this, a number without a unit is keV.
  static final double KEV_BELOW = 100;

  /// `8324.0_eV`, `_8.324keV`, `E08324.5`, `8324p5eV`.
  private static final Pattern IN_NAME =
      Pattern.compile(
          "(?<![A-Za-z0-9.])(\\d{1,5}(?:[.p]\\d+)?)[ _-]?(keV|eV)(?![A-Za-z])"
              + "|(?<![A-Za-z0-9])(?:E|Energy|energy|en|eng)[ _=-]?(\\d{1,5}(?:[.p]\\d+)?)(?![0-9])");

  private PhotonEnergies() {}

  /// A copy in eV.
  ///
  /// @param unit as it stands beside the numbers; empty where none does
  /// @param where for the note: `/X_eng`, `energies.txt`
  static double[] inEv(
      double[] values, Optional<String> unit, String where, Consumer<String> note) {
    var stated = unit.filter(u -> !u.isBlank());
    double factor;
    if (stated.isPresent()) {
      factor =
          FileUnits.electronvolts(stated.get())
              .orElseThrow(
                  () -> new InvalidInput("the unit of " + where, stated.get(), "eV or keV", ""));
      note.accept("energies of " + where + " are in " + stated.get());
    } else {
      double largest = Arrays.stream(values).max().orElse(0);
      boolean kev = largest < KEV_BELOW;
      factor = kev ? 1e3 : 1;
      note.accept(
          "energies of "
              + where
              + " have no unit: taken as "
              + (kev ? "keV, because all are below 100" : "eV"));
    }
    return Arrays.stream(values).map(v -> scaled(v, factor)).toArray();
  }

  /// In decimal, so that 8.3475 keV is 8347.5 eV.
  private static double scaled(double value, double factor) {
    return factor == 1 || !Double.isFinite(value)
        ? value
        : java.math.BigDecimal.valueOf(value)
            .multiply(java.math.BigDecimal.valueOf(factor))
            .doubleValue();
  }

  /// The unit in the title of a column: `energy (keV)`, `energy_eV`, `E [eV]`.
  static Optional<String> unitIn(String title) {
    var unit = Pattern.compile("(?i)(?<![a-z])(keV|eV)(?![a-z])").matcher(title);
    return unit.find()
        ? Optional.of(unit.group(1).equalsIgnoreCase("keV") ? "keV" : "eV")
        : Optional.empty();
  }

  /// The energy [eV] that a file's name tells; empty where it tells none.
  static Optional<Double> inName(String name) {
    var found = IN_NAME.matcher(name);
    while (found.find()) {
      String number = found.group(1) != null ? found.group(1) : found.group(3);
      double value = Double.parseDouble(number.replace('p', '.'));
      boolean kev = found.group(2) != null ? found.group(2).equals("keV") : value < KEV_BELOW;
      if (value > 0) {
        return Optional.of(scaled(value, kev ? 1e3 : 1));
      }
    }
    return Optional.empty();
  }
}

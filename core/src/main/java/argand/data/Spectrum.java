package argand.data;

import argand.array.Check;
import argand.array.InvalidInput;
import java.util.Optional;

/// One quantity against energy: a reference, the mean of a region, a fit.
///
/// @param energyEv increasing [eV]
/// @param values one for each energy, in the quantity's unit
/// @param sigma standard deviation of each value, where it is known
public record Spectrum(
    String name, double[] energyEv, double[] values, Optional<double[]> sigma, Quantity quantity) {
  public Spectrum {
    Check.same("values of " + name, values.length, energyEv.length);
    sigma.ifPresent(s -> Check.same("errors of " + name, s.length, energyEv.length));
    increasing("the energies of " + name, energyEv);
  }

  /// Without errors.
  public static Spectrum of(String name, double[] energyEv, double[] values, Quantity quantity) {
    return new Spectrum(name, energyEv, values, Optional.empty(), quantity);
  }

  /// As a curve of a figure.
  public Curve curve() {
    return new Curve(name, "energy [eV]", quantity.words(), energyEv, values);
  }

  public Spectrum named(String other) {
    return new Spectrum(other, energyEv, values, sigma, quantity);
  }

  /// @throws InvalidInput at the first energy that is not above the one before it
  static void increasing(String what, double[] energyEv) {
    Check.atLeast("number of energies", energyEv.length, 1);
    for (int e = 0; e < energyEv.length; e++) {
      if (!(energyEv[e] > 0) || Double.isInfinite(energyEv[e])) {
        throw new InvalidInput(
            what + ", number " + (e + 1), energyEv[e] + " eV", "more than 0 eV", "");
      }
      if (e > 0 && energyEv[e] == energyEv[e - 1]) {
        throw new InvalidInput(
            what, energyEv[e] + " eV twice in a row (number " + e + ")", "each energy once", "");
      }
      if (e > 0 && energyEv[e] < energyEv[e - 1]) {
        throw new InvalidInput(
            what,
            energyEv[e] + " eV after " + energyEv[e - 1] + " eV (number " + (e + 1) + ")",
            "rising energies",
            "");
      }
    }
  }
}

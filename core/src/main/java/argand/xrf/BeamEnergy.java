package argand.xrf;

import argand.array.InvalidInput;
import java.util.OptionalDouble;

/// The energy of the exciting beam, for those who cannot do without.
final class BeamEnergy {
  private BeamEnergy() {}

  /// @param what it is wanted for: `the energy that excites the lines`
  /// @throws InvalidInput where it is not known
  static double known(OptionalDouble incidentEv, String what) {
    return incidentEv.orElseThrow(
        () ->
            new InvalidInput(
                "the energy of the beam", "not known", what, "give it to readSpectra: energy"));
  }
}

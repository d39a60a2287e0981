package argand.data;

import argand.array.Check;

/// Energies between which a step has worked, to be shown in plots of spectra.
///
/// @param name what it was used for, a word or two
/// @param fromEv lower end [eV]
/// @param toEv upper end [eV]
public record EnergyBand(String name, double fromEv, double toEv) {
  public EnergyBand {
    Check.within("upper end of " + name, toEv, fromEv, 1e9, "eV");
  }
}

package argand.spectro;

import argand.array.Check;
import argand.data.Planes;

/// Flats taken at some energies only, for images at others: linear in between, the nearest beyond
/// the ends.
///
/// Between two flats of f frames each the noise is that of f to 2f frames; state f.
///
/// @param energyEv of the flats, rising [eV]
public record InterpolatedFlats(double[] energyEv, Planes flats) {
  public InterpolatedFlats {
    Check.same("flats", flats.count(), energyEv.length);
  }

  /// One plane for each of these energies, mixed as it is read.
  public Planes at(double[] energies) {
    double[] wanted = energies.clone();
    return Planes.computed(
        flats,
        wanted.length,
        flats.grid(),
        (e, first, length, into, offset) -> {
          double x = Math.max(energyEv[0], Math.min(energyEv[energyEv.length - 1], wanted[e]));
          int low = energyEv.length == 1 ? 0 : Interpolation.segment(energyEv, x);
          flats.read(low, first, length, into, offset);
          if (energyEv.length == 1 || x == energyEv[low]) {
            return;
          }
          float share = (float) ((x - energyEv[low]) / (energyEv[low + 1] - energyEv[low]));
          float[] next = new float[length];
          flats.read(low + 1, first, length, next, 0);
          for (int i = 0; i < length; i++) {
            into[offset + i] += share * (next[i] - into[offset + i]);
          }
        });
  }
}

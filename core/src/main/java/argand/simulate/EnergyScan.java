package argand.simulate;

import argand.Param;
import argand.array.Check;

/// The energies of a XANES scan: one third of them before and far behind the edge in wide steps,
/// two thirds across it in narrow ones.
public record EnergyScan(
    @Param(value = "first energy", unit = "eV") double fromEv,
    @Param(value = "last energy", unit = "eV") double toEv,
    @Param(value = "energy of the edge", unit = "eV") double edgeEv,
    @Param(value = "number of energies", byDefault = "72") int count) {
  /// Narrow steps begin and end here, counted from the edge [eV].
  private static final double BEFORE = 15;

  private static final double BEHIND = 45;

  public EnergyScan {
    Check.within("from", fromEv, 10, 1e6, "eV");
    Check.within("to", toEv, fromEv, 1e6, "eV");
    Check.within("edge", edgeEv, fromEv + BEFORE + 1, toEv - BEHIND - 1, "eV");
    Check.atLeast("number of energies", count, 9);
  }

  /// The energies, rising [eV].
  public double[] energies() {
    int wide = count / 3;
    double left = edgeEv - BEFORE - fromEv;
    double right = toEv - edgeEv - BEHIND;
    int before = (int) Math.clamp(Math.round(wide * left / (left + right)), 2, wide - 2);
    int behind = wide - before;
    int across = count - wide;
    double[] energies = new double[count];
    for (int e = 0; e < count; e++) {
      if (e < before) {
        energies[e] = fromEv + left * e / before;
      } else if (e < before + across) {
        energies[e] = edgeEv - BEFORE + (BEFORE + BEHIND) * (e - before) / (across - 1);
      } else {
        energies[e] = toEv - right * (count - 1 - e) / behind;
      }
    }
    return energies;
  }
}

package argand.spectro;

import argand.array.InvalidInput;
import argand.data.EnergyBand;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// Two energies and what lies between them, both ends included.
///
/// @param name for complaints: `pre`, `post`, `range`
record EnergyWindow(String name, double fromEv, double toEv) {
  /// @throws InvalidInput unless two rising energies are given
  static EnergyWindow of(String name, List<Double> ends) {
    if (ends.size() != 2 || !(ends.get(0) < ends.get(1))) {
      throw new InvalidInput(
          name, ends, "two rising energies", "write for example " + name + ": [700 eV, 705 eV]");
    }
    return new EnergyWindow(name, ends.get(0), ends.get(1));
  }

  /// Numbers of the energies inside.
  ///
  /// @throws InvalidInput when fewer than `least` are
  int[] indices(double[] energyEv, int least, String what) {
    int[] inside =
        IntStream.range(0, energyEv.length)
            .filter(e -> energyEv[e] >= fromEv && energyEv[e] <= toEv)
            .toArray();
    double first = energyEv[0];
    double last = energyEv[energyEv.length - 1];
    if (inside.length == 0 && (fromEv > last || toEv < first)) {
      throw new InvalidInput(
          name,
          text(),
          String.format(Locale.ROOT, "a window inside of %.2f … %.2f eV", first, last),
          "the energies of the stack end there");
    }
    if (inside.length < least) {
      throw new InvalidInput(
          name,
          text() + " with " + inside.length + (inside.length == 1 ? " energy" : " energies"),
          "at least " + least + " for " + what,
          "widen the window");
    }
    return inside;
  }

  /// Ends of two windows that must follow each other.
  void before(EnergyWindow next) {
    if (toEv >= next.fromEv) {
      throw new InvalidInput(name, text(), "a window below " + next.name + ", " + next.text(), "");
    }
  }

  /// As plots of spectra show it.
  EnergyBand band(String words) {
    return new EnergyBand(words, fromEv, toEv);
  }

  String text() {
    return String.format(Locale.ROOT, "%.2f … %.2f eV", fromEv, toEv);
  }

  static double[] at(double[] values, int[] indices) {
    return Arrays.stream(indices).mapToDouble(i -> values[i]).toArray();
  }
}

package argand.spectro;

import argand.array.Check;
import argand.array.InvalidInput;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/// Energies that could be measured: those of a stack within a range, or a range in even steps where
/// nothing is measured yet.
///
/// @param range first and last [eV]; empty where it is not given
/// @param stepEv their distance [eV]
record EnergyCandidates(List<Double> range, OptionalDouble stepEv) {
  /// @throws InvalidInput for steps without a range, and for a range that is none
  EnergyCandidates {
    if (!range.isEmpty()) {
      EnergyWindow.of("range", range);
    }
    if (stepEv.isPresent()) {
      Check.within("step", stepEv.getAsDouble(), 1e-3, 1e3, "eV");
      if (range.isEmpty()) {
        throw new InvalidInput(
            "range", "empty", "the first and the last candidate", "step needs it");
      }
    }
  }

  /// @param of energies of the stack
  double[] energies(double[] of, int least, int most) {
    if (stepEv.isEmpty()) {
      int[] used = FitColumns.energies(of, range, List.of());
      Check.within("the number of candidates", used.length, least, most, "");
      return EnergyWindow.at(of, used);
    }
    double step = stepEv.getAsDouble();
    int count = (int) Math.floor((range.get(1) - range.get(0)) / step + 1e-6) + 1;
    Check.within("the number of candidates", count, least, most, "");
    return IntStream.range(0, count).mapToDouble(i -> range.get(0) + i * step).toArray();
  }
}

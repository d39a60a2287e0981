package argand.ptycho;

import argand.array.ComplexField;
import argand.array.kernel.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Probes, changes of the exit waves and what these ask of the probe for all views of a batch, slot
/// by slot.
final class LsqMlRoom implements ObjectSum.Terms {
  private final boolean shifted;
  private final List<ComplexField> whole;
  private final List<Window[]> waves = new ArrayList<>();
  private final List<List<ComplexField>> moved = new ArrayList<>();
  private final List<List<ComplexField>> spectra = new ArrayList<>();

  LsqMlRoom(Windows windows, int slots, List<ComplexField> probes) {
    int modes = probes.size();
    shifted = windows.shifted();
    whole = probes;
    for (int k = 0; k < slots; k++) {
      waves.add(Window.aligned(modes, windows.frame()));
      moved.add(fields(windows, shifted ? modes : 0));
      spectra.add(fields(windows, shifted ? modes : 0));
    }
  }

  static List<ComplexField> fields(Windows windows, int count) {
    return Stream.generate(() -> new ComplexField(windows.frame())).limit(count).toList();
  }

  @Override
  public Window[] probes(int slot, int row) {
    return Window.of(shifted ? moved.get(slot) : whole, row);
  }

  @Override
  public Window[] waves(int slot, int row) {
    return Window.moved(waves.get(slot), row);
  }

  /// S_j P_m, to be written where something is moved.
  ComplexField probe(int slot, int m) {
    return shifted ? moved.get(slot).get(m) : whole.get(m);
  }

  /// Exit waves of all modes of the slot, then their changes.
  Window[] waves(int slot) {
    return waves.get(slot);
  }

  /// Spectrum of O_j* χ_jm, moved back by the fraction of a pixel; only where there is one.
  ComplexField spectrum(int slot, int m) {
    return spectra.get(slot).get(m);
  }
}

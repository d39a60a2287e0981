package argand.ptycho;

import argand.array.ComplexField;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Probes, changes of the exit waves and what these ask of the probe for all views of a batch, slot
/// by slot.
final class LsqMlRoom implements ObjectSum.Terms {
  private final int modes;
  private final boolean shifted;
  private final List<ComplexField> whole;
  private final List<List<ComplexField>> waves = new ArrayList<>();
  private final List<List<ComplexField>> moved = new ArrayList<>();
  private final List<List<ComplexField>> spectra = new ArrayList<>();

  LsqMlRoom(Windows windows, int slots, List<ComplexField> probes) {
    modes = probes.size();
    shifted = windows.shifted();
    whole = probes;
    for (int k = 0; k < slots; k++) {
      waves.add(fields(windows, modes));
      moved.add(fields(windows, shifted ? modes : 0));
      spectra.add(fields(windows, shifted ? modes : 0));
    }
  }

  static List<ComplexField> fields(Windows windows, int count) {
    return Stream.generate(() -> new ComplexField(windows.frame())).limit(count).toList();
  }

  @Override
  public int modes() {
    return modes;
  }

  @Override
  public ComplexField probe(int slot, int m) {
    return shifted ? moved.get(slot).get(m) : whole.get(m);
  }

  /// Exit wave, then its change.
  @Override
  public ComplexField wave(int slot, int m) {
    return waves.get(slot).get(m);
  }

  /// All modes of the slot.
  List<ComplexField> waves(int slot) {
    return waves.get(slot);
  }

  /// Spectrum of O_j* χ_jm, moved back by the fraction of a pixel; only where there is one.
  ComplexField spectrum(int slot, int m) {
    return spectra.get(slot).get(m);
  }
}

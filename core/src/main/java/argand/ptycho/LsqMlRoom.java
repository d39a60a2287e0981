package argand.ptycho;

import argand.array.ComplexField;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Probes and changes of the exit waves of all views of a batch, slot by slot.
final class LsqMlRoom {
  private final int modes;
  private final boolean shifted;
  private final List<ComplexField> whole;
  private final List<List<ComplexField>> changes = new ArrayList<>();
  private final List<List<ComplexField>> moved = new ArrayList<>();

  LsqMlRoom(Windows windows, int slots, List<ComplexField> probes) {
    modes = probes.size();
    shifted = windows.shifted();
    whole = probes;
    for (int k = 0; k < slots; k++) {
      changes.add(fields(windows, modes));
      moved.add(fields(windows, shifted ? modes : 0));
    }
  }

  static List<ComplexField> fields(Windows windows, int count) {
    return Stream.generate(() -> new ComplexField(windows.frame())).limit(count).toList();
  }

  int modes() {
    return modes;
  }

  /// S_j P_m of the view in the slot; on whole pixels the probe itself.
  ComplexField probe(int slot, int m) {
    return shifted ? moved.get(slot).get(m) : whole.get(m);
  }

  /// Exit wave, then its change.
  ComplexField change(int slot, int m) {
    return changes.get(slot).get(m);
  }

  /// All modes of the slot.
  List<ComplexField> changes(int slot) {
    return changes.get(slot);
  }
}

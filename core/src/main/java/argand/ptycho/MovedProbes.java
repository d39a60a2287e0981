package argand.ptycho;

import argand.array.ComplexField;
import argand.array.Workers;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The probe as every view sees it, moved by its fraction of a pixel; for methods that use each of
/// them several times a pass. On whole pixels it is one and the same probe.
final class MovedProbes {
  private final Windows windows;
  private final Workers workers;
  private final ProbeShift[] shifts;
  private final List<ComplexField> moved;
  private ComplexField whole;

  MovedProbes(Windows windows, Workers workers) {
    this.windows = windows;
    this.workers = workers;
    whole = new ComplexField(windows.frame());
    int needed = windows.shifted() ? windows.count() : 0;
    shifts =
        Stream.generate(() -> new ProbeShift(windows))
            .limit(windows.shifted() ? workers.threads() : 0)
            .toArray(ProbeShift[]::new);
    moved = IntStream.range(0, needed).mapToObj(j -> new ComplexField(windows.frame())).toList();
  }

  /// The probe to move; kept, not copied.
  void take(ComplexField probe) {
    whole = probe;
    for (var shift : shifts) {
      if (shift == shifts[0]) {
        shift.take(probe);
      } else {
        shift.follow(shifts[0]);
      }
    }
    workers.forEach(moved.size(), (j, worker) -> moved.get(j).set(shifts[worker].at(j)));
  }

  /// S_j P.
  ComplexField at(int view) {
    return windows.shifted() ? moved.get(view) : whole;
  }
}

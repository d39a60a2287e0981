package argand.ptycho;

import argand.array.ComplexField;
import argand.array.Fft2;
import argand.array.Workers;
import argand.array.kernel.Multiply;
import argand.array.kernel.Multiply.Ramp;
import argand.array.kernel.Window;
import java.util.List;

/// The probe moved by a fraction of a pixel, S_j P = F⁻¹ exp(−2πi f·s_j) F P, and the adjoint of
/// that move.
///
/// It holds the probe as a spectrum, so that each direction costs one transform. S_j is unitary:
/// its adjoint is the move back. Where every view lies on whole pixels it hands out the probe
/// itself. One instance for each thread.
final class ProbeShift {
  private final Windows windows;
  private ComplexField whole;
  private ComplexField spectrum;
  private final ComplexField moved;
  private final Fft2 fft;
  private final Ramp y;
  private final Ramp x;
  private final int rows;
  private final int columns;

  ProbeShift(Windows windows) {
    var grid = windows.frame();
    rows = grid.rows();
    columns = grid.columns();
    this.windows = windows;
    spectrum = new ComplexField(grid);
    whole = spectrum;
    moved = new ComplexField(grid);
    fft = new Fft2(rows, columns);
    y = Ramp.of(rows);
    x = Ramp.of(columns);
  }

  /// The probe to move; kept, not copied.
  void take(ComplexField probe) {
    whole = probe;
    if (!windows.shifted()) {
      return;
    }
    spectrum.set(probe);
    fft.transform(spectrum);
  }

  /// Moves from now on what another one has taken: its spectrum is shared, not made once more.
  void follow(ProbeShift other) {
    whole = other.whole;
    spectrum = other.spectrum;
  }

  /// The probes to move, one for each mode, taken by the shifts of all threads; each is transformed
  /// once.
  static void take(List<List<ProbeShift>> ofThreads, List<ComplexField> probes, Workers workers) {
    workers.forEach(
        probes.size(),
        (m, worker) -> {
          var first = ofThreads.getFirst().get(m);
          first.take(probes.get(m));
          for (var others : ofThreads.subList(1, ofThreads.size())) {
            others.get(m).follow(first);
          }
        });
  }

  /// S_j P; valid until the next call.
  ComplexField at(int view) {
    if (!windows.shifted()) {
      return whole;
    }
    write(view, moved);
    return moved;
  }

  /// into ← S_j P, where something is moved at all
  void write(int view, ComplexField into) {
    y.setMove(windows.shiftY(view), 1.0 / ((double) rows * columns));
    x.setMove(windows.shiftX(view), 1);
    Multiply.byRamp(Window.of(spectrum), y, x, Window.of(into), rows, columns);
    fft.transformBack(into);
  }

  /// D ← F S_j† D, divided by the number of pixels: the bare transform back of a sum of such is the
  /// sum of what was moved back.
  void spectrumBack(ComplexField change, int view) {
    fft.transform(change);
    y.setMove(-windows.shiftY(view), 1.0 / ((double) rows * columns));
    x.setMove(-windows.shiftX(view), 1);
    Multiply.byRamp(Window.of(change), y, x, Window.of(change), rows, columns);
  }

  /// P ← P + S_j† D; D is used up.
  void addBack(Window change, int view) {
    fft.transform(change);
    y.setMove(-windows.shiftY(view), 1);
    x.setMove(-windows.shiftX(view), 1);
    Multiply.addByRamp(change, y, x, Window.of(spectrum), rows, columns);
  }

  /// P ← 0, to add changes to.
  void clear() {
    spectrum.setAll(0, 0);
  }

  /// Writes P with all its changes into the field that was taken.
  void finish() {
    read(whole);
  }

  /// into ← P
  void read(ComplexField into) {
    into.set(spectrum);
    fft.transformBack(into);
    into.scale(1.0 / ((double) rows * columns));
  }
}

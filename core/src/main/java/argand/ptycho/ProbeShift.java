package argand.ptycho;

import argand.array.ComplexField;
import argand.array.Fft2;
import argand.array.kernel.Multiply;
import argand.array.kernel.Multiply.Ramp;
import argand.array.kernel.Window;

/// The probe moved by a fraction of a pixel, S_j P = F⁻¹ exp(−2πi f·s_j) F P, and the adjoint of
/// that move.
///
/// It holds the probe as a spectrum, so that each direction costs one transform. S_j is unitary:
/// its adjoint is the move back. Where every view lies on whole pixels it hands out the probe
/// itself. One instance for each thread.
final class ProbeShift {
  private final boolean shifted;
  private ComplexField whole;
  private final ComplexField spectrum;
  private final ComplexField moved;
  private final Fft2 fft;
  private final Ramp[] downY;
  private final Ramp[] rightX;
  private final Ramp[] upY;
  private final Ramp[] leftX;
  private final int rows;
  private final int columns;

  ProbeShift(Windows windows) {
    var grid = windows.frame();
    rows = grid.rows();
    columns = grid.columns();
    shifted = windows.shifted();
    spectrum = new ComplexField(grid);
    whole = spectrum;
    moved = new ComplexField(grid);
    fft = new Fft2(rows, columns);
    int count = shifted ? windows.count() : 0;
    downY = new Ramp[count];
    rightX = new Ramp[count];
    upY = new Ramp[count];
    leftX = new Ramp[count];
    for (int j = 0; j < count; j++) {
      downY[j] = Ramp.move(rows, windows.shiftY(j), 1.0 / grid.size());
      rightX[j] = Ramp.move(columns, windows.shiftX(j), 1);
      upY[j] = Ramp.move(rows, -windows.shiftY(j), 1);
      leftX[j] = Ramp.move(columns, -windows.shiftX(j), 1);
    }
  }

  /// The probe to move; kept, not copied.
  void take(ComplexField probe) {
    whole = probe;
    if (!shifted) {
      return;
    }
    spectrum.set(probe);
    fft.transform(spectrum);
  }

  /// S_j P; valid until the next call.
  ComplexField at(int view) {
    if (!shifted) {
      return whole;
    }
    Multiply.byRamp(
        Window.of(spectrum), downY[view], rightX[view], Window.of(moved), rows, columns);
    fft.transformBack(moved);
    return moved;
  }

  /// P ← P + S_j† D; D is used up.
  void addBack(ComplexField change, int view) {
    fft.transform(change);
    Multiply.addByRamp(
        Window.of(change), upY[view], leftX[view], Window.of(spectrum), rows, columns);
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

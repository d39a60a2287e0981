package argand.ptycho;

import argand.array.ComplexField;
import argand.array.Grid;
import argand.array.kernel.Overlap;
import argand.array.kernel.RealWindow;
import argand.array.kernel.Window;
import java.util.Arrays;

/// The part of an object that a few neighbouring views light, with sums of its own: numerator
/// Σ P* χ and weight Σ|P|². Small, so that it stays in the cache of the core that adds to it.
final class ObjectPatch {
  private final Windows windows;
  private ComplexField numerator;
  private float[] weight;
  private int row;
  private int column;
  private int rows;
  private int columns;

  ObjectPatch(Windows windows) {
    this.windows = windows;
    numerator = new ComplexField(windows.frame());
    weight = new float[numerator.re().length];
  }

  /// Both sums ← 0, over the smallest rectangle that holds these views.
  void clear(int[] views) {
    row = Integer.MAX_VALUE;
    column = Integer.MAX_VALUE;
    int lastRow = 0;
    int lastColumn = 0;
    for (int j : views) {
      row = Math.min(row, windows.row(j));
      column = Math.min(column, windows.column(j));
      lastRow = Math.max(lastRow, windows.row(j) + windows.frame().rows());
      lastColumn = Math.max(lastColumn, windows.column(j) + windows.frame().columns());
    }
    rows = lastRow - row;
    columns = lastColumn - column;
    Grid held = numerator.grid();
    if (rows > held.rows() || columns > held.columns()) {
      numerator =
          new ComplexField(
              held.resized(Math.max(rows, held.rows()), Math.max(columns, held.columns())));
      weight = new float[numerator.re().length];
    } else {
      numerator.setAll(0, 0);
      Arrays.fill(weight, 0);
    }
  }

  /// numerator ← numerator + P* χ, weight ← weight + |P|²
  void add(ComplexField probe, ComplexField change, int view) {
    Overlap.add(
        Window.of(probe),
        Window.of(change),
        numerator(view),
        weight(view),
        windows.frame().rows(),
        windows.frame().columns());
  }

  /// numerator ← numerator + Σ P_m* χ_m, weight ← weight + Σ|P_m|²
  ///
  /// @param light Σ|P_m|²
  void add(Window[] probes, Window[] changes, RealWindow light, int view) {
    Overlap.add(
        probes,
        changes,
        light,
        numerator(view),
        weight(view),
        windows.frame().rows(),
        windows.frame().columns());
  }

  private Window numerator(int view) {
    return Window.of(numerator, windows.row(view) - row, windows.column(view) - column);
  }

  private RealWindow weight(int view) {
    int at = (windows.row(view) - row) * numerator.pitch() + windows.column(view) - column;
    return new RealWindow(weight, at, numerator.pitch());
  }

  /// Adds what of this patch lies in the object rows first … last − 1.
  ///
  /// @param weights as long as a plane of `into`
  void addTo(ComplexField into, float[] weights, int first, int last) {
    int from = Math.max(first, row);
    int to = Math.min(last, row + rows);
    for (int r = from; r < to; r++) {
      int i = r * into.pitch() + column;
      int k = (r - row) * numerator.pitch();
      for (int c = 0; c < columns; c++) {
        into.re()[i + c] += numerator.re()[k + c];
        into.im()[i + c] += numerator.im()[k + c];
        weights[i + c] += weight[k + c];
      }
    }
  }
}

package argand.simulate;

import argand.array.ComplexField;
import argand.array.Fft2;
import argand.array.Grid;

/// From the simulator's fine pixels to the solver's coarser ones.
final class Resolution {
  private Resolution() {}

  /// The field with pixels `factor` times as large and nothing beyond their band: the middle of the
  /// spectrum, transformed back. Σ|f|² over what the band holds is kept, so values grow by
  /// `factor`. The pixel (rows/2, columns/2) stays in place.
  static ComplexField coarser(ComplexField fine, int factor) {
    Grid from = fine.grid();
    int rows = from.rows() / factor;
    int columns = from.columns() / factor;
    var spectrum = fine.copy();
    new Fft2(from.rows(), from.columns()).forward(spectrum);
    Grid grid = new Grid(rows, columns, from.pixelY() * factor, from.pixelX() * factor);
    var coarse =
        window(spectrum, from.rows() / 2 - rows / 2, from.columns() / 2 - columns / 2, grid);
    new Fft2(rows, columns).inverse(coarse);
    return coarse;
  }

  /// The part of `wide` whose upper left pixel is (top, left).
  static ComplexField window(ComplexField wide, int top, int left, Grid grid) {
    var part = new ComplexField(grid);
    for (int r = 0; r < grid.rows(); r++) {
      int from = (r + top) * wide.pitch() + left;
      System.arraycopy(wide.re(), from, part.re(), r * part.pitch(), grid.columns());
      System.arraycopy(wide.im(), from, part.im(), r * part.pitch(), grid.columns());
    }
    return part;
  }
}

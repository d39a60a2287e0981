package argand.prepare;

import argand.array.ComplexField;
import argand.array.Fft2;
import argand.array.Grid;
import argand.data.Probe;
import java.util.function.UnaryOperator;

/// How a starting probe follows the frames onto another sample grid.
final class StartProbe {
  private StartProbe() {}

  /// The part of the probe that starts at this pixel.
  static Probe part(Probe probe, Grid part, int firstRow, int firstColumn) {
    return each(probe, mode -> part(mode, part, firstRow, firstColumn));
  }

  /// The same field of view on fewer, larger pixels: the middle of its spectrum.
  static Probe coarser(Probe probe, Grid coarse) {
    var fine = new Fft2(probe.grid().rows(), probe.grid().columns());
    var few = new Fft2(coarse.rows(), coarse.columns());
    return each(
        probe,
        mode -> {
          var spectrum = mode.copy();
          fine.forward(spectrum);
          var middle =
              part(
                  spectrum,
                  coarse,
                  spectrum.grid().rows() / 2 - coarse.rows() / 2,
                  spectrum.grid().columns() / 2 - coarse.columns() / 2);
          few.inverse(middle);
          return middle;
        });
  }

  /// Blocks of factor × factor pixels as one: their sum over factor, which keeps Σ|P|² of a smooth
  /// wave and lies where the binned detector pixels lie.
  static Probe binned(Probe probe, Grid coarse, int factor) {
    return each(
        probe,
        mode -> {
          var sums = new ComplexField(coarse);
          for (int r = 0; r < coarse.rows() * factor; r++) {
            for (int c = 0; c < coarse.columns() * factor; c++) {
              int row = r / factor;
              int column = c / factor;
              sums.set(
                  row,
                  column,
                  sums.re(row, column) + mode.re(r, c),
                  sums.im(row, column) + mode.im(r, c));
            }
          }
          return sums.scale(1.0 / factor);
        });
  }

  private static ComplexField part(ComplexField mode, Grid part, int firstRow, int firstColumn) {
    var kept = new ComplexField(part);
    for (int r = 0; r < part.rows(); r++) {
      int from = (r + firstRow) * mode.pitch() + firstColumn;
      System.arraycopy(mode.re(), from, kept.re(), r * kept.pitch(), part.columns());
      System.arraycopy(mode.im(), from, kept.im(), r * kept.pitch(), part.columns());
    }
    return kept;
  }

  private static Probe each(Probe probe, UnaryOperator<ComplexField> change) {
    return new Probe(probe.modes().stream().map(change).toList());
  }
}

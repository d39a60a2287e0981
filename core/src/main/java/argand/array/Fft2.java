package argand.array;

import argand.array.kernel.PlaneFft;
import argand.array.kernel.Window;

/// Two-dimensional discrete Fourier transform of a complex field, in place. One instance for each
/// thread.
///
/// The forward kernel is exp(−2πi(k r/rows + l c/columns)). `forward` and `inverse` are unitary
/// with zero at (rows/2, columns/2) in both planes; `transform` and `transformBack` are the bare
/// sums, zero at (0, 0), unscaled: transformBack(transform(f)) = rows · columns · f. Engines use
/// the bare ones and fold scale and shift into their tables.
public final class Fft2 {
  private final int rows;
  private final int columns;
  private final PlaneFft planes;

  public Fft2(int rows, int columns) {
    Check.atLeast("rows", rows, 1);
    Check.atLeast("columns", columns, 1);
    this.rows = rows;
    this.columns = columns;
    this.planes = new PlaneFft(rows, columns);
  }

  public int rows() {
    return rows;
  }

  public int columns() {
    return columns;
  }

  /// f ← F f, unitary, centred.
  public void forward(ComplexField f) {
    Shift.roll(f, -(rows / 2), -(columns / 2));
    transform(f);
    Shift.roll(f, rows / 2, columns / 2);
    f.scale(1 / Math.sqrt((double) rows * columns));
  }

  /// f ← F⁻¹ f, unitary, centred.
  public void inverse(ComplexField f) {
    Shift.roll(f, -(rows / 2), -(columns / 2));
    transformBack(f);
    Shift.roll(f, rows / 2, columns / 2);
    f.scale(1 / Math.sqrt((double) rows * columns));
  }

  /// f ← Σ f exp(−2πi…), zero at (0, 0), unscaled.
  public void transform(ComplexField f) {
    check(f);
    planes.transform(f.re(), f.im(), 0, f.pitch());
  }

  /// f ← Σ f exp(+2πi…), zero at (0, 0), unscaled.
  public void transformBack(ComplexField f) {
    check(f);
    planes.transform(f.im(), f.re(), 0, f.pitch());
  }

  /// The same in a window of this size, whose rows are a multiple of 16 floats apart; padding up to
  /// the next one is overwritten and must be finite.
  public void transform(Window f) {
    planes.transform(f.re(), f.im(), f.offset(), f.pitch());
  }

  /// f ← Σ f exp(+2πi…), as in {@link #transform(Window)}.
  public void transformBack(Window f) {
    planes.transform(f.im(), f.re(), f.offset(), f.pitch());
  }

  private void check(ComplexField f) {
    Check.same("rows of the field", f.grid().rows(), rows);
    Check.same("columns of the field", f.grid().columns(), columns);
  }
}

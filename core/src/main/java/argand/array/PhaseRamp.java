package argand.array;

import argand.array.kernel.RampKernel;

/// Multiplies a spectrum by the phase ramp that moves its field by fractions of a pixel. One
/// instance for each thread.
///
/// With k and l the signed frequencies (−n/2 < k ≤ n/2), the factor is exp(−2πi(k down/rows + l
/// right/columns)). On an axis of even length the frequency n/2 stands for both +n/2 and −n/2; its
/// factor is the mean of the two, cos(π shift): so a real field stays real, whole pixels roll
/// exactly, and the ramp of (−down, −right) is the adjoint.
public final class PhaseRamp {
  private final int rows;
  private final int columns;
  private final float[] rowCos;
  private final float[] rowSin;

  /// Up to a whole number of cache lines; zeros behind the last column.
  private final float[] columnCos;

  private final float[] columnSin;

  public PhaseRamp(int rows, int columns) {
    Check.atLeast("rows", rows, 1);
    Check.atLeast("columns", columns, 1);
    this.rows = rows;
    this.columns = columns;
    this.rowCos = new float[rows];
    this.rowSin = new float[rows];
    this.columnCos = new float[ComplexField.pitch(columns)];
    this.columnSin = new float[columnCos.length];
  }

  /// spectrum ← ramp · spectrum; zero frequency at (0, 0), as {@link Fft2#transform} leaves it.
  ///
  /// @param down shift of the field along rows [pixels]
  /// @param right shift of the field along columns [pixels]
  public void multiply(ComplexField spectrum, double down, double right) {
    Check.same("rows of the spectrum", spectrum.grid().rows(), rows);
    Check.same("columns of the spectrum", spectrum.grid().columns(), columns);
    factors(rows, down, rowCos, rowSin);
    factors(columns, right, columnCos, columnSin);
    for (int r = 0; r < rows; r++) {
      RampKernel.multiplyRow(
          spectrum.re(),
          spectrum.im(),
          r * spectrum.pitch(),
          columns,
          rowCos[r],
          rowSin[r],
          columnCos,
          columnSin);
    }
  }

  private static void factors(int n, double shift, float[] cos, float[] sin) {
    cos[0] = 1;
    sin[0] = 0;
    for (int k = 1; 2 * k <= n; k++) {
      // whole turns taken off first, so that large shifts keep their digits
      double turns = k * shift / n;
      double angle = -2 * Math.PI * (turns - Math.rint(turns));
      cos[k] = (float) Math.cos(angle);
      sin[k] = (float) Math.sin(angle);
      cos[n - k] = cos[k];
      sin[n - k] = -sin[k];
    }
    if (n % 2 == 0) {
      sin[n / 2] = 0;
    }
  }
}

package argand.simulate;

import argand.Param;
import argand.array.Check;
import argand.data.ScanPositions;
import java.util.SplittableRandom;

/// Rows from left to right, one below another. A regular raster lets ptychography invent a pattern
/// of the same period; jitter prevents it.
public record RasterScan(
    @Param(value = "step", unit = "m") double step,
    @Param(value = "views in a column", byDefault = "14") int rows,
    @Param(value = "views in a row", byDefault = "14") int columns,
    @Param(value = "greatest random offset along each axis ÷ step", byDefault = "0.2")
        double jitter)
    implements ScanPattern {
  public RasterScan {
    Check.within("step", step, 1e-13, 1, "m");
    Check.atLeast("rows", rows, 1);
    Check.atLeast("columns", columns, 1);
    Check.within("jitter", jitter, 0, 1, "");
  }

  @Override
  public int views() {
    return Math.multiplyExact(rows, columns);
  }

  @Override
  public ScanPositions positions(SplittableRandom random) {
    double[] y = new double[views()];
    double[] x = new double[views()];
    for (int r = 0, n = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++, n++) {
        y[n] = step * (r - 0.5 * (rows - 1) + jitter * (2 * random.nextDouble() - 1));
        x[n] = step * (c - 0.5 * (columns - 1) + jitter * (2 * random.nextDouble() - 1));
      }
    }
    return new ScanPositions(y, x);
  }
}

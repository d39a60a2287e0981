package argand.simulate;

import argand.Param;
import argand.array.Check;
import argand.data.ScanPositions;
import java.util.SplittableRandom;

/// Rows from left to right and back in turn: the raster without the way home.
public record SnakeScan(
    @Param(value = "step", unit = "m") double step,
    @Param(value = "views in a column", byDefault = "14") int rows,
    @Param(value = "views in a row", byDefault = "14") int columns,
    @Param(value = "greatest random offset along each axis ÷ step", byDefault = "0.2")
        double jitter)
    implements ScanPattern {
  public SnakeScan {
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
    int[] order = new int[views()];
    for (int r = 0, n = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++, n++) {
        order[n] = r * columns + (r % 2 == 0 ? c : columns - 1 - c);
      }
    }
    return new RasterScan(step, rows, columns, jitter).positions(random).select(order);
  }
}

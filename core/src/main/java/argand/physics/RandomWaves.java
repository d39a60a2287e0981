package argand.physics;

import argand.array.Check;
import argand.array.Grid;
import java.util.SplittableRandom;

/// A smooth random surface: a sum of plane waves of random direction, period and phase, so that it
/// has a height at every point and looks the same on every grid.
///
/// Heights are close to normally distributed with mean 0 and variance 1. Periods are at least
/// `period`: the spectrum fills the disc |q| ≤ 1/period evenly.
public final class RandomWaves {
  private static final int COUNT = 160;

  private final double[] qy = new double[COUNT];
  private final double[] qx = new double[COUNT];
  private final double[] phase = new double[COUNT];

  /// @param period the shortest period [m]
  public RandomWaves(double period, SplittableRandom random) {
    Check.within("period", period, 1e-13, 1, "m");
    for (int k = 0; k < COUNT; k++) {
      double q = Math.sqrt(random.nextDouble()) / period;
      double direction = 2 * Math.PI * random.nextDouble();
      qy[k] = q * Math.sin(direction);
      qx[k] = q * Math.cos(direction);
      phase[k] = 2 * Math.PI * random.nextDouble();
    }
  }

  /// Heights on a grid whose pixel (rows/2, columns/2) lies at the origin, row by row.
  public float[] heights(Grid grid) {
    int rows = grid.rows();
    int columns = grid.columns();
    // cos(a + b) = cos a cos b − sin a sin b: tables along x and y instead of a cosine a pixel
    float[][] cosX = new float[COUNT][columns];
    float[][] sinX = new float[COUNT][columns];
    for (int k = 0; k < COUNT; k++) {
      for (int c = 0; c < columns; c++) {
        double angle = 2 * Math.PI * qx[k] * (c - columns / 2) * grid.pixelX();
        cosX[k][c] = (float) Math.cos(angle);
        sinX[k][c] = (float) Math.sin(angle);
      }
    }
    float[] heights = new float[grid.size()];
    double unit = Math.sqrt(2.0 / COUNT);
    for (int r = 0; r < rows; r++) {
      double y = (r - rows / 2) * grid.pixelY();
      for (int k = 0; k < COUNT; k++) {
        double angle = 2 * Math.PI * qy[k] * y + phase[k];
        float cos = (float) (unit * Math.cos(angle));
        float sin = (float) (unit * Math.sin(angle));
        for (int c = 0, i = r * columns; c < columns; c++, i++) {
          heights[i] += cos * cosX[k][c] - sin * sinX[k][c];
        }
      }
    }
    return heights;
  }
}

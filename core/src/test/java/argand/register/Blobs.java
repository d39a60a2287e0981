package argand.register;

import argand.array.Grid;
import argand.array.RealField;
import java.util.Random;

/// A picture known at every point: Gaussian blobs on a slope, seen through any transform. It shares
/// no interpolation with what is tested.
final class Blobs {
  private final int count;
  private final double[] row;
  private final double[] column;
  private final double[] width;
  private final double[] height;

  /// @param reach half the side of the square they lie in, from the centre [pixels]
  Blobs(int count, double reach, double least, double most, long seed) {
    var random = new Random(seed);
    this.count = count;
    row = new double[count];
    column = new double[count];
    width = new double[count];
    height = new double[count];
    for (int k = 0; k < count; k++) {
      row[k] = reach * (2 * random.nextDouble() - 1);
      column[k] = reach * (2 * random.nextDouble() - 1);
      width[k] = least + (most - least) * random.nextDouble();
      height[k] = 0.2 + 0.8 * random.nextDouble();
    }
  }

  /// What stands at T⁻¹(pixel), so that a registration of it onto the untransformed picture is T.
  RealField seen(Grid grid, Transform transform, double noise, long seed) {
    var back = transform.inverse().affine();
    var image = new RealField(grid);
    double[] place = new double[2];
    for (int r = 0; r < grid.rows(); r++) {
      for (int c = 0; c < grid.columns(); c++) {
        double y = r - 0.5 * (grid.rows() - 1);
        double x = c - 0.5 * (grid.columns() - 1);
        place[0] = back.rowRow() * y + back.rowColumn() * x + back.rowsPx();
        place[1] = back.columnRow() * y + back.columnColumn() * x + back.columnsPx();
        image.set(r, c, (float) at(place[0], place[1]));
      }
    }
    var random = new Random(seed);
    for (int i = 0; i < grid.size(); i++) {
      image.values()[i] += (float) (noise * random.nextGaussian());
    }
    return image;
  }

  private double at(double y, double x) {
    double sum = 0;
    for (int k = 0; k < count; k++) {
      double square =
          ((y - row[k]) * (y - row[k]) + (x - column[k]) * (x - column[k])) / (width[k] * width[k]);
      if (square < 36) {
        sum += height[k] * Math.exp(-0.5 * square);
      }
    }
    return sum;
  }
}

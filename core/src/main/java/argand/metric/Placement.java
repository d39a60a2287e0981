package argand.metric;

import argand.array.Grid;
import argand.array.RealField;

/// Where pixels of what was found lie in the truth: the same directions, another pixel, another
/// origin.
///
/// @param scaleY rows of the truth for one row of what was found
/// @param scaleX columns
/// @param down row of the truth at which the first row of what was found lies
/// @param right column
record Placement(Grid found, Grid truth, double scaleY, double scaleX, double down, double right) {
  /// Pixels of one size.
  static Placement shift(Grid found, Grid truth, double down, double right) {
    return new Placement(found, truth, 1, 1, down, right);
  }

  /// Row of the truth at which pixel `i` of what was found lies.
  double row(int i) {
    return i / found.columns() * scaleY + down;
  }

  double column(int i) {
    return i % found.columns() * scaleX + right;
  }

  /// The nearest pixel of the truth, −1 outside.
  int nearest(int i) {
    long row = Math.round(row(i));
    long column = Math.round(column(i));
    return row < 0 || column < 0 || row >= truth.rows() || column >= truth.columns()
        ? -1
        : (int) (row * truth.columns() + column);
  }

  /// The truth at pixel `i` of what was found.
  double between(RealField of, int i) {
    return between(of, row(i), column(i));
  }

  /// What was found at a place of the truth.
  double foundAt(RealField of, double row, double column) {
    return between(of, (row - down) / scaleY, (column - right) / scaleX);
  }

  /// Bilinear between the four nearest, NaN where one is unknown or outside.
  static double between(RealField of, double y, double x) {
    int row = (int) Math.floor(y);
    int column = (int) Math.floor(x);
    double lower = y - row;
    double later = x - column;
    double sum = 0;
    for (int k = 0; k < 4; k++) {
      double weight = (k < 2 ? 1 - lower : lower) * (k % 2 == 0 ? 1 - later : later);
      if (weight > 1e-9) {
        int r = row + k / 2;
        int c = column + k % 2;
        if (r < 0 || c < 0 || r >= of.grid().rows() || c >= of.grid().columns()) {
          return Double.NaN;
        }
        sum += weight * of.at(r, c);
      }
    }
    return sum;
  }
}

package argand.figure;

import argand.array.Grid;
import argand.array.RealField;

/// Pictures with no more pixels than a page can show: blocks of pixels become one.
///
/// @param factor pixels of the image, along rows and columns, that became one of the picture
record Shrunk(Grid from, Grid grid, int factor) {
  /// Longest side of a picture: two pixels of the page for a point.
  private static final int MOST = 660;

  static Shrunk of(Grid grid) {
    int factor = (Math.max(grid.rows(), grid.columns()) + MOST - 1) / MOST;
    var to =
        new Grid(
            (grid.rows() + factor - 1) / factor,
            (grid.columns() + factor - 1) / factor,
            grid.pixelY() * factor,
            grid.pixelX() * factor);
    return new Shrunk(grid, to, factor);
  }

  /// Of the whole image [m].
  double width() {
    return from.columns() * from.pixelX();
  }

  /// Of the whole image [m].
  double height() {
    return from.rows() * from.pixelY();
  }

  /// The mean of what is known in each block; NaN where nothing is.
  RealField mean(RealField field) {
    if (factor == 1) {
      return field;
    }
    var mean = new RealField(grid);
    for (int r = 0; r < grid.rows(); r++) {
      for (int c = 0; c < grid.columns(); c++) {
        double sum = 0;
        int known = 0;
        for (int y = r * factor; y < Math.min((r + 1) * factor, from.rows()); y++) {
          for (int x = c * factor; x < Math.min((c + 1) * factor, from.columns()); x++) {
            float value = field.at(y, x);
            if (Float.isFinite(value)) {
              sum += value;
              known++;
            }
          }
        }
        mean.set(r, c, known == 0 ? Float.NaN : (float) (sum / known));
      }
    }
    return mean;
  }

  /// The label that most pixels of each block bear; of several the lowest. Labels −1 … count − 1.
  int[] most(int[] label, int count) {
    if (factor == 1) {
      return label;
    }
    int[] most = new int[grid.size()];
    int[] votes = new int[count + 1];
    for (int r = 0; r < grid.rows(); r++) {
      for (int c = 0; c < grid.columns(); c++) {
        java.util.Arrays.fill(votes, 0);
        for (int y = r * factor; y < Math.min((r + 1) * factor, from.rows()); y++) {
          for (int x = c * factor; x < Math.min((c + 1) * factor, from.columns()); x++) {
            votes[label[y * from.columns() + x] + 1]++;
          }
        }
        int best = 0;
        for (int k = 1; k <= count; k++) {
          best = votes[k] > votes[best] ? k : best;
        }
        most[r * grid.columns() + c] = best - 1;
      }
    }
    return most;
  }

  /// The end of a caption that says what was done; empty where nothing was.
  String words() {
    return factor == 1
        ? ""
        : " The picture shows blocks of "
            + factor
            + " × "
            + factor
            + " pixels as one; the result file has them all.";
  }
}

package argand.register;

import argand.array.Grid;
import argand.array.RealField;
import argand.array.Workers;
import java.util.Optional;

/// An image of another size on the pixels of a grid, read once: pixel x of the grid is the mean of
/// the image over the pixel's own area at T(x), T counted from both centres in pixels of each.
///
/// Where pixels of the grid are larger than 1.5 pixels of the image, points of their area are
/// averaged, one for each pixel of the image along each side; each point is read by Keys' cubic
/// (R. G. Keys, IEEE Trans. ASSP 29, 1153 (1981), 10.1109/TASSP.1981.1163711). Points outside of
/// the
/// image, or next to pixels without a value, are left out; a pixel that loses more than half of its
/// points has none.
public final class FieldOnto {
  private static final double LARGER = 1.5;
  private static final int MOST_POINTS = 32;

  private FieldOnto() {}

  /// @param values on the grid
  /// @param variance of them where that of the image's pixels was given and they are independent
  public record Resampled(RealField values, Optional<RealField> variance) {}

  /// The transform from pixels of `grid` to those of `image` when their centres lie on each other.
  public static Transform centred(Grid grid, double pixelRatioY, double pixelRatioX) {
    return new Transform.Affine(pixelRatioY, 0, 0, pixelRatioX, 0, 0);
  }

  public static Resampled of(
      RealField image,
      Optional<RealField> variance,
      Transform transform,
      Grid grid,
      Workers workers) {
    var values = new RealField(grid);
    var variances = variance.map(_ -> new RealField(grid));
    var t = transform.affine();
    double down = Math.hypot(t.rowRow(), t.columnRow());
    double across = Math.hypot(t.rowColumn(), t.columnColumn());
    int pointsDown = points(down);
    int pointsAcross = points(across);
    workers.forEach(
        grid.rows(),
        (r, worker) -> {
          // reach of the points of one pixel, and of the cubic about each
          int side = (int) Math.ceil(down + across) + 6;
          var window = new double[side * side];
          for (int c = 0; c < grid.columns(); c++) {
            one(
                image,
                variance,
                t,
                grid,
                r,
                c,
                pointsDown,
                pointsAcross,
                window,
                side,
                values,
                variances);
          }
        });
    return new Resampled(values, variances);
  }

  private static int points(double stretch) {
    return stretch < LARGER ? 1 : Math.min(MOST_POINTS, (int) Math.ceil(stretch));
  }

  private static void one(
      RealField image,
      Optional<RealField> variance,
      Transform.Affine t,
      Grid grid,
      int r,
      int c,
      int pointsDown,
      int pointsAcross,
      double[] window,
      int side,
      RealField values,
      Optional<RealField> variances) {
    var from = image.grid();
    java.util.Arrays.fill(window, 0);
    double middleRow = at(t.rowRow(), t.rowColumn(), t.rowsPx(), grid, r, c, from.rows());
    double middleColumn =
        at(t.columnRow(), t.columnColumn(), t.columnsPx(), grid, r, c, from.columns());
    int top = (int) Math.floor(middleRow) - side / 2;
    int left = (int) Math.floor(middleColumn) - side / 2;
    double[] rowWeights = new double[4];
    double[] columnWeights = new double[4];
    int read = 0;
    for (int i = 0; i < pointsDown; i++) {
      double u = (i + 0.5) / pointsDown - 0.5;
      for (int k = 0; k < pointsAcross; k++) {
        double v = (k + 0.5) / pointsAcross - 0.5;
        double row = middleRow + t.rowRow() * u + t.rowColumn() * v;
        double column = middleColumn + t.columnRow() * u + t.columnColumn() * v;
        int y = (int) Math.floor(row);
        int x = (int) Math.floor(column);
        if (known(image, y, x, row - y, column - x)) {
          keys(row - y, rowWeights);
          keys(column - x, columnWeights);
          for (int m = 0; m < 4; m++) {
            for (int n = 0; n < 4; n++) {
              window[(y - 1 + m - top) * side + x - 1 + n - left] +=
                  rowWeights[m] * columnWeights[n];
            }
          }
          read++;
        }
      }
    }
    int at = r * grid.columns() + c;
    if (2 * read <= pointsDown * pointsAcross) {
      values.values()[at] = Float.NaN;
      variances.ifPresent(field -> field.values()[at] = Float.NaN);
      return;
    }
    double sum = 0;
    double square = 0;
    for (int m = 0; m < side; m++) {
      for (int n = 0; n < side; n++) {
        double w = window[m * side + n] / read;
        if (w != 0) {
          int index =
              mirror(top + m, from.rows()) * from.columns() + mirror(left + n, from.columns());
          sum += w * image.values()[index];
          square += variance.isPresent() ? w * w * variance.get().values()[index] : 0;
        }
      }
    }
    values.values()[at] = (float) sum;
    if (variances.isPresent()) {
      variances.get().values()[at] = (float) square;
    }
  }

  /// Row or column in the image, from its first pixel.
  private static double at(
      double byRow, double byColumn, double shift, Grid grid, int r, int c, int size) {
    return byRow * (r - 0.5 * (grid.rows() - 1))
        + byColumn * (c - 0.5 * (grid.columns() - 1))
        + shift
        + 0.5 * (size - 1);
  }

  /// Whether the point lies in the image and every pixel that it is read from has a value.
  private static boolean known(RealField image, int y, int x, double u, double v) {
    var grid = image.grid();
    if (y + u < -0.5 || x + v < -0.5 || y + u > grid.rows() - 0.5 || x + v > grid.columns() - 0.5) {
      return false;
    }
    for (int m = -1; m <= 2; m++) {
      for (int n = -1; n <= 2; n++) {
        if (Float.isNaN(image.at(mirror(y + m, grid.rows()), mirror(x + n, grid.columns())))) {
          return false;
        }
      }
    }
    return true;
  }

  private static int mirror(int i, int n) {
    int at = i < 0 ? -i - 1 : i >= n ? 2 * n - 1 - i : i;
    return Math.clamp(at, 0, n - 1);
  }

  private static void keys(double t, double[] w) {
    w[0] = ((-0.5 * t + 1) * t - 0.5) * t;
    w[1] = (1.5 * t - 2.5) * t * t + 1;
    w[2] = ((-1.5 * t + 2) * t + 0.5) * t;
    w[3] = (0.5 * t - 0.5) * t * t;
  }
}

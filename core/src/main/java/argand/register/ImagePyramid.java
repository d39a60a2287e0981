package argand.register;

import argand.Paper;
import argand.array.Grid;
import argand.array.RealField;
import argand.array.Workers;
import argand.array.kernel.ShortFilter;
import java.util.ArrayList;
import java.util.List;

/// An image at full, half, quarter, … resolution. A pixel of the next level has the four below it
/// at its corners' inside, so that the centres of all levels coincide (a centred pyramid); it is
/// read through the filter (1, 3, 3, 1)/8, the quadratic B-spline, along each axis.
@Paper(
    value =
        "P. Brigger, F. Müller, K. Illgner, M. Unser, IEEE Trans. Image Process. 8, 1254–1264"
            + " (1999): Centered pyramids",
    doi = "10.1109/83.784437")
final class ImagePyramid {
  private static final float[] TAPS = {0.125f, 0.375f, 0.375f, 0.125f};

  private static final float[] SMOOTH = {1f / 6, 4f / 6, 1f / 6};

  private ImagePyramid() {}

  /// From the finest to the coarsest, whose shorter side is at least `least`.
  static List<RealField> of(RealField image, int least, Workers workers) {
    var levels = new ArrayList<RealField>();
    levels.add(image);
    while (half(levels.getLast().grid(), least)) {
      levels.add(reduced(levels.getLast(), workers));
    }
    return levels;
  }

  private static boolean half(Grid grid, int least) {
    return Math.min(grid.rows(), grid.columns()) / 2 >= least;
  }

  /// Under the filter (1, 4, 1)/6, the cubic B-spline at the pixels, along each axis: an eighth of
  /// the power of the noise stays in the slopes.
  static RealField smoothed(RealField image, Workers workers) {
    var grid = image.grid();
    var result = new RealField(grid);
    workers.forEach(
        SplineImage.blocks(grid),
        (block, worker) -> {
          float[] line = new float[grid.columns()];
          float[] padded = new float[grid.columns() + 2];
          int[] at = new int[3];
          int last = Math.min(grid.rows(), (block + 1) * SplineImage.BLOCK);
          for (int r = block * SplineImage.BLOCK; r < last; r++) {
            for (int k = 0; k < 3; k++) {
              at[k] = SplineImage.mirror(r - 1 + k, grid.rows()) * grid.columns();
            }
            ShortFilter.across(image.values(), at, SMOOTH, line, 0, line.length);
            SplineImage.mirrored(line, 0, line.length, padded, 1);
            ShortFilter.along(
                padded, 0, SMOOTH, result.values(), r * grid.columns(), grid.columns());
          }
        });
    return result;
  }

  static RealField reduced(RealField image, Workers workers) {
    var grid = image.grid();
    int rows = grid.rows() / 2;
    int columns = grid.columns() / 2;
    var result = new RealField(new Grid(rows, columns, 2 * grid.pixelY(), 2 * grid.pixelX()));
    workers.forEach(
        SplineImage.blocks(result.grid()),
        (block, worker) -> {
          float[] line = new float[grid.columns()];
          int[] at = new int[4];
          int last = Math.min(rows, (block + 1) * SplineImage.BLOCK);
          for (int r = block * SplineImage.BLOCK; r < last; r++) {
            for (int k = 0; k < 4; k++) {
              at[k] = Math.clamp(2 * r - 1 + k, 0, grid.rows() - 1) * grid.columns();
            }
            ShortFilter.across(image.values(), at, TAPS, line, 0, line.length);
            for (int c = 0, o = r * columns; c < columns; c++, o++) {
              int k = 2 * c;
              result.values()[o] =
                  TAPS[0] * (line[Math.max(0, k - 1)] + line[Math.min(line.length - 1, k + 2)])
                      + TAPS[1] * (line[k] + line[k + 1]);
            }
          }
        });
    return result;
  }
}

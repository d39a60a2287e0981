package argand.metric;

import argand.array.Mask;
import argand.array.RealField;
import java.util.Optional;

/// How wide the borders between two kinds of matter are in a map of the share of one of them, from
/// a
/// tenth to nine tenths [m].
///
/// Borders are where the truth crosses a half, and reaches less than a tenth on one side and more
/// than nine tenths on the other. Along the normal of each such place the map is read between its
/// pixels; the mean of all these profiles is cut at 10 and 90 % of the way between its ends.
///
/// @param found in the map
/// @param truth in the truth, read in the same way
record BoundaryWidth(double found, double truth) {
  /// Pixels of the truth to each side, and steps of a pixel.
  private static final int REACH = 12;

  private static final int STEPS = 4;

  private static final double PURE = 0.1;

  /// Fewer places give no mean.
  private static final int LEAST = 20;

  /// @param mask of the truth: a profile must lie within
  /// @return nothing where there are no such borders
  static Optional<BoundaryWidth> of(RealField map, RealField known, Mask mask, Placement at) {
    var grid = known.grid();
    int length = 2 * REACH * STEPS + 1;
    double[] own = new double[length];
    double[] its = new double[length];
    double[] profile = new double[length];
    double[] other = new double[length];
    int count = 0;
    for (int r = REACH; r < grid.rows() - REACH; r++) {
      for (int c = REACH; c < grid.columns() - REACH; c++) {
        for (int down = 0; down < 2; down++) { // crossings along the row, and along the column
          double here = known.at(r, c);
          double step = known.at(r + down, c + 1 - down) - here;
          boolean crosses = (here - 0.5) * (here + step - 0.5) < 0;
          double slope =
              0.5 * (known.at(r + 1 - down, c + down) - known.at(r - 1 + down, c - down));
          if (!crosses || Double.isNaN(slope) || Math.abs(slope) > Math.abs(step)) {
            continue; // a border that runs more along than across is met the other way
          }
          double on = (0.5 - here) / step;
          double along = step / Math.hypot(step, slope);
          double across = slope / Math.hypot(step, slope);
          double y = r + down * on;
          double x = c + (1 - down) * on;
          double toY = down == 1 ? along : across;
          double toX = down == 1 ? across : along;
          if (read(profile, other, map, known, mask, at, y, x, toY, toX)) {
            for (int k = 0; k < length; k++) {
              own[k] += profile[k];
              its[k] += other[k];
            }
            count++;
          }
        }
      }
    }
    return count < LEAST
        ? Optional.empty()
        : Optional.of(new BoundaryWidth(width(own, grid.pixelX()), width(its, grid.pixelX())));
  }

  /// Profiles of both, rising along the normal.
  ///
  /// @return whether the border is one between pure matter and both are known all along
  private static boolean read(
      double[] found,
      double[] truth,
      RealField map,
      RealField known,
      Mask mask,
      Placement at,
      double row,
      double column,
      double down,
      double right) {
    for (int k = 0; k < found.length; k++) {
      double away = (k - REACH * STEPS) / (double) STEPS;
      double y = row + away * down;
      double x = column + away * right;
      truth[k] = Placement.between(known, y, x);
      found[k] = at.foundAt(map, y, x);
      int r = (int) Math.round(y);
      int c = (int) Math.round(x);
      boolean there = r >= 0 && c >= 0 && r < mask.grid().rows() && c < mask.grid().columns();
      if (!there || !mask.at(r, c) || Double.isNaN(truth[k]) || Double.isNaN(found[k])) {
        return false;
      }
    }
    return truth[0] < PURE && truth[truth.length - 1] > 1 - PURE;
  }

  private static double width(double[] sums, double pixel) {
    int end = REACH * STEPS / 4;
    double low = 0;
    double high = 0;
    for (int k = 0; k < end; k++) {
      low += sums[k] / end;
      high += sums[sums.length - 1 - k] / end;
    }
    double tenth = crossing(sums, low + 0.1 * (high - low));
    double nine = crossing(sums, low + 0.9 * (high - low));
    return (nine - tenth) / STEPS * pixel;
  }

  /// Where the profile crosses a level, sought from the middle outwards.
  private static double crossing(double[] sums, double level) {
    int k = sums.length / 2;
    if (sums[k] > level) {
      while (k > 0 && sums[k] > level) {
        k--;
      }
    } else {
      while (k < sums.length - 2 && sums[k + 1] <= level) {
        k++;
      }
    }
    double rise = sums[k + 1] - sums[k];
    return rise == 0 ? k : k + Math.clamp((level - sums[k]) / rise, 0, 1);
  }
}

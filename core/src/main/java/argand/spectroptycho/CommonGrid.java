package argand.spectroptycho;

import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.Mask;
import argand.array.RealField;
import argand.array.Workers;
import argand.data.ObjectStack.View;
import argand.data.Reconstruction;
import argand.metric.Illumination;
import argand.register.Resampling;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;

/// The grid that all energies share. Far-field pixels grow with the wavelength about the middle of
/// each frame, and that is where a position stands; so the object's pixel row of a reconstruction
/// lies on the sample at
///
///     y = origin.y + (row − N/2) p          N rows of a frame (integer division), p its pixel
///
/// in the coordinates of the positions, which all energies have in common.
final class CommonGrid {
  /// Fewer pixels along a side show nothing.
  private static final int LEAST = 16;

  private final Grid grid;
  private final Reconstruction.Origin origin;
  private final Mask mask;

  private CommonGrid(Grid grid, Reconstruction.Origin origin, Mask mask) {
    this.grid = grid;
    this.origin = origin;
    this.mask = mask;
  }

  /// Pixels that all have lit well.
  Mask mask() {
    return mask;
  }

  /// Where the upper left pixel lies on the sample [m].
  Reconstruction.Origin origin() {
    return origin;
  }

  /// @param pixel [m]; without it the largest of all
  /// @throws InvalidInput where they share no field
  static CommonGrid of(List<Reconstruction> all, OptionalDouble pixel) {
    double top = Double.NEGATIVE_INFINITY;
    double left = Double.NEGATIVE_INFINITY;
    double bottom = Double.POSITIVE_INFINITY;
    double right = Double.POSITIVE_INFINITY;
    double largestY = 0;
    double largestX = 0;
    var lit = new ArrayList<Mask>();
    for (var one : all) {
      var good = Illumination.lit(one);
      lit.add(good);
      int[] box = box(good);
      top = Math.max(top, y(one, box[0]));
      bottom = Math.min(bottom, y(one, box[1]));
      left = Math.max(left, x(one, box[2]));
      right = Math.min(right, x(one, box[3]));
      largestY = Math.max(largestY, one.object().grid().pixelY());
      largestX = Math.max(largestX, one.object().grid().pixelX());
    }
    double pixelY = pixel.orElse(largestY);
    double pixelX = pixel.orElse(largestX);
    int rows = (int) Math.floor((bottom - top) / pixelY) + 1;
    int columns = (int) Math.floor((right - left) / pixelX) + 1;
    if (rows < LEAST || columns < LEAST) {
      throw new InvalidInput(
          "the field that all energies have lit",
          String.format(
              Locale.ROOT, "%.3g µm × %.3g µm", (bottom - top) * 1e6, (right - left) * 1e6),
          "at least " + LEAST + " pixels along each side",
          "is one energy a scan of another size or place? leave it out");
    }
    var grid = new Grid(rows, columns, pixelY, pixelX);
    boolean[] good = new boolean[grid.size()];
    java.util.Arrays.fill(good, true);
    for (int e = 0; e < all.size(); e++) {
      var one = all.get(e);
      for (int r = 0; r < rows; r++) {
        int row = (int) Math.rint(row(one, top + r * pixelY));
        for (int c = 0; c < columns; c++) {
          int column = (int) Math.rint(column(one, left + c * pixelX));
          good[r * columns + c] &= lit.get(e).at(row, column);
        }
      }
    }
    var mask = new Mask(grid, good);
    if (mask.count() == 0) {
      throw new InvalidInput(
          "the field that all energies have lit",
          "empty",
          "pixels that all of them have lit well",
          "is one energy a scan of another place? leave it out");
    }
    return new CommonGrid(grid, new Reconstruction.Origin(top, left), mask);
  }

  /// Each on this grid.
  List<View> views(
      List<Reconstruction> all, Function<Reconstruction, String> name, Workers workers) {
    var views = new View[all.size()];
    workers.forEach(all.size(), (e, worker) -> views[e] = view(all.get(e), name.apply(all.get(e))));
    return List.of(views);
  }

  private View view(Reconstruction one, String name) {
    double firstRow = row(one, origin.y());
    double firstColumn = column(one, origin.x());
    var own = one.object().grid();
    double area = grid.pixelY() * grid.pixelX() / (own.pixelY() * own.pixelX());
    var map = Illumination.of(one);
    var light = new RealField(grid);
    for (int r = 0; r < grid.rows(); r++) {
      double y = firstRow + r * grid.pixelY() / own.pixelY();
      for (int c = 0; c < grid.columns(); c++) {
        double x = firstColumn + c * grid.pixelX() / own.pixelX();
        light.set(r, c, (float) (area * between(map, y, x)));
      }
    }
    return new View(
        one.energyEv(),
        one.geometry().beam().polarization(),
        Resampling.onto(grid, one.object(), firstRow, firstColumn),
        light,
        name);
  }

  /// Bilinear.
  static double between(RealField map, double y, double x) {
    int r = Math.clamp((int) Math.floor(y), 0, map.grid().rows() - 2);
    int c = Math.clamp((int) Math.floor(x), 0, map.grid().columns() - 2);
    double down = Math.clamp(y - r, 0, 1);
    double right = Math.clamp(x - c, 0, 1);
    return (1 - down) * ((1 - right) * map.at(r, c) + right * map.at(r, c + 1))
        + down * ((1 - right) * map.at(r + 1, c) + right * map.at(r + 1, c + 1));
  }

  /// First and last row, first and last column of the good pixels.
  private static int[] box(Mask good) {
    int[] box = {Integer.MAX_VALUE, -1, Integer.MAX_VALUE, -1};
    for (int r = 0; r < good.grid().rows(); r++) {
      for (int c = 0; c < good.grid().columns(); c++) {
        if (good.at(r, c)) {
          box[0] = Math.min(box[0], r);
          box[1] = Math.max(box[1], r);
          box[2] = Math.min(box[2], c);
          box[3] = Math.max(box[3], c);
        }
      }
    }
    return box;
  }

  private static double y(Reconstruction one, double row) {
    return one.origin().y() + (row - one.probe().grid().rows() / 2) * one.object().grid().pixelY();
  }

  private static double x(Reconstruction one, double column) {
    return one.origin().x()
        + (column - one.probe().grid().columns() / 2) * one.object().grid().pixelX();
  }

  private static double row(Reconstruction one, double y) {
    return (y - one.origin().y()) / one.object().grid().pixelY() + one.probe().grid().rows() / 2;
  }

  private static double column(Reconstruction one, double x) {
    return (x - one.origin().x()) / one.object().grid().pixelX() + one.probe().grid().columns() / 2;
  }
}

package argand.metric;

import argand.array.Check;
import argand.array.ComplexField;
import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.Mask;
import argand.data.Reconstruction;
import argand.register.Resampling;

/// Two images of one sample on one grid: the part of the sample plane that both hold, at the
/// coarser of their pixels.
///
/// The finer image is resampled; images with equal pixels are only cropped, to the nearest whole
/// pixel: the rest is for the gauge. Frames are laid on each other by the probe's middle, (rows/2,
/// columns/2).
///
/// @param a the first image
/// @param b the second image, of the same size
/// @param region where both are to be trusted
/// @param rowOfB where `b` begins in the second image, if that was only cropped
/// @param columnOfB the same
record Overlay(ComplexField a, ComplexField b, Mask region, int rowOfB, int columnOfB) {
  private static final int LEAST = 32;

  /// One image and where it lies: the place [m] of its pixel (0, 0) and the pixels to be trusted.
  record Placed(ComplexField image, double y, double x, Mask trusted) {
    /// The object of a reconstruction; places are those of the probe's middle.
    static Placed of(Reconstruction result) {
      var grid = result.object().grid();
      var probe = result.probe().grid();
      return new Placed(
          result.object(),
          result.origin().y() - probe.rows() / 2 * probe.pixelY(),
          result.origin().x() - probe.columns() / 2 * probe.pixelX(),
          Illumination.lit(result));
    }

    Placed moved(double dy, double dx) {
      return new Placed(image, y + dy, x + dx, trusted);
    }

    /// On the pixels of `target`, whose pixel (0, 0) lies at (y0, x0).
    ComplexField imageOn(Grid target, double y0, double x0) {
      if (!samePixels(target, image.grid())) {
        return Resampling.onto(
            target, image, (y0 - y) / image.grid().pixelY(), (x0 - x) / image.grid().pixelX());
      }
      var rectangle =
          new Rectangle(
              cropped(y0 - y, image.grid().pixelY(), image.grid().rows() - target.rows()),
              cropped(x0 - x, image.grid().pixelX(), image.grid().columns() - target.columns()),
              target.rows(),
              target.columns());
      return rectangle.of(image);
    }

    boolean[] trustedOn(Grid target, double y0, double x0) {
      var from = image.grid();
      boolean[] good = new boolean[target.size()];
      for (int r = 0; r < target.rows(); r++) {
        int row = (int) Math.rint((y0 - y + r * target.pixelY()) / from.pixelY());
        for (int c = 0; c < target.columns(); c++) {
          int column = (int) Math.rint((x0 - x + c * target.pixelX()) / from.pixelX());
          good[r * target.columns() + c] =
              row >= 0
                  && row < from.rows()
                  && column >= 0
                  && column < from.columns()
                  && trusted.at(row, column);
        }
      }
      return good;
    }
  }

  /// @throws InvalidInput when they have too little of the sample in common
  static Overlay of(Placed a, Placed b) {
    Grid first = a.image.grid();
    Grid second = b.image.grid();
    double pixelY = Math.max(first.pixelY(), second.pixelY());
    double pixelX = Math.max(first.pixelX(), second.pixelX());
    double top = start(a.y, first.pixelY(), pixelY, Math.max(a.y, b.y));
    double left = start(a.x, first.pixelX(), pixelX, Math.max(a.x, b.x));
    double bottom =
        Math.min(
            a.y + (first.rows() - 1) * first.pixelY(), b.y + (second.rows() - 1) * second.pixelY());
    double right =
        Math.min(
            a.x + (first.columns() - 1) * first.pixelX(),
            b.x + (second.columns() - 1) * second.pixelX());
    // Half a pixel of slack: b may be cropped to the nearest whole pixel.
    int rows = (int) Math.floor((bottom - top) / pixelY + 1e-6) + 1;
    int columns = (int) Math.floor((right - left) / pixelX + 1e-6) + 1;
    if (rows < LEAST || columns < LEAST) {
      throw new InvalidInput(
          "common part of the two images",
          Math.max(rows, 0) + " × " + Math.max(columns, 0) + " pixels",
          "at least " + LEAST + " × " + LEAST,
          "are they images of the same field, with positions in the same frame?");
    }
    var grid = new Grid(rows, columns, pixelY, pixelX);
    boolean[] good = a.trustedOn(grid, top, left);
    boolean[] other = b.trustedOn(grid, top, left);
    for (int i = 0; i < good.length; i++) {
      good[i] &= other[i];
    }
    return new Overlay(
        a.imageOn(grid, top, left),
        b.imageOn(grid, top, left),
        new Mask(grid, good),
        cropped(top - b.y, second.pixelY(), second.rows() - rows),
        cropped(left - b.x, second.pixelX(), second.columns() - columns));
  }

  /// The nearest whole pixel to this distance [m] from the image's edge.
  private static int cropped(double distance, double pixel, int most) {
    return Math.clamp(Math.round(distance / pixel), 0, Math.max(0, most));
  }

  /// The first pixel of the common grid: on the lattice of the first image where that keeps its
  /// pixels, and not before either image begins.
  private static double start(double origin, double pixel, double common, double begin) {
    if (Math.abs(common / pixel - 1) > 1e-5) {
      return begin;
    }
    return origin + Math.ceil((begin - origin) / pixel - 0.5) * pixel;
  }

  private static boolean samePixels(Grid one, Grid other) {
    // Over a thousand pixels a relative difference of 1e-5 is a hundredth of a pixel.
    return Math.abs(one.pixelY() / other.pixelY() - 1) < 1e-5
        && Math.abs(one.pixelX() / other.pixelX() - 1) < 1e-5;
  }

  Overlay {
    Check.same("rows", a.grid().rows(), b.grid().rows());
    Check.same("columns", a.grid().columns(), b.grid().columns());
  }
}

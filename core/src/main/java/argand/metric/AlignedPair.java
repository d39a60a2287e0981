package argand.metric;

import argand.array.Check;
import argand.array.ComplexField;
import argand.array.InvalidInput;
import argand.array.Mask;
import argand.array.RealField;

/// Two images of one sample brought together: one grid, one region of trust, the gauge removed
/// from the first.
///
/// @param a the first image without its gauge
/// @param b the second image
/// @param region where they may be compared
/// @param gauge what was removed from the first, on the cropped images: the displacement is what
///     was left after placing both by their positions
/// @param place of `b` in the second image, where that was not resampled
public record AlignedPair(
    ComplexField a, ComplexField b, Mask region, Gauge gauge, Rectangle place) {
  /// Pixels between the region and the edge of the images: a fractional shift rings from the edge
  /// inwards.
  private static final int MARGIN = 6;

  /// Pixels over which an image fades to its mean outside the region.
  private static final int FADE = 8;

  private static final int LEAST = 256;
  private static final int ATTEMPTS = 4;

  public AlignedPair {
    Check.same("rows", a.grid().rows(), b.grid().rows());
    Check.same("columns", a.grid().columns(), b.grid().columns());
  }

  /// Places both, finds the gauge, and places them again while whole pixels of displacement are
  /// left.
  static AlignedPair of(Overlay.Placed a, Overlay.Placed b) {
    var placed = b;
    var pair = once(a, placed);
    for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
      long rows = Math.round(pair.gauge.shiftRowsPx());
      long columns = Math.round(pair.gauge.shiftColumnsPx());
      if (rows == 0 && columns == 0) {
        break;
      }
      var grid = pair.b.grid();
      placed = placed.moved(rows * grid.pixelY(), columns * grid.pixelX());
      pair = once(a, placed);
    }
    return pair;
  }

  private static AlignedPair once(Overlay.Placed a, Overlay.Placed b) {
    var overlay = Overlay.of(a, b);
    var region = withoutBorder(overlay.region());
    if (region.count() < LEAST) {
      throw new InvalidInput(
          "well-lit region that both images share",
          region.count() + " pixels",
          "at least " + LEAST,
          "are they images of the same field, with positions in the same frame?");
    }
    var box = Rectangle.around(region);
    var patch = grown(box, overlay.region());
    var mask = patch.of(region);
    var fit = new GaugeFit(patch.of(overlay.a()), patch.of(overlay.b()), weight(mask), fade(mask));
    var gauge = fit.fit();
    var place =
        new Rectangle(
            overlay.rowOfB() + patch.row(),
            overlay.columnOfB() + patch.column(),
            patch.rows(),
            patch.columns());
    return new AlignedPair(fit.aligned(gauge), fit.b(), mask, gauge, place);
  }

  private static Rectangle grown(Rectangle box, Mask whole) {
    int room = MARGIN + FADE;
    int top = Math.max(0, box.row() - room);
    int left = Math.max(0, box.column() - room);
    int bottom = Math.min(whole.grid().rows(), box.row() + box.rows() + room);
    int right = Math.min(whole.grid().columns(), box.column() + box.columns() + room);
    return new Rectangle(top, left, bottom - top, right - left).quick();
  }

  private static Mask withoutBorder(Mask region) {
    var grid = region.grid();
    boolean[] good = region.good().clone();
    for (int r = 0; r < grid.rows(); r++) {
      for (int c = 0; c < grid.columns(); c++) {
        good[r * grid.columns() + c] &=
            r >= MARGIN && c >= MARGIN && r < grid.rows() - MARGIN && c < grid.columns() - MARGIN;
      }
    }
    return new Mask(grid, good);
  }

  private static RealField weight(Mask mask) {
    var weight = new RealField(mask.grid());
    for (int i = 0; i < weight.values().length; i++) {
      weight.values()[i] = mask.good()[i] ? 1 : 0;
    }
    return weight;
  }

  /// 1 within MARGIN pixels of the region, falling to 0 by a raised cosine over FADE pixels.
  private static RealField fade(Mask mask) {
    var grid = mask.grid();
    int columns = grid.columns();
    float[] distance = new float[grid.size()];
    for (int i = 0; i < distance.length; i++) {
      distance[i] = mask.good()[i] ? 0 : 1e6f;
    }
    // Two passes of the chamfer 1, √2: good to a tenth of the distance, enough for a fade.
    for (int r = 0; r < grid.rows(); r++) {
      for (int c = 0; c < columns; c++) {
        nearer(distance, grid.rows(), columns, r, c, -1);
      }
    }
    for (int r = grid.rows() - 1; r >= 0; r--) {
      for (int c = columns - 1; c >= 0; c--) {
        nearer(distance, grid.rows(), columns, r, c, 1);
      }
    }
    var fade = new RealField(grid);
    for (int i = 0; i < distance.length; i++) {
      double t = Math.clamp((distance[i] - MARGIN) / FADE, 0.0, 1.0);
      fade.values()[i] = (float) (0.5 + 0.5 * Math.cos(Math.PI * t));
    }
    return fade;
  }

  private static void nearer(float[] distance, int rows, int columns, int r, int c, int towards) {
    int[][] steps = {{0, towards}, {towards, 0}, {towards, towards}, {towards, -towards}};
    int at = r * columns + c;
    for (int[] step : steps) {
      int row = r + step[0];
      int column = c + step[1];
      if (row >= 0 && row < rows && column >= 0 && column < columns) {
        float length = step[0] != 0 && step[1] != 0 ? 1.4142f : 1;
        distance[at] = Math.min(distance[at], distance[row * columns + column] + length);
      }
    }
  }
}

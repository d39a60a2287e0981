package argand.spectro;

import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.Mask;
import java.util.Arrays;

/// Rectangles of an image.
final class Rectangles {
  private Rectangles() {}

  /// True inside of the region.
  ///
  /// @throws InvalidInput when it is not all inside of the image
  static Mask mask(Grid grid, IncidentBeam.Region region) {
    if (region.row() + region.rows() > grid.rows()
        || region.column() + region.columns() > grid.columns()) {
      throw new InvalidInput(
          "the region",
          "rows %d … %d, columns %d … %d"
              .formatted(
                  region.row(),
                  region.row() + region.rows() - 1,
                  region.column(),
                  region.column() + region.columns() - 1),
          "inside of an image of " + grid.rows() + " × " + grid.columns() + " pixels",
          "");
    }
    boolean[] inside = new boolean[grid.size()];
    for (int r = 0; r < region.rows(); r++) {
      int from = (region.row() + r) * grid.columns() + region.column();
      Arrays.fill(inside, from, from + region.columns(), true);
    }
    return new Mask(grid, inside);
  }
}

package argand.spectro;

import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.Mask;
import argand.array.RealField;
import java.util.Arrays;

/// The brightest smooth part of an image: tiles whose inner scatter is not above that of the
/// quieter half of bright tiles, brightest first.
///
/// Tiles are judged by their means, so a pixel's own noise hardly decides whether it is taken, and
/// I₀ is not pulled up by it. A tile that stands out from the others (a hot spot) is left out:
/// brighter than the tenth brightest smooth tile by more than a tenth.
final class EmptyRegionMask {
  private EmptyRegionMask() {}

  private record Tile(int row, int column, double mean, double scatter) {}

  /// At most `share` of the image, at least one tile.
  static Mask find(RealField image, Mask good, double share) {
    Grid grid = image.grid();
    int size = Math.max(2, Math.min(grid.rows(), grid.columns()) / 32);
    int down = grid.rows() / size;
    int across = grid.columns() / size;
    var tiles = new Tile[down * across];
    int count = 0;
    for (int r = 0; r < down; r++) {
      for (int c = 0; c < across; c++) {
        var tile = tile(image, good, r * size, c * size, size);
        if (!Double.isNaN(tile.mean)) {
          tiles[count++] = tile;
        }
      }
    }
    if (count == 0) {
      throw new InvalidInput(
          "the empty region", "not to be found: no tile of the image is all good", "", "");
    }
    var found = Arrays.copyOf(tiles, count);
    Arrays.sort(found, (a, b) -> Double.compare(b.mean, a.mean));
    // edges of the sample scatter; where it is bright and even there is no sample
    double[] scatter = new double[Math.max(1, count / 2)];
    for (int i = 0; i < scatter.length; i++) {
      scatter[i] = found[i].scatter;
    }
    Arrays.sort(scatter);
    double limit = 1.5 * scatter[scatter.length / 4] + 1e-12 * Math.abs(found[0].mean);
    var smooth =
        Arrays.stream(found).filter(tile -> tile.scatter <= limit).toArray(Tile[]::new);
    if (smooth.length == 0) {
      smooth = found;
    }
    double usual = smooth[Math.min(smooth.length - 1, smooth.length / 10)].mean;
    int wanted = Math.max(1, (int) (share * grid.size() / (size * size)));
    boolean[] empty = new boolean[grid.size()];
    int taken = 0;
    for (var tile : smooth) {
      if (taken == wanted) {
        break;
      }
      if (tile.mean > 1.1 * usual && smooth.length > 10) {
        continue;
      }
      for (int r = 0; r < size; r++) {
        int from = (tile.row + r) * grid.columns() + tile.column;
        Arrays.fill(empty, from, from + size, true);
      }
      taken++;
    }
    return new Mask(grid, empty);
  }

  private static Tile tile(RealField image, Mask good, int row, int column, int size) {
    double sum = 0;
    double squares = 0;
    double first = image.at(row, column);
    for (int r = row; r < row + size; r++) {
      for (int c = column; c < column + size; c++) {
        if (!good.at(r, c)) {
          return new Tile(row, column, Double.NaN, 0);
        }
        double v = image.at(r, c) - first;
        sum += v;
        squares += v * v;
      }
    }
    int n = size * size;
    return new Tile(
        row,
        column,
        first + sum / n,
        Math.sqrt(Math.max(0, squares / n - (sum / n) * (sum / n))));
  }
}

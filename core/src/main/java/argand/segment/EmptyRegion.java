package argand.segment;

import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.Mask;
import argand.array.RealField;
import java.util.Arrays;
import java.util.Comparator;

/// The brightest smooth part of an image: tiles whose inner scatter is not above that of bright
/// tiles, and whose mean is within its noise of the brightest.
///
/// Of these, not the brightest but a share spread over the image is taken: else the noise of the
/// tiles themselves would choose, and pull I₀ up. A tile that is a tenth brighter than the level of
/// the brightest twentieth (a hot spot) is left out.
public final class EmptyRegion {
  private EmptyRegion() {}

  private record Tile(int row, int column, double mean, double scatter) {}

  /// At most `share` of the image, at least one tile.
  public static Mask find(RealField image, Mask good, double share) {
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
    var smooth = Arrays.stream(found).filter(tile -> tile.scatter <= limit).toArray(Tile[]::new);
    if (smooth.length == 0) {
      smooth = found;
    }
    var level = smooth[Math.min(smooth.length - 1, smooth.length / 20)];
    // five standard deviations of a tile's mean, twice: that of the level and of the tile
    double noise = 10 * level.scatter / size + 1e-9 * Math.abs(level.mean);
    var even =
        Arrays.stream(smooth)
            .filter(t -> t.mean >= level.mean - noise && t.mean <= 1.1 * Math.abs(level.mean))
            .sorted(Comparator.comparingInt(Tile::row).thenComparingInt(Tile::column))
            .toList();
    int wanted = Math.max(1, (int) (share * grid.size() / (size * size)));
    int taken = Math.min(wanted, even.size());
    boolean[] empty = new boolean[grid.size()];
    for (int k = 0; k < taken; k++) {
      var tile = even.get((int) ((long) k * even.size() / taken));
      for (int r = 0; r < size; r++) {
        int from = (tile.row + r) * grid.columns() + tile.column;
        Arrays.fill(empty, from, from + size, true);
      }
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
        row, column, first + sum / n, Math.sqrt(Math.max(0, squares / n - (sum / n) * (sum / n))));
  }
}

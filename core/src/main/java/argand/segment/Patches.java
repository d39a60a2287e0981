package argand.segment;

import argand.array.Grid;
import argand.array.Mask;
import java.util.Arrays;

/// Good pixels that hang together.
///
/// @param label number of each pixel's patch in the order of their first pixels, −1 for bad ones
/// @param size pixels of each patch
public record Patches(Grid grid, int[] label, int[] size) {
  /// Which pixels touch.
  public enum Neighbours {
    /// Those that share a side.
    FOUR,
    /// Those that share a side or a corner.
    EIGHT
  }

  public static Patches of(Mask mask, Neighbours neighbours) {
    Grid grid = mask.grid();
    int columns = grid.columns();
    int[] label = new int[grid.size()];
    Arrays.fill(label, -1);
    int[] size = new int[16];
    int[] stack = new int[grid.size()];
    int count = 0;
    for (int seed = 0; seed < label.length; seed++) {
      if (!mask.good()[seed] || label[seed] >= 0) {
        continue;
      }
      if (count == size.length) {
        size = Arrays.copyOf(size, 2 * count);
      }
      int depth = 0;
      stack[depth++] = seed;
      label[seed] = count;
      while (depth > 0) {
        int at = stack[--depth];
        size[count]++;
        for (int dr = -1; dr <= 1; dr++) {
          for (int dc = -1; dc <= 1; dc++) {
            int r = at / columns + dr;
            int c = at % columns + dc;
            boolean touches = neighbours == Neighbours.EIGHT || dr == 0 || dc == 0;
            if (touches && r >= 0 && r < grid.rows() && c >= 0 && c < columns) {
              int to = r * columns + c;
              if (mask.good()[to] && label[to] < 0) {
                label[to] = count;
                stack[depth++] = to;
              }
            }
          }
        }
      }
      count++;
    }
    return new Patches(grid, label, Arrays.copyOf(size, count));
  }

  public int count() {
    return size.length;
  }
}

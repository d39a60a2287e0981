package argand.array;

/// Which pixels are to be trusted; true is good. Row by row without padding.
public final class Mask {
  private final Grid grid;
  private final boolean[] good;

  /// @param good kept, not copied; length rows · columns
  public Mask(Grid grid, boolean[] good) {
    Check.same("good.length", good.length, grid.size());
    this.grid = grid;
    this.good = good;
  }

  /// All pixels good.
  public static Mask all(Grid grid) {
    boolean[] good = new boolean[grid.size()];
    java.util.Arrays.fill(good, true);
    return new Mask(grid, good);
  }

  public Grid grid() {
    return grid;
  }

  /// The flags themselves, not a copy.
  public boolean[] good() {
    return good;
  }

  public boolean at(int row, int column) {
    return good[row * grid.columns() + column];
  }

  /// Number of good pixels.
  public int count() {
    int count = 0;
    for (boolean is : good) {
      if (is) {
        count++;
      }
    }
    return count;
  }

  /// Good where both are.
  public Mask and(Mask other) {
    Check.same("mask size", other.good.length, good.length);
    boolean[] both = new boolean[good.length];
    for (int i = 0; i < both.length; i++) {
      both[i] = good[i] && other.good[i];
    }
    return new Mask(grid, both);
  }
}

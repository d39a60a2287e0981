package argand.array;

import java.util.List;
import java.util.stream.Stream;

/// A real quantity on a grid, row by row without padding: value (r, c) is `values()[r · columns +
/// c]`.
///
/// Methods named `set…` write into the receiver; every other method leaves it alone.
public final class RealField {
  private final Grid grid;
  private final float[] values;

  /// Zeros.
  public RealField(Grid grid) {
    this(grid, new float[grid.size()]);
  }

  /// @param values kept, not copied; length rows · columns
  public RealField(Grid grid, float[] values) {
    Check.same("values.length", values.length, grid.size());
    this.grid = grid;
    this.values = values;
  }

  /// So many of them, all zero.
  public static List<RealField> zeros(Grid grid, int count) {
    return Stream.generate(() -> new RealField(grid)).limit(count).toList();
  }

  public Grid grid() {
    return grid;
  }

  /// The pixels themselves, not a copy.
  public float[] values() {
    return values;
  }

  public float at(int row, int column) {
    return values[row * grid.columns() + column];
  }

  public void set(int row, int column, float value) {
    values[row * grid.columns() + column] = value;
  }

  public RealField copy() {
    return new RealField(grid, values.clone());
  }

  /// Sum of all pixels, in double precision and fixed order.
  public double sum() {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum;
  }

  public float min() {
    float min = Float.POSITIVE_INFINITY;
    for (float value : values) {
      min = Math.min(min, value);
    }
    return min;
  }

  public float max() {
    float max = Float.NEGATIVE_INFINITY;
    for (float value : values) {
      max = Math.max(max, value);
    }
    return max;
  }
}

package argand.array;

/// A regular grid of pixels: rows × columns, and the spacing of their centres [m].
///
/// @param rows number of rows (y, down)
/// @param columns number of columns (x, right)
/// @param pixelY spacing of rows [m]
/// @param pixelX spacing of columns [m]
public record Grid(int rows, int columns, double pixelY, double pixelX) {
  public Grid {
    Check.atLeast("rows", rows, 1);
    Check.atLeast("columns", columns, 1);
    Check.within("pixelY", pixelY, 1e-13, 1.0, "m");
    Check.within("pixelX", pixelX, 1e-13, 1.0, "m");
  }

  /// A grid of square pixels.
  public static Grid square(int rows, int columns, double pixel) {
    return new Grid(rows, columns, pixel, pixel);
  }

  /// Number of pixels.
  public int size() {
    return Math.multiplyExact(rows, columns);
  }

  /// Spacing of rows in reciprocal space [1/m].
  public double frequencyY() {
    return 1 / (rows * pixelY);
  }

  /// Spacing of columns in reciprocal space [1/m].
  public double frequencyX() {
    return 1 / (columns * pixelX);
  }

  /// The same pixels, another number of them.
  public Grid resized(int newRows, int newColumns) {
    return new Grid(newRows, newColumns, pixelY, pixelX);
  }
}

package argand.array.kernel;

/// Where a kernel reads or writes real pixels: one plane, the index of the first pixel, floats from
/// row to row.
public record RealWindow(float[] values, int offset, int pitch) {
  /// The same plane, moved by so many pixels.
  public RealWindow moved(int rows, int columns) {
    return new RealWindow(values, offset + rows * pitch + columns, pitch);
  }

  /// Zeros for so many rows and columns, laid out as those of {@link Window#aligned}.
  public static RealWindow aligned(int rows, int columns) {
    var window = Window.aligned(rows, columns);
    return new RealWindow(window.re(), window.offset(), window.pitch());
  }
}

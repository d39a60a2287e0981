package argand.array;

/// Moving a field on its grid: by whole pixels with wrap-around, or by fractions of a pixel through
/// a Fourier phase ramp.
public final class Shift {
  private Shift() {}

  /// f ← f moved down by `rows` and right by `columns` pixels, wrapping around.
  public static void roll(ComplexField f, int rows, int columns) {
    int n = f.grid().rows();
    int m = f.grid().columns();
    int dr = Math.floorMod(rows, n);
    int dc = Math.floorMod(columns, m);
    if (dr == 0 && dc == 0) {
      return;
    }
    roll(f.re(), n, m, f.pitch(), dr, dc);
    roll(f.im(), n, m, f.pitch(), dr, dc);
  }

  /// values (rows × columns, unpadded) moved down and right by whole pixels, wrapping around; a new
  /// array.
  public static float[] rolled(float[] values, int rows, int columns, int down, int right) {
    float[] copy = values.clone();
    roll(copy, rows, columns, columns, Math.floorMod(down, rows), Math.floorMod(right, columns));
    return copy;
  }

  /// f ← f moved down and right by fractions of a pixel, wrapping around. For many fields of one
  /// size keep a {@link FourierShift}.
  public static void move(ComplexField f, double down, double right) {
    new FourierShift(f.grid().rows(), f.grid().columns()).move(f, down, right);
  }

  /// f moved down and right by fractions of a pixel, wrapping around; a new field.
  public static RealField moved(RealField f, double down, double right) {
    return new FourierShift(f.grid().rows(), f.grid().columns()).moved(f, down, right);
  }

  private static void roll(float[] plane, int rows, int columns, int pitch, int down, int right) {
    float[] old = plane.clone();
    for (int r = 0; r < rows; r++) {
      int from = r * pitch;
      int to = ((r + down) % rows) * pitch;
      System.arraycopy(old, from, plane, to + right, columns - right);
      System.arraycopy(old, from + columns - right, plane, to, right);
    }
  }
}

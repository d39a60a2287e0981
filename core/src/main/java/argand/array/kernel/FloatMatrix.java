package argand.array.kernel;

import argand.array.Check;

/// A matrix that lies in an array: element (i, k) is values[at + i · rowStep + k · columnStep].
///
/// @param values kept, not copied
/// @param at where element (0, 0) lies
public record FloatMatrix(
    float[] values, int at, int rows, int columns, int rowStep, int columnStep) {
  public FloatMatrix {
    Check.atLeast("rows", rows, 0);
    Check.atLeast("columns", columns, 0);
    if (rows > 0 && columns > 0) {
      long last = at + (rows - 1L) * rowStep + (columns - 1L) * columnStep;
      Check.atLeast("values.length", values.length, Math.max(at, last) + 1);
    }
  }

  /// A whole matrix, row by row without gaps.
  public static FloatMatrix of(float[] values, int rows, int columns) {
    return new FloatMatrix(values, 0, rows, columns, columns, 1);
  }

  /// The same numbers with rows and columns exchanged.
  public FloatMatrix transposed() {
    return new FloatMatrix(values, at, columns, rows, columnStep, rowStep);
  }

  /// `count` rows from row `first` on.
  public FloatMatrix someRows(int first, int count) {
    return new FloatMatrix(values, at + first * rowStep, count, columns, rowStep, columnStep);
  }

  public float get(int i, int k) {
    return values[at + i * rowStep + k * columnStep];
  }
}

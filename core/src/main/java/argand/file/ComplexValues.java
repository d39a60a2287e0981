package argand.file;

import argand.array.ComplexField;
import argand.array.Grid;

/// Complex numbers as a file holds them: real and imaginary parts, in the order of the file, last
/// axis fastest.
public record ComplexValues(float[] re, float[] im) {
  /// The pixels of a field without its padding.
  public static ComplexValues of(ComplexField field) {
    Grid grid = field.grid();
    var values = new ComplexValues(new float[grid.size()], new float[grid.size()]);
    values.put(0, field);
    return values;
  }

  /// these[at …] ← field
  void put(int at, ComplexField field) {
    Grid grid = field.grid();
    for (int r = 0; r < grid.rows(); r++) {
      int to = at + r * grid.columns();
      System.arraycopy(field.re(), r * field.pitch(), re, to, grid.columns());
      System.arraycopy(field.im(), r * field.pitch(), im, to, grid.columns());
    }
  }

  /// The field on `grid` that begins at value `at`.
  public ComplexField field(Grid grid, int at) {
    var field = new ComplexField(grid);
    for (int r = 0; r < grid.rows(); r++) {
      int from = at + r * grid.columns();
      System.arraycopy(re, from, field.re(), r * field.pitch(), grid.columns());
      System.arraycopy(im, from, field.im(), r * field.pitch(), grid.columns());
    }
    return field;
  }
}

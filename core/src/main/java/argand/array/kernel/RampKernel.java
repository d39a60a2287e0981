package argand.array.kernel;

/// One row of a spectrum times a phase ramp that is a product of a factor for the row and factors
/// for the columns.
public final class RampKernel {
  private RampKernel() {}

  /// row(c) ← (rowCos + i rowSin) (columnCos[c] + i columnSin[c]) row(c), c = 0 … count − 1, the
  /// row starting at `at`.
  ///
  /// The row and the column factors must reach to the end of the cache line that holds the last
  /// column; values there are overwritten.
  public static void multiplyRow(
      float[] re,
      float[] im,
      int at,
      int count,
      float rowCos,
      float rowSin,
      float[] columnCos,
      float[] columnSin) {
    if (Simd.AVAILABLE) {
      VectorRampKernel.multiplyRow(re, im, at, count, rowCos, rowSin, columnCos, columnSin);
    } else {
      multiplyRowScalar(re, im, at, count, rowCos, rowSin, columnCos, columnSin);
    }
  }

  /// The definition.
  static void multiplyRowScalar(
      float[] re,
      float[] im,
      int at,
      int count,
      float rowCos,
      float rowSin,
      float[] columnCos,
      float[] columnSin) {
    for (int c = 0; c < count; c++) {
      float cos = rowCos * columnCos[c] - rowSin * columnSin[c];
      float sin = rowCos * columnSin[c] + rowSin * columnCos[c];
      float x = re[at + c];
      float y = im[at + c];
      re[at + c] = x * cos - y * sin;
      im[at + c] = x * sin + y * cos;
    }
  }
}

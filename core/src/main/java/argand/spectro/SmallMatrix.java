package argand.spectro;

import argand.array.InvalidInput;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/// Dense linear algebra of some tens of unknowns.
final class SmallMatrix {
  private SmallMatrix() {}

  /// X with A X = B.
  ///
  /// @throws InvalidInput when A is singular
  static double[][] solve(double[][] a, double[][] b) {
    var x = new DMatrixRMaj(a.length, b[0].length);
    if (!CommonOps_DDRM.solve(new DMatrixRMaj(a), new DMatrixRMaj(b), x)) {
      throw new InvalidInput("a system of equations", "singular", "an invertible one", "");
    }
    double[][] rows = new double[a.length][b[0].length];
    for (int r = 0; r < rows.length; r++) {
      for (int c = 0; c < rows[r].length; c++) {
        rows[r][c] = x.get(r, c);
      }
    }
    return rows;
  }
}

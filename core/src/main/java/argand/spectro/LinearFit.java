package argand.spectro;

import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;

/// The weights with which a linear least-squares fit takes its coefficients from the values:
/// c = W y, W = (AᵀDA)⁻¹AᵀD by a QR factorisation of √D A.
final class LinearFit {
  private LinearFit() {}

  /// @param columns columns[k][e]: function k at point e
  /// @param weight of the square of each residual; a point with 0 is left out
  /// @return [k][e], or nothing where the points do not determine the coefficients
  static Optional<double[][]> weights(double[][] columns, double[] weight) {
    int k = columns.length;
    int points = 0;
    for (double w : weight) {
      points += w > 0 ? 1 : 0;
    }
    if (points < k) {
      return Optional.empty();
    }
    var a = new DMatrixRMaj(points, k);
    double[] scale = new double[k];
    int row = 0;
    for (int e = 0; e < weight.length; e++) {
      if (weight[e] > 0) {
        for (int c = 0; c < k; c++) {
          double v = columns[c][e] * Math.sqrt(weight[e]);
          a.set(row, c, v);
          scale[c] += v * v;
        }
        row++;
      }
    }
    for (int c = 0; c < k; c++) {
      scale[c] = Math.sqrt(scale[c]);
      if (!(scale[c] > 0)) {
        return Optional.empty();
      }
      for (int r = 0; r < points; r++) {
        a.set(r, c, a.get(r, c) / scale[c]);
      }
    }
    var solver = LinearSolverFactory_DDRM.qr(points, k);
    if (!solver.setA(a) || solver.quality() < 1e-10) {
      return Optional.empty();
    }
    var identity = CommonOps_DDRM.identity(points);
    var inverse = new DMatrixRMaj(k, points);
    solver.solve(identity, inverse);
    double[][] weights = new double[k][weight.length];
    row = 0;
    for (int e = 0; e < weight.length; e++) {
      if (weight[e] > 0) {
        for (int c = 0; c < k; c++) {
          weights[c][e] = inverse.get(c, row) * Math.sqrt(weight[e]) / scale[c];
        }
        row++;
      }
    }
    return Optional.of(weights);
  }
}

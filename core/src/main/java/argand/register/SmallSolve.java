package argand.register;

/// A few linear equations with a symmetric positive matrix, by Cholesky's decomposition in place.
final class SmallSolve {
  /// A pivot below this part of its diagonal element means that the columns depend on each other.
  private static final double SINGULAR = 1e-9;

  private SmallSolve() {}

  /// right ← matrix⁻¹ right; matrix is overwritten.
  ///
  /// @return false where the matrix is singular; right is then spoilt
  static boolean symmetric(double[][] matrix, double[] right) {
    int n = right.length;
    for (int j = 0; j < n; j++) {
      double diagonal = matrix[j][j];
      double pivot = diagonal;
      for (int k = 0; k < j; k++) {
        pivot -= matrix[j][k] * matrix[j][k];
      }
      if (!(pivot > SINGULAR * diagonal)) {
        return false;
      }
      double root = Math.sqrt(pivot);
      matrix[j][j] = root;
      for (int i = j + 1; i < n; i++) {
        double sum = matrix[i][j];
        for (int k = 0; k < j; k++) {
          sum -= matrix[i][k] * matrix[j][k];
        }
        matrix[i][j] = sum / root;
      }
    }
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < i; k++) {
        right[i] -= matrix[i][k] * right[k];
      }
      right[i] /= matrix[i][i];
    }
    for (int i = n - 1; i >= 0; i--) {
      for (int k = i + 1; k < n; k++) {
        right[i] -= matrix[k][i] * right[k];
      }
      right[i] /= matrix[i][i];
    }
    return true;
  }
}

package argand.multivariate;

/// One normal distribution in a few dimensions, with its density ready for evaluation.
///
/// @param mean of each feature
/// @param covariance of each pair
/// @param inverseRoot L⁻¹ of the Cholesky factor L of the covariance, lower triangle
/// @param logNorm logarithm of the density at the mean
record Gaussian(double[] mean, double[][] covariance, double[][] inverseRoot, double logNorm) {
  /// @param floor added to the diagonal, so that no distribution becomes a point
  static Gaussian of(double[] mean, double[][] covariance, double floor) {
    int n = mean.length;
    double[][] root = new double[n][n];
    double logDeterminant = 0;
    for (int r = 0; r < n; r++) {
      for (int c = 0; c <= r; c++) {
        double sum = covariance[r][c] + (r == c ? floor : 0);
        for (int k = 0; k < c; k++) {
          sum -= root[r][k] * root[c][k];
        }
        root[r][c] = r == c ? Math.sqrt(Math.max(sum, floor)) : sum / root[c][c];
      }
      logDeterminant += 2 * Math.log(root[r][r]);
    }
    double[][] inverse = new double[n][n];
    for (int c = 0; c < n; c++) {
      inverse[c][c] = 1 / root[c][c];
      for (int r = c + 1; r < n; r++) {
        double sum = 0;
        for (int k = c; k < r; k++) {
          sum -= root[r][k] * inverse[k][c];
        }
        inverse[r][c] = sum / root[r][r];
      }
    }
    return new Gaussian(
        mean, covariance, inverse, -0.5 * (n * Math.log(2 * Math.PI) + logDeterminant));
  }

  /// (x − mean)ᵀ covariance⁻¹ (x − mean)
  double mahalanobisSquared(double[] x) {
    double sum = 0;
    for (int r = 0; r < mean.length; r++) {
      double z = 0;
      for (int c = 0; c <= r; c++) {
        z += inverseRoot[r][c] * (x[c] - mean[c]);
      }
      sum += z * z;
    }
    return sum;
  }

  double logDensity(double[] x) {
    return logNorm - 0.5 * mahalanobisSquared(x);
  }
}

package argand.spectro;

import argand.array.Grid;
import argand.inverse.CorrectedPolynomial;
import argand.multivariate.PairSums;
import java.util.Arrays;

/// What two maps of one field say of each other. Errors of all numbers come from leaving out one
/// tile of the field after the other (jackknife over 8 × 8 tiles), since neighbouring pixels are no
/// independent witnesses: the optics, resampling and the sample itself join them.
///
/// @param pixels how many both know
/// @param sums of all pixels
/// @param errorX mean variance of x
/// @param errorY mean variance of y
/// @param slope of the line y = intercept + slope x, errors of x taken off
/// @param slopeSigma its standard deviation
/// @param intercept of it
/// @param correlationSigma standard deviation of Pearson's coefficient
/// @param correlationWithout that of what lies below the errors
/// @param bowing β₂ of y = β₀ + β₁ (x − x̄) + β₂ (x − x̄)²
/// @param bowingSigma its standard deviation
/// @param quadratic β
/// @param middle x̄
record JointFit(
    long pixels,
    PairSums sums,
    double errorX,
    double errorY,
    double slope,
    double slopeSigma,
    double intercept,
    double correlationSigma,
    double correlationWithout,
    double bowing,
    double bowingSigma,
    double[] quadratic,
    double middle) {
  private static final int TILES = 8;

  /// @param varianceX of each pixel
  /// @param varianceY of each pixel
  static JointFit of(
      Grid grid, float[] x, float[] y, float[] varianceX, float[] varianceY, PairSums.Where where) {
    var all = PairSums.of(x, y, where);
    double middle = all.meanX();
    var sums = new PairSums[TILES * TILES];
    var fits = new CorrectedPolynomial[TILES * TILES];
    Arrays.setAll(fits, _ -> new CorrectedPolynomial());
    double errorX = 0;
    double errorY = 0;
    var whole = new CorrectedPolynomial();
    for (int tile = 0; tile < sums.length; tile++) {
      int one = tile;
      sums[tile] = PairSums.of(x, y, i -> tile(grid, i) == one && where.counts(i));
    }
    for (int i = 0; i < x.length; i++) {
      if (Float.isFinite(x[i]) && Float.isFinite(y[i]) && where.counts(i)) {
        fits[tile(grid, i)].add(x[i] - middle, varianceX[i], y[i]);
        errorX += varianceX[i] / all.n();
        errorY += varianceY[i] / all.n();
      }
    }
    for (var fit : fits) {
      whole.add(fit, 1);
    }
    double[] line = whole.fit(1);
    double[] bent = whole.fit(2);
    double[][] without = new double[3][TILES * TILES];
    int parts = 0;
    for (int tile = 0; tile < sums.length; tile++) {
      if (fits[tile].count() > 0) {
        whole.add(fits[tile], -1);
        without[0][parts] = whole.fit(1)[1];
        without[1][parts] = whole.fit(2)[2];
        without[2][parts] = all.minus(sums[tile]).correlation();
        whole.add(fits[tile], 1);
        parts++;
      }
    }
    return new JointFit(
        (long) all.n(),
        all,
        errorX,
        errorY,
        line[1],
        jackknife(without[0], parts),
        line[0] - line[1] * middle,
        jackknife(without[2], parts),
        all.correlationWithout(errorX, errorY),
        bent[2],
        jackknife(without[1], parts),
        bent,
        middle);
  }

  private static int tile(Grid grid, int i) {
    int row = i / grid.columns() * TILES / grid.rows();
    int column = i % grid.columns() * TILES / grid.columns();
    return row * TILES + column;
  }

  /// √((n − 1)/n Σ (θ_i − θ̄)²)
  private static double jackknife(double[] without, int n) {
    double mean = 0;
    for (int i = 0; i < n; i++) {
      mean += without[i] / n;
    }
    double square = 0;
    for (int i = 0; i < n; i++) {
      square += (without[i] - mean) * (without[i] - mean);
    }
    return Math.sqrt(square * (n - 1) / n);
  }

  /// Of the line of total least squares, the variances of both as they are stated: where y scatters
  /// by more than its errors, it is too steep.
  double totalSlope() {
    return sums.slope(errorX > 0 ? errorY / errorX : sums.varianceY() / sums.varianceX());
  }

  /// Standard deviation of y about the line beyond the errors of both; 0 where there is none.
  double scatter() {
    return Math.sqrt(Math.max(0, sums.varianceY() - slope * sums.covariance() - errorY));
  }
}

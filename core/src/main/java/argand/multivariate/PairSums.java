package argand.multivariate;

import argand.Paper;

/// Two quantities of the same places: sums of what they are and of their products, from which all
/// that a straight line can say of them follows. Sums of parts may be added.
///
/// With S_uv = Σ (u − ū)(v − v̄) and λ the variance of y's errors over that of x's, the line that
/// is
/// nearest when both have errors (total least squares for λ = 1) has the slope
///
///     b = [S_yy − λ S_xx + √((S_yy − λ S_xx)² + 4 λ S_xy²)] / (2 S_xy)
///
/// while S_xy/S_xx, which takes x to be free of errors, is too flat by S_xx*/S_xx.
///
/// @param n number of pairs
@Paper(
    value = "Fuller, Measurement Error Models, Wiley (1987), section 1.3",
    doi = "10.1002/9780470316665")
public record PairSums(double n, double x, double y, double xx, double yy, double xy) {
  public static final PairSums NONE = new PairSums(0, 0, 0, 0, 0, 0);

  /// Whether a place counts.
  @FunctionalInterface
  public interface Where {
    boolean counts(int index);
  }

  /// Of places that count; one with NaN in either never does.
  public static PairSums of(float[] x, float[] y, Where where) {
    double n = 0;
    double sumX = 0;
    double sumY = 0;
    double xx = 0;
    double yy = 0;
    double xy = 0;
    for (int i = 0; i < x.length; i++) {
      if (Float.isFinite(x[i]) && Float.isFinite(y[i]) && where.counts(i)) {
        n++;
        sumX += x[i];
        sumY += y[i];
        xx += (double) x[i] * x[i];
        yy += (double) y[i] * y[i];
        xy += (double) x[i] * y[i];
      }
    }
    return new PairSums(n, sumX, sumY, xx, yy, xy);
  }

  public PairSums plus(PairSums other) {
    return new PairSums(
        n + other.n, x + other.x, y + other.y, xx + other.xx, yy + other.yy, xy + other.xy);
  }

  public PairSums minus(PairSums other) {
    return new PairSums(
        n - other.n, x - other.x, y - other.y, xx - other.xx, yy - other.yy, xy - other.xy);
  }

  public double meanX() {
    return x / n;
  }

  public double meanY() {
    return y / n;
  }

  /// S_xx/n, errors included.
  public double varianceX() {
    return xx / n - meanX() * meanX();
  }

  /// S_yy/n, errors included.
  public double varianceY() {
    return yy / n - meanY() * meanY();
  }

  /// S_xy/n
  public double covariance() {
    return xy / n - meanX() * meanY();
  }

  /// Pearson's coefficient of correlation, −1 … 1.
  public double correlation() {
    return covariance() / Math.sqrt(varianceX() * varianceY());
  }

  /// The same of what lies below errors of these variances (Spearman 1904); not more than 1.
  public double correlationWithout(double errorX, double errorY) {
    double without = Math.sqrt((varianceX() - errorX) * (varianceY() - errorY));
    return Math.clamp(covariance() / without, -1, 1);
  }

  /// Slope of y over x where x has no errors.
  public double plainSlope() {
    return covariance() / varianceX();
  }

  /// Slope of the nearest line.
  ///
  /// @param ratio λ
  public double slope(double ratio) {
    return nearest(varianceX(), varianceY(), covariance(), ratio);
  }

  /// Slope of the nearest line through (0, 0), errors alike on both axes.
  public double slopeThroughOrigin() {
    return nearest(xx, yy, xy, 1);
  }

  private static double nearest(double xx, double yy, double xy, double ratio) {
    double rest = yy - ratio * xx;
    return (rest + Math.hypot(rest, 2 * Math.sqrt(ratio) * xy)) / (2 * xy);
  }
}

package argand.physics;

/// The complementary error function, to a few parts in 10⁷ (Press et al., Numerical Recipes,
/// Chebyshev fit), also scaled so that it does not vanish early.
public final class ErrorFunction {
  private ErrorFunction() {}

  /// erfc(x)
  public static double complement(double x) {
    return x >= 0 ? scaled(x) * Math.exp(-x * x) : 2 - scaled(-x) * Math.exp(-x * x);
  }

  /// erfc(x) exp(x²) for x ≥ 0
  public static double scaled(double x) {
    double t = 1 / (1 + 0.5 * x);
    double series = 0.17087277;
    series = -0.82215223 + t * series;
    series = 1.48851587 + t * series;
    series = -1.13520398 + t * series;
    series = 0.27886807 + t * series;
    series = -0.18628806 + t * series;
    series = 0.09678418 + t * series;
    series = 0.37409196 + t * series;
    series = 1.00002368 + t * series;
    return t * Math.exp(-1.26551223 + t * series);
  }
}

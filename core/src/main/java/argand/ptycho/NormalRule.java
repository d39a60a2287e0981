package argand.ptycho;

import java.util.Arrays;

/// A few places t_k and weights w_k that stand for a normal distribution of variance 1,
///
///     Σ_k w_k cos(ω t_k) ≈ exp(−ω²/2)      for all ω up to some fastest                    (1)
///
/// evenly spaced about 0, w_k ∝ exp(−t_k²/2), the spacing that with which the greatest error of
/// (1) is least. Gauss–Hermite's rule is exact for slow oscillations and worse than this for fast
/// ones: for ω up to 2 four places leave 0.015, by Gauss–Hermite 0.061; for ω up to 4 six leave
/// 0.012 and 0.58.
record NormalRule(double[] places, double[] weights) {
  private static final int MOST = 200;
  /// So many places for each unit of the fastest ω are never enough.
  private static final double FEWEST = 0.6;

  private static final int SAMPLES = 48;
  private static final double NARROWEST = 0.1;
  private static final double WIDEST = 2.1;
  private static final double STEP = 0.02;

  /// As few places as will do.
  ///
  /// @param fastest greatest ω
  /// @param tolerance greatest error of (1)
  static NormalRule of(double fastest, double tolerance) {
    for (int count = Math.max(2, (int) (FEWEST * fastest)); count < MOST; count++) {
      NormalRule best = null;
      double least = Double.POSITIVE_INFINITY;
      for (double spacing = NARROWEST; spacing <= WIDEST; spacing += STEP) {
        var rule = spaced(count, spacing);
        double error = rule.error(fastest);
        if (error < least) {
          least = error;
          best = rule;
        }
      }
      if (best != null && least <= tolerance) {
        return best;
      }
    }
    throw new IllegalArgumentException("ω up to " + fastest + " to " + tolerance);
  }

  private static NormalRule spaced(int count, double spacing) {
    double[] places = new double[count];
    Arrays.setAll(places, k -> spacing * (k - 0.5 * (count - 1)));
    double[] weights = Arrays.stream(places).map(t -> Math.exp(-0.5 * t * t)).toArray();
    double all = Arrays.stream(weights).sum();
    return new NormalRule(places, Arrays.stream(weights).map(w -> w / all).toArray());
  }

  /// Greatest error of (1).
  double error(double fastest) {
    double most = 0;
    for (int i = 1; i <= SAMPLES; i++) {
      double omega = fastest * i / SAMPLES;
      double sum = 0;
      for (int k = 0; k < places.length; k++) {
        sum += weights[k] * Math.cos(omega * places[k]);
      }
      most = Math.max(most, Math.abs(sum - Math.exp(-0.5 * omega * omega)));
    }
    return most;
  }
}

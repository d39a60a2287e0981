package argand.judge;

/// The deviance of counts n about their mean λ, 2 (λ − n + n ln(n/λ)), and what shot noise alone
/// makes of it: about 1 for a pixel with many counts, less for one with few.
final class ShotNoise {
  /// Means below this count as this: a single stray quantum where none is expected says little.
  static final double DARK = 0.02;

  private static final int STEPS = 16;
  private static final double FIRST = Math.log(DARK);
  private static final double BRIGHT = 60;
  private static final double[] EXPECTED = expectations();

  private ShotNoise() {}

  static double deviance(double counts, double mean) {
    double m = Math.max(DARK, mean);
    return counts > 0 ? 2 * (m - counts + counts * Math.log(counts / m)) : 2 * m;
  }

  /// Mean of the deviance of a Poisson number.
  static double expected(double mean) {
    double m = Math.max(DARK, mean);
    if (m >= BRIGHT) {
      return 1 + 1 / (6 * m);
    }
    double place = (Math.log(m) - FIRST) * STEPS;
    int k = (int) place;
    return EXPECTED[k] + (place - k) * (EXPECTED[k + 1] - EXPECTED[k]);
  }

  private static double[] expectations() {
    double[] table = new double[(int) Math.ceil((Math.log(BRIGHT) - FIRST) * STEPS) + 2];
    for (int k = 0; k < table.length; k++) {
      double mean = Math.exp(FIRST + (double) k / STEPS);
      double chance = Math.exp(-mean);
      double sum = 0;
      for (int n = 0; n < mean + 12 * Math.sqrt(mean) + 12; n++) {
        sum += chance * deviance(n, mean);
        chance *= mean / (n + 1);
      }
      table[k] = sum;
    }
    return table;
  }
}

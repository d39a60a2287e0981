package argand.metric;

import argand.data.LineAreas;
import argand.data.Quality;

/// Areas of fluorescence lines, and areal densities made of them, against the truth of a
/// simulation. Metrics, for each group that both have (`FeK`, …):
///
/// * `areaError.FeK`: relative error of the sum over all spectra;
/// * `areaPull.FeK`: root mean square over the spectra of (found − true)/σ; σ contains the noise of
///   the counts, which found and true share, so that an isolated line has less than 1;
/// * `densityError.FeK`: relative error of the mean areal density;
/// * `densityCorrelation.FeK`: Pearson's, over the spectra, where the true density varies.
public final class LineAreasComparison {
  private static final String DENSITY = "areal density";

  private LineAreasComparison() {}

  /// @param truth of the same spectra
  public static Quality between(LineAreas found, LineAreas truth) {
    if (found.count() != truth.count()) {
      return Quality.NONE.withVerdict(
          "There are not as many spectra as in the truth, so areas are not compared with it.");
    }
    var quality = Quality.NONE;
    for (int g = 0; g < found.groups().size(); g++) {
      int t = truth.groups().indexOf(found.groups().get(g));
      if (t >= 0) {
        quality = areas(quality, found, g, truth, t);
      }
    }
    for (var amount : found.amounts()) {
      for (var known : truth.amounts()) {
        boolean same = amount.name().equals(known.name()) && amount.unit().equals(known.unit());
        if (same && amount.quantity().equals(DENSITY) && known.quantity().equals(DENSITY)) {
          quality = densities(quality, amount, known);
        }
      }
    }
    return quality;
  }

  private static Quality areas(Quality quality, LineAreas found, int g, LineAreas truth, int t) {
    double sum = 0;
    double known = 0;
    double pulls = 0;
    for (int j = 0; j < found.count(); j++) {
      double difference = found.areas()[g][j] - truth.areas()[t][j];
      sum += difference;
      known += truth.areas()[t][j];
      pulls += Math.pow(difference / found.sigma()[g][j], 2);
    }
    String key = found.groups().get(g).key();
    return quality
        .withMetric("areaError." + key, sum / known)
        .withMetric("areaPull." + key, Math.sqrt(pulls / found.count()));
  }

  private static Quality densities(
      Quality quality, LineAreas.Amount found, LineAreas.Amount known) {
    int n = known.values().length;
    double a = 0;
    double b = 0;
    for (int j = 0; j < n; j++) {
      a += found.values()[j] / n;
      b += known.values()[j] / n;
    }
    double aa = 0;
    double bb = 0;
    double ab = 0;
    for (int j = 0; j < n; j++) {
      double x = found.values()[j] - a;
      double y = known.values()[j] - b;
      aa += x * x;
      bb += y * y;
      ab += x * y;
    }
    String key = found.name().replace(" ", "");
    var with = quality.withMetric("densityError." + key, a / b - 1);
    return bb > 1e-12 * n * b * b
        ? with.withMetric("densityCorrelation." + key, ab / Math.sqrt(aa * bb))
        : with;
  }
}

package argand.spectro;

import argand.array.Workers;
import argand.data.Quality;
import argand.flow.Watch;
import argand.inverse.Admm;
import argand.inverse.TotalVariation;
import java.util.Arrays;
import java.util.Locale;

/// The second part of a fit with a prior: from what each pixel's own data say to maps in which
/// neighbours help each other.
final class SpatialFit {
  private static final int INNER = 3;
  private static final double RELATIVE = 1e-4;

  private SpatialFit() {}

  /// Replaces amounts, fractions and thickness in `maps`.
  static Quality apply(
      Prior prior, FractionData data, FitMaps maps, Unmix.Constraint constraint, Watch watch) {
    return switch (prior) {
      case Prior.None none -> Quality.NONE;
      case Prior.TotalVariation variation ->
          fractions(variation, data, maps, constraint, watch.workers());
      case Prior.AmountVariation variation ->
          amounts(variation, data, maps, constraint, watch.workers());
    };
  }

  private static Quality fractions(
      Prior.TotalVariation variation,
      FractionData data,
      FitMaps maps,
      Unmix.Constraint constraint,
      Workers workers) {
    var smooth =
        new FractionField(data, variation.order(), variation.iterations())
            .solve(variation.weight().orElse(Double.NaN), workers);
    int n = data.references();
    double[] u = new double[n];
    for (int i = 0; i < maps.total.length; i++) {
      if (Float.isNaN(maps.total[i])) {
        continue;
      }
      for (int k = 0; k < n; k++) {
        u[k] = smooth.fractions()[k][i];
      }
      if (constraint != Unmix.Constraint.FREE) {
        ontoSimplex(u);
      }
      float t = constraint == Unmix.Constraint.SUM_TO_ONE ? 1 : smooth.thickness()[i];
      float kept = (float) Math.sqrt(smooth.share()[i]);
      maps.total[i] = t;
      for (int k = 0; k < n; k++) {
        maps.fraction[k][i] = (float) u[k];
        maps.amount[k][i] = (float) (t * u[k]);
        maps.fractionSigma[k][i] *= kept;
      }
    }
    return Quality.NONE
        .withMetric("priorWeight", smooth.weight())
        .withVerdict(
            String.format(
                Locale.ROOT,
                "Fractions are smoothed with their edges kept (weight %.2f%s).",
                smooth.weight(),
                variation.weight().isPresent() ? "" : ", of least estimated risk"));
  }

  /// The nearest fractions: Held, Wolfe & Crowder, Math. Program. 6, 62 (1974).
  static void ontoSimplex(double[] u) {
    double[] sorted = u.clone();
    Arrays.sort(sorted);
    double sum = 0;
    double shift = 0;
    for (int k = 1; k <= sorted.length; k++) {
      double value = sorted[sorted.length - k];
      sum += value;
      double candidate = (sum - 1) / k;
      if (value > candidate) {
        shift = candidate;
      }
    }
    for (int k = 0; k < u.length; k++) {
      u[k] = Math.max(0, u[k] - shift);
    }
  }

  private static Quality amounts(
      Prior.AmountVariation variation,
      FractionData data,
      FitMaps maps,
      Unmix.Constraint constraint,
      Workers workers) {
    int n = data.references();
    double[] weights = new double[n];
    double rho = 0;
    for (int k = 0; k < n; k++) {
      float[] own = data.information()[k * (k + 1) / 2 + k].clone();
      Arrays.sort(own);
      double typical = own[own.length / 2];
      weights[k] = variation.weight() * Math.sqrt(typical);
      rho += typical / n;
    }
    var penalty =
        new TotalVariation(
            data.grid().rows(),
            data.grid().columns(),
            weights,
            constraint == Unmix.Constraint.FREE ? Double.NEGATIVE_INFINITY : 0,
            INNER);
    float[][] z = new float[n][];
    for (int k = 0; k < n; k++) {
      z[k] = data.amounts()[k].clone();
    }
    var outcome =
        new Admm(rho, variation.iterations(), 0, RELATIVE)
            .solve(data.information(), data.amounts(), penalty, z, workers);
    for (int i = 0; i < maps.total.length; i++) {
      if (Float.isNaN(maps.total[i])) {
        continue;
      }
      float sum = 0;
      for (int k = 0; k < n; k++) {
        sum += z[k][i];
      }
      maps.total[i] = sum;
      for (int k = 0; k < n; k++) {
        maps.amount[k][i] = z[k][i];
        maps.fraction[k][i] = sum > 0 ? z[k][i] / sum : Float.NaN;
      }
    }
    return Quality.NONE
        .withMetric("admmIterations", outcome.iterations())
        .withMetric("admmConverged", outcome.converged() ? 1 : 0);
  }
}

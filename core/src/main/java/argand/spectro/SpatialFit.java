package argand.spectro;

import argand.array.Check;
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

  /// Replaces amounts, fractions and thickness in `maps`; slices of a volume, which lie one below
  /// the
  /// other, one by one.
  static Quality apply(
      Prior prior,
      FractionData data,
      int slices,
      FitMaps maps,
      Unmix.Constraint constraint,
      Watch watch) {
    return switch (prior) {
      case Prior.None none -> Quality.NONE;
      case Prior.TotalVariation variation ->
          fractions(variation, data, slices, maps, constraint, watch);
      case Prior.AmountVariation variation ->
          amounts(variation, data, slices, maps, constraint, watch);
      case PriorPlugin plugin -> plugged(plugin, data, slices, maps, watch);
    };
  }

  private static String bySlice(int slices) {
    return slices > 1 ? " slice by slice" : "";
  }

  private static Quality fractions(
      Prior.TotalVariation variation,
      FractionData data,
      int slices,
      FitMaps maps,
      Unmix.Constraint constraint,
      Watch watch) {
    double weight = variation.weight().orElse(Double.NaN);
    int first = Double.isNaN(weight) ? richest(data, slices) : 0;
    for (int k = 0; k < slices && !watch.stopped(); k++) {
      // The slice that tells most comes first: its weight is that of all.
      int s = k == 0 ? first : k <= first ? k - 1 : k;
      var smooth =
          new FractionField(data.slice(s, slices), variation.order(), variation.iterations())
              .solve(weight, watch.workers());
      weight = smooth.weight();
      set(maps, s * smooth.thickness().length, smooth, constraint);
    }
    return Quality.NONE
        .withMetric("priorWeight", weight)
        .withVerdict(
            String.format(
                Locale.ROOT,
                "Fractions are smoothed with their edges kept%s (weight %.2f%s); their σ is of the"
                    + " noise that is left, without what smoothing displaces at edges.",
                bySlice(slices),
                weight,
                variation.weight().isPresent() ? "" : ", of least estimated risk"));
  }

  private static int richest(FractionData data, int slices) {
    int size = data.grid().size() / slices;
    int best = 0;
    double most = -1;
    for (int s = 0; s < slices; s++) {
      double sum = 0;
      for (int i = s * size; i < (s + 1) * size; i++) {
        sum += Math.sqrt(Math.max(0, data.information()[0][i]));
      }
      if (sum > most) {
        most = sum;
        best = s;
      }
    }
    return best;
  }

  /// @param from first pixel of the slice
  private static void set(
      FitMaps maps, int from, FractionField.Smooth smooth, Unmix.Constraint constraint) {
    int n = smooth.fractions().length;
    double[] u = new double[n];
    for (int p = 0; p < smooth.thickness().length; p++) {
      int i = from + p;
      if (Float.isNaN(maps.total[i])) {
        continue;
      }
      for (int k = 0; k < n; k++) {
        u[k] = smooth.fractions()[k][p];
      }
      if (constraint != Unmix.Constraint.FREE) {
        ontoSimplex(u);
      }
      float t = constraint == Unmix.Constraint.SUM_TO_ONE ? 1 : smooth.thickness()[p];
      float kept = (float) Math.sqrt(smooth.share()[p]);
      maps.total[i] = t;
      for (int k = 0; k < n; k++) {
        maps.fraction[k][i] = (float) u[k];
        maps.amount[k][i] = (float) (t * u[k]);
        maps.fractionSigma[k][i] *= kept;
      }
    }
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
      int slices,
      FitMaps maps,
      Unmix.Constraint constraint,
      Watch watch) {
    int iterations = 0;
    boolean converged = true;
    for (int s = 0; s < slices && !watch.stopped(); s++) {
      var slice = data.slice(s, slices);
      if (typical(slice.information()[0]) == 0) {
        continue; // nothing is known in it
      }
      float[][] z = new float[slice.references()][];
      Arrays.setAll(z, k -> slice.amounts()[k].clone());
      var outcome = smoothed(variation, slice, z, constraint, watch.workers());
      iterations = Math.max(iterations, outcome.iterations());
      converged &= outcome.converged();
      set(maps, s * slice.grid().size(), z);
    }
    return Quality.NONE
        .withMetric("admmIterations", iterations)
        .withMetric("admmConverged", converged ? 1 : 0)
        .withVerdict(
            "Amounts are smoothed" + bySlice(slices) + "; the σ shown are those before that.");
  }

  /// z ← amounts with the prior
  private static Admm.Outcome smoothed(
      Prior.AmountVariation variation,
      FractionData data,
      float[][] z,
      Unmix.Constraint constraint,
      Workers workers) {
    int n = data.references();
    double[] weights = new double[n];
    double rho = 0;
    for (int k = 0; k < n; k++) {
      double typical = typical(data.information()[k * (k + 1) / 2 + k]);
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
    return new Admm(rho, variation.iterations(), 0, RELATIVE)
        .solve(data.information(), data.amounts(), penalty, z, workers);
  }

  /// The median of what is known; 0 where nothing is.
  private static double typical(float[] information) {
    float[] own = information.clone();
    Arrays.sort(own);
    int none = 0;
    while (none < own.length && own[none] <= 0) {
      none++;
    }
    return none == own.length ? 0 : own[(none + own.length) / 2];
  }

  private static Quality plugged(
      PriorPlugin plugin, FractionData data, int slices, FitMaps maps, Watch watch) {
    for (int s = 0; s < slices && !watch.stopped(); s++) {
      var slice = data.slice(s, slices);
      float[][] z =
          plugin.amounts(slice.grid(), slice.amounts(), slice.information(), watch.workers());
      Check.same("planes of " + plugin, z.length, slice.references());
      for (float[] plane : z) {
        Check.same("pixels of " + plugin, plane.length, slice.grid().size());
      }
      set(maps, s * slice.grid().size(), z);
    }
    return Quality.NONE.withVerdict(
        "Amounts are those of "
            + plugin
            + bySlice(slices)
            + "; the σ shown are those before that.");
  }

  /// @param from first pixel of the slice
  private static void set(FitMaps maps, int from, float[][] z) {
    for (int p = 0; p < z[0].length; p++) {
      int i = from + p;
      if (Float.isNaN(maps.total[i])) {
        continue;
      }
      float sum = 0;
      for (float[] plane : z) {
        sum += plane[p];
      }
      maps.total[i] = sum;
      for (int k = 0; k < z.length; k++) {
        maps.amount[k][i] = z[k][p];
        maps.fraction[k][i] = sum > 0 ? z[k][p] / sum : Float.NaN;
      }
    }
  }
}

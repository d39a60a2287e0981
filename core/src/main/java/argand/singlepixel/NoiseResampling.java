package argand.singlepixel;

import argand.Paper;
import argand.array.RealField;
import argand.data.BucketSignal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// Errors of maps by the parametric bootstrap: signals that the found maps would give are drawn
/// anew with noise of their σ, fitted as before with the same λ, and the spread of the maps is
/// taken. Where the left-out patterns were told worse than σ has it, the noise is drawn that much
/// larger.
///
/// It holds what noise does, not what the regularisation always does: the bias of a prior that does
/// not fit is not in it.
@Paper(
    value = "B. Efron, Bootstrap methods: another look at the jackknife, Ann. Stat. 7, 1 (1979)",
    doi = "10.1214/aos/1176344552")
final class NoiseResampling {
  private static final int ITERATIONS = 60;
  private static final double TOLERANCE = 1e-3;

  private NoiseResampling() {}

  /// One map of standard deviations for each signal; none without resamples.
  static List<RealField> sigma(
      PatternMethod.Problem p,
      VariationSolver.Channel[] found,
      VariationPath.Chosen[] chosen,
      LeftOut left,
      int resamples) {
    if (resamples < 2) {
      return List.of();
    }
    var a = p.operator();
    int n = a.grid().size();
    var fitted = new double[found.length][];
    for (int e = 0; e < found.length; e++) {
      fitted[e] = a.apply(found[e].image(), p.workers());
    }
    double[][] sum = new double[found.length][n];
    double[][] squares = new double[found.length][n];
    var random = new SplittableRandom(p.seed() + 1);
    for (int repeat = 0; repeat < resamples; repeat++) {
      var again = new ArrayList<BucketSignal>();
      var from = new VariationPath.Chosen[found.length];
      for (int e = 0; e < found.length; e++) {
        var signal = p.signals().get(e);
        double larger = Math.sqrt(Math.max(1, chosen[e].score()));
        if (isWithoutErrors(signal)) {
          larger = Math.sqrt(chosen[e].score());
        }
        double[] values = fitted[e].clone();
        for (int i = 0; i < values.length; i++) {
          values[i] += larger * signal.sigma()[i] * random.nextGaussian();
        }
        again.add(new BucketSignal(signal.name(), signal.unit(), values, signal.sigma()));
        from[e] =
            new VariationPath.Chosen(
                chosen[e].basis(),
                chosen[e].lambda(),
                0,
                chosen[e].largest(),
                found[e].u,
                found[e].u,
                new double[0],
                new double[0]);
      }
      var channels = VariationPath.finish(a, again, from, left, ITERATIONS, TOLERANCE, p.workers());
      for (int e = 0; e < found.length; e++) {
        float[] image = channels[e].image();
        for (int k = 0; k < n; k++) {
          sum[e][k] += image[k];
          squares[e][k] += (double) image[k] * image[k];
        }
      }
    }
    var sigma = new ArrayList<RealField>();
    for (int e = 0; e < found.length; e++) {
      var map = new RealField(a.grid());
      for (int k = 0; k < n; k++) {
        double variance = (squares[e][k] - sum[e][k] * sum[e][k] / resamples) / (resamples - 1);
        map.values()[k] = (float) Math.sqrt(Math.max(0, variance));
      }
      sigma.add(map);
    }
    return sigma;
  }

  /// All errors 1: they are not known, the left-out patterns tell.
  private static boolean isWithoutErrors(BucketSignal signal) {
    return Arrays.stream(signal.sigma()).allMatch(s -> s == 1);
  }
}

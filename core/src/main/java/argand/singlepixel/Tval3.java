package argand.singlepixel;

import argand.Paper;
import argand.Param;
import argand.array.Check;
import argand.array.RealField;
import argand.data.Curve;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// TVAL3: total variation by an augmented Lagrangian, alternating directions and a non-monotone
/// line
/// search ({@link AugmentedLagrangian}). It minimises what {@link PlainVariation} does, by another
/// way; μ is chosen by left-out patterns and not set by hand.
///
/// μ rises by √10 from where the image is almost even, each fit begun where the last ended, until
/// the left-out patterns have been told worse twice in a row.
@Paper(
    value =
        "Li, Yin, Jiang & Zhang, An efficient augmented Lagrangian method with applications to total"
            + " variation minimization, Comput. Optim. Appl. 56, 507 (2013)",
    doi = "10.1007/s10589-013-9576-1")
public record Tval3(
    @Param(value = "passes over all patterns, at most", byDefault = "600") int iterations,
    @Param(value = "relative change that ends them", byDefault = "0.00003") double tolerance)
    implements PatternMethod {
  private static final int PASSES = 120;
  private static final double ROUGH = 1e-3;

  public Tval3 {
    Check.atLeast("iterations", iterations, 1);
    Check.within("tolerance", tolerance, 0, 1, "");
  }

  @Override
  public Maps solve(Problem p) {
    var a = p.operator();
    int count = p.signals().size();
    var left = LeftOut.of(a.count(), p.seed());
    float[] one = new float[a.grid().size()];
    Arrays.fill(one, 1);
    double largest = a.largest(VariationPath.ones(a.count()), one, p.workers());
    var seen = new AugmentedLagrangian.Channel[count];
    double[] reference = reference(p, left, one, largest);
    for (int e = 0; e < count; e++) {
      seen[e] = channel(p, e, left.seen(VariationPath.weights(p.signals().get(e))), largest);
    }
    double[][] lambdas = new double[VariationPath.STEPS][count];
    double[][] scores = new double[VariationPath.STEPS][count];
    int[] best = new int[count];
    float[][] images = new float[count][];
    int steps = 0;
    for (boolean on = true; on && steps < VariationPath.STEPS; steps++) {
      for (int e = 0; e < count; e++) {
        lambdas[steps][e] =
            reference[e] * VariationPath.FIRST * Math.pow(VariationPath.FACTOR, steps);
      }
      AugmentedLagrangian.solve(a, seen, lambdas[steps], PASSES, ROUGH, p.workers());
      on = false;
      for (int e = 0; e < count; e++) {
        var signal = p.signals().get(e);
        double[] told = a.apply(seen[e].x, p.workers());
        scores[steps][e] = left.score(told, signal.values(), VariationPath.weights(signal));
        if (steps == 0 || scores[steps][e] < scores[best[e]][e]) {
          best[e] = steps;
          images[e] = seen[e].x.clone();
        }
        on |= steps - best[e] < 2;
      }
    }
    return finished(p, largest, left, lambdas, scores, best, images, steps);
  }

  /// With all patterns, from where the left-out ones were told best.
  private Maps finished(
      Problem p,
      double largest,
      LeftOut left,
      double[][] lambdas,
      double[][] scores,
      int[] best,
      float[][] images,
      int steps) {
    var a = p.operator();
    int count = p.signals().size();
    var all = new AugmentedLagrangian.Channel[count];
    double[] lambda = new double[count];
    // the noise of the gradient grows with the root of the number of patterns
    double grown = Math.sqrt((double) a.count() / (a.count() - left.count()));
    for (int e = 0; e < count; e++) {
      all[e] = channel(p, e, VariationPath.weights(p.signals().get(e)), largest);
      System.arraycopy(images[e], 0, all[e].x, 0, images[e].length);
      lambda[e] = lambdas[best[e]][e] * grown;
    }
    int passes = AugmentedLagrangian.solve(a, all, lambda, iterations, tolerance, p.workers());
    var maps = new ArrayList<Map>();
    for (int e = 0; e < count; e++) {
      maps.add(
          new Map(
              new RealField(a.grid(), all[e].x),
              Optional.empty(),
              "total variation",
              lambdas[best[e]][e],
              scores[best[e]][e],
              Optional.of(path(p.signals().get(e).name(), lambdas, scores, e, steps))));
    }
    return new Maps(
        maps, List.of("TVAL3 made " + passes + " passes over all patterns in its last fit."));
  }

  private static AugmentedLagrangian.Channel channel(
      Problem p, int e, double[] weights, double largest) {
    var a = p.operator();
    return new AugmentedLagrangian.Channel(
        a.new Centered(p.signals().get(e).values(), weights),
        a.grid(),
        largest * Arrays.stream(weights).max().orElse(1));
  }

  /// λ above which an image is even, about.
  private static double[] reference(Problem p, LeftOut left, float[] one, double largest) {
    var a = p.operator();
    var basis = VariationPath.Basis.plain(a.grid());
    var channels = new VariationSolver.Channel[p.signals().size()];
    for (int e = 0; e < channels.length; e++) {
      var signal = p.signals().get(e);
      double[] weights = left.seen(VariationPath.weights(signal));
      channels[e] = VariationPath.channel(a, signal, weights, basis, largest);
    }
    return VariationSolver.greatest(a, channels, p.workers());
  }

  private static Curve path(String name, double[][] lambdas, double[][] scores, int e, int steps) {
    double[] tried = new double[steps];
    double[] told = new double[steps];
    for (int s = 0; s < steps; s++) {
      tried[s] = lambdas[s][e];
      told[s] = scores[s][e];
    }
    return VariationPath.curve(name, tried, told);
  }
}

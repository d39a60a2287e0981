package argand.singlepixel;

import argand.array.Grid;
import argand.array.Workers;
import argand.data.BucketSignal;
import argand.data.Curve;
import argand.inverse.DirectedVariation;
import java.util.Arrays;
import java.util.List;

/// Fits from strong to weak regularisation, each begun where the last ended, and judged by the
/// patterns left out: how λ is chosen, in no unit and without the truth.
///
/// λ runs over 0.05, 0.016 … of the gradient of an even image, signal by signal, until the
/// left-out patterns have been told worse twice in a row.
final class VariationPath {
  static final double FIRST = 0.05;
  static final double FACTOR = Math.sqrt(0.1);
  static final int STEPS = 11;

  /// Of one λ: more where a pass over the patterns costs little.
  private static final int FEWEST_ITERATIONS = 30;

  private static final int MOST_ITERATIONS = 80;
  private static final double NUMBERS = 2.5e8;
  private static final double TOLERANCE = 1e-3;

  private VariationPath() {}

  /// What an image is made of: h times an unknown whose variation may be free in some directions.
  ///
  /// @param name for a person
  /// @param mDown and mRight see {@link DirectedVariation}; zero where no direction is free
  record Basis(String name, float[] h, float[] mDown, float[] mRight) {
    static Basis plain(Grid grid) {
      float[] one = new float[grid.size()];
      Arrays.fill(one, 1);
      return new Basis("total variation", one, new float[one.length], new float[one.length]);
    }

    DirectedVariation penalty(Grid grid) {
      return new DirectedVariation(grid.rows(), grid.columns(), 0, mDown, mRight);
    }
  }

  /// The best of a path for one signal.
  ///
  /// @param lambda for the patterns seen
  /// @param score of the left-out ones
  /// @param largest eigenvalue of the centred patterns with this basis, see {@link
  ///     SensingOperator#largest}
  /// @param u the unknown there
  /// @param image h u
  /// @param lambdas all that were tried, and `scores` of them
  record Chosen(
      Basis basis,
      double lambda,
      double score,
      double largest,
      float[] u,
      float[] image,
      double[] lambdas,
      double[] scores) {
    /// Logarithms of the misfit against those of λ.
    Curve path(String name) {
      return curve(name, lambdas, scores);
    }

    /// @param tried how many
    private Chosen withPath(double[] every, double[] told, int tried) {
      return new Chosen(
          basis,
          lambda,
          score,
          largest,
          u,
          image,
          Arrays.copyOf(every, tried),
          Arrays.copyOf(told, tried));
    }
  }

  /// Logarithms of the misfit of left-out patterns against those of λ.
  static Curve curve(String name, double[] lambdas, double[] scores) {
    return new Curve(
        name,
        "log₁₀ λ",
        "log₁₀ misfit of left-out patterns",
        Arrays.stream(lambdas).map(Math::log10).toArray(),
        Arrays.stream(scores).map(Math::log10).toArray());
  }

  static Chosen[] choose(
      SensingOperator a, List<BucketSignal> signals, Basis basis, LeftOut left, Workers workers) {
    double largest = a.largest(ones(a.count()), basis.h(), workers);
    int count = signals.size();
    var channels = new VariationSolver.Channel[count];
    var weights = new double[count][];
    for (int e = 0; e < count; e++) {
      weights[e] = weights(signals.get(e));
      channels[e] = channel(a, signals.get(e), left.seen(weights[e]), basis, largest);
    }
    double[] reference = VariationSolver.greatest(a, channels, workers);
    var best = new Chosen[count];
    int[] worse = new int[count];
    double numbers = (double) a.count() * a.grid().size();
    int iterations = (int) Math.clamp(NUMBERS / numbers, FEWEST_ITERATIONS, MOST_ITERATIONS);
    double[][] tried = new double[count][STEPS];
    double[][] told = new double[count][STEPS];
    int steps = 0;
    double factor = FIRST;
    for (int step = 0; step < STEPS; step++, factor *= FACTOR) {
      double[] lambda = new double[count];
      for (int e = 0; e < count; e++) {
        lambda[e] = factor * reference[e];
      }
      VariationSolver.solve(a, channels, lambda, iterations, TOLERANCE, workers);
      steps = step + 1;
      boolean done = true;
      for (int e = 0; e < count; e++) {
        float[] image = channels[e].image();
        double score = left.score(a.apply(image, workers), signals.get(e).values(), weights[e]);
        tried[e][step] = lambda[e];
        told[e][step] = score;
        if (best[e] == null || score < best[e].score()) {
          best[e] =
              new Chosen(
                  basis,
                  lambda[e],
                  score,
                  largest,
                  channels[e].u.clone(),
                  image,
                  tried[e],
                  told[e]);
          worse[e] = 0;
        } else {
          worse[e]++;
        }
        done &= worse[e] >= 2;
      }
      if (done) {
        break;
      }
    }
    for (int e = 0; e < count; e++) {
      best[e] = best[e].withPath(tried[e], told[e], steps);
    }
    return best;
  }

  static VariationSolver.Channel channel(
      SensingOperator a, BucketSignal signal, double[] weights, Basis basis, double largest) {
    double most = 0;
    for (double w : weights) {
      most = Math.max(most, w);
    }
    return new VariationSolver.Channel(
        a.new Centered(signal.values(), weights),
        basis.h(),
        basis.penalty(a.grid()),
        largest * most);
  }

  /// 1/σ²
  static double[] weights(BucketSignal signal) {
    double[] weights = new double[signal.sigma().length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = 1 / (signal.sigma()[i] * signal.sigma()[i]);
    }
    return weights;
  }

  static double[] ones(int count) {
    double[] ones = new double[count];
    Arrays.fill(ones, 1);
    return ones;
  }

  /// With all patterns, from where the path was best. The noise of the gradient grows with the root
  /// of the number of patterns, and λ with it.
  static VariationSolver.Channel[] finish(
      SensingOperator a,
      List<BucketSignal> signals,
      Chosen[] chosen,
      LeftOut left,
      int iterations,
      double tolerance,
      Workers workers) {
    var channels = new VariationSolver.Channel[chosen.length];
    double[] lambda = new double[chosen.length];
    double grown = Math.sqrt((double) a.count() / (a.count() - left.count()));
    for (int e = 0; e < chosen.length; e++) {
      var signal = signals.get(e);
      channels[e] = channel(a, signal, weights(signal), chosen[e].basis(), chosen[e].largest());
      System.arraycopy(chosen[e].u(), 0, channels[e].u, 0, channels[e].u.length);
      channels[e].begin();
      lambda[e] = chosen[e].lambda() * grown;
    }
    VariationSolver.solve(a, channels, lambda, iterations, tolerance, workers);
    return channels;
  }
}

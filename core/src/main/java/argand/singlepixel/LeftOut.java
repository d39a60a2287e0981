package argand.singlepixel;

import java.util.SplittableRandom;

/// Patterns that a fit does not see, by which it is judged.
///
/// @param held true for those left out
record LeftOut(boolean[] held) {
  /// One pattern in five, not more than 800: the error of the judgement is 1/√(2 · their number).
  static LeftOut of(int patterns, long seed) {
    int wanted = Math.max(1, Math.min(800, patterns / 5));
    int[] order = new int[patterns];
    for (int i = 0; i < patterns; i++) {
      order[i] = i;
    }
    var random = new SplittableRandom(seed);
    boolean[] held = new boolean[patterns];
    for (int i = 0; i < wanted; i++) {
      int other = i + random.nextInt(patterns - i);
      int chosen = order[other];
      order[other] = order[i];
      held[chosen] = true;
    }
    return new LeftOut(held);
  }

  int count() {
    int count = 0;
    for (boolean is : held) {
      count += is ? 1 : 0;
    }
    return count;
  }

  /// Weights of those seen; zero for those left out.
  double[] seen(double[] weights) {
    double[] seen = weights.clone();
    for (int i = 0; i < seen.length; i++) {
      seen[i] = held[i] ? 0 : seen[i];
    }
    return seen;
  }

  /// Mean of w_i (predicted − measured)² over those left out; 1 is what noise alone makes. A
  /// constant between the two does not count: it is what a background adds.
  double score(double[] predicted, double[] measured, double[] weights) {
    double sum = 0;
    double total = 0;
    for (int i = 0; i < held.length; i++) {
      if (held[i]) {
        sum += weights[i] * (predicted[i] - measured[i]);
        total += weights[i];
      }
    }
    double level = sum / total;
    double score = 0;
    for (int i = 0; i < held.length; i++) {
      if (held[i]) {
        double miss = predicted[i] - measured[i] - level;
        score += weights[i] * miss * miss;
      }
    }
    return score / Math.max(1, count() - 1);
  }
}

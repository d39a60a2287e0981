package argand.spectro;

import argand.array.Workers;
import argand.data.EnergyStack;
import java.util.Optional;

/// What each image of a stack counts for when all are looked at together: 1/mean variance.
final class ImageWeights {
  private ImageWeights() {}

  /// One for each image; absent where the variance is not known.
  static Optional<double[]> of(EnergyStack stack, Workers workers) {
    if (stack.variance().isEmpty()) {
      return Optional.empty();
    }
    var variance = stack.variance().get();
    boolean[] good = stack.mask().good();
    double[] weights = new double[stack.count()];
    workers.forEach(
        stack.count(),
        (e, worker) -> {
          float[] v = variance.plane(e).values();
          double sum = 0;
          int seen = 0;
          for (int i = 0; i < v.length; i++) {
            if (good[i] && v[i] > 0 && v[i] < Float.MAX_VALUE) {
              sum += v[i];
              seen++;
            }
          }
          weights[e] = seen == 0 ? Double.NaN : seen / sum;
        });
    for (double weight : weights) {
      if (!(weight > 0)) {
        return Optional.empty();
      }
    }
    return Optional.of(weights);
  }
}

package argand.singlepixel;

import argand.array.Workers;
import argand.data.BucketSignal;
import java.util.List;

/// The {@link Misfit} of signals under patterns: each value with its weight 1/σ², mean pattern and
/// mean signal taken off by the operator.
final class PatternMisfit implements Misfit {
  private final SensingOperator operator;
  private final List<BucketSignal> signals;
  private final LeftOut left;
  private final double[][] weights;
  private final SensingOperator.Centered[] seen;
  private final double[] variance;
  private final double[] scale;

  PatternMisfit(SensingOperator operator, List<BucketSignal> signals, LeftOut left) {
    this.operator = operator;
    this.signals = signals;
    this.left = left;
    int count = signals.size();
    weights = new double[count][];
    seen = new SensingOperator.Centered[count];
    variance = new double[count];
    scale = new double[count];
    double square = operator.meanSquare();
    for (int e = 0; e < count; e++) {
      double[] y = signals.get(e).values();
      weights[e] = VariationPath.weights(signals.get(e));
      double[] counted = left.seen(weights[e]);
      seen[e] = operator.new Centered(y, counted);
      double sum = 0;
      for (int i = 0; i < y.length; i++) {
        double apart = y[i] - seen[e].meanSignal();
        sum += counted[i] * apart * apart;
      }
      variance[e] = Math.max(sum / seen[e].total(), Double.MIN_NORMAL);
      scale[e] = Math.sqrt(variance[e] / square);
    }
  }

  @Override
  public int channels() {
    return signals.size();
  }

  @Override
  public double scale(int channel) {
    return scale[channel];
  }

  @Override
  public double[] gradients(float[][] images, float[][] into, Workers workers) {
    double[] told = operator.gradients(seen, images, into, workers);
    for (int e = 0; e < told.length; e++) {
      double over = 1 / (seen[e].total() * variance[e]);
      told[e] *= over;
      float factor = (float) (2 * over);
      for (int i = 0; i < into[e].length; i++) {
        into[e][i] *= factor;
      }
    }
    return told;
  }

  @Override
  public double[] leftOut(float[][] images, Workers workers) {
    double[] told = new double[images.length];
    for (int e = 0; e < told.length; e++) {
      double mean = seen[e].total() / (operator.count() - left.count());
      double score =
          left.score(operator.apply(images[e], workers), signals.get(e).values(), weights[e]);
      told[e] = score / (mean * variance[e]);
    }
    return told;
  }
}

package argand.spectro;

import argand.array.Workers;
import argand.inverse.GeneralizedVariation;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;

/// The part of an image on which the weight of a smoothing is chosen by Stein's unbiased risk
/// estimate, see {@link FractionField}: the square of at most 256 pixels whose pixels know most.
final class SureWindow {
  private static final int MOST = 256;
  private static final double PROBE = 0.05;
  private static final long SEED = 19810901;
  private static final double LEAST = 0.2;
  private static final double MOST_WEIGHT = 3.2;
  private static final int COARSE = 5;
  private static final int FINE = 2;
  private static final int SURROUNDINGS = 81;

  private final int rows;
  private final int columns;
  private final float[][] weights;
  private final float[][] pulls;
  private final float[][] start;

  SureWindow(float[][] weights, float[][] pulls, float[][] start, int rows, int columns) {
    this.rows = Math.min(rows, MOST);
    this.columns = Math.min(columns, MOST);
    int[] corner = richest(weights[0], rows, columns, this.rows, this.columns);
    this.weights = cut(weights, corner, columns);
    this.pulls = cut(pulls, corner, columns);
    this.start = cut(start, corner, columns);
  }

  private static int[] richest(
      float[] weight, int rows, int columns, int windowRows, int windowColumns) {
    int[] best = {0, 0};
    double most = -1;
    for (int r = 0; r + windowRows <= rows; r += Math.max(1, windowRows / 2)) {
      for (int c = 0; c + windowColumns <= columns; c += Math.max(1, windowColumns / 2)) {
        double sum = 0;
        for (int i = r; i < r + windowRows; i++) {
          for (int j = c; j < c + windowColumns; j++) {
            sum += Math.sqrt(weight[i * columns + j]);
          }
        }
        if (sum > most) {
          most = sum;
          best = new int[] {r, c};
        }
      }
    }
    return best;
  }

  private float[][] cut(float[][] planes, int[] corner, int stride) {
    float[][] part = new float[planes.length][rows * columns];
    for (int k = 0; k < planes.length; k++) {
      for (int r = 0; r < rows; r++) {
        System.arraycopy(
            planes[k], (corner[0] + r) * stride + corner[1], part[k], r * columns, columns);
      }
    }
    return part;
  }

  /// The weight of least risk: a search in steps of two, then of √2 and ⁴√2 about the best.
  double best(
      DoubleUnaryOperator lambda, int order, int iterations, double scale, Workers workers) {
    var probe = new Probe(weights, new SplittableRandom(SEED));
    float[][] moved = probe.moved(pulls, PROBE);
    double step = Math.log(MOST_WEIGHT / LEAST) / (COARSE - 1);
    double[] risk = new double[COARSE];
    int least = 0;
    for (int j = 0; j < COARSE; j++) {
      double w = LEAST * Math.exp(j * step);
      risk[j] = risk(probe, moved, lambda.applyAsDouble(w), order, iterations, scale, workers);
      least = risk[j] < risk[least] ? j : least;
    }
    double best = Math.log(LEAST) + least * step;
    double lowest = risk[least];
    for (int round = 0; round < FINE; round++) {
      step /= 2;
      double middle = best;
      for (int side = -1; side <= 1; side += 2) {
        double at = middle + side * step;
        double found =
            risk(
                probe,
                moved,
                lambda.applyAsDouble(Math.exp(at)),
                order,
                iterations,
                scale,
                workers);
        if (found < lowest) {
          lowest = found;
          best = at;
        }
      }
    }
    return Math.exp(best);
  }

  private double risk(
      Probe probe,
      float[][] moved,
      double lambda,
      int order,
      int iterations,
      double scale,
      Workers workers) {
    int free = pulls.length;
    float[][] plain = run(pulls, lambda, order, iterations, scale, workers);
    float[][] shifted = run(moved, lambda, order, iterations, scale, workers);
    double risk = 0;
    for (int i = 0; i < rows * columns; i++) {
      for (int m = 0; m < free; m++) {
        double half = -2.0 * pulls[m][i];
        for (int o = 0; o < free; o++) {
          int plane = m >= o ? m * (m + 1) / 2 + o : o * (o + 1) / 2 + m;
          half += weights[plane][i] * (double) plain[o][i];
        }
        risk += half * plain[m][i];
      }
      risk += 2 * probe.along(i, plain, shifted) / PROBE;
    }
    return risk;
  }

  /// Both runs do the same iterations, so that their difference is the derivative of what is done.
  private float[][] run(
      float[][] pulled, double lambda, int order, int iterations, double scale, Workers workers) {
    var field = new GeneralizedVariation(rows, columns, pulls.length, order);
    field.setStart(start);
    field.solve(weights, pulled, lambda, scale, iterations, 0, workers);
    return field.field();
  }

  /// One random direction L n of the data, LLᵀ = W.
  static final class Probe {
    private final float[][] direction;

    Probe(float[][] weights, SplittableRandom random) {
      int planes = weights.length;
      int free = (int) Math.round((Math.sqrt(8.0 * planes + 1) - 1) / 2);
      direction = new float[free][weights[0].length];
      double[] l = new double[free * free];
      double[] noise = new double[free];
      for (int i = 0; i < weights[0].length; i++) {
        for (int m = 0; m < free; m++) {
          noise[m] = random.nextGaussian();
          double sum = 0;
          for (int o = 0; o <= m; o++) {
            double value = weights[m * (m + 1) / 2 + o][i];
            for (int j = 0; j < o; j++) {
              value -= l[m * free + j] * l[o * free + j];
            }
            l[m * free + o] =
                m == o
                    ? Math.sqrt(Math.max(0, value))
                    : l[o * free + o] > 0 ? value / l[o * free + o] : 0;
            sum += l[m * free + o] * noise[o];
          }
          direction[m][i] = (float) sum;
        }
      }
    }

    float[][] moved(float[][] pulls, double by) {
      float[][] moved = new float[pulls.length][];
      for (int m = 0; m < moved.length; m++) {
        moved[m] = pulls[m].clone();
        for (int i = 0; i < moved[m].length; i++) {
          moved[m][i] += (float) (by * direction[m][i]);
        }
      }
      return moved;
    }

    /// (L n)ᵀ (moved − plain) of one pixel
    double along(int i, float[][] plain, float[][] moved) {
      double sum = 0;
      for (int m = 0; m < plain.length; m++) {
        sum += direction[m][i] * (double) (moved[m][i] - plain[m][i]);
      }
      return sum;
    }
  }

  /// Mean over the 9 × 9 surroundings of those pixels that have a weight, at least the share of a
  /// mean
  /// over all of them, at most 1; 1 where
  /// there are none.
  static float[] localMean(float[] values, float[] weight, int rows, int columns) {
    int reach = 4;
    float[] mean = new float[values.length];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        double sum = 0;
        int count = 0;
        for (int i = Math.max(0, r - reach); i <= Math.min(rows - 1, r + reach); i++) {
          for (int j = Math.max(0, c - reach); j <= Math.min(columns - 1, c + reach); j++) {
            if (weight[i * columns + j] > 0) {
              sum += values[i * columns + j];
              count++;
            }
          }
        }
        double share = count == 0 ? 1 : sum / count;
        mean[r * columns + c] = (float) Math.max(1.0 / SURROUNDINGS, Math.min(1, share));
      }
    }
    return mean;
  }
}

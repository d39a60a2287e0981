package argand.singlepixel;

import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.Workers;
import argand.array.kernel.CenteredRows;
import argand.data.Planes;
import java.util.Arrays;
import java.util.SplittableRandom;

/// The patterns as a matrix A, one row for each, never formed a second time: their mean ā is taken
/// off and the weights are applied as rows are read.
///
/// With weights w_i = 1/σ_i² and weighted means ā_w, ȳ_w, Σ w_i (a_i·x − y_i)² is
///
///     Σ w_i ((a_i − ā_w)·x − (y_i − ȳ_w))² + (Σ w_i) (ā_w·x − ȳ_w)²
///
/// so nothing is lost by looking at the two parts apart ({@link Centered}); but the second has one
/// singular value some hundred times the others, which is why uncentred patterns stop gradient
/// methods long before they arrive.
public final class SensingOperator {
  /// Rows of one block: results do not depend on the number of threads.
  private static final int LEAST_ROWS = 40;

  private static final int MOST_BLOCKS = 16;

  private final Grid grid;
  private final float[][] rows;
  private final float[] mean;
  private final int block;

  private SensingOperator(Grid grid, float[][] rows) {
    this.grid = grid;
    this.rows = rows;
    block = Math.max(LEAST_ROWS, (rows.length + MOST_BLOCKS - 1) / MOST_BLOCKS);
    double[] sum = new double[grid.size()];
    for (float[] row : rows) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += row[i];
      }
    }
    mean = new float[sum.length];
    for (int i = 0; i < sum.length; i++) {
      mean[i] = (float) (sum[i] / rows.length);
    }
  }

  /// Of patterns: those in memory are used where they lie, others are read once.
  ///
  /// @throws InvalidInput when a pattern is even or has pixels that are not numbers, or when all
  ///     patterns are one
  public static SensingOperator of(Planes patterns) {
    return of(patterns.grid(), rows(patterns));
  }

  /// Of patterns that were read.
  static SensingOperator of(Grid grid, float[][] rows) {
    for (int i = 0; i < rows.length; i++) {
      check(rows[i], i);
    }
    var operator = new SensingOperator(grid, rows);
    if (rows.length > 1 && operator.meanSquare() == 0) {
      throw new InvalidInput(
          "the variance of the patterns",
          "zero: all " + rows.length + " are the same",
          "patterns that differ",
          "");
    }
    return operator;
  }

  /// The patterns where they lie in memory, or read once.
  static float[][] rows(Planes patterns) {
    float[][] rows = new float[patterns.count()][];
    for (int i = 0; i < rows.length; i++) {
      int index = i;
      rows[i] = patterns.inMemory(i).orElseGet(() -> patterns.plane(index).values());
    }
    return rows;
  }

  private static void check(float[] row, int index) {
    float least = Float.POSITIVE_INFINITY;
    float most = Float.NEGATIVE_INFINITY;
    for (float value : row) {
      if (!Float.isFinite(value)) {
        throw new InvalidInput(
            "pattern " + index, "not a number in some pixels", "numbers everywhere", "");
      }
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    if (least == most && row.length > 1) {
      throw new InvalidInput(
          "the variance of pattern " + index,
          "zero: every pixel is " + least,
          "an uneven illumination",
          "leave the exposure out");
    }
  }

  public Grid grid() {
    return grid;
  }

  /// Number of patterns.
  public int count() {
    return rows.length;
  }

  /// The mean pattern ā, not a copy.
  float[] mean() {
    return mean;
  }

  /// The patterns themselves, not copies.
  float[][] rows() {
    return rows;
  }

  /// Pattern i itself, not a copy.
  float[] row(int i) {
    return rows[i];
  }

  /// Σ over pixels of the mean square of (a_i − ā): squared length of a centred row.
  double meanSquare() {
    double sum = 0;
    for (float[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        double apart = row[i] - mean[i];
        sum += apart * apart;
      }
    }
    return sum / rows.length;
  }

  /// A x of one image: what a detector without noise would count.
  public double[] apply(float[] x, Workers workers) {
    double base = 0;
    for (int i = 0; i < x.length; i++) {
      base += (double) mean[i] * x[i];
    }
    double[] y = new double[rows.length];
    double all = base;
    workers.forEach(
        blocks(),
        (b, worker) -> {
          for (int i = b * block; i < Math.min(rows.length, (b + 1) * block); i++) {
            y[i] = all + CenteredRows.dot(rows[i], mean, x, x.length);
          }
        });
    return y;
  }

  /// Aᵀ y, in double precision.
  public double[] applyAdjoint(double[] y) {
    double[] x = new double[grid.size()];
    for (int i = 0; i < rows.length; i++) {
      for (int k = 0; k < x.length; k++) {
        x[k] += y[i] * rows[i][k];
      }
    }
    return x;
  }

  private int blocks() {
    return (rows.length + block - 1) / block;
  }

  /// The two parts for one signal: y and weights, of which some may be zero (left out).
  final class Centered {
    private final double[] y;
    private final double[] weights;
    private final double total;
    private final double meanSignal;
    private final float[] meanPattern;

    /// @param y the signal
    /// @param weights w_i ≥ 0, not all zero
    Centered(double[] y, double[] weights) {
      this.y = y;
      this.weights = weights;
      double sum = 0;
      double signal = 0;
      double[] pattern = new double[mean.length];
      for (int i = 0; i < y.length; i++) {
        sum += weights[i];
        signal += weights[i] * y[i];
        if (weights[i] != 0) {
          for (int k = 0; k < pattern.length; k++) {
            pattern[k] += weights[i] * (rows[i][k] - mean[k]);
          }
        }
      }
      total = sum;
      meanSignal = signal / sum;
      meanPattern = new float[pattern.length];
      for (int k = 0; k < pattern.length; k++) {
        meanPattern[k] = (float) (mean[k] + pattern[k] / sum);
      }
    }

    double total() {
      return total;
    }

    double meanSignal() {
      return meanSignal;
    }

    /// ā_w
    float[] meanPattern() {
      return meanPattern;
    }

    /// ā_w·x
    double meanOf(float[] x) {
      double sum = 0;
      for (int k = 0; k < x.length; k++) {
        sum += (double) meanPattern[k] * x[k];
      }
      return sum;
    }

    /// (ā_w − ā)·x
    private double apart(float[] x) {
      double sum = 0;
      for (int k = 0; k < x.length; k++) {
        sum += (double) (meanPattern[k] - mean[k]) * x[k];
      }
      return sum;
    }
  }

  /// Gradients of ½ Σ w_i ((a_i − ā_w)·x − (y_i − ȳ_w))² for several signals in one pass over the
  /// patterns: each row is used for both products while it lies in the cache.
  ///
  /// @param x one image for each signal
  /// @param into the gradients
  /// @return twice the values
  double[] gradients(Centered[] signals, float[][] x, float[][] into, Workers workers) {
    int n = grid.size();
    double[] apart = new double[signals.length];
    for (int e = 0; e < signals.length; e++) {
      apart[e] = signals[e].apart(x[e]);
    }
    float[][][] parts = new float[blocks()][][];
    double[][] misfits = new double[blocks()][];
    workers.forEach(
        blocks(),
        (b, worker) -> {
          float[][] sum = new float[signals.length][n];
          double[] misfit = new double[signals.length];
          for (int i = b * block; i < Math.min(rows.length, (b + 1) * block); i++) {
            for (int e = 0; e < signals.length; e++) {
              var signal = signals[e];
              double w = signal.weights[i];
              if (w != 0) {
                double residual =
                    CenteredRows.dot(rows[i], mean, x[e], n)
                        - apart[e]
                        - (signal.y[i] - signal.meanSignal);
                misfit[e] += w * residual * residual;
                CenteredRows.add(rows[i], mean, (float) (w * residual), sum[e], n);
              }
            }
          }
          parts[b] = sum;
          misfits[b] = misfit;
        });
    double[] misfit = new double[signals.length];
    for (int e = 0; e < signals.length; e++) {
      Arrays.fill(into[e], 0);
      for (int b = 0; b < parts.length; b++) {
        misfit[e] += misfits[b][e];
        for (int k = 0; k < n; k++) {
          into[e][k] += parts[b][e][k];
        }
      }
    }
    return misfit;
  }

  /// Largest eigenvalue of h Σ w_i (a_i − ā)(a_i − ā)ᵀ h, by power iteration, a little above it.
  ///
  /// @param h what the unknown is multiplied by
  double largest(double[] weights, float[] h, Workers workers) {
    int n = grid.size();
    var signal = new Centered(new double[rows.length], weights);
    float[][] v = {new float[n]};
    float[][] g = {new float[n]};
    var random = new SplittableRandom(7);
    for (int k = 0; k < n; k++) {
      v[0][k] = (float) random.nextGaussian();
    }
    double largest = 0;
    double before = 0;
    for (int step = 0; step < 30; step++) {
      double norm = 0;
      for (int k = 0; k < n; k++) {
        norm += (double) v[0][k] * v[0][k];
      }
      float scale = (float) (1 / Math.sqrt(norm));
      for (int k = 0; k < n; k++) {
        v[0][k] *= scale * h[k];
      }
      gradients(new Centered[] {signal}, v, g, workers);
      double length = 0;
      for (int k = 0; k < n; k++) {
        v[0][k] = g[0][k] * h[k];
        length += (double) v[0][k] * v[0][k];
      }
      before = largest;
      largest = Math.sqrt(length);
      if (Math.abs(largest - before) < 0.005 * largest) {
        break;
      }
    }
    return 1.05 * largest;
  }
}

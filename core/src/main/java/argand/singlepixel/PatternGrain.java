package argand.singlepixel;

import argand.array.Grid;
import argand.array.Workers;

/// How coarse the light of patterns is, and patterns made coarser.
final class PatternGrain {
  /// A Gaussian is cut off after so many σ.
  private static final double REACH = 4;

  private PatternGrain() {}

  /// Full width at half height of the patterns' autocorrelation, mean over both axes, the mean
  /// pattern taken off [pixels].
  static double width(Grid grid, float[][] patterns) {
    double[] mean = new double[grid.size()];
    for (float[] pattern : patterns) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += pattern[i] / (double) patterns.length;
      }
    }
    int reach = Math.min(grid.rows(), grid.columns()) / 2;
    double before = 1;
    double variance = covariance(grid, patterns, mean, 0);
    for (int lag = 1; lag <= reach; lag++) {
      double now = covariance(grid, patterns, mean, lag) / variance;
      if (now < 0.5) {
        return 2 * (lag - 1 + (before - 0.5) / (before - now));
      }
      before = now;
    }
    return 2 * reach;
  }

  /// Mean product of pixels so far apart, along rows and along columns.
  private static double covariance(Grid grid, float[][] patterns, double[] mean, int lag) {
    int columns = grid.columns();
    double sum = 0;
    long count = 0;
    for (float[] pattern : patterns) {
      for (int i = 0; i < mean.length; i++) {
        double value = pattern[i] - mean[i];
        int right = i + lag;
        if (i % columns + lag < columns) {
          sum += value * (pattern[right] - mean[right]);
          count++;
        }
        int below = i + lag * columns;
        if (below < mean.length) {
          sum += value * (pattern[below] - mean[below]);
          count++;
        }
      }
    }
    return sum / count;
  }

  /// Blurred by a Gaussian over a periodic field, then stretched about their mean to the contrast
  /// they had; below zero there is no light.
  static float[][] blurred(Grid grid, float[][] patterns, double sigma, Workers workers) {
    if (sigma == 0) {
      return patterns;
    }
    double[] kernel = kernel(sigma);
    float[][] blurred = new float[patterns.length][];
    workers.forEach(
        patterns.length,
        (j, worker) -> {
          double[] across = along(grid, patterns[j], kernel);
          blurred[j] = stretched(patterns[j], across);
        });
    return blurred;
  }

  private static double[] kernel(double sigma) {
    int reach = (int) Math.ceil(REACH * sigma);
    double[] kernel = new double[2 * reach + 1];
    double sum = 0;
    for (int k = -reach; k <= reach; k++) {
      kernel[k + reach] = Math.exp(-0.5 * k * k / (sigma * sigma));
      sum += kernel[k + reach];
    }
    for (int k = 0; k < kernel.length; k++) {
      kernel[k] /= sum;
    }
    return kernel;
  }

  private static double[] along(Grid grid, float[] pattern, double[] kernel) {
    int rows = grid.rows();
    int columns = grid.columns();
    int reach = kernel.length / 2;
    double[] across = new double[pattern.length];
    double[] both = new double[pattern.length];
    for (int i = 0; i < pattern.length; i++) {
      int start = i - i % columns;
      for (int k = -reach; k <= reach; k++) {
        across[i] += kernel[k + reach] * pattern[start + Math.floorMod(i % columns + k, columns)];
      }
    }
    for (int i = 0; i < pattern.length; i++) {
      for (int k = -reach; k <= reach; k++) {
        both[i] +=
            kernel[k + reach]
                * across[Math.floorMod(i / columns + k, rows) * columns + i % columns];
      }
    }
    return both;
  }

  private static float[] stretched(float[] before, double[] blurred) {
    double mean = 0;
    double square = 0;
    double left = 0;
    for (int i = 0; i < before.length; i++) {
      mean += (double) before[i] / before.length;
    }
    for (int i = 0; i < before.length; i++) {
      square += (before[i] - mean) * (before[i] - mean);
      left += (blurred[i] - mean) * (blurred[i] - mean);
    }
    double gain = left > 0 ? Math.sqrt(square / left) : 1;
    float[] stretched = new float[before.length];
    for (int i = 0; i < before.length; i++) {
      stretched[i] = (float) Math.max(0, mean + gain * (blurred[i] - mean));
    }
    return stretched;
  }
}

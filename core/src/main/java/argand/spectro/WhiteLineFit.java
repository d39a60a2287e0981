package argand.spectro;

import argand.array.InvalidInput;
import java.util.Optional;

/// The step and Gaussian of {@link WhiteLineMap} fitted to one spectrum.
///
/// @param parameters b, h, E_s, w, A, c, s
/// @param covariance inverse of JᵀWJ
/// @param chiSquare Σ w r² over the degrees of freedom
record WhiteLineFit(double[] parameters, double[][] covariance, double chiSquare) {
  private static final int PARAMETERS = 7;

  /// From the values alone: the step at half height, the line at the top.
  static double[] start(double[] x, double[] y) {
    int n = x.length;
    int top = 0;
    for (int e = 1; e < n; e++) {
      top = y[e] > y[top] ? e : top;
    }
    double low = y[0];
    double high = y[n - 1];
    double half = x[0];
    for (int e = 0; e < top; e++) {
      half = y[e] < (low + high) / 2 ? x[e] : half;
    }
    double width = Math.max((x[n - 1] - x[0]) / n, (x[top] - half) / 2);
    return new double[] {
      low, high - low, half, width / 2, Math.max(0.1 * (high - low), y[top] - high), x[top], width
    };
  }

  double sigma(int parameter, boolean weighted) {
    return Math.sqrt(covariance[parameter][parameter] * (weighted ? 1 : chiSquare));
  }

  /// Nothing where the fit leaves the range, or does not settle.
  static Optional<WhiteLineFit> of(
      double[] x, double[] y, double[] weights, double[] start, int rounds) {
    int used = 0;
    for (double w : weights) {
      used += w > 0 ? 1 : 0;
    }
    if (used <= PARAMETERS) {
      return Optional.empty();
    }
    double[] p = start.clone();
    double cost = cost(x, y, weights, p);
    double damping = 1e-3;
    boolean settled = false;
    for (int round = 0; round < rounds && !settled; round++) {
      double[][] normal = new double[PARAMETERS][PARAMETERS];
      double[][] right = new double[PARAMETERS][1];
      normal(x, y, weights, p, normal, right);
      for (int k = 0; k < PARAMETERS; k++) {
        normal[k][k] = normal[k][k] * (1 + damping) + 1e-300;
      }
      double[] moved = p.clone();
      double[][] by;
      try {
        by = SmallMatrix.solve(normal, right);
      } catch (InvalidInput singular) {
        return Optional.empty();
      }
      for (int k = 0; k < PARAMETERS; k++) {
        moved[k] += by[k][0];
      }
      moved[3] = Math.max(1e-3, Math.abs(moved[3]));
      moved[6] = Math.max(1e-3, Math.abs(moved[6]));
      double next = cost(x, y, weights, moved);
      if (next < cost) {
        settled = cost - next < 1e-7 * cost;
        p = moved;
        cost = next;
        damping = Math.max(1e-9, damping / 5);
      } else {
        damping *= 6;
        settled = damping > 1e7;
      }
    }
    double[][] normal = new double[PARAMETERS][PARAMETERS];
    normal(x, y, weights, p, normal, new double[PARAMETERS][1]);
    boolean inside = p[2] > x[0] && p[2] < x[x.length - 1] && p[5] > x[0] && p[5] < x[x.length - 1];
    if (!settled || !inside || Double.isNaN(cost)) {
      return Optional.empty();
    }
    double[][] identity = new double[PARAMETERS][PARAMETERS];
    for (int k = 0; k < PARAMETERS; k++) {
      identity[k][k] = 1;
    }
    try {
      return Optional.of(
          new WhiteLineFit(p, SmallMatrix.solve(normal, identity), cost / (used - PARAMETERS)));
    } catch (InvalidInput singular) {
      return Optional.empty();
    }
  }

  private static double cost(double[] x, double[] y, double[] weights, double[] p) {
    double sum = 0;
    for (int e = 0; e < x.length; e++) {
      double r = y[e] - value(x[e], p);
      sum += weights[e] * r * r;
    }
    return sum;
  }

  private static double value(double e, double[] p) {
    double g = (e - p[5]) / p[6];
    return p[0]
        + p[1] * (0.5 + Math.atan((e - p[2]) / p[3]) / Math.PI)
        + p[4] * Math.exp(-g * g / 2);
  }

  /// JᵀWJ and JᵀWr
  private static void normal(
      double[] x, double[] y, double[] weights, double[] p, double[][] normal, double[][] right) {
    double[] j = new double[PARAMETERS];
    for (int e = 0; e < x.length; e++) {
      double t = (x[e] - p[2]) / p[3];
      double g = (x[e] - p[5]) / p[6];
      double gauss = Math.exp(-g * g / 2);
      double slope = p[1] / (Math.PI * (1 + t * t) * p[3]);
      j[0] = 1;
      j[1] = 0.5 + Math.atan(t) / Math.PI;
      j[2] = -slope;
      j[3] = -slope * t;
      j[4] = gauss;
      j[5] = p[4] * gauss * g / p[6];
      j[6] = p[4] * gauss * g * g / p[6];
      double r = y[e] - value(x[e], p);
      for (int a = 0; a < PARAMETERS; a++) {
        for (int b = 0; b < PARAMETERS; b++) {
          normal[a][b] += weights[e] * j[a] * j[b];
        }
        right[a][0] += weights[e] * j[a] * r;
      }
    }
  }
}

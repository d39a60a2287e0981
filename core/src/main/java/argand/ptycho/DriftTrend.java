package argand.ptycho;

import argand.data.Curve;
import argand.data.Quality;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// How a stage drifted: the smooth part of the moves over the number of the view, less what a
/// linear
/// map of the sample has in common. A polynomial for each axis, both of the degree k ≤ 8 that makes
///
///     N ln(Σ r² / N) + 2 k ln N,   N = 2 · views                                     (1)
///
/// least, with what it leaves r (G. Schwarz, Ann. Statist. 6, 461 (1978), doi
/// 10.1214/aos/1176344136): one more coefficient for each axis has to earn ln N, so that scatter
/// alone
/// has no trend. A steady drift along a raster is a linear map and ends there.
///
/// @param down smooth part of each view [px]
/// @param right likewise
/// @param degree 0 where there is none
/// @param left root of the mean squared length of what is left [px]
record DriftTrend(double[] down, double[] right, int degree, double left) {
  private static final int HIGHEST = 8;

  /// Views for each degree.
  private static final int VIEWS = 8;

  /// @param down moves of each view, in the order in which they were measured [px]
  static DriftTrend of(double[] down, double[] right) {
    int views = down.length;
    double[][] basis = basis(views, Math.min(HIGHEST, views / VIEWS));
    var best = new DriftTrend(new double[views], new double[views], 0, rms(down, right));
    double n = 2.0 * views;
    double least = n * Math.log(square(best.left));
    double[] y = new double[views];
    double[] x = new double[views];
    for (int k = 0; k < basis.length; k++) {
      add(basis[k], down, y);
      add(basis[k], right, x);
      double left = rms(less(down, y), less(right, x));
      double value = n * Math.log(square(left)) + 2 * k * Math.log(n);
      if (k > 0 && value < least) { // (1)
        least = value;
        best = new DriftTrend(y.clone(), x.clone(), k, left);
      } else if (k == 0) {
        least = value;
      }
    }
    return best;
  }

  private static double square(double x) {
    return Math.max(1e-30, x * x);
  }

  /// Orthonormal polynomials over the views, of degree 0, 1, …
  private static double[][] basis(int views, int highest) {
    double[][] basis = new double[highest + 1][views];
    for (int k = 0; k <= highest; k++) {
      for (int j = 0; j < views; j++) {
        double t = 2 * (j + 0.5) / views - 1;
        basis[k][j] = k == 0 ? 1 : t * basis[k - 1][j];
      }
      for (int round = 0; round < 2; round++) {
        for (int l = 0; l < k; l++) {
          double along = inner(basis[l], basis[k]);
          for (int j = 0; j < views; j++) {
            basis[k][j] -= along * basis[l][j];
          }
        }
      }
      double length = Math.sqrt(inner(basis[k], basis[k]));
      for (int j = 0; j < views; j++) {
        basis[k][j] /= length;
      }
    }
    return basis;
  }

  private static double inner(double[] a, double[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      sum += a[j] * b[j];
    }
    return sum;
  }

  private static void add(double[] polynomial, double[] of, double[] into) {
    double along = inner(polynomial, of);
    for (int j = 0; j < into.length; j++) {
      into[j] += along * polynomial[j];
    }
  }

  private static double[] less(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(j -> a[j] - b[j]).toArray();
  }

  private static double rms(double[] down, double[] right) {
    return Math.sqrt((inner(down, down) + inner(right, right)) / down.length);
  }

  private double longest() {
    return IntStream.range(0, down.length)
        .mapToDouble(j -> Math.hypot(down[j], right[j]))
        .max()
        .orElse(0);
  }

  /// Numbers, curves, and a sentence where there is a drift.
  Quality quality() {
    var quality =
        Quality.NONE
            .withMetric("positionDriftDegree", degree)
            .withMetric("positionDriftRmsPx", rms(down, right))
            .withMetric("positionScatterRmsPx", left);
    if (degree == 0) {
      return quality;
    }
    double[] views = IntStream.range(0, down.length).asDoubleStream().toArray();
    return quality
        .withFigure(
            "Drift of the positions",
            List.of(
                new Curve("down", "view", "px of the sample", views, down),
                new Curve("to the right", "view", "px of the sample", views, right)))
        .withVerdict(
            String.format(
                Locale.ROOT,
                "The stage drifted smoothly, up to %.3g px from the middle of its way (a curve of"
                    + " degree %d, apart from what is common to all positions); about that the"
                    + " positions scatter by %.3g px rms.",
                longest(),
                degree,
                left));
  }
}

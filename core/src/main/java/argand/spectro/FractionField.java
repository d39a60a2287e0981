package argand.spectro;

import argand.Paper;
import argand.array.Workers;
import argand.inverse.GeneralizedVariation;
import java.util.Arrays;
import java.util.SplittableRandom;

/// Fractions that are smooth over the image but for their edges, each pixel with the weight that
/// its
/// counts give it. The amount of matter is left alone: thickness has its edges where a particle
/// ends,
/// and smoothing across them is what biases maps there; the fraction does not end.
///
/// With u the fractions (Σ u = 1), x = t u, a and H as in {@link FractionData}:
///
/// 1. t(u) = uᵀH a / uᵀH u, the best amount for these fractions
/// 2. u = 1/J + D g, D orthonormal, its columns at right angles to 1: J − 1 free numbers
/// 3. W = t² (DᵀHD − DᵀHu uᵀHD / uᵀHu), b = t DᵀH (a − t u): curvature and slope of the misfit with
///    t(u) put in
/// 4. g ← argmin ½ gᵀW g − (W g₀ + b)ᵀ g + λ · {@link GeneralizedVariation}, from g₀, three times
///
/// λ = w · median √(tr W/(J − 1)): with w = 1 differences of about a standard deviation of a pixel
/// vanish. Where w is not given it minimises Stein's unbiased estimate of the error, weighted by W,
/// its divergence taken from one random probe n with LLᵀ = W:
///
/// 5. R(w) = Σ gᵀW g − 2 (W g₀ + b)ᵀ g + 2 (L n)ᵀ (g(b + ε L n) − g(b))/ε
///
/// The same probe tells what noise is left: σ² of the fraction times the mean of
/// (L n)·(g(b + ε L n) − g(b))/ε over the surroundings, which is the share of its own datum in it.
@Paper(
    value =
        "Ramani, Blu & Unser, Monte-Carlo SURE: a black-box optimization of regularization"
            + " parameters for general denoising algorithms, IEEE Trans. Image Process. 17, 1540"
            + " (2008)",
    doi = "10.1109/TIP.2008.2001404")
final class FractionField {
  private static final int LINEARISATIONS = 3;
  private static final double SCALE = 0.5;
  private static final double TOLERANCE = 2e-5;

  /// A pixel that knows its fraction to no better than this has no say.
  private static final double MOST_SIGMA = 1;

  private static final double PROBE = 0.05;
  private static final long SEED = 20080901;

  private final FractionData data;
  private final int order;
  private final int iterations;
  private final int n;
  private final int free;
  private final int rows;
  private final int columns;
  private final double[][] d;
  private final float[][] weights;
  private final float[][] pulls;
  private final float[][] g;
  private final float[] thickness;

  /// @param order 1 or 2
  /// @param iterations of one minimisation
  FractionField(FractionData data, int order, int iterations) {
    this.data = data;
    this.order = order;
    this.iterations = iterations;
    n = data.references();
    free = n - 1;
    rows = data.grid().rows();
    columns = data.grid().columns();
    d = directions(n);
    weights = new float[free * (free + 1) / 2][rows * columns];
    pulls = new float[free][rows * columns];
    g = new float[free][rows * columns];
    thickness = new float[rows * columns];
  }

  /// Helmert's: column m is (1 … 1, −m, 0 …)/√(m (m + 1)), turned about so that for two it is
  /// (−1, 1)/√2.
  private static double[][] directions(int n) {
    double[][] d = new double[n][n - 1];
    for (int m = 1; m < n; m++) {
      double length = Math.sqrt(m * (m + 1.0));
      for (int k = 0; k < m; k++) {
        d[k][m - 1] = -1 / length;
      }
      d[m][m - 1] = m / length;
    }
    return d;
  }

  /// What came of it.
  ///
  /// @param weight w
  /// @param fractions u, a plane for each reference
  /// @param thickness t
  /// @param share of the variance of each pixel's fraction that is left, 0 … 1
  record Smooth(double weight, float[][] fractions, float[] thickness, float[] share) {}

  /// @param weight w; NaN: found
  Smooth solve(double weight, Workers workers) {
    begin();
    linearise(workers);
    double used = Double.isNaN(weight) ? best(workers) : weight;
    var field = new GeneralizedVariation(rows, columns, free, order);
    field.setStart(g);
    for (int round = 0; round < LINEARISATIONS; round++) {
      if (round > 0) {
        linearise(workers);
      }
      double lambda = used * typical();
      field.solve(weights, pulls, lambda, SCALE, iterations, TOLERANCE, workers);
      for (int m = 0; m < free; m++) {
        System.arraycopy(field.field()[m], 0, g[m], 0, g[m].length);
      }
    }
    float[] share = share(used, workers);
    linearise(workers);
    return new Smooth(used, fractions(), thickness.clone(), share);
  }

  /// g of the estimates themselves, where they are fractions.
  private void begin() {
    for (int i = 0; i < thickness.length; i++) {
      double sum = 0;
      boolean fair = true;
      for (int k = 0; k < n; k++) {
        sum += data.amounts()[k][i];
      }
      for (int k = 0; k < n; k++) {
        double f = data.amounts()[k][i] / sum;
        fair &= f > -0.5 && f < 1.5;
      }
      for (int m = 0; m < free; m++) {
        double value = 0;
        for (int k = 0; k < n && fair; k++) {
          value += d[k][m] * data.amounts()[k][i] / sum;
        }
        g[m][i] = (float) value;
      }
    }
  }

  /// Lines 1 to 3 at g.
  private void linearise(Workers workers) {
    workers.forEach(
        rows,
        (row, worker) -> {
          double[] h = new double[n * n];
          double[] u = new double[n];
          double[] hu = new double[n];
          double[] rest = new double[n];
          double[] along = new double[free];
          for (int i = row * columns; i < (row + 1) * columns; i++) {
            lineariseAt(i, h, u, hu, rest, along);
          }
        });
  }

  private void lineariseAt(
      int i, double[] h, double[] u, double[] hu, double[] rest, double[] along) {
    data.information(i, h);
    double uhu = 0;
    double uha = 0;
    for (int k = 0; k < n; k++) {
      u[k] = 1.0 / n;
      for (int m = 0; m < free; m++) {
        u[k] += d[k][m] * g[m][i];
      }
    }
    for (int k = 0; k < n; k++) {
      hu[k] = 0;
      for (int l = 0; l < n; l++) {
        hu[k] += h[k * n + l] * u[l];
      }
      uhu += hu[k] * u[k];
      uha += hu[k] * data.amounts()[k][i];
    }
    double t = uhu > 0 ? Math.max(0, uha / uhu) : 0;
    thickness[i] = (float) t;
    for (int k = 0; k < n; k++) {
      rest[k] = 0;
      for (int l = 0; l < n; l++) {
        rest[k] += h[k * n + l] * (data.amounts()[l][i] - t * u[l]);
      }
    }
    double trace = 0;
    for (int m = 0; m < free; m++) {
      along[m] = 0;
      double slope = 0;
      for (int k = 0; k < n; k++) {
        along[m] += d[k][m] * hu[k];
        slope += d[k][m] * rest[k];
      }
      pulls[m][i] = (float) (t * slope);
    }
    for (int m = 0; m < free; m++) {
      for (int o = 0; o <= m; o++) {
        double curve = uhu > 0 ? -along[m] * along[o] / uhu : 0;
        for (int k = 0; k < n; k++) {
          for (int l = 0; l < n; l++) {
            curve += d[k][m] * h[k * n + l] * d[l][o];
          }
        }
        weights[m * (m + 1) / 2 + o][i] = (float) (t * t * curve);
        trace += m == o ? t * t * curve : 0;
      }
    }
    boolean heard = trace > free / (MOST_SIGMA * MOST_SIGMA);
    for (int m = 0; m < free; m++) {
      double pull = pulls[m][i];
      for (int o = 0; o < free; o++) {
        int plane = m >= o ? m * (m + 1) / 2 + o : o * (o + 1) / 2 + m;
        pull += weights[plane][i] * (double) g[o][i];
      }
      pulls[m][i] = heard ? (float) pull : 0;
    }
    if (!heard) {
      for (float[] plane : weights) {
        plane[i] = 0;
      }
    }
  }

  /// Median over the pixels that have a say of √(tr W/(J − 1)).
  private double typical() {
    float[] all = new float[thickness.length];
    int count = 0;
    for (int i = 0; i < all.length; i++) {
      double trace = trace(i);
      if (trace > 0) {
        all[count++] = (float) Math.sqrt(trace / free);
      }
    }
    if (count == 0) {
      return 1;
    }
    Arrays.sort(all, 0, count);
    return all[count / 2];
  }

  private double trace(int i) {
    double trace = 0;
    for (int m = 0; m < free; m++) {
      trace += weights[m * (m + 1) / 2 + m][i];
    }
    return trace;
  }

  /// The w that minimises line 5, on the part of the image that knows most.
  private double best(Workers workers) {
    var part = new SureWindow(weights, pulls, g, rows, columns);
    double unit = typical();
    return part.best(w -> w * unit, order, iterations, SCALE, workers);
  }

  /// What share of its own noise each pixel keeps, averaged over its surroundings.
  private float[] share(double weight, Workers workers) {
    double lambda = weight * typical();
    var probe = new SureWindow.Probe(weights, new SplittableRandom(SEED));
    float[][] plain = run(pulls, lambda, workers);
    float[][] moved = run(probe.moved(pulls, PROBE), lambda, workers);
    float[] own = new float[thickness.length];
    for (int i = 0; i < own.length; i++) {
      own[i] = (float) (probe.along(i, plain, moved) / (PROBE * free));
    }
    return SureWindow.localMean(own, weights[0], rows, columns);
  }

  private float[][] run(float[][] pulled, double lambda, Workers workers) {
    var field = new GeneralizedVariation(rows, columns, free, order);
    field.setStart(g);
    field.solve(weights, pulled, lambda, SCALE, iterations, 0, workers);
    return field.field();
  }

  private float[][] fractions() {
    float[][] u = new float[n][thickness.length];
    for (int k = 0; k < n; k++) {
      for (int i = 0; i < thickness.length; i++) {
        double value = 1.0 / n;
        for (int m = 0; m < free; m++) {
          value += d[k][m] * g[m][i];
        }
        u[k][i] = (float) value;
      }
    }
    return u;
  }
}

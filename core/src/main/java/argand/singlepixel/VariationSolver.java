package argand.singlepixel;

import argand.Paper;
import argand.array.Workers;
import argand.inverse.DirectedVariation;
import java.util.Arrays;

/// Images of several signals at once, each as a given image h times an unknown one:
///
///     min_u ½ Σ w_i ((a_i − ā_w)·(h u) − (y_i − ȳ_w))² + ½ κ (ā_w·(h u) − ȳ_w)² + λ g(u),  u ≥ 0
///
/// g a total variation ({@link DirectedVariation}). With h = 1 that is the usual penalty; with h an
/// image of thickness u is a composition, which has no reason to change where the thickness does.
///
/// 1. u⁺ = prox_{λg/L}(v − ∇f(v)/L)
/// 2. t⁺ = (1 + √(1 + 4t²))/2, v = u⁺ + ((t − 1)/t⁺)(u⁺ − u); t ← 1 where the step turns back
///
/// All signals share one pass over the patterns in an iteration. κ is less than the weight of the
/// sum, so that the sum does not stiffen the problem: its singular value is that of the other rows.
@Paper(
    value =
        "Beck & Teboulle, A fast iterative shrinkage-thresholding algorithm for linear inverse"
            + " problems, SIAM J. Imaging Sci. 2, 183 (2009)",
    doi = "10.1137/080716542")
final class VariationSolver {
  /// Steps of the dual in one proximal step: they cost little beside a pass over the patterns.
  private static final int INNER = 12;

  private VariationSolver() {}

  /// One signal and what is known of it.
  static final class Channel {
    final SensingOperator.Centered data;
    final float[] h;
    final DirectedVariation penalty;
    final double lipschitz;
    final double kappa;
    final float[] u;
    final float[] v;
    private final float[] x;
    private double t = 1;

    /// @param largest of the eigenvalues of the centred part with this h
    Channel(SensingOperator.Centered data, float[] h, DirectedVariation penalty, double largest) {
      this.data = data;
      this.h = h;
      this.penalty = penalty;
      double square = 0;
      double mean = 0;
      for (int k = 0; k < h.length; k++) {
        double a = (double) data.meanPattern()[k] * h[k];
        square += a * a;
        mean += a;
      }
      kappa = Math.min(data.total(), largest / square);
      lipschitz = largest + kappa * square;
      u = new float[h.length];
      v = new float[h.length];
      x = new float[h.length];
      double level = Math.max(0, data.meanSignal() / mean);
      Arrays.fill(u, (float) level);
      begin();
    }

    /// Starts from what u holds.
    void begin() {
      System.arraycopy(u, 0, v, 0, u.length);
      t = 1;
    }

    /// h u
    float[] image() {
      float[] image = new float[u.length];
      for (int k = 0; k < u.length; k++) {
        image[k] = h[k] * u[k];
      }
      return image;
    }
  }

  /// λ above which a signal's image is even, about: the largest component of the gradient there.
  static double[] greatest(SensingOperator a, Channel[] channels, Workers workers) {
    float[][] x = new float[channels.length][];
    float[][] g = new float[channels.length][a.grid().size()];
    var data = new SensingOperator.Centered[channels.length];
    for (int e = 0; e < channels.length; e++) {
      x[e] = channels[e].image();
      data[e] = channels[e].data;
    }
    a.gradients(data, x, g, workers);
    double[] most = new double[channels.length];
    for (int e = 0; e < most.length; e++) {
      for (int k = 0; k < g[e].length; k++) {
        most[e] = Math.max(most[e], Math.abs(g[e][k] * channels[e].h[k]));
      }
    }
    return most;
  }

  /// @param tolerance ‖u⁺ − u‖ ≤ tolerance ‖u⁺‖ of all signals ends it
  /// @return iterations done
  static int solve(
      SensingOperator a,
      Channel[] channels,
      double[] lambda,
      int iterations,
      double tolerance,
      Workers workers) {
    int n = a.grid().size();
    float[][] g = new float[channels.length][n];
    float[][] x = new float[channels.length][];
    var data = new SensingOperator.Centered[channels.length];
    for (int e = 0; e < channels.length; e++) {
      x[e] = channels[e].x;
      data[e] = channels[e].data;
    }
    boolean[] still = new boolean[channels.length];
    for (int iteration = 1; iteration <= iterations; iteration++) {
      for (var c : channels) {
        for (int k = 0; k < n; k++) {
          c.x[k] = c.h[k] * c.v[k];
        }
      }
      a.gradients(data, x, g, workers);
      workers.forEach(
          channels.length, (e, worker) -> still[e] = step(channels[e], g[e], lambda[e], tolerance));
      boolean done = true;
      for (boolean s : still) {
        done &= s;
      }
      if (done) {
        return iteration;
      }
    }
    return iterations;
  }

  /// Lines 1 and 2; whether it hardly moved.
  private static boolean step(Channel c, float[] g, double lambda, double tolerance) {
    int n = g.length;
    double off = c.kappa * (c.data.meanOf(c.x) - c.data.meanSignal());
    float[] mean = c.data.meanPattern();
    double inverse = 1 / c.lipschitz;
    for (int k = 0; k < n; k++) {
      g[k] = (float) (c.v[k] - c.h[k] * (g[k] + off * mean[k]) * inverse);
    }
    c.penalty.apply(g, lambda * inverse, INNER);
    double turned = 0;
    double moved = 0;
    double norm = 0;
    for (int k = 0; k < n; k++) {
      double by = (double) g[k] - c.u[k];
      turned += ((double) c.v[k] - g[k]) * by;
      moved += by * by;
      norm += (double) g[k] * g[k];
    }
    if (turned > 0) {
      c.t = 1;
    }
    double next = (1 + Math.sqrt(1 + 4 * c.t * c.t)) / 2;
    float ahead = turned > 0 ? 0 : (float) ((c.t - 1) / next);
    c.t = next;
    for (int k = 0; k < n; k++) {
      c.v[k] = g[k] + ahead * (g[k] - c.u[k]);
      c.u[k] = g[k];
    }
    return moved <= tolerance * tolerance * norm;
  }
}

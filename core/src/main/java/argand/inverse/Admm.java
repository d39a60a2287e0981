package argand.inverse;

import argand.Paper;
import argand.array.Check;
import argand.array.Workers;

/// Least squares of every pixel with a penalty that joins pixels, by alternating directions:
///
///     min Σ_p ½ (x_p − a_p)ᵀ H_p (x_p − a_p) + g(z)   subject to   x = z
///
/// 1. x_p = (H_p + ρ)⁻¹ (H_p a_p + ρ (z_p − u_p))
/// 2. z = prox_{g/ρ}(x + u)
/// 3. u ← u + x − z
///
/// It ends when both residuals are small, r = ‖x − z‖ ≤ √n ε + ε_r max(‖x‖, ‖z‖) and
/// s = ρ‖z − z_before‖ ≤ √n ε + ε_r ρ‖u‖. ρ is doubled or halved (and u with it) while one residual
/// is ten times the other, during the first half of the iterations only, so that it converges.
@Paper(
    value =
        "Boyd, Parikh, Chu, Peleato & Eckstein, Distributed optimization and statistical learning"
            + " via the alternating direction method of multipliers, Found. Trends Mach. Learn. 3,"
            + " 1 (2011), sections 3.1, 3.3 and 3.4",
    doi = "10.1561/2200000016")
public final class Admm {
  private static final int BLOCK = 16384;
  private static final double IMBALANCE = 10;

  private final double rho;
  private final int iterations;
  private final double absolute;
  private final double relative;

  /// @param rho ρ to begin with, in the unit of H
  /// @param absolute ε, in the unit of x; of the dual residual in that of H x
  /// @param relative ε_r
  public Admm(double rho, int iterations, double absolute, double relative) {
    Check.within("the penalty rho", rho, 1e-30, 1e30, "");
    Check.atLeast("iterations", iterations, 1);
    Check.within("the absolute tolerance", absolute, 0, 1e30, "");
    Check.within("the relative tolerance", relative, 0, 1, "");
    this.rho = rho;
    this.iterations = iterations;
    this.absolute = absolute;
    this.relative = relative;
  }

  /// @param iterations done
  /// @param primal r of the last
  /// @param dual s of the last
  /// @param converged whether both were small enough
  public record Outcome(int iterations, double primal, double dual, boolean converged) {}

  /// @param h H, for channels k ≥ l the plane k (k + 1)/2 + l
  /// @param a minimum of each pixel's own term; where its H is zero anything finite
  /// @param z where to begin, and the result: what satisfies the penalty
  public Outcome solve(float[][] h, float[][] a, Proximal penalty, float[][] z, Workers workers) {
    int channels = a.length;
    Check.same("planes of H", h.length, channels * (channels + 1) / 2);
    int pixels = a[0].length;
    int blocks = (pixels + BLOCK - 1) / BLOCK;
    float[][] u = new float[channels][pixels];
    float[][] x = new float[channels][pixels];
    float[][] before = new float[channels][pixels];
    double[][] sums = new double[blocks][];
    double step = rho;
    double scale = Math.sqrt((double) channels * pixels) * absolute;
    var outcome = new Outcome(0, 0, 0, false);
    for (int iteration = 1; iteration <= iterations; iteration++) {
      double now = step;
      workers.forEach(
          blocks, (block, worker) -> fit(h, a, z, u, x, before, now, block * BLOCK, pixels));
      penalty.apply(z, 1 / step, workers);
      workers.forEach(
          blocks, (block, worker) -> sums[block] = settle(x, z, u, before, block * BLOCK, pixels));
      double[] sum = new double[5];
      for (double[] part : sums) {
        for (int i = 0; i < sum.length; i++) {
          sum[i] += part[i];
        }
      }
      double primal = Math.sqrt(sum[0]);
      double dual = step * Math.sqrt(sum[1]);
      double mostPrimal = scale + relative * Math.sqrt(Math.max(sum[2], sum[3]));
      double mostDual = scale + relative * step * Math.sqrt(sum[4]);
      boolean done = primal <= mostPrimal && dual <= mostDual;
      outcome = new Outcome(iteration, primal, dual, done);
      if (done) {
        break;
      }
      if (2 * iteration <= iterations) {
        double factor = primal > IMBALANCE * dual ? 2 : dual > IMBALANCE * primal ? 0.5 : 1;
        if (factor != 1) {
          step *= factor;
          float shrink = (float) (1 / factor);
          for (float[] plane : u) {
            for (int i = 0; i < pixels; i++) {
              plane[i] *= shrink;
            }
          }
        }
      }
    }
    return outcome;
  }

  /// Line 1 for a block, and before ← z, z ← x + u.
  private static void fit(
      float[][] h,
      float[][] a,
      float[][] z,
      float[][] u,
      float[][] x,
      float[][] before,
      double rho,
      int first,
      int pixels) {
    int n = a.length;
    if (n == 2) {
      fitTwo(h, a, z, u, x, before, rho, first, pixels);
      return;
    }
    double[] g = new double[n * n];
    double[] c = new double[n];
    double[] solution = new double[n];
    var system = BoundedQuadratic.unconstrained(n);
    int last = Math.min(pixels, first + BLOCK);
    for (int i = first; i < last; i++) {
      for (int k = 0; k < n; k++) {
        for (int l = 0; l <= k; l++) {
          double value = h[k * (k + 1) / 2 + l][i];
          g[k * n + l] = value;
          g[l * n + k] = value;
        }
      }
      for (int k = 0; k < n; k++) {
        double right = rho * (z[k][i] - u[k][i]);
        for (int l = 0; l < n; l++) {
          right += g[k * n + l] * a[l][i];
        }
        c[k] = right;
      }
      for (int k = 0; k < n; k++) {
        g[k * n + k] += rho;
      }
      if (n == 1) {
        solution[0] = c[0] / g[0];
      } else {
        system.solve(g, c, solution);
      }
      for (int k = 0; k < n; k++) {
        x[k][i] = (float) solution[k];
        before[k][i] = z[k][i];
        z[k][i] = x[k][i] + u[k][i];
      }
    }
  }

  /// The same for two channels, in one loop over planes of one index, which is vectorised.
  private static void fitTwo(
      float[][] h,
      float[][] a,
      float[][] z,
      float[][] u,
      float[][] x,
      float[][] before,
      double rho,
      int first,
      int pixels) {
    float[] h00 = h[0];
    float[] h10 = h[1];
    float[] h11 = h[2];
    float[] a0 = a[0];
    float[] a1 = a[1];
    float[] z0 = z[0];
    float[] z1 = z[1];
    float[] u0 = u[0];
    float[] u1 = u[1];
    float[] x0 = x[0];
    float[] x1 = x[1];
    int last = Math.min(pixels, first + BLOCK);
    System.arraycopy(z0, first, before[0], first, last - first);
    System.arraycopy(z1, first, before[1], first, last - first);
    for (int i = first; i < last; i++) {
      double off = h10[i];
      double c0 = rho * (z0[i] - u0[i]) + h00[i] * (double) a0[i] + off * a1[i];
      double c1 = rho * (z1[i] - u1[i]) + off * a0[i] + h11[i] * (double) a1[i];
      double g0 = h00[i] + rho;
      double g1 = h11[i] + rho;
      double det = g0 * g1 - off * off;
      x0[i] = (float) ((g1 * c0 - off * c1) / det);
      x1[i] = (float) ((g0 * c1 - off * c0) / det);
      z0[i] = x0[i] + u0[i];
      z1[i] = x1[i] + u1[i];
    }
  }

  /// Line 3 for a block; ‖x − z‖², ‖z − before‖², ‖x‖², ‖z‖², ‖u‖².
  private static double[] settle(
      float[][] x, float[][] z, float[][] u, float[][] before, int first, int pixels) {
    double[] sum = new double[5];
    int last = Math.min(pixels, first + BLOCK);
    for (int k = 0; k < x.length; k++) {
      double primal = 0;
      double dual = 0;
      double ofX = 0;
      double ofZ = 0;
      double ofU = 0;
      float[] xk = x[k];
      float[] zk = z[k];
      float[] uk = u[k];
      float[] was = before[k];
      for (int i = first; i < last; i++) {
        float apart = xk[i] - zk[i];
        float moved = zk[i] - was[i];
        uk[i] += apart;
        primal += (double) apart * apart;
        dual += (double) moved * moved;
        ofX += (double) xk[i] * xk[i];
        ofZ += (double) zk[i] * zk[i];
        ofU += (double) uk[i] * uk[i];
      }
      sum[0] += primal;
      sum[1] += dual;
      sum[2] += ofX;
      sum[3] += ofZ;
      sum[4] += ofU;
    }
    return sum;
  }
}

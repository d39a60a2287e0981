package argand.inverse;

import argand.Paper;
import argand.array.kernel.Dot;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/// Makes a slowly converging iteration x ← g(x) fast, by combining its last few rounds.
///
/// With r = g(x) − x, (1) find γ that minimises |r − Σ γ_j Δr_j| over the differences of the last
/// rounds; (2) x ← x + r − Σ γ_j (Δx_j + Δr_j). Near a linear iteration's fixed point this is GMRES
/// without a matrix. When |r| has grown by more than twice, it begins anew from g(x).
///
/// The norm is that of the vectors as they are given: scale unlike parts alike.
@Paper(
    value =
        "D. G. Anderson, J. ACM 12, 547–560 (1965): Iterative procedures for nonlinear integral"
            + " equations",
    doi = "10.1145/321296.321305")
public final class AndersonMixing {
  private static final int BLOCK = 4096;
  private static final double RIDGE = 1e-10;

  private final int memory;
  private final Deque<float[]> residualSteps = new ArrayDeque<>();
  private final Deque<float[]> steps = new ArrayDeque<>();
  private float[] lastX = {};
  private float[] lastR = {};
  private double lastNorm = Double.POSITIVE_INFINITY;

  /// @param memory rounds that are remembered; each costs two vectors
  public AndersonMixing(int memory) {
    this.memory = memory;
  }

  /// Where to go on after a round that led from `x` to `g`.
  public float[] next(float[] x, float[] g) {
    float[] r = new float[x.length];
    for (int i = 0; i < r.length; i++) {
      r[i] = g[i] - x[i];
    }
    double norm = Math.sqrt(dot(r, r));
    if (norm > 2 * lastNorm) {
      steps.clear();
      residualSteps.clear();
    } else if (lastX.length == x.length) {
      remember(steps, difference(x, lastX));
      remember(residualSteps, difference(r, lastR));
    }
    lastX = x.clone();
    lastR = r;
    lastNorm = norm;
    float[] next = g.clone();
    double[] gamma = gamma(r);
    int j = 0;
    var step = steps.iterator();
    for (float[] residualStep : residualSteps) {
      float[] dx = step.next();
      float share = (float) gamma[j++];
      for (int i = 0; i < next.length; i++) {
        next[i] -= share * (dx[i] + residualStep[i]);
      }
    }
    return next;
  }

  private void remember(Deque<float[]> list, float[] step) {
    list.addLast(step);
    if (list.size() > memory) {
      list.removeFirst();
    }
  }

  private static float[] difference(float[] a, float[] b) {
    float[] d = new float[a.length];
    for (int i = 0; i < d.length; i++) {
      d[i] = a[i] - b[i];
    }
    return d;
  }

  /// (1), by Gram–Schmidt on the differences; those that say nothing new are left out.
  private double[] gamma(float[] r) {
    float[][] d = residualSteps.toArray(float[][]::new);
    int n = d.length;
    double[][] a = new double[n][n + 1];
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < n; k++) {
        a[i][k] = k < i ? a[k][i] : dot(d[i], d[k]);
      }
      a[i][n] = dot(d[i], r);
    }
    double[] gamma = new double[n];
    boolean[] used = new boolean[n];
    for (int k = n - 1; k >= 0; k--) {
      double whole = dot(d[k], d[k]);
      used[k] = a[k][k] > RIDGE * whole && a[k][k] > 0;
      if (!used[k]) {
        continue;
      }
      for (int i = 0; i < n; i++) {
        if (i != k) {
          double share = a[i][k] / a[k][k];
          for (int l = 0; l <= n; l++) {
            a[i][l] -= share * a[k][l];
          }
        }
      }
    }
    Arrays.setAll(gamma, k -> used[k] ? a[k][n] / a[k][k] : 0);
    return gamma;
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i += BLOCK) {
      sum += Dot.of(a, i, b, i, Math.min(BLOCK, a.length - i));
    }
    return sum;
  }
}

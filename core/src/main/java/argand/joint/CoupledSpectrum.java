package argand.joint;

import argand.array.Check;
import argand.inverse.Cholesky;
import argand.physics.KramersKronigMatrix;
import java.util.Arrays;

/// The absorption and the phase spectrum of one pixel, fitted together: the most likely optical
/// density x for normal errors of both, given that phase follows from it by Kramers and Kronig,
///
///     d = x + e_d,   p = A x + B c + s + e_p                                      (1)
///     (W_d + Aᵀ Q A) x = W_d d + Aᵀ Q p                                           (2)
///     Q = W − W B (Bᵀ W B)⁻¹ Bᵀ W,   W = (V_p + S)⁻¹                              (3)
///     phase: p − V_p Q (p − A x)                                                  (4)
///     cov x = (W_d + Aᵀ Q A)⁻¹,   var phase = v_i − v_i² (Q − Q A cov x Aᵀ Q)_ii   (5)
///
/// A the Kramers–Kronig matrix, d and p what was measured, W_d = V_d⁻¹ and V_p from their
/// variances, B
/// a constant and λ/λ̄ − 1: the phase of all other electrons, of the thickness and the zero of the
/// phase, which are free in each pixel. S is the covariance of what both disagree by, not by noise:
/// (4) keeps it in the phase. No smoothness is asked for, neither over pixels nor over energies. An
/// energy at which d or p is not known (NaN, or without a finite variance above zero) takes no
/// part.
///
/// Holds buffers: one for each thread.
final class CoupledSpectrum {
  /// Variance of an unknown phase over the largest known.
  private static final double UNKNOWN = 1e6;

  /// Phases without which there is nothing to couple.
  private static final int LEAST = 4;

  private final int n;
  private final double[][] a;
  private final double[][] b;
  private final double[][] systematic;
  private final double[][] normal;
  private final double[][] q;
  private final double[][] qa;
  private final double[] right;
  private final double[] density;
  private final double[] densityVariance;
  private final double[] phase;
  private final double[] phaseVariance;
  private final double[] p;
  private final double[] v;

  /// Where both agree but for noise.
  CoupledSpectrum(KramersKronigMatrix matrix) {
    this(matrix, new double[matrix.energiesEv().length][matrix.energiesEv().length]);
  }

  /// @param systematic S [rad²]
  CoupledSpectrum(KramersKronigMatrix matrix, double[][] systematic) {
    a = matrix.rows();
    n = a.length;
    Check.same("rows of the covariance", systematic.length, n);
    this.systematic = systematic;
    b = new double[2][n];
    double[] electron = matrix.electron();
    double mean = Arrays.stream(electron).average().orElseThrow();
    for (int i = 0; i < n; i++) {
      b[0][i] = 1;
      b[1][i] = electron[i] / mean - 1;
    }
    normal = new double[n][n];
    q = new double[n][n];
    qa = new double[n][n];
    right = new double[n];
    density = new double[n];
    densityVariance = new double[n];
    phase = new double[n];
    phaseVariance = new double[n];
    p = new double[n];
    v = new double[n];
  }

  /// x after `fit`.
  double[] density() {
    return density;
  }

  /// Its variances after `fit`.
  double[] densityVariance() {
    return densityVariance;
  }

  /// (4) after `fit` [rad].
  double[] phase() {
    return phase;
  }

  /// Its variances after `fit` [rad²].
  double[] phaseVariance() {
    return phaseVariance;
  }

  /// Solves (2).
  ///
  /// @param d optical densities; vd their variances
  /// @param measured phases; vp their variances
  /// @return whether there was enough to fit; else the results mean nothing
  boolean fit(double[] d, double[] vd, double[] measured, double[] vp) {
    boolean coupled = known(measured, vp) >= LEAST && weigh();
    for (int j = 0; j < n; j++) {
      Arrays.fill(normal[j], 0);
      boolean has = known(d[j], vd[j]);
      normal[j][j] = has ? 1 / vd[j] : 0;
      right[j] = has ? d[j] / vd[j] : 0;
    }
    if (coupled) {
      couple();
    }
    var cholesky = new Cholesky(normal, 1e-12);
    if (cholesky.dependent() >= 0) {
      return false;
    }
    System.arraycopy(cholesky.solve(right), 0, density, 0, n);
    double[][] covariance = cholesky.inverse();
    for (int j = 0; j < n; j++) {
      densityVariance[j] = covariance[j][j];
    }
    if (coupled) {
      phases(covariance);
    } else {
      System.arraycopy(measured, 0, phase, 0, n);
      System.arraycopy(vp, 0, phaseVariance, 0, n);
    }
    return true;
  }

  private static boolean known(double value, double variance) {
    return Double.isFinite(value) && variance > 0 && variance < Double.POSITIVE_INFINITY;
  }

  /// Phases and their variances into p and v; gives how many are known.
  private int known(double[] measured, double[] vp) {
    int count = 0;
    double largest = 0;
    double sum = 0;
    for (int i = 0; i < n; i++) {
      if (known(measured[i], vp[i])) {
        count++;
        sum += measured[i];
        largest = Math.max(largest, vp[i] + systematic[i][i]);
      }
    }
    for (int i = 0; i < n; i++) {
      boolean has = known(measured[i], vp[i]);
      p[i] = has ? measured[i] : sum / Math.max(1, count);
      v[i] = has ? vp[i] : UNKNOWN * largest;
    }
    return count;
  }

  /// (3) into q; false where it cannot be.
  private boolean weigh() {
    double[][] c = new double[n][];
    for (int i = 0; i < n; i++) {
      c[i] = systematic[i].clone();
      c[i][i] += v[i];
    }
    var cholesky = new Cholesky(c, 1e-14);
    if (cholesky.dependent() >= 0) {
      return false;
    }
    double[][] w = cholesky.inverse();
    double[] one = cholesky.solve(b[0]);
    double[] two = cholesky.solve(b[1]);
    double s00 = dot(b[0], one);
    double s01 = dot(b[0], two);
    double s11 = dot(b[1], two);
    double determinant = s00 * s11 - s01 * s01;
    if (!(determinant > 1e-12 * s00 * s11)) {
      return false;
    }
    for (int i = 0; i < n; i++) {
      double first = (s11 * one[i] - s01 * two[i]) / determinant;
      double second = (s00 * two[i] - s01 * one[i]) / determinant;
      for (int j = 0; j < n; j++) {
        q[i][j] = w[i][j] - first * one[j] - second * two[j];
      }
    }
    return true;
  }

  private static double dot(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * y[i];
    }
    return sum;
  }

  /// Q A, and adds Aᵀ Q A and Aᵀ Q p.
  private void couple() {
    for (int i = 0; i < n; i++) {
      Arrays.fill(qa[i], 0);
      for (int k = 0; k < n; k++) {
        double weight = q[i][k];
        for (int j = 0; j < n; j++) {
          qa[i][j] += weight * a[k][j];
        }
      }
    }
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double aij = a[i][j];
        for (int k = 0; k <= j; k++) {
          normal[j][k] += aij * qa[i][k];
        }
        // Q is symmetric: Aᵀ Q p = (Q A)ᵀ p
        right[j] += qa[i][j] * p[i];
      }
    }
  }

  /// (4) and (5).
  private void phases(double[][] covariance) {
    double[] rest = new double[n];
    for (int i = 0; i < n; i++) {
      rest[i] = p[i] - dot(a[i], density);
    }
    for (int i = 0; i < n; i++) {
      phase[i] = p[i] - v[i] * dot(q[i], rest);
      double explained = q[i][i];
      for (int j = 0; j < n; j++) {
        explained -= qa[i][j] * dot(covariance[j], qa[i]);
      }
      phaseVariance[i] = Math.max(0, v[i] - v[i] * v[i] * explained);
    }
  }
}

package argand.joint;

import argand.inverse.Cholesky;
import argand.physics.Constants;
import argand.physics.KramersKronigMatrix;
import java.util.Arrays;

/// The absorption and the phase spectrum of one pixel, fitted together: the most likely optical
/// density x for normal errors of both, given that phase follows from it by Kramers and Kronig,
///
///     minimise Σ (x − d)²/σ_d² + Σ (A x + B c − p)²/σ_p²  over x and c            (1)
///     (W_d + Aᵀ Q A) x = W_d d + Aᵀ Q p,   Q = W_p − W_p B (Bᵀ W_p B)⁻¹ Bᵀ W_p     (2)
///     cov x = (W_d + Aᵀ Q A)⁻¹,   cov (A x + B c): from (2) and its remainder
///
/// A the Kramers–Kronig matrix, d and p what was measured, W their inverse variances, B a constant
/// and
/// λ/λ̄ − 1: the phase of all other electrons, of the thickness and the zero of the phase, which
/// are
/// free in each pixel. No smoothness is asked for, neither over pixels nor over energies. An energy
/// at which d or p is not known (NaN, or without a finite variance above zero) takes no part in it.
///
/// Holds buffers: one for each thread.
public final class CoupledSpectrum {
  private final int n;
  private final double[][] a;
  private final double[][] b;
  private final double[][] normal;
  private final double[][] weighted;
  private final double[] right;
  private final double[] density;
  private final double[] densityVariance;
  private final double[] phase;
  private final double[] phaseVariance;
  private final double[] weight;
  private final double[] rest;

  public CoupledSpectrum(KramersKronigMatrix matrix) {
    a = matrix.rows();
    n = a.length;
    double[] ev = matrix.energiesEv();
    b = new double[2][n];
    double mean = Arrays.stream(ev).map(e -> Constants.HC_EV_M / e).average().orElseThrow();
    for (int i = 0; i < n; i++) {
      b[0][i] = 1;
      b[1][i] = Constants.HC_EV_M / ev[i] / mean - 1;
    }
    normal = new double[n][n];
    weighted = new double[n][n];
    right = new double[n];
    density = new double[n];
    densityVariance = new double[n];
    phase = new double[n];
    phaseVariance = new double[n];
    weight = new double[n];
    rest = new double[n];
  }

  /// x after `fit`.
  public double[] density() {
    return density;
  }

  /// Its variances after `fit`.
  public double[] densityVariance() {
    return densityVariance;
  }

  /// A x + B c after `fit` [rad].
  public double[] phase() {
    return phase;
  }

  /// Its variances after `fit` [rad²].
  public double[] phaseVariance() {
    return phaseVariance;
  }

  /// Solves (2).
  ///
  /// @param d optical densities; vd their variances
  /// @param p phases; vp their variances
  /// @return whether there was enough to fit; else the results mean nothing
  public boolean fit(double[] d, double[] vd, double[] p, double[] vp) {
    int phases = 0;
    for (int i = 0; i < n; i++) {
      weight[i] = known(p[i], vp[i]) ? 1 / vp[i] : 0;
      phases += weight[i] > 0 ? 1 : 0;
    }
    double[][] inverse = new double[2][2];
    boolean coupled = phases >= 4 && smooth(inverse);
    for (int j = 0; j < n; j++) {
      Arrays.fill(normal[j], 0);
      boolean has = known(d[j], vd[j]);
      normal[j][j] = has ? 1 / vd[j] : 0;
      right[j] = has ? d[j] / vd[j] : 0;
    }
    if (coupled) {
      project(inverse);
      couple(p);
    }
    var cholesky = new Cholesky(normal, 1e-12);
    if (cholesky.dependent() >= 0) {
      return false;
    }
    double[] x = cholesky.solve(right);
    System.arraycopy(x, 0, density, 0, n);
    double[][] covariance = new double[n][];
    double[] unit = new double[n];
    for (int j = 0; j < n; j++) {
      unit[j] = 1;
      covariance[j] = cholesky.solve(unit);
      unit[j] = 0;
      densityVariance[j] = covariance[j][j];
    }
    if (!coupled) {
      System.arraycopy(p, 0, phase, 0, n);
      System.arraycopy(vp, 0, phaseVariance, 0, n);
      return true;
    }
    phases(p, inverse, covariance);
    return true;
  }

  private static boolean known(double value, double variance) {
    return Double.isFinite(value) && variance > 0 && variance < Double.POSITIVE_INFINITY;
  }

  /// (Bᵀ W_p B)⁻¹; false where it has none.
  private boolean smooth(double[][] inverse) {
    double s00 = 0;
    double s01 = 0;
    double s11 = 0;
    for (int i = 0; i < n; i++) {
      s00 += weight[i];
      s01 += weight[i] * b[1][i];
      s11 += weight[i] * b[1][i] * b[1][i];
    }
    double determinant = s00 * s11 - s01 * s01;
    if (!(determinant > 1e-12 * s00 * s11)) {
      return false;
    }
    inverse[0][0] = s11 / determinant;
    inverse[1][1] = s00 / determinant;
    inverse[0][1] = -s01 / determinant;
    inverse[1][0] = inverse[0][1];
    return true;
  }

  /// Q A into `weighted`, row by row of the phase.
  private void project(double[][] inverse) {
    double[][] sums = new double[2][n];
    for (int i = 0; i < n; i++) {
      if (weight[i] > 0) {
        for (int j = 0; j < n; j++) {
          double w = weight[i] * a[i][j];
          sums[0][j] += w;
          sums[1][j] += w * b[1][i];
        }
      }
    }
    for (int i = 0; i < n; i++) {
      double one = inverse[0][0] + inverse[0][1] * b[1][i];
      double two = inverse[1][0] + inverse[1][1] * b[1][i];
      for (int j = 0; j < n; j++) {
        weighted[i][j] = weight[i] * (a[i][j] - one * sums[0][j] - two * sums[1][j]);
      }
    }
  }

  /// Adds Aᵀ Q A and Aᵀ Q p.
  private void couple(double[] p) {
    for (int i = 0; i < n; i++) {
      if (weight[i] == 0) {
        continue;
      }
      for (int j = 0; j < n; j++) {
        double aij = a[i][j];
        double[] row = normal[j];
        for (int k = 0; k <= j; k++) {
          row[k] += aij * weighted[i][k];
        }
        // Q is symmetric: Aᵀ Q p = (Q A)ᵀ p
        right[j] += weighted[i][j] * p[i];
      }
    }
  }

  /// c for this x, A x + B c, and its variance: with M = (1 − B G Bᵀ W_p) A for x, and B G Bᵀ for
  /// the noise of c that x does not carry, G = (Bᵀ W_p B)⁻¹.
  private void phases(double[] p, double[][] inverse, double[][] covariance) {
    double s0 = 0;
    double s1 = 0;
    for (int i = 0; i < n; i++) {
      rest[i] = 0;
      for (int j = 0; j < n; j++) {
        rest[i] += a[i][j] * density[j];
      }
      if (weight[i] > 0) {
        s0 += weight[i] * (p[i] - rest[i]);
        s1 += weight[i] * (p[i] - rest[i]) * b[1][i];
      }
    }
    double c0 = inverse[0][0] * s0 + inverse[0][1] * s1;
    double c1 = inverse[1][0] * s0 + inverse[1][1] * s1;
    double[][] sums = new double[2][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        sums[0][j] += weight[i] * a[i][j];
        sums[1][j] += weight[i] * a[i][j] * b[1][i];
      }
    }
    double[] row = new double[n];
    for (int i = 0; i < n; i++) {
      phase[i] = rest[i] + c0 + c1 * b[1][i];
      double one = inverse[0][0] + inverse[0][1] * b[1][i];
      double two = inverse[1][0] + inverse[1][1] * b[1][i];
      for (int j = 0; j < n; j++) {
        row[j] = a[i][j] - one * sums[0][j] - two * sums[1][j];
      }
      double variance = one + two * b[1][i];
      for (int j = 0; j < n; j++) {
        double sum = 0;
        for (int k = 0; k < n; k++) {
          sum += covariance[j][k] * row[k];
        }
        variance += row[j] * sum;
      }
      phaseVariance[i] = variance;
    }
  }
}

package argand.inverse;

import java.util.Arrays;

/// The linear system of a quadratic on one of its faces: some unknowns fixed, and the sum of some
/// fixed where any of them is free. Serves one {@link BoundedQuadratic} and reads its state.
final class FaceSystem {
  private final int n;

  /// 0 for a free unknown; the owner's.
  private final byte[] state;

  private final boolean[] summed;
  private final int[] free;
  private int freeCount;
  private final double[] factor;
  private final double[] towardsSum;
  private final double[] right;
  private boolean sumFixed;
  private double multiplier;

  FaceSystem(byte[] state, boolean[] summed) {
    n = state.length;
    this.state = state;
    this.summed = summed;
    free = new int[n];
    factor = new double[n * n];
    towardsSum = new double[n];
    right = new double[n];
  }

  /// The free unknowns of x ← the minimum of ½ xᵀG x − cᵀx, the others being as they are.
  ///
  /// @param missing what the free ones of the sum are to add up to
  /// @return false where G is not positive definite on the face
  boolean solve(double[] g, double[] c, double[] x, double missing) {
    if (!factorise(g)) {
      return false;
    }
    for (int i = 0; i < freeCount; i++) {
      double value = c[free[i]];
      for (int l = 0; l < n; l++) {
        value -= state[l] == 0 ? 0 : g[free[i] * n + l] * x[l];
      }
      right[i] = value;
    }
    substitute(right);
    multiplier = 0;
    if (sumFixed) {
      double sum = 0;
      for (int i = 0; i < freeCount; i++) {
        sum += summed[free[i]] ? right[i] : 0;
      }
      multiplier = (sum - missing) / sumOfDirection();
    }
    for (int i = 0; i < freeCount; i++) {
      x[free[i]] = right[i] - (sumFixed ? multiplier * towardsSum[i] : 0);
    }
    return true;
  }

  /// Of the fixed sum, in the last solution; 0 where there is none.
  double multiplier() {
    return multiplier;
  }

  /// into ← the inverse of G on the face, n × n, on the plane of the sum where that is fixed; zero
  /// for fixed unknowns, NaN where there is none.
  void inverse(double[] g, double[] into) {
    Arrays.fill(into, 0);
    if (!factorise(g)) {
      Arrays.fill(into, Double.NaN);
      return;
    }
    for (int j = 0; j < freeCount; j++) {
      Arrays.fill(right, 0);
      right[j] = 1;
      substitute(right);
      for (int i = 0; i < freeCount; i++) {
        into[free[i] * n + free[j]] = right[i];
      }
    }
    if (sumFixed) {
      double all = sumOfDirection();
      for (int i = 0; i < freeCount; i++) {
        for (int j = 0; j < freeCount; j++) {
          into[free[i] * n + free[j]] -= towardsSum[i] * towardsSum[j] / all;
        }
      }
    }
  }

  /// The Cholesky factor of G on the free unknowns, and where the sum is fixed the direction G⁻¹1.
  private boolean factorise(double[] g) {
    freeCount = 0;
    sumFixed = false;
    for (int k = 0; k < n; k++) {
      if (state[k] == 0) {
        free[freeCount++] = k;
        sumFixed |= summed[k];
      }
    }
    for (int i = 0; i < freeCount; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = g[free[i] * n + free[j]];
        for (int m = 0; m < j; m++) {
          sum -= factor[i * n + m] * factor[j * n + m];
        }
        if (i == j) {
          if (!(sum > 1e-14 * g[free[i] * n + free[i]])) {
            return false;
          }
          factor[i * n + i] = Math.sqrt(sum);
        } else {
          factor[i * n + j] = sum / factor[j * n + j];
        }
      }
    }
    if (sumFixed) {
      for (int i = 0; i < freeCount; i++) {
        towardsSum[i] = summed[free[i]] ? 1 : 0;
      }
      substitute(towardsSum);
    }
    return true;
  }

  private double sumOfDirection() {
    double sum = 0;
    for (int i = 0; i < freeCount; i++) {
      sum += summed[free[i]] ? towardsSum[i] : 0;
    }
    return sum;
  }

  /// values ← (L Lᵀ)⁻¹ values, its first `freeCount` values.
  private void substitute(double[] values) {
    for (int i = 0; i < freeCount; i++) {
      double sum = values[i];
      for (int j = 0; j < i; j++) {
        sum -= factor[i * n + j] * values[j];
      }
      values[i] = sum / factor[i * n + i];
    }
    for (int i = freeCount - 1; i >= 0; i--) {
      double sum = values[i];
      for (int j = i + 1; j < freeCount; j++) {
        sum -= factor[j * n + i] * values[j];
      }
      values[i] = sum / factor[i * n + i];
    }
  }
}

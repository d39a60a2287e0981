package argand.inverse;

import argand.Paper;
import argand.array.Check;
import java.util.Arrays;

/// The exact minimum of a small strictly convex quadratic under bounds and, where asked, a fixed
/// sum:
///
///     min ½ xᵀG x − cᵀx   subject to   l ≤ x ≤ u,   Σ_{k ∈ S} x_k = 1
///
/// With G = AᵀWA and c = AᵀWy this is weighted least squares: unconstrained (all bounds infinite),
/// non-negative, within bounds, or on the simplex. One object serves one thread and as many
/// problems
/// of the same kind as one likes; nothing is allocated by {@link #solve}.
///
/// A face says which unknowns are free and which stand at a bound. On a face the minimum is a
/// linear
/// system; the face is right when no free unknown is beyond a bound (1) and no multiplier of a
/// bound
/// pulls inwards (2). The minimum is unique, so a face with (1) and (2) is the answer, however it
/// was
/// found:
///
/// 1. All free; mostly that is it.
/// 2. Exchange every unknown that offends (block principal pivoting) while their number falls.
/// 3. Then only the last that offends (Murty), which cannot cycle under bounds alone.
/// 4. If that takes long, try all faces: at most 3ⁿ.
@Paper(
    value =
        "Portugal, Júdice & Vicente, A comparison of block pivoting and interior-point algorithms"
            + " for linear least squares problems with nonnegative variables, Math. Comp. 63, 625"
            + " (1994)",
    doi = "10.1090/S0025-5718-1994-1250776-4")
public final class BoundedQuadratic {
  /// Unknowns for which trying all faces is still no trouble.
  public static final int MOST = 12;

  private static final int PATIENCE = 3;
  private static final int EXCHANGES = 40;

  /// Rounding of a solved system, over the largest unknown or multiplier.
  private static final double ROUNDING = 1e-11;

  private final int n;
  private final double[] lower;
  private final double[] upper;
  private final boolean[] summed;
  private final boolean anySum;

  private final byte[] state;
  private final FaceSystem system;
  private final double[] trial;
  private final double[] gradient;
  private final int[] offending;

  /// @param lower least values, −∞ where there is none
  /// @param upper greatest values, +∞ where there is none
  /// @param summed whose sum is to be 1; none of them: no such condition
  public BoundedQuadratic(double[] lower, double[] upper, boolean[] summed) {
    n = lower.length;
    Check.within("the number of unknowns", n, 1, MOST, "");
    Check.same("the number of upper bounds", upper.length, n);
    Check.same("the number of marks for the sum", summed.length, n);
    double least = 0;
    double most = 0;
    boolean any = false;
    for (int k = 0; k < n; k++) {
      Check.within("the lower bound", lower[k], Double.NEGATIVE_INFINITY, upper[k], "");
      if (summed[k]) {
        any = true;
        least += lower[k];
        most += upper[k];
      }
    }
    if (any) {
      Check.within("1, the sum of the fractions,", 1, least, most, "(the sums of their bounds)");
    }
    this.lower = lower.clone();
    this.upper = upper.clone();
    this.summed = summed.clone();
    anySum = any;
    state = new byte[n];
    system = new FaceSystem(state, this.summed);
    trial = new double[n];
    gradient = new double[n];
    offending = new int[n];
  }

  /// No bounds: the linear system itself.
  public static BoundedQuadratic unconstrained(int n) {
    return new BoundedQuadratic(
        filled(n, Double.NEGATIVE_INFINITY), filled(n, Double.POSITIVE_INFINITY), new boolean[n]);
  }

  /// The first `nonNegative` of n unknowns are not below zero, the others are free.
  public static BoundedQuadratic nonNegative(int n, int nonNegative) {
    double[] lower = filled(n, Double.NEGATIVE_INFINITY);
    Arrays.fill(lower, 0, nonNegative, 0);
    return new BoundedQuadratic(lower, filled(n, Double.POSITIVE_INFINITY), new boolean[n]);
  }

  /// The first `fractions` of n unknowns are not below zero and add up to 1, the others are free.
  public static BoundedQuadratic simplex(int n, int fractions) {
    double[] lower = filled(n, Double.NEGATIVE_INFINITY);
    Arrays.fill(lower, 0, fractions, 0);
    boolean[] summed = new boolean[n];
    Arrays.fill(summed, 0, fractions, true);
    return new BoundedQuadratic(lower, filled(n, Double.POSITIVE_INFINITY), summed);
  }

  private static double[] filled(int n, double value) {
    double[] values = new double[n];
    Arrays.fill(values, value);
    return values;
  }

  public int size() {
    return n;
  }

  /// x ← the minimum.
  ///
  /// @param g n × n, symmetric, row by row
  /// @return false, and x is all NaN, where G is not positive definite: the data do not determine x
  public boolean solve(double[] g, double[] c, double[] x) {
    Arrays.fill(state, (byte) 0);
    boolean found = minimum(g, c) && (exchange(g, c) || tryAll(g, c));
    if (found) {
      for (int k = 0; k < n; k++) {
        x[k] = Math.max(lower[k], Math.min(upper[k], trial[k]));
      }
    } else {
      Arrays.fill(x, Double.NaN);
    }
    return found;
  }

  /// Whether x satisfies the constraints: an unconstrained minimum that does is the answer.
  public boolean keeps(double[] x) {
    double sum = 0;
    for (int k = 0; k < n; k++) {
      if (!(x[k] >= lower[k] && x[k] <= upper[k])) {
        return false;
      }
      sum += summed[k] ? x[k] : 0;
    }
    return !anySum || Math.abs(sum - 1) <= ROUNDING;
  }

  /// Whether some of the unknowns are to add up to 1.
  public boolean sumsToOne() {
    return anySum;
  }

  /// Whether one of the first `count` unknowns is beyond its bounds.
  ///
  /// @param x unknown k of many problems is `x[from + k]`
  /// @param i which of the problems
  public boolean misses(float[][] x, int from, int count, int i) {
    for (int k = 0; k < count; k++) {
      float value = x[from + k][i];
      if (!(value >= lower[k] && value <= upper[k])) {
        return true;
      }
    }
    return false;
  }

  /// Whether any unknown of a solution x stands at a bound.
  public boolean touches(double[] x) {
    for (int k = 0; k < n; k++) {
      if (x[k] == lower[k] || x[k] == upper[k]) {
        return true;
      }
    }
    return false;
  }

  /// True where any unknown of the last solution stands at a bound.
  public boolean anyAtBound() {
    for (byte s : state) {
      if (s != 0) {
        return true;
      }
    }
    return false;
  }

  /// into ← the inverse of G on the face of the last solution, n × n: the covariance of the free
  /// unknowns while those at a bound stay there (their rows and columns are zero).
  public void covariance(double[] g, double[] into) {
    system.inverse(g, into);
  }

  private boolean exchange(double[] g, double[] c) {
    int best = n + 1;
    int patience = PATIENCE;
    for (int round = 0; round < EXCHANGES; round++) {
      if (round > 0 && !minimum(g, c)) {
        return false;
      }
      int count = offenders();
      if (count == 0) {
        return true;
      }
      boolean all = count < best || patience > 0;
      patience = count < best ? PATIENCE : patience - 1;
      best = Math.min(best, count);
      for (int i = all ? 0 : count - 1; i < count; i++) {
        int k = offending[i];
        state[k] = state[k] != 0 ? 0 : (byte) (trial[k] < lower[k] ? -1 : 1);
      }
      freeOneOfTheSum();
    }
    return false;
  }

  /// A sum that nobody is free to make is given to the one that gains most by it.
  private void freeOneOfTheSum() {
    if (!anySum) {
      return;
    }
    double sum = 0;
    int chosen = -1;
    for (int k = 0; k < n; k++) {
      if (!summed[k]) {
        continue;
      }
      if (state[k] == 0) {
        return;
      }
      sum += state[k] < 0 ? lower[k] : upper[k];
      if (chosen < 0 || gradient[k] < gradient[chosen]) {
        chosen = k;
      }
    }
    if (Math.abs(sum - 1) > ROUNDING) {
      state[chosen] = 0;
    }
  }

  /// Writes down who offends (1) or (2); their number.
  private int offenders() {
    double largest = 0;
    double steepest = 0;
    for (int k = 0; k < n; k++) {
      largest = Math.max(largest, Math.abs(trial[k]));
      steepest = Math.max(steepest, Math.abs(gradient[k]));
    }
    double slack = ROUNDING * largest;
    double pull = ROUNDING * steepest;
    int count = 0;
    for (int k = 0; k < n; k++) {
      boolean offends =
          switch (state[k]) {
            case 0 -> trial[k] < lower[k] - slack || trial[k] > upper[k] + slack;
            case -1 -> gradient[k] < -pull;
            default -> gradient[k] > pull;
          };
      if (offends) {
        offending[count++] = k;
      }
    }
    return count;
  }

  /// Every face in turn; the best that keeps the bounds.
  private boolean tryAll(double[] g, double[] c) {
    double least = Double.POSITIVE_INFINITY;
    byte[] best = new byte[n];
    long faces = 1;
    for (int k = 0; k < n; k++) {
      faces *= 3;
    }
    for (long face = 0; face < faces; face++) {
      if (!setFace(face) || !minimum(g, c) || beyond()) {
        continue;
      }
      double value = value(g, c);
      if (value < least) {
        least = value;
        System.arraycopy(state, 0, best, 0, n);
      }
    }
    System.arraycopy(best, 0, state, 0, n);
    return least < Double.POSITIVE_INFINITY && minimum(g, c);
  }

  private boolean setFace(long face) {
    double sum = 0;
    boolean someFree = !anySum;
    for (int k = 0; k < n; k++) {
      int digit = (int) (face % 3);
      face /= 3;
      state[k] = (byte) (digit == 2 ? -1 : digit);
      double bound = state[k] < 0 ? lower[k] : upper[k];
      if (state[k] != 0 && Double.isInfinite(bound)) {
        return false;
      }
      if (summed[k]) {
        someFree |= state[k] == 0;
        sum += state[k] == 0 ? 0 : bound;
      }
    }
    return someFree || Math.abs(sum - 1) <= ROUNDING;
  }

  private boolean beyond() {
    for (int k = 0; k < n; k++) {
      double slack = ROUNDING * (1 + Math.abs(trial[k]));
      if (trial[k] < lower[k] - slack || trial[k] > upper[k] + slack) {
        return true;
      }
    }
    return false;
  }

  private double value(double[] g, double[] c) {
    double value = 0;
    for (int k = 0; k < n; k++) {
      double row = 0;
      for (int l = 0; l < n; l++) {
        row += g[k * n + l] * trial[l];
      }
      value += trial[k] * (row / 2 - c[k]);
    }
    return value;
  }

  /// trial ← the minimum on the face, gradient ← multipliers of its bounds; false where G is not
  /// positive definite there.
  private boolean minimum(double[] g, double[] c) {
    double missing = 1;
    for (int k = 0; k < n; k++) {
      trial[k] = state[k] == 0 ? 0 : state[k] < 0 ? lower[k] : upper[k];
      missing -= summed[k] ? trial[k] : 0;
    }
    if (!system.solve(g, c, trial, missing)) {
      return false;
    }
    double multiplier = system.multiplier();
    for (int k = 0; k < n; k++) {
      double slope = -c[k] + (summed[k] ? multiplier : 0);
      for (int l = 0; l < n; l++) {
        slope += g[k * n + l] * trial[l];
      }
      gradient[k] = slope;
    }
    return true;
  }
}

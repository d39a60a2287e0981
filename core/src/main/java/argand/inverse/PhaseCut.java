package argand.inverse;

import argand.Paper;
import argand.array.Check;
import argand.array.InvalidInput;
import java.util.List;
import java.util.SplittableRandom;

/// PhaseCut: the phases u of A x = diag(√b) u first, as in the maximum cut of a graph:
///
///     min u* M u,  |u_i| = 1,    M = diag(√b) (1 − A A⁺) diag(√b)               (1)
///
/// relaxed to min tr(M U) over U ⪰ 0 with U_ii = 1, and that with U = V V*, rows v_i of unit length
/// and k = ⌈√m⌉ + 1 columns, enough for the relaxation to lose nothing; one row after another:
///
///     v_i ← −g/‖g‖,   g = Σ_{j≠i} M_ij v_j                                     (2)
///     u   = phases of the leading column of V, refined by (2) with k = 1        (3)
///     x   = A⁺ diag(√b) u                                                      (4)
@Paper(
    value =
        "I. Waldspurger, A. d'Aspremont, S. Mallat, Phase recovery, MaxCut and complex semidefinite"
            + " programming, Math. Program. 149, 47 (2015)",
    doi = "10.1007/s10107-013-0738-9")
public final class PhaseCut {
  /// Most equations m; memory m² and time m² √m a sweep.
  public static final int MOST_EQUATIONS = 2048;

  private final LinearOperator a;
  private final double[] amplitude;
  private final HermitianMatrix inverse;
  private final double[][] costRe;
  private final double[][] costIm;
  private final ComplexVector[] columns;

  /// @param b measured intensities, one for each row
  /// @throws InvalidInput when the problem is too large
  public PhaseCut(LinearOperator a, double[] b, long seed) {
    Check.same("intensities", b.length, a.rows());
    refuseLarge(a);
    this.a = a;
    int m = b.length;
    amplitude = new double[m];
    double[] ones = new double[m];
    for (int r = 0; r < m; r++) {
      amplitude[r] = Math.sqrt(Math.max(0, b[r]));
      ones[r] = 1;
    }
    inverse = new DenseRows(a).weighted(ones).inverse();
    costRe = new double[m][m];
    costIm = new double[m][m];
    cost(); // (1)
    var random = new SplittableRandom(seed);
    columns = new ComplexVector[columns(m)];
    for (int k = 0; k < columns.length; k++) {
      columns[k] = ComplexVector.random(m, random);
    }
    for (int i = 0; i < m; i++) {
      normalise(columns, i);
    }
  }

  /// @throws InvalidInput when the problem is too large
  public static void refuseLarge(LinearOperator a) {
    if (a.rows() > MOST_EQUATIONS || a.columns() > PhaseLift.MOST_UNKNOWNS) {
      throw new InvalidInput(
          "the problem of phases",
          a.columns() + " unknowns, " + a.rows() + " equations",
          "at most " + PhaseLift.MOST_UNKNOWNS + " unknowns and " + MOST_EQUATIONS + " equations",
          "Wirtinger flow takes any size");
    }
  }

  /// Columns of V for m equations.
  public static int columns(int m) {
    return (int) Math.ceil(Math.sqrt(m)) + 1;
  }

  /// The columns of V themselves: all that the next sweep needs.
  public List<ComplexVector> columns() {
    return List.of(columns);
  }

  private void cost() {
    int m = amplitude.length;
    var unit = ComplexVector.zeros(m);
    var projected = ComplexVector.zeros(m);
    for (int c = 0; c < m; c++) {
      unit.re()[c] = amplitude[c];
      project(unit, projected);
      unit.re()[c] = 0;
      for (int r = 0; r < m; r++) {
        double own = r == c ? amplitude[c] : 0;
        costRe[r][c] = amplitude[r] * (own - projected.re()[r]);
        costIm[r][c] = -amplitude[r] * projected.im()[r];
      }
    }
  }

  /// into ← A A⁺ y
  private void project(ComplexVector y, ComplexVector into) {
    a.apply(fitted(y), into);
  }

  /// A⁺ y
  private ComplexVector fitted(ComplexVector y) {
    var back = ComplexVector.zeros(a.columns());
    var x = ComplexVector.zeros(a.columns());
    a.applyAdjoint(y, back);
    inverse.apply(back, x);
    return x;
  }

  /// One sweep of (2) over all rows.
  public void sweep() {
    sweep(columns);
  }

  private void sweep(ComplexVector[] of) {
    double[] re = new double[of.length];
    double[] im = new double[of.length];
    for (int i = 0; i < amplitude.length; i++) {
      for (int k = 0; k < of.length; k++) {
        double x = 0;
        double y = 0;
        double[] vr = of[k].re();
        double[] vi = of[k].im();
        for (int j = 0; j < amplitude.length; j++) {
          x += costRe[i][j] * vr[j] - costIm[i][j] * vi[j];
          y += costRe[i][j] * vi[j] + costIm[i][j] * vr[j];
        }
        re[k] = costRe[i][i] * vr[i] - x;
        im[k] = costRe[i][i] * vi[i] - y;
      }
      for (int k = 0; k < of.length; k++) {
        of[k].re()[i] = re[k];
        of[k].im()[i] = im[k];
      }
      normalise(of, i);
    }
  }

  private static void normalise(ComplexVector[] of, int i) {
    double power = 0;
    for (var column : of) {
      power += column.re()[i] * column.re()[i] + column.im()[i] * column.im()[i];
    }
    double share = power > 0 ? 1 / Math.sqrt(power) : 0;
    for (var column : of) {
      column.re()[i] *= share;
      column.im()[i] *= share;
    }
    if (power == 0) { // a row that no other has to do with: any phase will do
      of[0].re()[i] = 1;
    }
  }

  /// (3) and (4).
  ///
  /// @param refinements sweeps over the phases themselves
  public ComplexVector solution(int refinements) {
    var u = leading();
    var phases = new ComplexVector[] {u};
    for (int i = 0; i < amplitude.length; i++) {
      normalise(phases, i);
    }
    for (int k = 0; k < refinements; k++) {
      sweep(phases);
    }
    var y = ComplexVector.zeros(amplitude.length);
    for (int i = 0; i < amplitude.length; i++) {
      y.re()[i] = amplitude[i] * u.re()[i];
      y.im()[i] = amplitude[i] * u.im()[i];
    }
    return fitted(y);
  }

  /// The leading left singular vector of V: the eigenvector of the k × k matrix V* V, carried over.
  private ComplexVector leading() {
    int k = columns.length;
    var gram = new HermitianMatrix(k);
    for (int p = 0; p < k; p++) {
      for (int q = 0; q <= p; q++) {
        double x = 0;
        double y = 0;
        for (int i = 0; i < amplitude.length; i++) {
          x += columns[p].re()[i] * columns[q].re()[i] + columns[p].im()[i] * columns[q].im()[i];
          y += columns[p].re()[i] * columns[q].im()[i] - columns[p].im()[i] * columns[q].re()[i];
        }
        gram.set(p, q, x, y);
      }
    }
    var w = gram.root();
    var u = ComplexVector.zeros(amplitude.length);
    for (int p = 0; p < k; p++) {
      for (int i = 0; i < amplitude.length; i++) {
        u.re()[i] += columns[p].re()[i] * w.re()[p] - columns[p].im()[i] * w.im()[p];
        u.im()[i] += columns[p].re()[i] * w.im()[p] + columns[p].im()[i] * w.re()[p];
      }
    }
    return u;
  }
}

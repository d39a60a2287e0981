package argand.inverse;

import argand.Paper;
import argand.array.Check;
import argand.array.InvalidInput;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/// PhaseLift: x from b = |A x|² through the matrix X = x x*, for which the equations are linear and
/// the problem is convex:
///
///     min tr X   with   a_r* X a_r = b_r for every row,   X ⪰ 0                (1)
///
/// solved by Douglas–Rachford splitting. With 𝒜 X = (a_r* X a_r), its adjoint 𝒜* w = Σ w_r a_r
/// a_r*
/// and the Gram matrix G = 𝒜𝒜*, G_rs = |a_r* a_s|²:
///
///     Y ← positive part of Z − γ 1                                            (2)
///     V ← R + 𝒜* G⁺ (b − 𝒜 R),   R = 2 Y − Z                                   (3)
///     Z ← Z + V − Y                                                           (4)
///     x = √λ v,  the greatest eigenvalue of Y and its vector                   (5)
///
/// It lifts n unknowns to n², so that n is bounded.
@Paper(
    value =
        "E. J. Candès, T. Strohmer, V. Voroninski, PhaseLift: exact and stable signal recovery from"
            + " magnitude measurements via convex programming, Commun. Pure Appl. Math. 66, 1241"
            + " (2013)",
    doi = "10.1002/cpa.21432")
public final class PhaseLift {
  /// Most unknowns n; each step takes time n³ and each equation memory n.
  public static final int MOST_UNKNOWNS = 256;

  /// Most equations m; memory m².
  public static final int MOST_EQUATIONS = 4096;

  /// γ as a multiple of the mean eigenvalue: any leads to the same end; of 0.1, 1 and 5 the last
  /// was
  /// fastest.
  private static final double GAMMA = 5;

  private final DenseRows rows;
  private final double[] b;
  private final DMatrixRMaj gram;
  private final double gamma;
  private HermitianMatrix z;
  private HermitianMatrix y;

  /// @param b measured intensities, one for each row
  /// @throws InvalidInput when the problem is too large to be lifted
  public PhaseLift(LinearOperator a, double[] b) {
    Check.same("intensities", b.length, a.rows());
    refuseLarge(a);
    rows = new DenseRows(a);
    this.b = b.clone();
    int m = b.length;
    gram = new DMatrixRMaj(m, m);
    for (int r = 0; r < m; r++) {
      for (int s = 0; s <= r; s++) {
        double[] inner = rows.inner(r, s);
        double square = inner[0] * inner[0] + inner[1] * inner[1];
        gram.set(r, s, square);
        gram.set(s, r, square);
      }
    }
    double sum = 0;
    double norms = 0;
    for (int r = 0; r < m; r++) {
      sum += b[r];
      norms += Math.sqrt(gram.get(r, r));
    }
    double trace = sum * rows.length() / norms;
    gamma = GAMMA * trace / rows.length();
    double ridge = 1e-10 * CommonOps_DDRM.elementMax(gram);
    for (int r = 0; r < m; r++) {
      gram.add(r, r, ridge);
    }
    CommonOps_DDRM.invert(gram);
    z = new HermitianMatrix(rows.length());
    y = z;
  }

  /// @throws InvalidInput when the problem is too large to be lifted
  public static void refuseLarge(LinearOperator a) {
    if (a.columns() > MOST_UNKNOWNS || a.rows() > MOST_EQUATIONS) {
      throw new InvalidInput(
          "the problem to be lifted",
          a.columns() + " unknowns, " + a.rows() + " equations",
          "at most " + MOST_UNKNOWNS + " unknowns and " + MOST_EQUATIONS + " equations",
          "Wirtinger flow takes any size");
    }
  }

  /// Z, row by row: all that the next step needs.
  public ComplexVector lifted() {
    int n = z.size();
    var all = ComplexVector.zeros(n * n);
    for (int r = 0; r < n; r++) {
      for (int c = 0; c < n; c++) {
        all.re()[r * n + c] = z.re(r, c);
        all.im()[r * n + c] = z.im(r, c);
      }
    }
    return all;
  }

  /// Takes Z as {@link #lifted} gave it; its lower half is read.
  public void continueFrom(ComplexVector lifted) {
    int n = z.size();
    for (int r = 0; r < n; r++) {
      for (int c = 0; c <= r; c++) {
        z.set(r, c, lifted.re()[r * n + c], lifted.im()[r * n + c]);
      }
    }
  }

  /// One step, (2) to (4).
  public void step() {
    var shifted = new HermitianMatrix(z.size());
    shifted.setSum(0, 1, z);
    shifted.addDiagonal(-gamma);
    y = shifted.positive(); // (2)
    var reflected = new HermitianMatrix(z.size());
    reflected.setSum(0, 2, y);
    reflected.setSum(1, -1, z);
    double[] missing = rows.measured(reflected);
    for (int r = 0; r < b.length; r++) {
      missing[r] = b[r] - missing[r];
    }
    var weights = new DMatrixRMaj(b.length, 1);
    CommonOps_DDRM.mult(gram, DMatrixRMaj.wrap(b.length, 1, missing), weights);
    reflected.setSum(1, 1, rows.weighted(weights.data)); // (3)
    z.setSum(1, 1, reflected);
    z.setSum(1, -1, y); // (4)
  }

  /// (5)
  public ComplexVector solution() {
    return y.root();
  }
}

package argand.physics;

import argand.array.Check;
import argand.array.InvalidInput;
import java.util.ArrayList;

/// The Kramers–Kronig transform as a matrix, for many spectra at the same few energies: the phase
/// of
/// a sample at each energy as a sum over its optical density at all of them,
///
///     φ_i = Σ_k A_ik OD_k − r_e λ_i q                                            (1)
///     A_ik = (λ_i/2π) Σ_pieces [C(E_i) + C(−E_i)] of the k-th basis function over λ_k   (2)
///
/// q electrons (Z* for each formula unit) on a unit of area: unknown, and almost the same phase at
/// all
/// energies of one edge. The basis functions are 1 at one energy and 0 at the others; beyond the
/// first and the last energy absorption goes on as the tables have it, in proportion to what was
/// measured there. So (1) asks neither for the thickness nor for a scale, and is linear in what was
/// measured, whose errors it carries.
public final class KramersKronigMatrix {
  private final double[] ev;
  private final double[][] rows;

  private KramersKronigMatrix(double[] ev, double[][] rows) {
    this.ev = ev;
    this.rows = rows;
  }

  /// @param factors of the sample; only the shape of their f₂ beyond the energies matters
  /// @param ev rising [eV], four at least
  /// @param curved curves between the energies instead of lines
  public static KramersKronigMatrix of(ScatteringFactors factors, double[] ev, boolean curved) {
    Check.atLeast("number of energies", ev.length, 4);
    int n = ev.length;
    double[][] rows = new double[n][n];
    for (int k = 0; k < n; k++) {
      double[] unit = new double[n];
      unit[k] = ev[k];
      var pieces = new ArrayList<SpectralPiece>();
      for (var piece : curved ? CubicPiece.through(ev, unit) : CubicPiece.lines(ev, unit)) {
        if (piece.c0() != 0 || piece.c1() != 0 || piece.c2() != 0 || piece.c3() != 0) {
          pieces.add(piece);
        }
      }
      if (k == 0 || k == n - 1) {
        double scale = ev[k] / factors.f2(ev[k]);
        for (LaurentPiece piece : factors.f2Pieces()) {
          (k == 0 ? piece.between(0, ev[0]) : piece.between(ev[k], Double.POSITIVE_INFINITY))
              .map(p -> p.times(scale))
              .ifPresent(pieces::add);
        }
      }
      double[] column = new double[n];
      for (SpectralPiece piece : pieces) {
        piece.addCauchy(ev, 1, column);
      }
      for (int i = 0; i < n; i++) {
        rows[i][k] = column[i] / (2 * Math.PI * ev[i]);
        if (!Double.isFinite(rows[i][k])) {
          throw new InvalidInput(
              "the energies", ev[i] + " eV", "distinct ones within 10 eV … 30 keV", "");
        }
      }
    }
    return new KramersKronigMatrix(ev.clone(), rows);
  }

  public double[] energiesEv() {
    return ev.clone();
  }

  /// A_ik, row i of the phase.
  public double[][] rows() {
    double[][] copy = rows.clone();
    for (int i = 0; i < copy.length; i++) {
      copy[i] = copy[i].clone();
    }
    return copy;
  }

  /// Phase that an electron on a square metre makes at each energy, −r_e λ_i [rad m²].
  public double[] electron() {
    double[] column = new double[ev.length];
    for (int i = 0; i < column.length; i++) {
      column[i] = -Constants.ELECTRON_RADIUS * Constants.HC_EV_M / ev[i];
    }
    return column;
  }

  /// Σ_k A_ik OD_k [rad]: the phase but for the term of q in (1).
  public double[] phase(double[] opticalDensity) {
    double[] phase = new double[ev.length];
    for (int i = 0; i < phase.length; i++) {
      for (int k = 0; k < phase.length; k++) {
        phase[i] += rows[i][k] * opticalDensity[k];
      }
    }
    return phase;
  }
}

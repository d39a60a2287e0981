package argand.physics;

import argand.Paper;
import java.util.List;

/// What absorption at all energies makes of refraction, and back, for spectra in pieces whose
/// integrals are known (`SpectralPiece`): nothing is sampled, and the singular point needs no care.
///
///     f₁(E) = Z* − (2/π) P∫ x f₂(x)/(x² − E²) dx                                  (1)
///     f₂(E) = (2E/π) P∫ (f₁(x) − Z*)/(x² − E²) dx                                  (2)
///
/// with x/(x² − E²) = ½[1/(x − E) + 1/(x + E)] and E/(x² − E²) = ½[1/(x − E) − 1/(x + E)], so that
/// both follow from the Cauchy integrals C(E), C(−E) of the pieces. Pieces may overlap: they are
/// added. N pieces and M energies cost N·M logarithms at most.
@Paper(
    value =
        "Watts, Calculation of the Kramers-Kronig transform of X-ray spectra by a piecewise Laurent"
            + " polynomial method, Opt. Express 22, 23628 (2014)",
    doi = "10.1364/OE.22.023628")
public final class KramersKronig {
  private KramersKronig() {}

  /// (1): f₁ at the energies [eV].
  ///
  /// @param f2 in pieces from zero to infinity, or as much of it as matters
  /// @param electrons Z*
  public static double[] f1(List<? extends SpectralPiece> f2, double electrons, double[] ev) {
    double[] sum = new double[ev.length];
    for (SpectralPiece piece : f2) {
      piece.addCauchy(ev, 1, sum);
    }
    for (int i = 0; i < ev.length; i++) {
      sum[i] = electrons - sum[i] / Math.PI;
    }
    return sum;
  }

  /// (2): f₂ at the energies [eV].
  ///
  /// @param above f₁ − Z* in pieces
  public static double[] f2(List<? extends SpectralPiece> above, double[] ev) {
    double[] sum = new double[ev.length];
    for (SpectralPiece piece : above) {
      piece.addCauchy(ev, -1, sum);
    }
    for (int i = 0; i < ev.length; i++) {
      sum[i] /= Math.PI;
    }
    return sum;
  }
}

package argand.ptycho;

import argand.Paper;
import argand.Param;
import argand.array.Check;

/// A probe that changes from view to view within a small subspace:
///
///     P_j = P + Σ_k a_jk E_k,   Σ_j a_jk = 0,   E_k orthogonal with the power of P
///
/// with real weights a_jk, P being the first mode; further modes are the same in all views and
/// orthogonal among themselves. The E_k start as the probe times random polynomials, their weights
/// at
/// nought.
@Paper(
    value =
        "M. Odstrčil, P. Baksh, S. A. Boden, R. Card, J. E. Chad, J. G. Frey, W. S. Brocklesby,"
            + " Ptychographic coherent diffractive imaging with orthogonal probe relaxation, Opt."
            + " Express 24, 8360 (2016)",
    doi = "10.1364/OE.24.008360")
public record VariableProbe(
    @Param(value = "ways in which it may change", byDefault = "3") int variations,
    @Param(value = "first pass that lets it change", byDefault = "5") int from) {
  public VariableProbe {
    Check.within("variations", variations, 1, 20, "");
    Check.atLeast("from", from, 1);
  }
}

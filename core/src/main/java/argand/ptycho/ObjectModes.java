package argand.ptycho;

import argand.Paper;
import argand.Param;
import argand.array.Check;

/// A sample that is not in one state: parts that switch, grow or tremble while frames are taken, or
/// differ from one to the next of many alike. Each state scatters by itself and their intensities
/// add up, I_j = Σ_mk |F(P_m O_k)|².
///
/// Any set O_k may be mixed by a unitary matrix without a change of any intensity. The one that is
/// kept has orthogonal modes in the light of the scan, Σ W O_k* O_l = 0, the strongest first: the
/// eigenvectors of the density matrix Σ_s p_s |O_s⟩⟨O_s| of states s with probabilities p_s. A
/// sample
/// that only moves as a whole is better told by modes of the probe.
@Paper(
    value =
        "P. Thibault, A. Menzel, Reconstructing state mixtures from diffraction measurements,"
            + " Nature 494, 68 (2013)",
    doi = "10.1038/nature11806")
public record ObjectModes(
    @Param(value = "incoherent modes of the object", byDefault = "2") int count,
    @Param(value = "part of the power with which each further mode starts", byDefault = "0.02")
        double share,
    @Param(value = "passes after which modes are made orthogonal", byDefault = "10")
        int orthogonalEvery) {
  public ObjectModes {
    Check.within("count", count, 2, 16, "");
    Check.within("share", share, 1e-6, 1.0 / count, "");
    Check.atLeast("orthogonalEvery", orthogonalEvery, 1);
  }
}

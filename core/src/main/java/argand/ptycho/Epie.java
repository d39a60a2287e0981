package argand.ptycho;

import argand.Paper;
import argand.Param;
import argand.array.Check;
import argand.array.Workers;
import argand.flow.Engine;

/// Extended ptychographical iterative engine. For each view j, in an order drawn anew for each
/// pass:
///
///     ψ   = P · O_j                                   (1)
///     Δ   = F⁻¹ [ √I_j · Fψ / |Fψ| ] − ψ              (2)
///     O_j ← O_j + α P* Δ / max|P|²                    (3)
///     P   ← P + β O_j* Δ / max|O_j|²                  (4)
///
/// α and β fall with the passes where `halving` asks for it, and (2) may be the change that another
/// likelihood asks for. It is {@link Rpie} with both regularisations at 1, and runs as that.
@Paper(
    value =
        "A. M. Maiden, J. M. Rodenburg, An improved ptychographical phase retrieval algorithm for diffractive imaging, Ultramicroscopy 109, 1256 (2009)",
    doi = "10.1016/j.ultramic.2009.05.012")
public record Epie(
    @Param(value = "α, step of the object update", byDefault = "1") double objectStep,
    @Param(value = "β, step of the probe update; 0 keeps the probe", byDefault = "1")
        double probeStep,
    @Param(
            value = "passes after which both steps have halved, α/(1 + k/h); 0 keeps them",
            byDefault = "0")
        int halving,
    @Param(
            value =
                "noise: amplitude, or poisson where frames are counts and every quantum is to count",
            byDefault = "amplitude")
        Likelihood likelihood)
    implements PtychoMethod {
  public Epie {
    Check.within("objectStep", objectStep, 1e-6, 2, "");
    Check.within("probeStep", probeStep, 0, 2, "");
    Check.atLeast("halving", halving, 0);
  }

  /// The paper's: constant steps, measured amplitudes imposed.
  public Epie(double objectStep, double probeStep) {
    this(objectStep, probeStep, 0, Likelihood.AMPLITUDE);
  }

  @Override
  public Engine<PtychoState> engine(PtychoModel model, Constraints constraints, Workers workers) {
    return new Rpie(1, 1, objectStep, probeStep, halving, likelihood)
        .engine(model, constraints, workers);
  }
}

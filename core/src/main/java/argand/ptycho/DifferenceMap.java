package argand.ptycho;

import argand.Paper;
import argand.Param;
import argand.array.Check;
import argand.array.ComplexField;
import argand.array.Workers;
import argand.flow.Engine;
import java.util.List;

/// Difference map, mixed with alternating projections by α:
///
///     ψ_j ← (1 − a − b) ψ_j + a P O_j + b Π_F[ c P O_j + (1 − c) ψ_j ]       (1)
///     O   ← Σ_j P* ψ_j / Σ_j |P|²                                            (2)
///     P   ← Σ_j O_j* ψ_j / Σ_j |O_j|²                                        (3)
///
/// with (a, b, c) = (−α, 1, 1 + α); α = 1 is the difference map ψ + Π_F[2Π_O ψ − ψ] − Π_O ψ, α = 0
/// alternating projections (error reduction). Frames within ν times their shot noise ask for no
/// change, others for the part beyond it, and α falls as α 2^−(k/h)², ν likewise: it searches
/// first,
/// then settles. It keeps all exit waves and uses every thread.
@Paper(
    value =
        "P. Thibault, M. Dierolf, O. Bunk, A. Menzel, F. Pfeiffer, Probe retrieval in"
            + " ptychographic coherent diffractive imaging, Ultramicroscopy 109, 338 (2009)",
    doi = "10.1016/j.ultramic.2008.12.011")
public record DifferenceMap(
    @Param(value = "α: 1 difference map, 0 alternating projections", byDefault = "1") double alpha,
    @Param(
            value =
                "ν: frames whose misfit is within so many times that of shot noise ask for no change",
            byDefault = "1")
        double noise,
    @Param(
            value =
                "h: passes after which it is half way to alternating projections; 0 never goes there",
            byDefault = "80")
        int settling)
    implements PtychoMethod {
  /// The defaults of a recipe.
  public static final DifferenceMap DEFAULT = new DifferenceMap(1, 1, 80);

  public DifferenceMap {
    Check.within("alpha", alpha, 0, 1, "");
    Check.within("noise", noise, 0, 10, "");
    Check.atLeast("settling", settling, 0);
  }

  @Override
  public Engine<PtychoState> engine(PtychoModel model, Constraints constraints, Workers workers) {
    return new SetProjectionPass(
        new SetProjectionPass.Rule(1, 1 + alpha, noise, settling), model, constraints, workers);
  }

  @Override
  public PtychoState start(PtychoModel model, ComplexField object, List<ComplexField> probes) {
    var waves = SetProjectionPass.waves(model, object, probes);
    return new PtychoState(model, object, probes, waves, List.of());
  }

  @Override
  public boolean keepsWaves() {
    return true;
  }

  @Override
  public long memoryBytes(Windows windows, int modes) {
    return SetProjectionPass.memoryBytes(windows, modes);
  }
}

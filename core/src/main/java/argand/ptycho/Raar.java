package argand.ptycho;

import argand.Paper;
import argand.Param;
import argand.array.Check;
import argand.array.ComplexField;
import argand.array.Workers;
import argand.flow.Engine;
import java.util.List;

/// Relaxed averaged alternating reflections:
///
///     ψ_j ← (1 − a − b) ψ_j + a P O_j + b Π_F[ c P O_j + (1 − c) ψ_j ]       (1)
///     O   ← Σ_j P* ψ_j / Σ_j |P|²                                            (2)
///     P   ← Σ_j O_j* ψ_j / Σ_j |O_j|²                                        (3)
///
/// with (a, b, c) = (1 − 2β, β, 2): β [ψ + Π_F(2Π_O ψ − ψ)] + (1 − 2β) Π_O ψ. β = 1 is the
/// difference map; smaller β pulls towards the overlap. Frames within ν times their shot noise ask
/// for no change, others for the part beyond it; b and c go to 1 as 2^−(k/h)², ν to 0: it searches
/// first, then settles as alternating projections. It keeps all exit waves and uses every thread.
@Paper(
    value =
        "D. R. Luke, Relaxed averaged alternating reflections for diffraction imaging, Inverse"
            + " Problems 21, 37 (2005)",
    doi = "10.1088/0266-5611/21/1/004")
public record Raar(
    @Param(value = "β, relaxation", byDefault = "0.9") double beta,
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
  public static final Raar DEFAULT = new Raar(0.9, 1, 80);

  public Raar {
    Check.within("beta", beta, 0.5, 1, "");
    Check.within("noise", noise, 0, 10, "");
    Check.atLeast("settling", settling, 0);
  }

  @Override
  public Engine<PtychoState> engine(PtychoModel model, Constraints constraints, Workers workers) {
    return new SetProjectionPass(
        new SetProjectionPass.Rule(beta, 2, noise, settling), model, constraints, workers);
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

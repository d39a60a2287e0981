package argand.ptycho;

import argand.Paper;
import argand.Param;
import argand.array.Check;
import argand.array.ComplexField;
import argand.array.Grid;
import argand.array.Workers;
import argand.flow.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Maximum likelihood by preconditioned conjugate gradients over object and all probe modes at
/// once. One pass, from x = (O, P_m), with ℓ the negative log-likelihood of a pixel:
///
///     r   = −½ ∂L/∂x*,   L = Σ_jq ℓ(I_jq, n_jq) + λ Σ|∇O|²                        (1)
///     z_O = r_O / (W + δ max W),        W = Σ_jm |P_m|²                            (2)
///     z_m = κ √p_m r_m / (V + δ max V),  V = Σ_j |O_j|²                            (2')
///     β   = max(0, ⟨r − r', z⟩ / ⟨r', z'⟩)                                         (3)
///     d   ← z + β d                                                               (4)
///     x   ← x + t d,   t the least t > 0 with dL/dt = 0                            (5)
///
/// primes: of the pass before; p_m: power of the strongest mode ÷ that of mode m, at most 100. The
/// noise decides ℓ: I − (n + ε) ln(I + ε) with ε = 0.1 counts for
/// `poisson`, ½ (I − n)²/(n + 1) for `gaussian`, 2 (√I − √n)² for `amplitude`. Where frames carry a
/// variance that is more than that of quanta, `gaussian` weighs by it and `poisson` takes it in
/// ({@link ReadoutNoise}). (5) is exact for the
/// views it looks at, see {@link LikelihoodSearch}. λ is `smoothness` times the mean counts that
/// meet a pixel of the object. Where waves are made of more than probe modes and one thin object,
/// (3) to (5) are {@link ModelLikelihoodPass}. With sub-pixel positions P_m stands for S_j P_m. All
/// views in
/// parallel.
@Paper(
    value =
        "P. Thibault, M. Guizar-Sicairos, Maximum-likelihood refinement for coherent diffractive"
            + " imaging, New J. Phys. 14, 063004 (2012)",
    doi = "10.1088/1367-2630/14/6/063004")
public record MaximumLikelihood(
    @Param(value = "noise: poisson, gaussian, uniform or amplitude", byDefault = "poisson")
        Likelihood likelihood,
    @Param(value = "δ, damping of the preconditioner where little light falls", byDefault = "0.1")
        double delta,
    @Param(value = "κ, weight of the probe against the object in a step", byDefault = "1")
        double probeScale,
    @Param(
            value = "dislike of differences between neighbouring pixels of the object",
            byDefault = "0")
        double smoothness,
    @Param(value = "so many views one measures the length of a step; 1 all", byDefault = "8")
        int searchEvery)
    implements PtychoMethod {
  /// Shot noise, δ 0.1, κ 1, no smoothness, every eighth view.
  public static final MaximumLikelihood DEFAULT =
      new MaximumLikelihood(Likelihood.POISSON, 0.1, 1, 0, 8);

  public MaximumLikelihood {
    Check.within("delta", delta, 1e-6, 10, "");
    Check.within("probeScale", probeScale, 1e-6, 1e6, "");
    Check.within("smoothness", smoothness, 0, 1e6, "");
    Check.atLeast("searchEvery", searchEvery, 1);
  }

  @Override
  public Engine<PtychoState> engine(PtychoModel model, Constraints constraints, Workers workers) {
    return model.parts().model().plain()
        ? new MaximumLikelihoodPass(this, model, constraints, workers)
        : new ModelLikelihoodPass(this, model, constraints, workers);
  }

  /// All but a probe that changes from view to view.
  @Override
  public boolean carries(WaveModel waves) {
    return waves.variableProbe().isEmpty() && waves.objectModes().isEmpty();
  }

  @Override
  public PtychoState start(PtychoModel model, ComplexField object, List<ComplexField> probes) {
    if (!model.parts().model().plain()) {
      var change = Stack.zeros(model, probes.size());
      List<ComplexField> memory = new ArrayList<>(List.of(new ComplexField(new Grid(1, 1, 1, 1))));
      memory.addAll(change.slices());
      return new PtychoState(model, object, probes, change.probes(), memory);
    }
    var slope = Unknowns.zeros(model.windows(), probes.size());
    var direction = Unknowns.zeros(model.windows(), probes.size());
    var left = Unknowns.zeros(model.windows(), probes.size());
    var turning = Stream.of(slope, direction, left).flatMap(x -> x.probes().stream()).toList();
    var numbers = new ComplexField(new Grid(1, 2, 1, 1));
    return new PtychoState(
        model, object, probes, turning, List.of(numbers, slope.object(), direction.object()));
  }

  @Override
  public boolean weighsVariance() {
    return likelihood != Likelihood.AMPLITUDE;
  }

  @Override
  public long memoryBytes(Windows windows, int modes) {
    long wave = 8L * windows.frame().rows() * ComplexField.pitch(windows.frame().columns());
    long object = 8L * windows.object().rows() * ComplexField.pitch(windows.object().columns());
    return LikelihoodGradient.memoryBytes(windows, modes) + 4 * object + 5 * modes * wave;
  }
}

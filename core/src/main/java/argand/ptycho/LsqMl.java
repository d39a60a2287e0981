package argand.ptycho;

import argand.Paper;
import argand.Param;
import argand.array.Check;
import argand.array.ComplexField;
import argand.array.Workers;
import argand.flow.Engine;
import java.util.List;

/// Maximum likelihood by least-squares steps. For each batch B of views, with one ψ and P for each
/// mode m:
///
///     χ_jm = F⁻¹ [ change of u_jm that the likelihood asks for ],  u = F (P_m O_j)       (1)
///     ΔO   = Σ_jm P_m* χ_jm / √(W² + (δ max W)²),        W = Σ_jm |P_m|²                 (2)
///     ΔP_m = Σ_j O_j* χ_jm / √(V² + (δ max V)²),         V = Σ_j |O_j|²                  (3)
///     (α_j, β_j) = argmin Σ_m ‖χ_jm − α ΔO_j P_m − β ΔP_m O_j‖²                          (4)
///     O ← O + γ ᾱ ΔO,   P_m ← P_m + γ β̄ ΔP_m,   bars: means over the batch               (5)
///
/// with W over the batch. `compact` batches of neighbours sum (2) over the whole pass, each with
/// its
/// own ᾱ, and change the object once, at the end of the pass; momentum η then adds to that change
/// η times the one before. γ falls with the passes as 1/(1 + k/h). With sub-pixel positions P_m
/// stands for S_j P_m and (3) sums S_j† of its terms. Views of a batch run in parallel.
@Paper(
    value =
        "M. Odstrčil, A. Menzel, M. Guizar-Sicairos, Iterative least-squares solver for generalized"
            + " maximum-likelihood ptychography, Opt. Express 26, 3108 (2018)",
    doi = "10.1364/OE.26.003108")
public record LsqMl(
    @Param(
            value = "how views are put into batches: random, uniform, compact",
            byDefault = "compact")
        Batching batches,
    @Param(value = "views in a batch", byDefault = "20") int batchSize,
    @Param(value = "noise: poisson or amplitude", byDefault = "poisson") Likelihood likelihood,
    @Param(value = "δ, regularisation where little light falls", byDefault = "0.1") double delta,
    @Param(value = "γ, part of the least-squares step that is taken", byDefault = "1") double step,
    @Param(
            value = "passes after which the step has halved, γ/(1 + k/h); 0 keeps it",
            byDefault = "0")
        int halving,
    @Param(value = "η, momentum of the object with compact batches", byDefault = "0.5")
        double momentum)
    implements PtychoMethod {
  /// Compact batches of 20 views, shot noise, δ 0.1, full steps, momentum 0.5.
  public static final LsqMl DEFAULT =
      new LsqMl(Batching.COMPACT, 20, Likelihood.POISSON, 0.1, 1, 0, 0.5);

  public LsqMl {
    Check.atLeast("batchSize", batchSize, 1);
    Check.within("delta", delta, 1e-6, 10, "");
    Check.within("step", step, 1e-6, 2, "");
    Check.atLeast("halving", halving, 0);
    Check.within("momentum", momentum, 0, 0.99, "");
  }

  @Override
  public Engine<PtychoState> engine(PtychoModel model, Constraints constraints, Workers workers) {
    return new LsqMlPass(this, model, constraints, workers);
  }

  @Override
  public PtychoState start(PtychoModel model, ComplexField object, List<ComplexField> probes) {
    boolean remembers = batches == Batching.COMPACT && momentum > 0;
    return new PtychoState(
        model,
        object,
        probes,
        List.of(),
        remembers ? List.of(new ComplexField(object.grid())) : List.of());
  }

  @Override
  public long memoryBytes(Windows windows, int modes) {
    long wave = 8L * windows.frame().rows() * ComplexField.pitch(windows.frame().columns());
    long object = 8L * windows.object().rows() * ComplexField.pitch(windows.object().columns());
    long views = Math.min(batchSize, windows.count());
    return wave * modes * views * (windows.shifted() ? 3 : 1) + 4 * object + 4 * wave * modes;
  }
}

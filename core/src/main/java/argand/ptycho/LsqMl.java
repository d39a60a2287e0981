package argand.ptycho;

import argand.Paper;
import argand.Param;
import argand.array.Check;
import argand.array.ComplexField;
import argand.array.Workers;
import argand.flow.Engine;
import java.util.List;
import java.util.stream.Stream;

/// Maximum likelihood by least-squares steps. For each batch B of views, with one ψ and P for each
/// mode m:
///
///     χ_jm = F⁻¹ [ change of u_jm that the likelihood asks for ],  u = F (P_m O_j)       (1)
///     ΔO   = Σ_jm P_m* χ_jm / √(W² + (δ max W)²),        W = Σ_jm |P_m|²                 (2)
///     ΔP_m = Σ_j O_j* χ_jm / √(V² + (δ max V)²),         V = Σ_j |O_j|²                  (3)
///     α    = argmin Σ_jm ‖χ_jm − α ΔO_j P_m‖² = Re⟨ΔO, Σ P* χ⟩ / Σ W|ΔO|²                (4)
///     β_m  = argmin Σ_j  ‖χ_jm − β ΔP_m O_j‖² = Re⟨ΔP_m, Σ O* χ_m⟩ / Σ V|ΔP_m|²          (5)
///     O ← O + γ α ΔO,   P_m ← P_m + γ β_m g_m ΔP_m                                       (6)
///
/// α and β_m, divided by 1.1, are the steps of the whole batch: with the sums (2) and (3) at hand
/// they cost nothing, and on simulated scans they lead as far as the means of 2×2 systems of all
/// views in which the paper couples both. g_m = √s_m / (s_m Σ√s), s_m the mode's part of the power:
/// (1) is safe when all modes change alike, a weak mode that changes alone may go farther (Cauchy
/// and Schwarz: (Σ|u_m ε_m|)² ≤ Σ|u_m ε_m|²/θ_m for any θ_m that add up to 1; θ_m ∝ √s_m), but not
/// more than 3 times, because at some pixels it may be the strongest. In (1) a factor p > 4 of a
/// Poisson change p u becomes 2 (√(1 + 2p) − 1), twice the change of the amplitude: more than nine
/// times the computed light was counted there, as happens from a poor start and not near the
/// solution, and steps that follow p itself run away.
///
/// `compact` batches of neighbours sum (2) over the whole pass, each with its own α, and change the
/// object once, at the end of the pass, with momentum: ΔO ← ΔO + η ΔO_before. In its first `eager`
/// passes batches are spread over the field and change the object at once, which is quick and
/// rough. Momentum of the probe, after each pass: v_m ← η v_m + (P_m − P_m before the pass),
/// P_m ← P_m + η v_m. γ falls with the passes as 1/(1 + k/h). With sub-pixel positions P_m stands
/// for S_j P_m and (3) sums S_j† of its terms. Views of a batch run in parallel.
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
    @Param(value = "views in a batch", byDefault = "10") int batchSize,
    @Param(value = "noise: poisson or amplitude", byDefault = "poisson") Likelihood likelihood,
    @Param(value = "δ, regularisation where little light falls", byDefault = "0.1") double delta,
    @Param(value = "γ, part of the least-squares step that is taken", byDefault = "1") double step,
    @Param(
            value = "passes after which the step has halved, γ/(1 + k/h); 0 keeps it",
            byDefault = "0")
        int halving,
    @Param(value = "η, momentum of the object with compact batches", byDefault = "0.8")
        double momentum,
    @Param(value = "η, momentum of the probe", byDefault = "0.8") double probeMomentum,
    @Param(
            value =
                "first passes whose batches are spread evenly and change the object at once,"
                    + " before compact ones take over",
            byDefault = "10")
        int eager)
    implements PtychoMethod {
  /// Ten eager passes, then compact batches; 10 views each, shot noise, δ 0.1, full steps,
  /// momentum 0.8.
  public static final LsqMl DEFAULT =
      new LsqMl(Batching.COMPACT, 10, Likelihood.POISSON, 0.1, 1, 0, 0.8, 0.8, 10);

  public LsqMl {
    Check.atLeast("batchSize", batchSize, 1);
    Check.within("delta", delta, 1e-6, 10, "");
    Check.within("step", step, 1e-6, 2, "");
    Check.atLeast("halving", halving, 0);
    Check.within("momentum", momentum, 0, 0.99, "");
    Check.within("probeMomentum", probeMomentum, 0, 0.99, "");
    Check.atLeast("eager", eager, 0);
  }

  /// Batches of this kind and size in every pass, without momentum, with steps that halve after so
  /// many passes.
  public static LsqMl plain(Batching batches, int size, Likelihood likelihood, int halving) {
    return new LsqMl(batches, size, likelihood, 0.1, 1, halving, 0, 0, 0);
  }

  /// Whether pass `iteration` (from 0) sums over all compact batches before the object changes.
  boolean sumsOverPass(int iteration) {
    return batches == Batching.COMPACT && iteration >= eager;
  }

  @Override
  public Engine<PtychoState> engine(PtychoModel model, Constraints constraints, Workers workers) {
    return model.parts().model().plain()
        ? new LsqMlPass(this, model, constraints, workers)
        : new ModelPass(this, model, constraints, workers);
  }

  @Override
  public boolean carries(WaveModel waves) {
    return true;
  }

  @Override
  public PtychoState start(PtychoModel model, ComplexField object, List<ComplexField> probes) {
    var memory =
        batches == Batching.COMPACT && momentum > 0
            ? Stream.generate(() -> new ComplexField(object.grid()))
                .limit(model.parts().model().layers())
                .toList()
            : List.<ComplexField>of();
    var velocities =
        probeMomentum > 0
            ? LsqMlRoom.fields(model.windows(), probes.size())
            : List.<ComplexField>of();
    return new PtychoState(model, object, probes, velocities, memory);
  }

  @Override
  public long memoryBytes(Windows windows, int modes) {
    long wave = 8L * windows.frame().rows() * ComplexField.pitch(windows.frame().columns());
    long object = 8L * windows.object().rows() * ComplexField.pitch(windows.object().columns());
    long views = Math.min(batchSize, windows.count());
    return wave * modes * views * (windows.shifted() ? 3 : 1) + 4 * object + 4 * wave * modes;
  }
}

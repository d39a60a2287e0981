package argand.ptycho;

import argand.Paper;
import argand.Param;
import argand.array.Check;
import argand.array.ComplexField;
import argand.array.Workers;
import argand.array.kernel.Overlap;
import argand.flow.Engine;
import java.util.List;

/// Semi-implicit relaxed Douglas–Rachford. For each view j, in an order drawn anew for each pass:
///
///     x   = (1 + σ) P O_j − σ ψ_j                                          (1)
///     ψ_j ← P O_j + τ (Π_F x − x)                                          (2)
///     O_j ← O_j + β_O P* (ψ_j − P O_j) / (β_O |P|² + (1 − β_O) max|P|²)    (3)
///     P   ← P + β_P O_j* (ψ_j − P O_j) / (β_P |O_j|² + (1 − β_P) max|O_j|²) (4)
///
/// with the old P and O_j on the right. (3) and (4) are gradient steps whose slope is taken where
/// they end (implicit). σ = τ = 1 is the step of the difference map, taken view by view; with shot
/// noise and β_O near 1 it runs away, and half of both does not. It keeps all exit waves. With
/// several modes the sums of (3) run over them; with sub-pixel positions P stands for S_j P.
///
/// From the paper are its two ideas: relaxed Douglas–Rachford for the exit wave, proximal
/// (semi-implicit) steps for the factors. (1) to (4) were derived from them here, not copied, and
/// the
/// defaults were chosen on the standard case.
@Paper(
    value =
        "M. Pham, A. Rana, J. Miao, S. Osher, Semi-implicit relaxed Douglas-Rachford algorithm"
            + " (sDR) for ptychography, Opt. Express 27, 31246 (2019)",
    doi = "10.1364/OE.27.031246")
public record SemiImplicitDouglasRachford(
    @Param(value = "σ, how far the wave is reflected at the product P·O", byDefault = "0.5")
        double sigma,
    @Param(value = "τ, part of the change of the wave that is taken", byDefault = "0.5") double tau,
    @Param(value = "β_O, how implicit the step of the object is", byDefault = "0.9")
        double objectStep,
    @Param(value = "β_P, how implicit the step of the probe is", byDefault = "0.1")
        double probeStep)
    implements PtychoMethod {
  /// σ = τ = 0.5, β_O 0.9, β_P 0.1.
  public static final SemiImplicitDouglasRachford DEFAULT =
      new SemiImplicitDouglasRachford(0.5, 0.5, 0.9, 0.1);

  public SemiImplicitDouglasRachford {
    Check.within("sigma", sigma, 0, 1, "");
    Check.within("tau", tau, 1e-3, 1, "");
    Check.within("objectStep", objectStep, 1e-3, 0.9999, "");
    Check.within("probeStep", probeStep, 1e-3, 0.9999, "");
  }

  @Override
  public Engine<PtychoState> engine(PtychoModel model, Constraints constraints, Workers workers) {
    return new SequentialPass(
        model,
        constraints,
        new SequentialPass.Relaxation(tau, 1 + sigma),
        rule(objectStep), // (3)
        rule(probeStep), // (4)
        (state, views, cooling) -> {});
  }

  /// With Δ = (ψ_j − P O_j)/τ in its numerator.
  private SequentialPass.Rule rule(double beta) {
    float slope = (float) (1 / tau);
    float floor = (float) ((1 - beta) / (beta * tau));
    return (field, numerator, weight, rows, columns) ->
        Overlap.approach(field, numerator, weight, slope, floor, rows, columns);
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
    long wave = 8L * windows.frame().rows() * ComplexField.pitch(windows.frame().columns());
    return wave * modes * (windows.count() + 3L);
  }
}

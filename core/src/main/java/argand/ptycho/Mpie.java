package argand.ptycho;

import argand.Paper;
import argand.Param;
import argand.array.Check;
import argand.array.ComplexField;
import argand.array.Workers;
import argand.flow.Engine;
import java.util.List;

/// Momentum-accelerated ptychographical iterative engine: {@link Rpie}, and after every T views of
/// a pass
///
///     v ← η v + (O − O′)        (1)
///     O ← O + η v               (2)
///     O′ ← O                    (3)
///
/// with O′ the object after the step before. η falls with the passes as the steps of rPIE do, by
/// 1/(1 + k/h): momentum that stays would carry noise on. The probe has no momentum of its own.
@Paper(
    value =
        "A. Maiden, D. Johnson, P. Li, Further improvements to the ptychographical iterative engine, Optica 4, 736 (2017)",
    doi = "10.1364/OPTICA.4.000736")
public record Mpie(
    @Param(value = "α, regularisation of the object update", byDefault = "0.1") double alpha,
    @Param(value = "β, regularisation of the probe update", byDefault = "1") double beta,
    @Param(value = "γ_O, step of the object update", byDefault = "0.5") double objectStep,
    @Param(value = "γ_P, step of the probe update; 0 keeps the probe", byDefault = "1")
        double probeStep,
    @Param(
            value = "passes after which steps and momentum have halved; 0 keeps them",
            byDefault = "10")
        int halving,
    @Param(value = "η, momentum", byDefault = "0.7") double momentum,
    @Param(value = "T, views between two steps of momentum", byDefault = "20") int period)
    implements PtychoMethod {
  /// α 0.1, β 1, object step 0.5, probe step 1, momentum 0.7 every 20 views, all halved after 10
  /// passes.
  public static final Mpie DEFAULT = new Mpie(0.1, 1, 0.5, 1, 10, 0.7, 20);

  public Mpie {
    new Rpie(alpha, beta, objectStep, probeStep, halving);
    Check.within("momentum", momentum, 0, 0.99, "");
    Check.atLeast("period", period, 1);
  }

  @Override
  public Engine<PtychoState> engine(PtychoModel model, Constraints constraints, Workers workers) {
    int every = Math.min(period, model.count());
    return new Rpie(alpha, beta, objectStep, probeStep, halving)
        .engine(
            model,
            constraints,
            (state, views, cooling) -> {
              if (views % every == 0) {
                carryOn(state, (float) (momentum * cooling));
              }
            });
  }

  private static void carryOn(PtychoState state, float eta) {
    var before = state.memory().get(0);
    var velocity = state.memory().get(1);
    carryOn(state.object().re(), before.re(), velocity.re(), eta);
    carryOn(state.object().im(), before.im(), velocity.im(), eta);
  }

  private static void carryOn(float[] object, float[] before, float[] velocity, float eta) {
    for (int i = 0; i < object.length; i++) {
      float v = eta * velocity[i] + (object[i] - before[i]); // (1)
      velocity[i] = v;
      object[i] += eta * v; // (2)
      before[i] = object[i]; // (3)
    }
  }

  @Override
  public PtychoState start(PtychoModel model, ComplexField object, List<ComplexField> probes) {
    return new PtychoState(
        model, object, probes, List.of(), List.of(object.copy(), new ComplexField(object.grid())));
  }

  @Override
  public long memoryBytes(Windows windows, int modes) {
    return 16L * windows.object().rows() * ComplexField.pitch(windows.object().columns());
  }
}

package argand.ptycho;

import argand.Paper;
import argand.Param;
import argand.array.Check;
import argand.array.ComplexField;
import argand.array.Workers;
import argand.array.kernel.NewtonUpdate;
import argand.flow.Engine;
import java.util.List;

/// Quasi-Newton ptychographical iterative engine: of the second derivatives only the diagonal. For
/// each view j, in an order drawn anew for each pass:
///
///     Δ   = Π_F(P O_j) − P O_j                                              (1)
///     O_j ← O_j + γ_O (|P|/max|P|) P* Δ / (|P|² + α max|P|²)                (2)
///     P   ← P + γ_P (|O_j|/max|O_j|) O_j* Δ / (|O_j|² + β max|O_j|²)        (3)
///
/// with the old P and O_j on the right. With η > 0, after every T views
///
///     v ← μ v + (O − O'),   O ← O + η v,   O' ← O                           (4)
///
/// With several modes P* Δ and |P|² in (2) are sums over them; with sub-pixel positions P stands
/// for S_j P. It works view after view, so it runs on one thread.
///
/// The paper has (2) and (3) for Fourier ptychography, with a constant in place of α max|P|²; that
/// they hold for ptychography, where the roles of object and probe are exchanged, and (4) were
/// derived here.
@Paper(
    value =
        "L. Tian, X. Li, K. Ramchandran, L. Waller, Multiplexed coded illumination for Fourier"
            + " ptychography with an LED array microscope, Biomed. Opt. Express 5, 2376 (2014)",
    doi = "10.1364/BOE.5.002376")
public record QuasiNewtonPie(
    @Param(value = "α, regularisation of the object update", byDefault = "0.1") double alpha,
    @Param(value = "β, regularisation of the probe update", byDefault = "1") double beta,
    @Param(value = "γ_O, step of the object update", byDefault = "1") double objectStep,
    @Param(value = "γ_P, step of the probe update", byDefault = "1") double probeStep,
    @Param(value = "η, part of the momentum that is added; 0 for none", byDefault = "0")
        double momentum,
    @Param(value = "μ, part of the momentum that is kept", byDefault = "0.7") double friction,
    @Param(value = "T, views between two steps of momentum", byDefault = "20") int period)
    implements PtychoMethod {
  /// α 0.1, β 1, full steps, no momentum.
  public static final QuasiNewtonPie DEFAULT = new QuasiNewtonPie(0.1, 1, 1, 1, 0, 0.7, 20);

  public QuasiNewtonPie {
    Check.within("alpha", alpha, 1e-6, 10, "");
    Check.within("beta", beta, 1e-6, 10, "");
    Check.within("objectStep", objectStep, 1e-6, 2, "");
    Check.within("probeStep", probeStep, 1e-6, 2, "");
    Check.within("momentum", momentum, 0, 0.99, "");
    Check.within("friction", friction, 0, 0.99, "");
    Check.atLeast("period", period, 1);
  }

  @Override
  public Engine<PtychoState> engine(PtychoModel model, Constraints constraints, Workers workers) {
    int every = Math.min(period, model.count());
    return new SequentialPass(
        model,
        constraints,
        SequentialPass.Relaxation.NONE, // (1)
        rule(alpha, objectStep), // (2)
        rule(beta, probeStep), // (3)
        (state, views, cooling) -> {
          if (momentum > 0 && views % every == 0) {
            carryOn(state); // (4)
          }
        });
  }

  private static SequentialPass.Rule rule(double regularisation, double step) {
    return (field, numerator, weight, rows, columns) ->
        NewtonUpdate.step(
            field, numerator, weight, (float) regularisation, (float) step, rows, columns);
  }

  private void carryOn(PtychoState state) {
    var before = state.memory().get(0);
    var velocity = state.memory().get(1);
    carryOn(state.object().re(), before.re(), velocity.re());
    carryOn(state.object().im(), before.im(), velocity.im());
  }

  private void carryOn(float[] object, float[] before, float[] velocity) {
    float keep = (float) friction;
    float add = (float) momentum;
    for (int i = 0; i < object.length; i++) {
      float v = keep * velocity[i] + (object[i] - before[i]);
      velocity[i] = v;
      object[i] += add * v;
      before[i] = object[i];
    }
  }

  @Override
  public PtychoState start(PtychoModel model, ComplexField object, List<ComplexField> probes) {
    List<ComplexField> memory =
        momentum > 0 ? List.of(object.copy(), new ComplexField(object.grid())) : List.of();
    return new PtychoState(model, object, probes, List.of(), memory);
  }

  @Override
  public long memoryBytes(Windows windows, int modes) {
    long object = 8L * windows.object().rows() * ComplexField.pitch(windows.object().columns());
    return momentum > 0 ? 2 * object : 0;
  }
}

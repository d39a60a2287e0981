package argand.ptycho;

import argand.Paper;
import argand.Param;
import argand.array.Check;
import argand.array.ComplexField;
import argand.array.Workers;
import argand.flow.Engine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Wirtinger flow: descent along the slope of Σ (|u|² − n)², object and probe each whitened by the
/// light that meets it, and carried on by Nesterov's momentum. One pass over all views, with n the
/// counts, u = F P O_j and W = Σ_j |P|², V = Σ_j |O_j|²:
///
///     O', P' ← O + β_k (O − O_before), P + β_k (P − P_before),   β_k = (k − 1)/(k + 2)   (1)
///     χ_j    = F⁻¹ [ (n − |u|²) u / (2 max n) ]  at O', P'                             (2)
///     O      ← O' + μ Σ_j P'* χ_j / (W + δ max W)                                      (3)
///     P      ← P' + μ Σ_j O'_j* χ_j / (V + δ max V)                                    (4)
///
/// The paper divides the step by ‖z‖², that is, by the mean of n, which holds for random
/// measurements, where n is nowhere much more than its mean. Frames are not like that: at their
/// brightest pixel the curvature is 2 n, so that max n is what bounds the step, and μ = 1 is safe
/// where u is near. Whitening makes the columns of the measurement alike, as theory wants them. The
/// given object is the start: the paper's spectral one, the leading eigenvector of A* diag(n) A, is
/// here concentrated under a few bright views. `momentum` false leaves (1) out; `probe` false keeps
/// the probe. Bright pixels decide; noise of dark ones is not weighed as what it is.
@Paper(
    value =
        "E. J. Candès, X. Li, M. Soltanolkotabi, Phase retrieval via Wirtinger flow: theory and"
            + " algorithms, IEEE Trans. Inf. Theory 61, 1985 (2015)",
    doi = "10.1109/TIT.2015.2399924")
public record WirtingerFlow(
    @Param(value = "μ, length of a step", byDefault = "0.8") double step,
    @Param(value = "δ, damping where little light falls", byDefault = "0.01") double delta,
    @Param(value = "Nesterov's momentum", byDefault = "true") boolean momentum,
    @Param(value = "find the probe too", byDefault = "true") boolean probe)
    implements PtychoMethod {
  /// Steps of 0.8, δ 0.01, with momentum, and the probe is found.
  public static final WirtingerFlow DEFAULT = new WirtingerFlow(0.8, 0.01, true, true);

  public WirtingerFlow {
    Check.within("step", step, 1e-6, 2, "");
    Check.within("delta", delta, 1e-6, 10, "");
  }

  @Override
  public Engine<PtychoState> engine(PtychoModel model, Constraints constraints, Workers workers) {
    return new Pass(this, model, constraints, workers);
  }

  /// It remembers the unknowns before the last step.
  @Override
  public PtychoState start(PtychoModel model, ComplexField object, List<ComplexField> probes) {
    var before = probes.stream().map(ComplexField::copy).toList();
    return new PtychoState(model, object, probes, before, List.of(object.copy()));
  }

  @Override
  public boolean weighsVariance() {
    return true;
  }

  @Override
  public long memoryBytes(Windows windows, int modes) {
    long wave = 8L * windows.frame().rows() * ComplexField.pitch(windows.frame().columns());
    long object = 8L * windows.object().rows() * ComplexField.pitch(windows.object().columns());
    return LikelihoodGradient.memoryBytes(windows, modes) + 4 * (object + modes * wave);
  }

  private static final class Pass implements Engine<PtychoState> {
    private final WirtingerFlow method;
    private final PtychoModel model;
    private final Constraints constraints;
    private final Workers workers;
    private final List<Room> rooms = new ArrayList<>();

    /// What depends on the number of modes.
    private record Room(
        LikelihoodGradient gradient, Unknowns ahead, Unknowns slope, Unknowns scaled) {}

    Pass(WirtingerFlow method, PtychoModel model, Constraints constraints, Workers workers) {
      this.method = method;
      this.model = model;
      this.constraints = constraints;
      this.workers = workers;
    }

    private Room room(int modes) {
      if (rooms.isEmpty()) {
        var windows = model.windows();
        rooms.add(
            new Room(
                new LikelihoodGradient(model, Likelihood.UNIFORM, modes, workers),
                Unknowns.zeros(windows, modes),
                Unknowns.zeros(windows, modes),
                Unknowns.zeros(windows, modes)));
      }
      return rooms.getFirst();
    }

    @Override
    public double iterate(PtychoState state) {
      var by = room(state.modes());
      int k = state.iteration() + 1;
      boolean withProbe = method.probe && constraints.updatesProbe(state.iteration());
      var now = new Unknowns(state.object(), state.probes());
      var before = new Unknowns(state.memory().getFirst(), state.waves());
      double beta = method.momentum ? (k - 1.0) / (k + 2) : 0;
      by.ahead.setSum(0, 1 + beta, now, workers);
      by.ahead.setSum(1, -beta, before, workers); // (1)
      before.setSum(0, 1, now, workers);
      double error = by.gradient.at(by.ahead, withProbe, by.slope); // (2)
      double[] powers = new double[state.modes()];
      Arrays.fill(powers, 1);
      by.gradient.precondition(by.slope, method.delta, 1, powers, by.scaled);
      constraints.project(by.scaled.probes());
      by.ahead.setSum(1, method.step, by.scaled, workers); // (3), (4)
      now.setSum(0, 1, by.ahead, workers);
      constraints.apply(state);
      return error / model.counts();
    }
  }
}

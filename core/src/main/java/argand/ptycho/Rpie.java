package argand.ptycho;

import argand.Paper;
import argand.Param;
import argand.array.Check;
import argand.array.ComplexField;
import argand.array.Workers;
import argand.array.kernel.PieUpdate;
import argand.array.kernel.PieUpdate.Denominator;
import argand.array.kernel.RealWindow;
import argand.array.kernel.Window;
import argand.flow.Engine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Regularised ptychographical iterative engine. For each view j, in an order drawn anew for each
/// pass:
///
///     ψ   = P · O_j                                              (1)
///     Δ   = F⁻¹ [ √I_j · Fψ / |Fψ| ] − ψ                         (2)
///     O_j ← O_j + γ_O P* Δ / ((1−α)|P|² + α max|P|²)             (3)
///     P   ← P + γ_P O_j* Δ / ((1−β)|O_j|² + β max|O_j|²)         (4)
///
/// with the old P and O_j on the right of (3) and (4). α = β = 1 is ePIE. With sub-pixel positions
/// P stands for the moved probe S_j P, and (4) adds S_j† of its change. With several modes
/// √I_j/|Fψ|
/// is common to all, P* Δ and |P|² in (3) are sums over them, and (4) holds for each. It works view
/// after view, so it runs on one thread.
///
/// (2) is the change that `amplitude` asks for. With another {@link Likelihood} Δ is what that asks
/// for, as in {@link LsqMl}: the paper's cost is the misfit of amplitudes, whose minimum shot noise
/// displaces wherever a pixel counts few quanta; the same steps then descend another cost.
@Paper(
    value =
        "A. Maiden, D. Johnson, P. Li, Further improvements to the ptychographical iterative engine, Optica 4, 736 (2017)",
    doi = "10.1364/OPTICA.4.000736")
public record Rpie(
    @Param(value = "α, regularisation of the object update", byDefault = "0.1") double alpha,
    @Param(value = "β, regularisation of the probe update", byDefault = "1") double beta,
    @Param(value = "γ_O, step of the object update", byDefault = "1") double objectStep,
    @Param(value = "γ_P, step of the probe update; 0 keeps the probe", byDefault = "1")
        double probeStep,
    @Param(
            value = "passes after which both steps have halved, γ/(1 + k/h); 0 keeps them",
            byDefault = "10")
        int halving,
    @Param(
            value =
                "noise: amplitude, or poisson where frames are counts and every quantum is to count",
            byDefault = "amplitude")
        Likelihood likelihood)
    implements PtychoMethod {
  /// α 0.1, β 1, both steps 1 and half of that after 10 passes, measured amplitudes imposed.
  public static final Rpie DEFAULT = new Rpie(0.1, 1, 1, 1, 10);

  public Rpie {
    Check.within("alpha", alpha, 1e-4, 1, "");
    Check.within("beta", beta, 1e-4, 1, "");
    Check.within("objectStep", objectStep, 1e-6, 2, "");
    Check.within("probeStep", probeStep, 0, 2, "");
    Check.atLeast("halving", halving, 0);
  }

  /// Measured amplitudes are imposed.
  public Rpie(double alpha, double beta, double objectStep, double probeStep, int halving) {
    this(alpha, beta, objectStep, probeStep, halving, Likelihood.AMPLITUDE);
  }

  @Override
  public Engine<PtychoState> engine(PtychoModel model, Constraints constraints, Workers workers) {
    return engine(model, constraints, (state, views, cooling) -> {});
  }

  Engine<PtychoState> engine(PtychoModel model, Constraints constraints, AfterView afterView) {
    return new Pass(this, model, constraints, afterView);
  }

  /// What a variant does between views.
  interface AfterView {
    /// @param views done in this pass
    /// @param cooling by how much the steps have fallen, 1 … 0
    void done(PtychoState state, int views, double cooling);
  }

  private static final class Pass implements Engine<PtychoState> {
    private final Rpie rpie;
    private final PtychoModel model;
    private final Constraints constraints;
    private final AfterView afterView;
    private final Detector detector;
    private final List<ProbeShift> shifts = new ArrayList<>();
    private Window[] waves = {};
    private double cooling = 1;
    private final RealWindow light; // Σ|P_m|²
    private final float[] peaks = new float[2];
    private final float[] room;
    private final int rows;
    private final int columns;

    Pass(Rpie rpie, PtychoModel model, Constraints constraints, AfterView afterView) {
      this.afterView = afterView;
      this.rpie = rpie;
      this.model = model;
      this.constraints = constraints;
      var frame = model.windows().frame();
      rows = frame.rows();
      columns = frame.columns();
      detector = model.detector();
      light = RealWindow.aligned(rows, columns);
      room = new float[PieUpdate.room(columns)];
    }

    @Override
    public double iterate(PtychoState state) {
      boolean withProbe = rpie.probeStep > 0 && constraints.updatesProbe(state.iteration());
      boolean shifted = model.windows().shifted();
      int k = state.iteration();
      cooling = rpie.halving == 0 ? 1 : 1 / (1 + (double) k / rpie.halving);
      if (waves.length != state.modes()) {
        waves = Window.aligned(state.modes(), model.windows().frame());
      }
      while (shifts.size() < state.modes()) {
        shifts.add(new ProbeShift(model.windows()));
      }
      for (int m = 0; m < state.modes(); m++) {
        shifts.get(m).take(state.probes().get(m));
      }
      double error = 0;
      int views = 0;
      int[] order = model.order(state.iteration());
      model.expect(order);
      for (int j : order) {
        error += view(state.object(), j, withProbe, shifted);
        views++;
        afterView.done(state, views, cooling);
      }
      if (shifted && withProbe) {
        shifts.forEach(ProbeShift::finish);
      }
      constraints.apply(state);
      return error / model.counts();
    }

    private double view(ComplexField object, int j, boolean withProbe, boolean shifted) {
      var o = model.under(object, j);
      var probes = shifts.stream().map(shift -> Window.of(shift.at(j))).toArray(Window[]::new);
      Arrays.fill(peaks, 0);
      PieUpdate.products(probes, o, waves, light, rows, columns, peaks); // (1)
      double error = detector.change(waves, j, rpie.likelihood); // (2)
      boolean now = withProbe && !shifted;
      PieUpdate.step(
          probes,
          o,
          waves,
          now ? probes : waves,
          now ? 1 : 0,
          light,
          denominator(rpie.alpha, peaks[0], rpie.objectStep),
          denominator(rpie.beta, peaks[1], withProbe ? rpie.probeStep : 1),
          rows,
          columns,
          room); // (3), (4)
      for (int m = 0; m < waves.length && withProbe && shifted; m++) {
        shifts.get(m).addBack(waves[m], j);
      }
      return error;
    }

    private Denominator denominator(double regularisation, float peak, double fullStep) {
      double step = cooling * fullStep;
      return new Denominator(
          (float) ((1 - regularisation) / step), (float) (regularisation * peak / step));
    }
  }
}

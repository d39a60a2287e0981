package argand.ptycho;

import argand.Paper;
import argand.Param;
import argand.array.Check;
import argand.array.ComplexField;
import argand.array.Workers;
import argand.array.kernel.ExitWave;
import argand.array.kernel.Overlap;
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
        int halving)
    implements PtychoMethod {
  /// α 0.1, β 1, both steps 1 and half of that after 10 passes.
  public static final Rpie DEFAULT = new Rpie(0.1, 1, 1, 1, 10);

  public Rpie {
    Check.within("alpha", alpha, 1e-4, 1, "");
    Check.within("beta", beta, 1e-4, 1, "");
    Check.within("objectStep", objectStep, 1e-6, 2, "");
    Check.within("probeStep", probeStep, 0, 2, "");
    Check.atLeast("halving", halving, 0);
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
    private final List<ComplexField> waves = new ArrayList<>();
    private final List<ProbeShift> shifts = new ArrayList<>();
    private final ComplexField sum;
    private final ComplexField change;
    private final float[] light;
    private double cooling = 1;
    private final float[] peaks = new float[2];
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
      sum = new ComplexField(frame);
      change = new ComplexField(frame);
      light = new float[sum.re().length];
    }

    @Override
    public double iterate(PtychoState state) {
      boolean withProbe = rpie.probeStep > 0 && constraints.updatesProbe(state.iteration());
      boolean shifted = model.windows().shifted();
      int k = state.iteration();
      cooling = rpie.halving == 0 ? 1 : 1 / (1 + (double) k / rpie.halving);
      while (waves.size() < state.modes()) {
        waves.add(new ComplexField(sum.grid()));
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
        error +=
            state.modes() == 1
                ? view(state.object(), shifts.getFirst().at(j), j, withProbe, shifted)
                : mixedView(state.object(), j, withProbe, shifted);
        views++;
        afterView.done(state, views, cooling);
      }
      if (shifted && withProbe) {
        shifts.forEach(ProbeShift::finish);
      }
      constraints.apply(state.object());
      return error / model.counts();
    }

    private double view(
        ComplexField object, ComplexField probe, int j, boolean withProbe, boolean shifted) {
      var p = Window.of(probe);
      var o = model.under(object, j);
      var wave = waves.getFirst();
      var delta = Window.of(wave);
      peaks[0] = 0;
      peaks[1] = 0;
      ExitWave.product(p, o, delta, rows, columns, peaks); // (1)
      double error = detector.change(waves, j, Likelihood.AMPLITUDE); // (2)
      var ofObject = denominator(rpie.alpha, peaks[0], rpie.objectStep);
      if (!withProbe) {
        PieUpdate.object(p, o, delta, ofObject, rows, columns); // (3)
        return error;
      }
      var ofProbe = denominator(rpie.beta, peaks[1], rpie.probeStep);
      if (shifted) {
        PieUpdate.apart(p, o, delta, ofObject, ofProbe, rows, columns); // (3), Δ ← change of (4)
        shifts.getFirst().addBack(wave, j);
      } else {
        PieUpdate.both(p, o, delta, ofObject, ofProbe, rows, columns); // (3), (4)
      }
      return error;
    }

    private double mixedView(ComplexField object, int j, boolean withProbe, boolean shifted) {
      var o = model.under(object, j);
      var moved = shifts.stream().map(shift -> Window.of(shift.at(j))).toList();
      var weight = new RealWindow(light, 0, sum.pitch());
      peaks[1] = 0;
      for (int m = 0; m < moved.size(); m++) {
        ExitWave.product(moved.get(m), o, Window.of(waves.get(m)), rows, columns, peaks); // (1)
      }
      double error = detector.change(waves, j, Likelihood.AMPLITUDE); // (2)
      sum.setAll(0, 0);
      Arrays.fill(light, 0);
      for (int m = 0; m < moved.size(); m++) {
        var delta = Window.of(waves.get(m));
        Overlap.add(moved.get(m), delta, Window.of(sum), weight, rows, columns);
      }
      if (withProbe) {
        mixedProbes(o, moved, j, shifted); // (4)
      }
      var ofObject = denominator(rpie.alpha, 1, rpie.objectStep);
      Overlap.approach(
          o, Window.of(sum), weight, ofObject.slope(), ofObject.floor(), rows, columns); // (3)
      return error;
    }

    private void mixedProbes(Window o, List<Window> moved, int j, boolean shifted) {
      var ofProbe = denominator(rpie.beta, peaks[1], rpie.probeStep);
      for (int m = 0; m < moved.size(); m++) {
        var delta = Window.of(waves.get(m));
        if (shifted) {
          change.setAll(0, 0);
          PieUpdate.object(o, Window.of(change), delta, ofProbe, rows, columns);
          shifts.get(m).addBack(change, j);
        } else {
          PieUpdate.object(o, moved.get(m), delta, ofProbe, rows, columns);
        }
      }
    }

    private Denominator denominator(double regularisation, float peak, double fullStep) {
      double step = cooling * fullStep;
      return new Denominator(
          (float) ((1 - regularisation) / step), (float) (regularisation * peak / step));
    }
  }
}

package argand.ptycho;

import argand.array.ComplexField;
import argand.array.kernel.ExitWave;
import argand.array.kernel.Overlap;
import argand.array.kernel.RealWindow;
import argand.array.kernel.Window;
import argand.flow.Engine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// One pass of a method that goes from view to view, in an order drawn anew for each pass, on one
/// thread:
///
///     x   = c P O_j + (1 − c) ψ_j,    Δ = Π_F x − x                (1)
///     ψ_j ← P O_j + b Δ                                            (2)
///     O_j ← O_j + what a rule makes of Σ_m P_m* Δ_m and Σ_m|P_m|²  (3)
///     P_m ← P_m + what a rule makes of O_j* Δ_m and |O_j|²         (4)
///
/// with the old P and O_j on the right of all. A method without memory of exit waves has c = 1 and
/// no (2). With sub-pixel positions P_m stands for S_j P_m and (4) adds S_j† of its change.
///
/// @see SemiImplicitDouglasRachford
/// @see QuasiNewtonPie
final class SequentialPass implements Engine<PtychoState> {
  /// With c ≠ 1 the wave x is not P·O, so that the residual costs a transform of its own: it is
  /// measured on every so many views, other ones in each pass.
  private static final int RESIDUAL_STRIDE = 8;

  private final Relaxation relaxation;
  private final Rule ofObject;
  private final Rule ofProbe;
  private final PtychoModel model;
  private final Constraints constraints;
  private final Rpie.AfterView afterView;
  private final Detector detector;
  private final List<ComplexField> waves = new ArrayList<>();
  private final List<ProbeShift> shifts = new ArrayList<>();
  private final ComplexField sum;
  private final ComplexField change;
  private final float[] weight;
  private final ComplexField probeSum;
  private final float[] probeWeight;
  private final int rows;
  private final int columns;

  /// b and c of (1) and (2).
  record Relaxation(double b, double c) {
    static final Relaxation NONE = new Relaxation(1, 1);
  }

  /// A step of one factor of a product, from the sums of the other.
  interface Rule {
    void step(Window field, Window numerator, RealWindow weight, int rows, int columns);
  }

  SequentialPass(
      PtychoModel model,
      Constraints constraints,
      Relaxation relaxation,
      Rule ofObject,
      Rule ofProbe,
      Rpie.AfterView afterView) {
    this.model = model;
    this.constraints = constraints;
    this.relaxation = relaxation;
    this.ofObject = ofObject;
    this.ofProbe = ofProbe;
    this.afterView = afterView;
    var frame = model.windows().frame();
    rows = frame.rows();
    columns = frame.columns();
    detector = model.detector();
    sum = new ComplexField(frame);
    change = new ComplexField(frame);
    weight = new float[sum.re().length];
    probeSum = new ComplexField(frame);
    probeWeight = new float[weight.length];
  }

  @Override
  public double iterate(PtychoState state) {
    boolean withProbe = constraints.updatesProbe(state.iteration());
    boolean shifted = model.windows().shifted();
    boolean remembers = !state.waves().isEmpty();
    while (waves.size() < state.modes()) {
      waves.add(new ComplexField(sum.grid()));
      shifts.add(new ProbeShift(model.windows()));
    }
    for (int m = 0; m < state.modes(); m++) {
      shifts.get(m).take(state.probes().get(m));
    }
    double error = 0;
    double counts = 0;
    int turn = state.iteration() % RESIDUAL_STRIDE;
    boolean few = model.count() < 2 * RESIDUAL_STRIDE;
    int views = 0;
    int[] order = model.order(state.iteration());
    model.expect(order);
    for (int j : order) {
      var probes = shifts.stream().map(shift -> shift.at(j)).toList();
      boolean measured = !remembers || few || j % RESIDUAL_STRIDE == turn;
      if (remembers && measured) {
        products(state, probes, j);
        error += detector.error(waves, j);
      }
      double before = changes(state, probes, j, remembers); // (1), (2)
      error += remembers ? 0 : before;
      counts += measured ? model.counts(j) : 0;
      update(state, probes, j, withProbe, shifted); // (3), (4)
      afterView.done(state, ++views, 1);
    }
    if (shifted && withProbe) {
      shifts.forEach(ProbeShift::finish);
    }
    constraints.apply(state);
    return error / counts;
  }

  private void products(PtychoState state, List<ComplexField> probes, int j) {
    var o = model.under(state.object(), j);
    for (int m = 0; m < probes.size(); m++) {
      var wave = Window.of(waves.get(m));
      ExitWave.product(Window.of(probes.get(m)), o, wave, rows, columns, new float[2]);
    }
  }

  private double changes(PtychoState state, List<ComplexField> probes, int j, boolean remembers) {
    var o = model.under(state.object(), j);
    if (!remembers) {
      products(state, probes, j);
      return detector.change(waves, j, Likelihood.AMPLITUDE);
    }
    float c = (float) relaxation.c;
    float b = (float) relaxation.b;
    for (int m = 0; m < probes.size(); m++) {
      var p = Window.of(probes.get(m));
      var x = Window.of(waves.get(m));
      ExitWave.mixture(p, o, Window.of(state.wave(j, m)), c, x, rows, columns);
    }
    double error = detector.change(waves, j, Likelihood.AMPLITUDE);
    for (int m = 0; m < probes.size(); m++) {
      var p = Window.of(probes.get(m));
      var x = Window.of(waves.get(m));
      ExitWave.relaxed(p, o, x, b, Window.of(state.wave(j, m)), rows, columns);
    }
    return error;
  }

  private void update(
      PtychoState state, List<ComplexField> probes, int j, boolean withProbe, boolean shifted) {
    var o = model.under(state.object(), j);
    clear(sum, weight);
    for (int m = 0; m < probes.size(); m++) {
      add(Window.of(probes.get(m)), m, sum, weight);
    }
    for (int m = 0; m < probes.size() && withProbe; m++) {
      clear(probeSum, probeWeight);
      add(o, m, probeSum, probeWeight);
      if (shifted) {
        change.setAll(0, 0);
        step(ofProbe, Window.of(change), probeSum, probeWeight); // (4)
        shifts.get(m).addBack(Window.of(change), j);
      } else {
        step(ofProbe, Window.of(probes.get(m)), probeSum, probeWeight); // (4)
      }
    }
    step(ofObject, o, sum, weight); // (3)
  }

  private static void clear(ComplexField field, float[] weight) {
    field.setAll(0, 0);
    Arrays.fill(weight, 0);
  }

  private void add(Window factor, int m, ComplexField into, float[] weights) {
    var light = new RealWindow(weights, 0, into.pitch());
    Overlap.add(factor, Window.of(waves.get(m)), Window.of(into), light, rows, columns);
  }

  private void step(Rule rule, Window field, ComplexField numerator, float[] weights) {
    var light = new RealWindow(weights, 0, numerator.pitch());
    rule.step(field, Window.of(numerator), light, rows, columns);
  }
}

package argand.ptycho;

import argand.array.ComplexField;
import argand.array.Workers;
import argand.array.kernel.Window;
import argand.flow.Engine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One pass of {@link LsqMl} for any {@link WaveModel}. Each component of a view, a probe mode in
/// one step of the exposure, is carried through all slices; its change χ comes back through them by
/// the adjoint, and each slice l is solved as the plain object is, with what falls on it in place
/// of
/// the probe:
///
///     ψ_{l+1} = H_l (ψ_l O_l),   χ_l = H_l† (O_{l+1}* χ_{l+1})                             (1)
///     ΔO_l = Σ ψ_l* χ_l / √(W_l² + (δ max W_l)²),   W_l = Σ|ψ_l|²                          (2)
///     α_l  = Re⟨ΔO_l, Σ ψ_l* χ_l⟩ / (L Σ W_l|ΔO_l|²)                                       (3)
///
/// L slices explain the same change, so each takes the L-th part of its step. Modes of the object
/// are
/// further components, each with its own object and a whole step; larger ones for weak modes, as
/// those
/// of a probe have, throw the iteration. The probe is that of
/// {@link LsqMl}, and so are the ways E_k in which it changes, with a_jk O_j in place of O_j;
///
///     a_jk ← a_jk + Re⟨E_k O_j, χ_j⟩ / (1.1 ‖E_k O_j‖²)                                    (4)
///
/// Eager passes impose amplitudes whatever the likelihood. Weights and variations take half of
/// their steps, and a probe that varies goes without momentum:
/// more overshoots. The same bits for any number of threads: views write their own slots, sums are
/// taken in fixed
/// strips.
final class ModelPass implements Engine<PtychoState> {
  private static final double DAMPING = 0.1;

  private final LsqMl method;
  private final PtychoModel model;
  private final ModelParts parts;
  private final Constraints constraints;
  private final Workers workers;
  private final Windows windows;
  private final Area field;
  private final ViewBatches batches;
  private final ViewBatches eagerBatches;
  private final Detector[] detectors;
  private final ObjectSum[] batchObjects;
  private final ObjectSum[] passObjects;
  private final int slots;
  private @Nullable Room room;

  ModelPass(LsqMl method, PtychoModel model, Constraints constraints, Workers workers) {
    this.method = method;
    this.model = model;
    this.constraints = constraints;
    this.workers = workers;
    parts = model.parts();
    windows = model.windows();
    field = Area.whole(windows);
    boolean compact = method.batches() == Batching.COMPACT;
    batches = new ViewBatches(method.batches(), method.batchSize(), model);
    eagerBatches = compact ? new ViewBatches(Batching.UNIFORM, method.batchSize(), model) : batches;
    slots = Math.min(method.batchSize(), model.count());
    detectors = new Detector[workers.threads()];
    Arrays.setAll(detectors, k -> model.detector());
    int depth = parts.model().layers();
    batchObjects = new ObjectSum[depth];
    Arrays.setAll(batchObjects, l -> new ObjectSum(windows));
    passObjects = new ObjectSum[compact ? depth : 0];
    Arrays.setAll(passObjects, l -> new ObjectSum(windows));
  }

  /// Waves of all views of a batch, what depends on the number of modes.
  private final class Room {
    private final ViewChain[] chains;
    private final List<List<List<ComplexField>>> incident = new ArrayList<>();
    private final List<List<List<ComplexField>>> change = new ArrayList<>();
    private final List<List<ComplexField>> asked = new ArrayList<>();
    private final VariedProbeSum probe;
    private final List<ComplexField> before;

    Room(int modes) {
      chains = new ViewChain[workers.threads()];
      Arrays.setAll(chains, k -> new ViewChain(model, modes));
      int components = chains[0].components();
      for (int slot = 0; slot < slots; slot++) {
        incident.add(new ArrayList<>());
        change.add(new ArrayList<>());
        for (int c = 0; c < components; c++) {
          incident.get(slot).add(LsqMlRoom.fields(windows, parts.model().depth()));
          change.get(slot).add(LsqMlRoom.fields(windows, parts.model().depth()));
        }
        asked.add(LsqMlRoom.fields(windows, modes));
      }
      probe = new VariedProbeSum(model, modes);
      before = LsqMlRoom.fields(windows, modes);
    }

    /// What slice n, or mode n of the object, sees of them.
    ObjectSum.Terms layer(int n) {
      int states = parts.model().states();
      int own = chains[0].components() / states;
      int first = states > 1 ? n * own : 0;
      int l = states > 1 ? 0 : n;
      return new ObjectSum.Terms() {
        @Override
        public Window[] probes(int k, int row) {
          return layer(incident.get(k), row);
        }

        @Override
        public Window[] waves(int k, int row) {
          return layer(change.get(k), row);
        }

        private Window[] layer(List<List<ComplexField>> components, int row) {
          return components.subList(first, first + own).stream()
              .map(slices -> Window.of(slices.get(l), row, 0))
              .toArray(Window[]::new);
        }
      };
    }
  }

  @Override
  public double iterate(PtychoState state) {
    int k = state.iteration();
    double gamma = method.step() / (method.halving() == 0 ? 1 : 1 + (double) k / method.halving());
    boolean later = method.sumsOverPass(k);
    boolean early = k < method.eager();
    boolean withProbe = constraints.updatesProbe(k);
    boolean varied =
        withProbe && parts.model().variableProbe().filter(v -> k + 1 >= v.from()).isPresent();
    var of = room(state);
    parts
        .model()
        .objectModes()
        .ifPresent(modes -> ObjectStates.start(parts, state.object(), modes.share(), k));
    if (varied) {
      ProbeVariations.start(parts, state.probe(), k);
    }
    of.probe.begin();
    for (int l = 0; l < passObjects.length && later; l++) {
      var sum = passObjects[l];
      each(field.strips(), strip -> sum.clear(field, strip));
    }
    for (int m = 0; m < state.modes(); m++) {
      of.before.get(m).set(state.probes().get(m));
    }
    double error = 0;
    for (int[] views : (later ? batches : eagerBatches).of(k)) {
      error += batch(state, views, of, withProbe, varied, later, early, gamma);
    }
    for (int l = 0; l < passObjects.length && later; l++) {
      stepOfPass(state, l, (float) gamma);
    }
    if (withProbe && parts.variations().isEmpty()) {
      goOn(state, of.before);
    }
    if (varied) {
      ProbeVariations.settle(parts, state.probe());
    }
    for (int l = 0; l < parts.model().depth(); l++) {
      constraints.apply(parts.slice(state.object(), l));
    }
    constraints.applyToProbe(state);
    parts
        .model()
        .objectModes()
        .filter(modes -> (k + 1) % modes.orthogonalEvery() == 0)
        .ifPresent(
            modes ->
                ObjectStates.orthogonalize(model, state.object(), state.probes(), state.memory()));
    return error / model.counts();
  }

  private double batch(
      PtychoState state,
      int[] views,
      Room of,
      boolean withProbe,
      boolean varied,
      boolean later,
      boolean early,
      double gamma) {
    var area = Area.of(windows, views);
    // from a start far off, shot noise asks for a great change where nearly nothing is computed
    var likelihood = early ? Likelihood.AMPLITUDE : method.likelihood();
    double error = changes(state, views, of, withProbe, likelihood); // (1)
    double[] alpha = new double[batchObjects.length];
    float[] floors = new float[batchObjects.length];
    for (int l = 0; l < alpha.length; l++) {
      var sum = batchObjects[l];
      var terms = of.layer(l);
      each(area.strips(), strip -> sum.sum(area, strip, views, terms)); // (2)
      float floor = floor(sum.peak(area));
      each(area.strips(), strip -> sum.findLength(area, strip, floor));
      floors[l] = floor;
      alpha[l] = step(sum.length(area)) / parts.model().depth(); // (3)
    }
    if (withProbe) {
      of.probe.update(state, views, of.asked, varied, method.delta(), gamma, workers);
    }
    for (int l = 0; l < alpha.length; l++) {
      var sum = batchObjects[l];
      var slice = parts.layer(state.object(), l);
      float floor = floors[l];
      float step = (float) alpha[l];
      if (later) {
        var whole = passObjects[l];
        each(area.strips(), strip -> whole.add(area, strip, sum, step));
      } else {
        float now = (float) gamma * step;
        each(area.strips(), strip -> sum.step(area, strip, floor, now, slice));
      }
    }
    return error;
  }

  private double changes(
      PtychoState state, int[] views, Room of, boolean withProbe, Likelihood likelihood) {
    for (var chain : of.chains) {
      chain.take(state.probes());
    }
    double[] errors = new double[views.length];
    workers.forEach(
        views.length,
        (slot, worker) -> {
          int j = views[slot];
          var chain = of.chains[worker];
          int last = chain.depth() - 1;
          List<ComplexField> exits = new ArrayList<>();
          for (int c = 0; c < chain.components(); c++) {
            var incident = of.incident.get(slot).get(c);
            var exit = of.change.get(slot).get(c).get(last);
            chain.incident(j, c, incident.getFirst());
            chain.through(parts.state(state.object(), chain.state(c)), j, incident, exit);
            exits.add(exit);
          }
          errors[slot] = detectors[worker].change(exits, j, likelihood);
          for (var asked : of.asked.get(slot)) {
            asked.setAll(0, 0);
          }
          for (int c = 0; c < chain.components(); c++) {
            var change = of.change.get(slot).get(c);
            var seen = parts.state(state.object(), chain.state(c));
            chain.back(seen, j, change);
            if (withProbe) {
              chain.ask(seen, j, c, change.getFirst(), of.asked.get(slot));
            }
          }
          if (withProbe) {
            for (int k = 0; k < parts.variations().size(); k++) {
              double more = chain.along(k, j, state.object(), of.asked.get(slot).getFirst());
              of.probe.along(j, k, more / (1 + DAMPING)); // (4)
            }
          }
        });
    return Arrays.stream(errors).sum();
  }

  private Room room(PtychoState state) {
    var known = room;
    if (known == null) {
      known = new Room(state.modes());
      room = known;
    }
    return known;
  }

  /// (δ max)², at least what keeps 0/0 away.
  private float floor(float peak) {
    float low = (float) method.delta() * peak;
    return Math.max(Float.MIN_NORMAL, low * low);
  }

  /// The best step of Σ w|d|² and Re Σ d* n, damped.
  static double step(double[] sums) {
    return sums[0] > 0 ? sums[1] / ((1 + DAMPING) * sums[0]) : 0;
  }

  private void stepOfPass(PtychoState state, int l, float gamma) {
    var sum = passObjects[l];
    var slice = parts.layer(state.object(), l);
    each(field.strips(), strip -> sum.findPeak(field, strip));
    float floor = floor(sum.peak(field));
    if (state.memory().isEmpty()) {
      each(field.strips(), strip -> sum.step(field, strip, floor, gamma, slice));
      return;
    }
    float keep = (float) method.momentum();
    var velocity = state.memory().get(l);
    each(field.strips(), strip -> sum.step(field, strip, floor, keep, velocity, gamma, slice));
  }

  /// v ← η v + (P − P before); P ← P + η v
  private void goOn(PtychoState state, List<ComplexField> before) {
    float keep = (float) method.probeMomentum();
    for (int m = 0; m < state.waves().size(); m++) {
      var velocity = state.wave(0, m);
      LsqMlPass.goOn(keep, velocity.re(), state.probes().get(m).re(), before.get(m).re());
      LsqMlPass.goOn(keep, velocity.im(), state.probes().get(m).im(), before.get(m).im());
    }
  }

  private interface Strip {
    void run(int strip);
  }

  private void each(int strips, Strip task) {
    workers.forEach(strips, (strip, worker) -> task.run(strip));
  }
}

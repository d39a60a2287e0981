package argand.ptycho;

import argand.array.ComplexField;
import argand.array.Workers;
import argand.flow.Engine;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One pass of {@link MaximumLikelihood} where waves are made of more than probe modes and one thin
/// object. With x all slices and probe modes, r and z as there,
///
///     d    = (z of all slices, z of all probe modes, the last change of each)              (1)
///     t    = (H + ridge)⁻¹ g in the space of these four                                    (2)
///     x    ← x + Σ_k t_k d_k                                                               (3)
///
/// see {@link SubspaceStep}. On a quadratic likelihood this is conjugate gradients: the best step
/// in
/// the plane of slope and last change. It needs no conjugacy, so whatever else changes x between
/// passes does no harm. Where the error grew, three quarters of the last change are taken back.
final class ModelLikelihoodPass implements Engine<PtychoState> {
  /// The part by which the error may grow: the amplitude error is not quite the likelihood.
  private static final double GROWTH = 1.02;

  private static final double BACK = 0.75;

  private final MaximumLikelihood method;
  private final PtychoModel model;
  private final Constraints constraints;
  private final Workers workers;
  private final Smoothness smoothness;
  private @Nullable Room room;

  /// What depends on the number of modes.
  private record Room(ModelGradient gradient, SubspaceStep search, Stack slope, Stack scaled) {}

  /// What the pass before has left in the state.
  ///
  /// @param numbers the error that it found
  private record Memory(ComplexField numbers, Stack change) {
    static Memory of(PtychoState state) {
      var memory = state.memory();
      return new Memory(
          memory.getFirst(),
          new Stack(memory.subList(1, memory.size()), state.waves().subList(0, state.modes())));
    }
  }

  ModelLikelihoodPass(
      MaximumLikelihood method, PtychoModel model, Constraints constraints, Workers workers) {
    this.method = method;
    this.model = model;
    this.constraints = constraints;
    this.workers = workers;
    double meeting = model.counts() / model.windows().object().size();
    smoothness = new Smoothness(method.smoothness() * meeting, workers);
  }

  @Override
  public double iterate(PtychoState state) {
    var by = room(state.modes());
    var memory = Memory.of(state);
    var point = Stack.of(model, state);
    boolean withProbe = constraints.updatesProbe(state.iteration());
    double error = by.gradient.at(point, withProbe, by.slope) / model.counts();
    double before = memory.numbers.re(0, 0);
    if (before > 0 && error > GROWTH * before && !memory.change.empty()) {
      point.setSum(1, -BACK, memory.change);
      memory.change.setSum(1 - BACK, 0, memory.change);
      return error;
    }
    for (int l = 0; l < point.slices().size(); l++) {
      smoothness.addTo(by.slope.slices().get(l), point.slices().get(l));
    }
    constraints.project(by.slope.probes());
    double[] powers = state.probes().stream().mapToDouble(ComplexField::power).toArray();
    by.gradient.precondition(by.slope, method.delta(), method.probeScale(), powers, by.scaled);
    constraints.project(by.scaled.probes());
    var directions = directions(by.scaled, memory.change, withProbe); // (1)
    double[] t =
        by.search.lengths(point, directions, by.slope, smoothness, state.iteration()); // (2)
    step(point, memory.change, by.scaled, withProbe, t); // (3)
    for (var slice : point.slices()) {
      constraints.apply(slice);
    }
    constraints.applyToProbe(state);
    memory.numbers.set(0, 0, (float) error, 0);
    return error;
  }

  private static List<Stack> directions(Stack scaled, Stack change, boolean withProbe) {
    List<Stack> directions = new ArrayList<>(List.of(scaled.onlySlices()));
    if (withProbe) {
      directions.add(scaled.onlyProbes());
    }
    if (!change.empty()) {
      directions.add(change.onlySlices());
      if (withProbe) {
        directions.add(change.onlyProbes());
      }
    }
    return directions;
  }

  /// change ← Σ_k t_k d_k, x ← x + change
  private static void step(Stack point, Stack change, Stack scaled, boolean withProbe, double[] t) {
    int moving = withProbe ? 2 : 1;
    boolean kept = t.length > moving;
    var slices = change.onlySlices();
    slices.setSum(kept ? t[moving] : 0, t[0], scaled);
    point.setSum(1, 1, slices);
    if (withProbe) {
      var probes = change.onlyProbes();
      probes.setSum(kept ? t[moving + 1] : 0, t[1], scaled);
      point.setSum(1, 1, probes);
    }
  }

  private Room room(int modes) {
    var known = room;
    if (known == null) {
      known =
          new Room(
              new ModelGradient(model, method.likelihood(), modes, workers),
              new SubspaceStep(model, modes, method.searchEvery(), workers),
              Stack.zeros(model, modes),
              Stack.zeros(model, modes));
      room = known;
    }
    return known;
  }
}

package argand.ptycho;

import argand.array.ComplexField;
import argand.array.Workers;
import argand.flow.Engine;
import argand.ptycho.Unknowns.Pair;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One pass of {@link MaximumLikelihood}: a step of conjugate gradients. It begins anew, along the
/// slope, whenever someone else has changed the probes since; but for their being made orthogonal,
/// with which slope and direction turn.
final class MaximumLikelihoodPass implements Engine<PtychoState> {
  private final MaximumLikelihood method;
  private final PtychoModel model;
  private final Constraints constraints;
  private final Workers workers;
  private final Smoothness smoothness;
  private @Nullable Room room;

  /// What depends on the number of modes.
  private record Room(
      LikelihoodGradient gradient, LikelihoodSearch search, Unknowns slope, Unknowns scaled) {}

  /// What the passes before have left in the state.
  private record Memory(ComplexField numbers, Unknowns slope, Unknowns direction, Left left) {
    static Memory of(PtychoState state) {
      int modes = state.modes();
      var turning = state.waves();
      return new Memory(
          state.memory().get(0),
          new Unknowns(state.memory().get(1), turning.subList(0, modes)),
          new Unknowns(state.memory().get(2), turning.subList(modes, 2 * modes)),
          new Left(turning.subList(2 * modes, 3 * modes)));
    }

    /// ⟨r', z'⟩
    double product() {
      return numbers.re(0, 0);
    }

    /// t'
    double step() {
      return numbers.re(0, 1);
    }
  }

  /// The probes as a pass has left them.
  private record Left(List<ComplexField> probes) {
    boolean are(List<ComplexField> now) {
      for (int m = 0; m < probes.size(); m++) {
        if (!Arrays.equals(probes.get(m).re(), now.get(m).re())
            || !Arrays.equals(probes.get(m).im(), now.get(m).im())) {
          return false;
        }
      }
      return true;
    }

    void set(List<ComplexField> now) {
      for (int m = 0; m < probes.size(); m++) {
        probes.get(m).set(now.get(m));
      }
    }
  }

  MaximumLikelihoodPass(
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
    var point = new Unknowns(state.object(), state.probes());
    boolean withProbe = constraints.updatesProbe(state.iteration());
    double error = by.gradient.at(point, withProbe, by.slope); // (1)
    smoothness.addTo(by.slope.object(), state.object());
    constraints.project(by.slope.probes());
    double[] powers = new double[state.modes()];
    workers.forEach(powers.length, (m, worker) -> powers[m] = state.probes().get(m).power());
    by.gradient.precondition(
        by.slope, method.delta(), method.probeScale(), powers, by.scaled); // (2)
    constraints.project(by.scaled.probes());
    var direction = memory.direction;
    double[] inner =
        Unknowns.inner(
            workers,
            new Pair(by.slope, by.scaled),
            new Pair(memory.slope, by.scaled),
            new Pair(by.slope, direction));
    double product = inner[0];
    if (!(product > 0)) {
      return error / model.counts(); // nowhere to go: x is a maximum to the last bit
    }
    double beta = 0;
    if (memory.product() > 0 && memory.left.are(state.probes())) {
      beta = Math.max(0, (product - inner[1]) / memory.product()); // (3)
    }
    if (!(product + beta * inner[2] > 0)) {
      beta = 0;
    }
    if (beta > 0) {
      direction.setSum(beta, 1, by.scaled, workers); // (4)
    } else {
      direction.set(by.scaled, workers);
    }
    double slope = -4 * (beta > 0 ? product + beta * inner[2] : product);
    double guess = memory.step() > 0 ? memory.step() : 1;
    double bend = smoothness.curvature(direction.object());
    double t = by.search.step(point, direction, slope, bend, guess, state.iteration());
    point.setSum(1, t, direction, workers); // (5)
    constraints.apply(state);
    memory.slope.set(by.slope, workers);
    memory.numbers.set(0, 0, (float) product, 0);
    memory.numbers.set(0, 1, (float) t, 0);
    memory.left.set(state.probes());
    return error / model.counts();
  }

  private Room room(int modes) {
    var known = room;
    if (known == null) {
      var windows = model.windows();
      known =
          new Room(
              new LikelihoodGradient(model, method.likelihood(), modes, workers),
              new LikelihoodSearch(
                  model, method.likelihood(), method.searchEvery(), modes, workers),
              Unknowns.zeros(windows, modes),
              Unknowns.zeros(windows, modes));
      room = known;
    }
    return known;
  }
}

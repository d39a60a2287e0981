package argand.ptycho;

import argand.array.ComplexField;
import argand.array.Workers;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// How far to go along several directions at once: the minimum of the quadratic model of the
/// negative log-likelihood in the space that they span,
///
///     t = (H + ridge)⁻¹ g,   g_k = 4 Re⟨−½ ∂L/∂x*, d_k⟩,   H = Σ w J Jᵀ,  J_k = ∂I/∂t_k      (1)
///
/// g from all views; H, the Fisher information of {@link NormalEquations}, from a part of them. The
/// ridge is a ten-thousandth of each diagonal element.
final class SubspaceStep {
  /// Directions are few, and J of each is exact: enough to keep one that has faded from ruling.
  private static final double RIDGE = 1e-4;

  /// The views from which H is taken are no fewer.
  private static final int LEAST_VIEWS = 24;

  /// Slope and last change, of slices and of probes.
  private static final int MOST_DIRECTIONS = 4;

  private final PtychoModel model;
  private final int every;
  private final Workers workers;
  private final Room[] rooms;

  /// What one thread needs.
  ///
  /// @param changes of the probe, one for each direction
  /// @param slopes of the exit waves, for each direction those of all components
  private record Room(
      ViewChain chain,
      ViewChain[] changes,
      Detector detector,
      List<List<ComplexField>> incident,
      List<ComplexField> exits,
      List<List<ComplexField>> slopes) {}

  /// @param every so many views one is used, other ones in each pass
  SubspaceStep(PtychoModel model, int modes, int every, Workers workers) {
    this.model = model;
    this.workers = workers;
    this.every = Math.clamp(model.count() / LEAST_VIEWS, 1, every);
    rooms = Stream.generate(() -> room(modes)).limit(workers.threads()).toArray(Room[]::new);
  }

  private Room room(int modes) {
    var chain = new ViewChain(model, modes);
    int components = chain.components();
    var changes = new ViewChain[MOST_DIRECTIONS];
    Arrays.setAll(changes, k -> new ViewChain(model, modes));
    return new Room(
        chain,
        changes,
        model.detector(),
        fields(components, chain.depth()),
        LsqMlRoom.fields(model.windows(), components),
        fields(MOST_DIRECTIONS, components));
  }

  private List<List<ComplexField>> fields(int count, int each) {
    return Stream.generate(() -> LsqMlRoom.fields(model.windows(), each)).limit(count).toList();
  }

  /// @param slope −½ ∂L/∂x*
  /// @param smoothness whatever of it is not zero counts with H
  /// @param pass decides which views are used
  /// @return t
  double[] lengths(
      Stack point, List<Stack> directions, Stack slope, Smoothness smoothness, int pass) {
    for (var room : rooms) {
      room.chain.take(point.probes());
      for (int k = 0; k < directions.size(); k++) {
        if (!directions.get(k).probes().isEmpty()) {
          room.changes[k].take(directions.get(k).probes());
        }
      }
    }
    int first = pass % every;
    int used = (model.count() - first + every - 1) / every;
    model.expect(IntStream.range(0, used).map(k -> first + k * every).toArray());
    var ofViews = new NormalEquations[used];
    workers.forEach(
        used,
        (k, worker) -> {
          ofViews[k] = new NormalEquations(directions.size());
          view(rooms[worker], point, directions, first + k * every, ofViews[k]);
        });
    var sum = new NormalEquations(directions.size());
    for (var one : ofViews) {
      sum.add(one);
    }
    return solved(sum, (double) model.count() / used, directions, slope, smoothness);
  }

  private void view(Room room, Stack point, List<Stack> directions, int j, NormalEquations into) {
    var object = point.slices().getFirst();
    for (int c = 0; c < room.exits.size(); c++) {
      var incident = room.incident.get(c);
      room.chain.incident(j, c, incident.getFirst());
      room.chain.through(object, j, incident, room.exits.get(c));
      for (int k = 0; k < directions.size(); k++) {
        var slope = room.slopes.get(k).get(c);
        if (directions.get(k).probes().isEmpty()) {
          slope.setAll(0, 0);
        } else {
          room.changes[k].incident(j, c, slope);
        }
        room.chain.tangent(object, j, incident, directions.get(k).slices(), slope);
      }
    }
    room.detector.gather(room.exits, room.slopes.subList(0, directions.size()), j, into);
  }

  /// (1), each direction in units of its own diagonal element.
  private static double[] solved(
      NormalEquations seen,
      double scale,
      List<Stack> directions,
      Stack slope,
      Smoothness smoothness) {
    int n = directions.size();
    double[] h = new double[n * n];
    for (int k = 0; k < n; k++) {
      for (int l = 0; l < n; l++) {
        h[k * n + l] = scale * seen.h(k, l);
        h[k * n + l] += bend(smoothness, directions.get(k), directions.get(l));
      }
    }
    double[] unit = new double[n];
    double[] g = new double[n];
    for (int k = 0; k < n; k++) {
      unit[k] = h[k * n + k] > 0 ? 1 / Math.sqrt(h[k * n + k]) : 0;
      g[k] = unit[k] * 4 * slope.inner(directions.get(k));
    }
    for (int k = 0; k < n; k++) {
      for (int l = 0; l < n; l++) {
        h[k * n + l] = unit[k] == 0 && k == l ? 1 : h[k * n + l] * unit[k] * unit[l];
      }
    }
    double[] t = NormalEquations.solve(h, RIDGE, g);
    for (int k = 0; k < n; k++) {
      t[k] *= unit[k];
    }
    return t;
  }

  private static double bend(Smoothness smoothness, Stack a, Stack b) {
    double sum = 0;
    for (int l = 0; l < Math.min(a.slices().size(), b.slices().size()); l++) {
      sum += smoothness.curvature(a.slices().get(l), b.slices().get(l));
    }
    return sum;
  }
}

package argand.ptycho;

import argand.array.Workers;
import java.util.Arrays;
import java.util.List;

/// What the counts of all views say about the square of the bandwidth, object and probe being held:
/// {@link NormalEquations} of one parameter, its slope ∂I/∂β² by the difference between the band as
/// it stands and a slightly wider one, both summed over many energies.
final class BandSteps {
  /// Square of the wider band beyond that of the other, in units in which the finest speckles at
  /// the edge of the frame are blurred to exp(−½) of their contrast: intensities are linear in it.
  private static final double WIDER = 0.2;

  /// Part of the contrast of the finest speckles: less than what is to be told apart.
  private static final double TOLERANCE = 1e-3;

  private BandSteps() {}

  /// The sum over all views.
  static NormalEquations all(PtychoModel model, PtychoState state, Workers workers) {
    var all = new NormalEquations(1);
    views(model, state, workers).forEach(all::add);
    return all;
  }

  /// Standard deviation of the square of the bandwidth, from the scatter of the views.
  static double deviation(PtychoModel model, PtychoState state, Workers workers) {
    var views = views(model, state, workers);
    var all = new NormalEquations(1);
    views.forEach(all::add);
    double step = all.step(0)[0];
    double square =
        views.stream().mapToDouble(v -> v.g(0) - v.h(0, 0) * step).map(g -> g * g).sum();
    return Math.sqrt(square) / all.h(0, 0);
  }

  private static List<NormalEquations> views(
      PtychoModel model, PtychoState state, Workers workers) {
    double square = model.bandwidth() * model.bandwidth();
    double wider = WIDER * model.finestBand() * model.finestBand();
    double[] widths = {Math.sqrt(square), Math.sqrt(square + wider)};
    var rooms = new Room[workers.threads()];
    var found = new NormalEquations[model.count()];
    model.expectAll();
    workers.forEach(
        found.length,
        (j, worker) -> {
          var room = rooms[worker];
          if (room == null) {
            room = new Room(model, state, widths);
            rooms[worker] = room;
          }
          found[j] = room.of(state, j, wider);
        });
    return Arrays.asList(found);
  }

  /// What one thread needs.
  private static final class Room {
    private final ExitWaves exits;
    private final Detector narrow;
    private final Detector wide;
    private final double[][] slopes;
    private final double[][] weights;

    Room(PtychoModel model, PtychoState state, double[] widths) {
      exits = new ExitWaves(model, state.probes());
      narrow = model.detector(widths[0], TOLERANCE);
      wide = model.detector(widths[1], TOLERANCE);
      slopes = new double[2][model.pixels()];
      weights = new double[2][model.pixels()];
    }

    NormalEquations of(PtychoState state, int j, double wider) {
      for (int k = 0; k < 2; k++) {
        Arrays.fill(slopes[k], 0);
        Arrays.fill(weights[k], 0);
        (k == 0 ? narrow : wide).background(exits.of(state.object(), j), j, slopes[k], weights[k]);
      }
      var found = new NormalEquations(1);
      double[] slope = new double[1];
      for (int i = 0; i < weights[0].length; i++) {
        if (weights[0][i] > 0) { // 1/(I + ε), and (n − I)/(I + ε)
          double computed = 1 / weights[0][i] - Measurement.EPSILON;
          double counted = computed + slopes[0][i] / weights[0][i];
          slope[0] = (1 / weights[1][i] - 1 / weights[0][i]) / wider;
          found.enter(counted, computed, slope);
        }
      }
      found.complete();
      return found;
    }
  }
}

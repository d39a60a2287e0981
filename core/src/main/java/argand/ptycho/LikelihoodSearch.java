package argand.ptycho;

import argand.array.Workers;
import argand.array.kernel.ExitWave;
import argand.array.kernel.Window;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// How far to go along a direction (ΔO, ΔP): the least t > 0 at which the negative log-likelihood
/// stops falling. Along the line the exit wave of a view is
///
///     ψ(t) = P O + t (P ΔO + ΔP O) + t² ΔP ΔO                        (1)
///
/// so that its three parts, once at the detector, give the intensity of every pixel as a polynomial
/// of degree four, and slope and curvature of the likelihood at any t without another transform.
/// They are taken at t = 0 and at two guesses; between these the slope is the cubic with the same
/// values and slopes (2). Views may be sampled: then their slopes are scaled to all views, and the
/// slope at 0, which is known from all of them, is put right.
final class LikelihoodSearch {
  private static final double SECOND = 3;
  private static final int SWEEPS = 12;

  /// A slope behind the minimum that is so many times that at 0 says that the guess was far off.
  private static final double STEEPEST = 2.5;

  private static final int LEAST_VIEWS = 16;

  private final PtychoModel model;
  private final Windows windows;
  private final Workers workers;
  private final Likelihood likelihood;
  private final int every;
  private final Room[] rooms;
  private final int rows;
  private final int columns;

  /// What one thread needs.
  ///
  /// @param line a, b and c of the first mode, of the second, …
  private record Room(
      Detector detector, List<ProbeShift> probes, List<ProbeShift> changes, Window[] line) {}

  /// @param every so many views one is used, other ones in each pass
  LikelihoodSearch(
      PtychoModel model, Likelihood likelihood, int every, int modes, Workers workers) {
    this.model = model;
    this.likelihood = likelihood;
    this.workers = workers;
    this.every = Math.clamp(model.count() / LEAST_VIEWS, 1, every);
    windows = model.windows();
    rows = windows.frame().rows();
    columns = windows.frame().columns();
    rooms = Stream.generate(() -> room(modes)).limit(workers.threads()).toArray(Room[]::new);
  }

  private Room room(int modes) {
    return new Room(
        model.detector(),
        Stream.generate(() -> new ProbeShift(windows)).limit(modes).toList(),
        Stream.generate(() -> new ProbeShift(windows)).limit(modes).toList(),
        Window.aligned(3 * modes, windows.frame()));
  }

  /// Slope and curvature at one t.
  private record Point(double t, double slope, double curvature) {}

  /// @param slope dL/dt at 0 over all views and whatever else counts; negative
  /// @param curvature d²/dt² of whatever else counts, the same everywhere
  /// @param guess where to look first
  /// @param pass decides which views are used
  double step(
      Unknowns point, Unknowns direction, double slope, double curvature, double guess, int pass) {
    double t = guess;
    double best = 0;
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      var points = points(point, direction, slope, curvature, t, pass);
      int k = 1;
      while (k < points.length && points[k].slope < 0) {
        k++;
      }
      if (k == points.length) { // still falling at the farthest
        best = points[k - 1].t;
        t *= SECOND * SECOND;
      } else if (points[k].slope > STEEPEST * -slope) { // too far to tell
        best = points[k - 1].t > 0 ? points[k - 1].t : t / STEEPEST;
        t = best / SECOND;
      } else {
        return root(points[k - 1], points[k]); // (2)
      }
    }
    return best;
  }

  private Point[] points(
      Unknowns point, Unknowns direction, double slope, double curvature, double t, int pass) {
    double[] at = {0, t, SECOND * t};
    ProbeShift.take(Arrays.stream(rooms).map(Room::probes).toList(), point.probes(), workers);
    ProbeShift.take(Arrays.stream(rooms).map(Room::changes).toList(), direction.probes(), workers);
    int first = pass % every;
    int used = (model.count() - first + every - 1) / every;
    model.expect(IntStream.range(0, used).map(k -> first + k * every).toArray());
    double[][] sums = new double[used][2 * at.length];
    workers.forEach(
        used, (k, worker) -> view(rooms[worker], point, direction, first + k * every, at, sums[k]));
    double[] total = new double[2 * at.length];
    for (double[] one : sums) {
      for (int k = 0; k < total.length; k++) {
        total[k] += one[k];
      }
    }
    double scale = (double) model.count() / used;
    var points = new Point[at.length];
    for (int k = 0; k < at.length; k++) {
      points[k] =
          new Point(
              at[k],
              slope + scale * (total[2 * k] - total[0]) + curvature * at[k],
              scale * total[2 * k + 1] + curvature);
    }
    return points;
  }

  private void view(
      Room room, Unknowns point, Unknowns direction, int j, double[] at, double[] sums) {
    var o = model.under(point.object(), j);
    var step = model.under(direction.object(), j);
    float[] peaks = new float[2];
    for (int m = 0; m < room.probes.size(); m++) { // (1)
      var p = Window.of(room.probes.get(m).at(j));
      var change = Window.of(room.changes.get(m).at(j));
      var c = room.line[3 * m + 2];
      ExitWave.product(p, o, room.line[3 * m], rows, columns, peaks);
      ExitWave.product(change, o, c, rows, columns, peaks);
      ExitWave.relaxed(p, step, c, 1, room.line[3 * m + 1], rows, columns);
      ExitWave.product(change, step, c, rows, columns, peaks);
    }
    room.detector.slopes(room.line, j, likelihood, at, sums);
  }

  /// Where the cubic of (2) crosses zero, by bisection.
  private static double root(Point from, Point to) {
    double width = to.t - from.t;
    double low = 0;
    double high = 1;
    for (int k = 0; k < 50; k++) {
      double x = 0.5 * (low + high);
      double y = 1 - x;
      double slope =
          from.slope * y * y * (1 + 2 * x)
              + to.slope * x * x * (1 + 2 * y)
              + width * x * y * (from.curvature * y - to.curvature * x);
      if (slope < 0) {
        low = x;
      } else {
        high = x;
      }
    }
    return from.t + width * 0.5 * (low + high);
  }
}

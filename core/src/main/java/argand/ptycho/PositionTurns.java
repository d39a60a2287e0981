package argand.ptycho;

import argand.array.ComplexField;
import argand.array.InvalidInput;
import argand.array.Workers;
import argand.data.Quality;
import argand.physics.Geometry.Regime;
import argand.ptycho.PtychoRefinement.Refiner;
import java.util.Arrays;
import java.util.stream.IntStream;

/// The turns of {@link Positions}.
final class PositionTurns implements Refiner {
  /// Turns from one common map to the next: the object needs some to follow.
  private static final int MAP_EVERY = 3;

  /// Turns from one look at lost views to the next.
  private static final int LOST_EVERY = 5;

  /// A view whose relative error is so many times the median is lost.
  private static final double LOST = 3;

  private static final double[][] AROUND = {
    {-1, 0}, {1, 0}, {0, -1}, {0, 1}, {-1, -1}, {-1, 1}, {1, -1}, {1, 1}
  };

  /// Part of the views' mean information that is added to that of each: one that sees little is
  /// not thrown about.
  private static final double DAMPING = 0.1;

  /// Longest step of a view in a turn [px].
  private static final double LONGEST = 0.5;

  /// How well a stage's axes are known before anything is measured [px for each px].
  private static final double AXES = 0.02;

  private final Positions how;
  private final PtychoModel model;
  private final Windows windows;
  private final Constraints constraints;
  private final Workers workers;
  private final ObjectSlope slope;

  PositionTurns(Positions how, PtychoModel model, Constraints constraints, Workers workers) {
    this.how = how;
    this.model = model;
    this.constraints = constraints;
    this.workers = workers;
    windows = model.windows();
    if (how.pixelSize() == PixelSize.FREE && model.regime() == Regime.NEAR_FIELD) {
      throw new InvalidInput(
          "pixelSize",
          "free",
          "fixed in the near field",
          "the pixels of sample and detector correspond there; check the distance from the focus");
    }
    slope = new ObjectSlope(windows.object(), workers);
  }

  @Override
  public void refine(PtychoState state) {
    int turn = (state.iteration() + 1 - how.from()) / how.every();
    var object = state.object();
    var rooms = rooms(state);
    if (how.search().due(turn)) {
      workers.forEach(
          model.count(),
          (j, worker) -> {
            double[] at = {windows.moveY()[j], windows.moveX()[j]};
            search(
                rooms[worker], object, how.search().trials(turn, j), how.search().narrows(), at, j);
          }); // (1)
    }
    how.correlation()
        .filter(stage -> turn < stage.turns())
        .ifPresent(stage -> correlate(stage, rooms, state)); // (2)
    if (turn > 0 && turn % LOST_EVERY == 0 && !(how.search() instanceof PositionSearch.None)) {
      seekLost(rooms, object);
    }
    steps(rooms, object);
    if (model.regime() == Regime.NEAR_FIELD) {
      keepStretch();
      if (turn % MAP_EVERY == 0) {
        boolean curves = constraints.updatesProbe(state.iteration());
        new NearFieldCommon(model, workers, true, curves, false).step(state, slope);
      }
    } else if (turn >= how.commonFrom() && (turn - how.commonFrom()) % MAP_EVERY == 0) {
      map(rooms, object);
    }
  }

  private PositionSteps[] rooms(PtychoState state) {
    slope.take(state.object());
    var rooms = new PositionSteps[workers.threads()];
    for (int k = 0; k < rooms.length; k++) {
      rooms[k] = new PositionSteps(model, state.probes(), slope);
    }
    return rooms;
  }

  /// Tries a view whose error is far above the others' wherever it may stand.
  private void seekLost(PositionSteps[] rooms, ComplexField object) {
    double[] errors = new double[model.count()];
    workers.forEach(
        errors.length,
        (j, worker) -> errors[j] = rooms[worker].error(object, j) / Math.max(model.counts(j), 1));
    double[] sorted = errors.clone();
    Arrays.sort(sorted);
    double bound = LOST * sorted[sorted.length / 2];
    int[] lost = IntStream.range(0, errors.length).filter(j -> errors[j] > bound).toArray();
    double[][] trials = new PositionSearch.Grid(how.reach()).trials(0, 0);
    workers.forEach(
        lost.length,
        (k, worker) -> search(rooms[worker], object, trials, true, new double[] {0, 0}, lost[k]));
  }

  /// Puts view j where its error is least: where it stands, or one of the trials from `from`.
  private void search(
      PositionSteps room,
      ComplexField object,
      double[][] trials,
      boolean narrows,
      double[] from,
      int j) {
    double y = windows.moveY()[j];
    double x = windows.moveX()[j];
    double[] best = best(room, object, j, new double[] {y, x, room.error(object, j)}, from, trials);
    if (narrows) {
      best = best(room, object, j, best, best.clone(), AROUND);
    }
    windows.move(j, best[0], best[1]);
  }

  /// Down, right, error of the best of what was found so far and the trials from `from`.
  private double[] best(
      PositionSteps room,
      ComplexField object,
      int j,
      double[] soFar,
      double[] from,
      double[][] trials) {
    double[] best = soFar;
    for (double[] trial : trials) {
      double y = from[0] + trial[0];
      double x = from[1] + trial[1];
      if (Math.abs(y) > how.reach() || Math.abs(x) > how.reach()) {
        continue;
      }
      windows.move(j, y, x);
      double found = room.error(object, j);
      if (found < best[2]) {
        best = new double[] {y, x, found};
      }
    }
    return best;
  }

  private void correlate(PositionCorrelation stage, PositionSteps[] rooms, PtychoState state) {
    var object = state.object();
    var shifts = new ViewShift[rooms.length];
    Arrays.setAll(shifts, k -> new ViewShift(model, state.probes()));
    workers.forEach(
        model.count(),
        (j, worker) -> {
          double y = windows.moveY()[j];
          double x = windows.moveX()[j];
          double[] step =
              stage.along(
                  shifts[worker].of(object, j),
                  (down, right) -> {
                    windows.move(j, y + down, x + right);
                    return rooms[worker].error(object, j);
                  });
          windows.move(j, y + step[0], x + step[1]);
        });
  }

  private void steps(PositionSteps[] rooms, ComplexField object) {
    double[][] steps = next(rooms, object);
    for (int j = 0; j < steps.length; j++) {
      windows.move(j, windows.moveY()[j] + steps[j][0], windows.moveX()[j] + steps[j][1]);
    }
  }

  /// Where (3) puts each view next: steps down and to the right, without their mean.
  private double[][] next(PositionSteps[] rooms, ComplexField object) {
    int views = model.count();
    var normal = new NormalEquations[views];
    workers.forEach(views, (j, worker) -> normal[j] = rooms[worker].move(object, j));
    double information =
        IntStream.range(0, views).mapToDouble(j -> normal[j].meanDiagonal()).sum() / views;
    double[][] steps = new double[views][];
    double meanY = 0;
    double meanX = 0;
    for (int j = 0; j < views; j++) {
      double[] step = normal[j].step(DAMPING * information + 1 / (LONGEST * LONGEST)); // (3)
      double length = Math.hypot(step[0], step[1]);
      double part = length > LONGEST ? LONGEST / length : 1;
      steps[j] = new double[] {part * step[0], part * step[1]};
      meanY += steps[j][0] / views;
      meanX += steps[j][1] / views;
    }
    for (double[] step : steps) {
      step[0] -= meanY;
      step[1] -= meanX;
    }
    return steps;
  }

  /// Root of the mean squared length of the steps that would follow [px].
  private double stillMoving(PtychoState state) {
    double square = 0;
    for (double[] step : next(rooms(state), state.object())) {
      square += step[0] * step[0] + step[1] * step[1];
    }
    return Math.sqrt(square / model.count());
  }

  private void map(PositionSteps[] rooms, ComplexField object) {
    int views = model.count();
    var of = new NormalEquations[views];
    workers.forEach(views, (j, worker) -> of[j] = rooms[worker].map(object, j));
    var all = new NormalEquations(4);
    for (var one : of) {
      all.add(one);
    }
    double[] a = all.step(1 / (AXES * AXES)); // (4)
    CommonMap.apply(new LinearMap(a[0], a[1], a[2], a[3], 0, 0), object, windows, workers);
  }

  @Override
  public Quality found(PtychoState state) {
    var moves = PositionMoves.of(windows);
    var common = common(moves);
    var quality =
        moves
            .quality()
            .and(moves.map(inFile(true), inFile(false)))
            .and(common.quality())
            .and(drift(moves, common.map()).quality());
    if (model.regime() == Regime.FAR_FIELD) { // in the near field a step is partly taken back
      quality = quality.withMetric("positionNextStepPx", stillMoving(state));
    }
    var sigma = PositionUncertainty.of(model, state, slope, workers);
    if (sigma.isPresent()) {
      quality = quality.and(sigma.get().quality());
    }
    String blamed = common.scaleSentence(how.pixelSize());
    return blamed.isEmpty() ? quality : quality.withVerdict(blamed);
  }

  /// The smooth part of what is not common to all.
  private DriftTrend drift(PositionMoves moves, LinearMap common) {
    double[] y = inFile(true);
    double[] x = inFile(false);
    double[] down = new double[y.length];
    double[] right = new double[y.length];
    for (int j = 0; j < y.length; j++) {
      down[j] = moves.down()[j] - common.down(y[j], x[j]);
      right[j] = moves.right()[j] - common.right(y[j], x[j]);
    }
    return DriftTrend.of(down, right);
  }

  @Override
  public double pixelFactor() {
    return how.pixelSize() == PixelSize.FREE
        ? 1 / (1 + common(PositionMoves.of(windows)).scale())
        : 1;
  }

  /// Takes back how much moves have stretched the field: the probe takes the curvature that
  /// explains
  /// nearly the same frames. Left to itself the scale runs away.
  private void keepStretch() {
    double[] y = inFile(true);
    double[] x = inFile(false);
    var all = AffineFit.of(y, x, PositionMoves.of(windows)).map();
    double shear = 0.5 * (all.yx() + all.xy());
    var stretch = new LinearMap(all.yy(), shear, shear, all.xx(), all.centreY(), all.centreX());
    for (int j = 0; j < model.count(); j++) {
      windows.move(
          j,
          windows.moveY()[j] - stretch.down(y[j], x[j]),
          windows.moveX()[j] - stretch.right(y[j], x[j]));
    }
  }

  private AffineFit common(PositionMoves moves) {
    return AffineFit.of(inFile(true), inFile(false), moves);
  }

  /// Rows, or columns, where the file puts the views [px].
  private double[] inFile(boolean rows) {
    return IntStream.range(0, model.count())
        .mapToDouble(
            j -> rows ? windows.y(j) - windows.moveY()[j] : windows.x(j) - windows.moveX()[j])
        .toArray();
  }
}

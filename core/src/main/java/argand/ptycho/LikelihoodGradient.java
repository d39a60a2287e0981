package argand.ptycho;

import argand.array.ComplexField;
import argand.array.Workers;
import argand.array.kernel.Overlap;
import argand.array.kernel.PieUpdate;
import argand.array.kernel.RealWindow;
import argand.array.kernel.WeightedStep;
import argand.array.kernel.Window;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// The slope of the negative log-likelihood L = Σ ℓ(I, n) over all views at once:
///
///     χ_jm = F⁻¹ [ −½ ℓ'(I_j) u_jm ]                                  (1)
///     −½ ∂L/∂O*   = Σ_jm P_m* χ_jm,        W = Σ_jm |P_m|²            (2)
///     −½ ∂L/∂P_m* = Σ_j S_j† O_j* χ_jm,    V = Σ_j |O_j|²             (3)
///
/// Two transforms for each view and mode (four where the probe is moved), and nothing is kept for a
/// view. Fixed compact blocks of views are summed in parallel, each view while it is in the cache;
/// then the blocks in their order, see {@link ObjectPatches}.
final class LikelihoodGradient {
  private static final int STRIP_ROWS = 16;

  /// A mode with a smaller part of the strongest one's power counts as if it had that.
  private static final double WEAKEST = 100;

  private final PtychoModel model;
  private final Windows windows;
  private final Workers workers;
  private final Likelihood likelihood;
  private final int modes;
  private final Block[] blocks;
  private final Room[] rooms;
  private final ObjectPatches patches;
  private final float[] ofProbe;
  private final int rows;
  private final int columns;

  /// The sums of one block.
  private record Block(List<ComplexField> probes, float[] weight) {}

  /// What one thread needs.
  private record Room(
      Detector detector,
      Window[] waves,
      RealWindow light,
      float[] peaks,
      List<ProbeShift> moved,
      List<ProbeShift> back) {}

  LikelihoodGradient(PtychoModel model, Likelihood likelihood, int modes, Workers workers) {
    this.model = model;
    this.likelihood = likelihood;
    this.modes = modes;
    this.workers = workers;
    windows = model.windows();
    rows = windows.frame().rows();
    columns = windows.frame().columns();
    patches = new ObjectPatches(windows, workers);
    blocks = Stream.generate(this::block).limit(patches.blocks()).toArray(Block[]::new);
    rooms = Stream.generate(this::room).limit(workers.threads()).toArray(Room[]::new);
    ofProbe = new float[blocks[0].weight.length];
  }

  private Block block() {
    var probes = LsqMlRoom.fields(windows, modes);
    return new Block(probes, new float[probes.getFirst().re().length]);
  }

  private Room room() {
    return new Room(
        model.detector(),
        Window.aligned(modes, windows.frame()),
        RealWindow.aligned(rows, columns),
        new float[2],
        shifts(),
        shifts());
  }

  private List<ProbeShift> shifts() {
    return Stream.generate(() -> new ProbeShift(windows)).limit(modes).toList();
  }

  /// Bytes it holds.
  static long memoryBytes(Windows windows, int modes) {
    return ObjectPatches.memoryBytes(windows, modes + 0.5);
  }

  /// into ← −½ of the slope; the probes' part only where asked for.
  ///
  /// @return Σ(|u| − √I)² over the good pixels of all views [counts]
  double at(Unknowns point, boolean withProbe, Unknowns into) {
    ProbeShift.take(Arrays.stream(rooms).map(Room::moved).toList(), point.probes(), workers);
    int[][] views = patches.begin();
    model.expect(Arrays.stream(views).flatMapToInt(Arrays::stream).toArray());
    double[] errors = new double[blocks.length];
    workers.forEach(
        blocks.length,
        (b, worker) -> {
          var block = blocks[b];
          var room = rooms[worker];
          patches.clear(b);
          clear(block, room);
          for (int j : views[b]) {
            errors[b] += view(room, b, point, j, withProbe);
          }
          for (int m = 0; m < modes && withProbe && windows.shifted(); m++) {
            room.back.get(m).read(block.probes.get(m));
          }
        });
    patches.sum(into.object());
    sumProbes(into, withProbe);
    double error = 0;
    for (double one : errors) {
      error += one;
    }
    return error;
  }

  private void clear(Block block, Room room) {
    Arrays.fill(block.weight, 0);
    for (int m = 0; m < modes; m++) {
      block.probes.get(m).setAll(0, 0);
      room.back.get(m).clear();
    }
  }

  private double view(Room room, int b, Unknowns point, int j, boolean withProbe) {
    var o = model.under(point.object(), j);
    var probes = room.moved.stream().map(shift -> Window.of(shift.at(j))).toArray(Window[]::new);
    PieUpdate.products(probes, o, room.waves, room.light, rows, columns, room.peaks);
    double error = room.detector.change(room.waves, j, likelihood); // (1)
    patches.add(b, probes, room.waves, room.light, j); // (2)
    if (withProbe) {
      addProbes(room, blocks[b], o); // (3)
    }
    for (int m = 0; m < modes && withProbe && windows.shifted(); m++) {
      room.back.get(m).addBack(room.waves[m], j);
    }
    return error;
  }

  private void addProbes(Room room, Block block, Window o) {
    int pitch = block.probes.getFirst().pitch();
    Overlap.addWeight(o, new RealWindow(block.weight, 0, pitch), rows, columns);
    for (int m = 0; m < modes; m++) {
      var change = room.waves[m];
      if (windows.shifted()) {
        Overlap.product(o, change, change, rows, columns);
      } else {
        Overlap.addNumerator(o, change, Window.of(block.probes.get(m)), rows, columns);
      }
    }
  }

  private void sumProbes(Unknowns into, boolean withProbe) {
    int pitch = into.probes().getFirst().pitch();
    workers.forEach(
        (rows + STRIP_ROWS - 1) / STRIP_ROWS,
        (strip, worker) -> {
          int from = strip * STRIP_ROWS * pitch;
          int to = Math.min(rows, (strip + 1) * STRIP_ROWS) * pitch;
          Arrays.fill(ofProbe, from, to, 0);
          for (var probe : into.probes()) {
            Arrays.fill(probe.re(), from, to, 0);
            Arrays.fill(probe.im(), from, to, 0);
          }
          for (int b = 0; b < blocks.length && withProbe; b++) {
            var block = blocks[b];
            for (int m = 0; m < modes; m++) {
              add(block.probes.get(m), into.probes().get(m), from, to);
            }
            for (int i = from; i < to; i++) {
              ofProbe[i] += block.weight[i];
            }
          }
        });
  }

  private static void add(ComplexField from, ComplexField into, int first, int last) {
    for (int i = first; i < last; i++) {
      into.re()[i] += from.re()[i];
      into.im()[i] += from.im()[i];
    }
  }

  /// into ← slope / (weight + δ max weight), for object and probes, as weighed at the last call of
  /// {@link #at}: a diagonal stand-in for the inverse of the second derivatives. Those of a mode
  /// fall with its power, which may grow yet: its step is greater by the root of that.
  ///
  /// @param powers of the modes
  void precondition(
      Unknowns slope, double delta, double probeScale, double[] powers, Unknowns into) {
    divide(slope.object(), patches.weight(), delta, 1, into.object(), workers);
    divideProbes(slope.probes(), ofProbe, delta, probeScale, powers, into.probes(), workers);
  }

  static void divideProbes(
      List<ComplexField> slopes,
      float[] weight,
      double delta,
      double probeScale,
      double[] powers,
      List<ComplexField> into,
      Workers workers) {
    double greatest = Arrays.stream(powers).max().orElseThrow();
    float floor = floor(slopes.getFirst(), weight, delta);
    for (int m = 0; m < powers.length; m++) {
      double weakness = Math.min(WEAKEST, greatest / powers[m]);
      double scale = probeScale * Math.sqrt(weakness);
      divide(slopes.get(m), weight, floor, (float) scale, into.get(m), workers);
    }
  }

  /// into ← scale · slope / (weight + δ max weight)
  static void divide(
      ComplexField slope,
      float[] weight,
      double delta,
      double scale,
      ComplexField into,
      Workers workers) {
    divide(slope, weight, floor(slope, weight, delta), (float) scale, into, workers);
  }

  /// δ max weight, at least what keeps 0/0 away.
  private static float floor(ComplexField slope, float[] weight, double delta) {
    float peak =
        WeightedStep.peak(
            new RealWindow(weight, 0, slope.pitch()), slope.grid().rows(), slope.grid().columns());
    return Math.max(Float.MIN_NORMAL, (float) delta * peak);
  }

  private static void divide(
      ComplexField slope,
      float[] weight,
      float floor,
      float factor,
      ComplexField into,
      Workers workers) {
    int height = slope.grid().rows();
    int width = slope.grid().columns();
    int pitch = slope.pitch();
    workers.forEach(
        (height + STRIP_ROWS - 1) / STRIP_ROWS,
        (strip, worker) -> {
          int last = Math.min(height, (strip + 1) * STRIP_ROWS);
          for (int r = strip * STRIP_ROWS; r < last; r++) {
            for (int i = r * pitch, end = i + width; i < end; i++) {
              float share = factor / (weight[i] + floor);
              into.re()[i] = slope.re()[i] * share;
              into.im()[i] = slope.im()[i] * share;
            }
          }
        });
  }
}

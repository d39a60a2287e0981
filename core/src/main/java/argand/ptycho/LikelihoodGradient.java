package argand.ptycho;

import argand.array.ComplexField;
import argand.array.Workers;
import argand.array.kernel.ExitWave;
import argand.array.kernel.Overlap;
import argand.array.kernel.RealWindow;
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
/// view. Fixed compact blocks of views are summed in parallel, each view while it is in the cache
/// and
/// into the patch of its block; then the patches in their order, strip by strip of object rows.
final class LikelihoodGradient {
  private static final int VIEWS_OF_A_BLOCK = 12;
  private static final int MOST_BLOCKS = 64;
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
  private final float[] ofObject;
  private final float[] ofProbe;
  private final int rows;
  private final int columns;

  /// The sums of one block.
  private record Block(ObjectPatch patch, List<ComplexField> probes, float[] weight) {}

  /// What one thread needs.
  private record Room(
      Detector detector,
      List<ComplexField> waves,
      List<ProbeShift> moved,
      List<ProbeShift> back,
      ComplexField scratch,
      float[] spare) {}

  LikelihoodGradient(PtychoModel model, Likelihood likelihood, int modes, Workers workers) {
    this.model = model;
    this.likelihood = likelihood;
    this.modes = modes;
    this.workers = workers;
    windows = model.windows();
    rows = windows.frame().rows();
    columns = windows.frame().columns();
    blocks =
        Stream.generate(this::block)
            .limit(Math.clamp(windows.count() / VIEWS_OF_A_BLOCK, 1, MOST_BLOCKS))
            .toArray(Block[]::new);
    rooms = Stream.generate(this::room).limit(workers.threads()).toArray(Room[]::new);
    ofObject = new float[new ComplexField(windows.object()).re().length];
    ofProbe = new float[blocks[0].weight.length];
  }

  private Block block() {
    var probes = fields();
    return new Block(new ObjectPatch(windows), probes, new float[probes.getFirst().re().length]);
  }

  private Room room() {
    var scratch = new ComplexField(windows.frame());
    return new Room(
        model.detector(), fields(), shifts(), shifts(), scratch, new float[scratch.re().length]);
  }

  private List<ComplexField> fields() {
    return Stream.generate(() -> new ComplexField(windows.frame())).limit(modes).toList();
  }

  private List<ProbeShift> shifts() {
    return Stream.generate(() -> new ProbeShift(windows)).limit(modes).toList();
  }

  /// Bytes it holds.
  static long memoryBytes(Windows windows, int modes) {
    long wave = 8L * windows.frame().rows() * ComplexField.pitch(windows.frame().columns());
    long blocks = Math.clamp(windows.count() / VIEWS_OF_A_BLOCK, 1, MOST_BLOCKS);
    long object = 8L * windows.object().rows() * ComplexField.pitch(windows.object().columns());
    long patch = Math.min(3 * wave, 3 * object / 2); // compact: little more than one frame
    return blocks * (patch + wave * modes + wave / 2) + object / 2;
  }

  /// into ← −½ of the slope; the probes' part only where asked for.
  ///
  /// @return Σ(|u| − √I)² over the good pixels of all views [counts]
  double at(Unknowns point, boolean withProbe, Unknowns into) {
    for (var room : rooms) {
      for (int m = 0; m < modes; m++) {
        room.moved.get(m).take(point.probes().get(m));
      }
    }
    int[][] views = ViewBatches.compact(windows, blocks.length);
    model.expect(Arrays.stream(views).flatMapToInt(Arrays::stream).toArray());
    double[] errors = new double[blocks.length];
    workers.forEach(
        blocks.length,
        (b, worker) -> {
          var block = blocks[b];
          var room = rooms[worker];
          clear(block, room, views[b]);
          for (int j : views[b]) {
            errors[b] += view(room, block, point, j, withProbe);
          }
          for (int m = 0; m < modes && withProbe && windows.shifted(); m++) {
            room.back.get(m).read(block.probes.get(m));
          }
        });
    sumObject(into.object());
    sumProbes(into, withProbe);
    double error = 0;
    for (double one : errors) {
      error += one;
    }
    return error;
  }

  private void clear(Block block, Room room, int[] views) {
    block.patch.clear(views);
    Arrays.fill(block.weight, 0);
    for (int m = 0; m < modes; m++) {
      block.probes.get(m).setAll(0, 0);
      room.back.get(m).clear();
    }
  }

  private double view(Room room, Block block, Unknowns point, int j, boolean withProbe) {
    var o = model.under(point.object(), j);
    var probes = room.moved.stream().map(shift -> shift.at(j)).toList();
    for (int m = 0; m < modes; m++) {
      var wave = Window.of(room.waves.get(m));
      ExitWave.product(Window.of(probes.get(m)), o, wave, rows, columns, new float[2]);
    }
    double error = room.detector.change(room.waves, j, likelihood); // (1)
    for (int m = 0; m < modes; m++) {
      block.patch.add(probes.get(m), room.waves.get(m), j); // (2)
    }
    for (int m = 0; m < modes && withProbe; m++) { // (3)
      var change = Window.of(room.waves.get(m));
      float[] weight = m == 0 ? block.weight : room.spare;
      if (windows.shifted()) {
        room.scratch.setAll(0, 0);
        add(o, change, room.scratch, weight);
        room.back.get(m).addBack(Window.of(room.scratch), j);
      } else {
        add(o, change, block.probes.get(m), weight);
      }
    }
    return error;
  }

  private void add(Window o, Window change, ComplexField sum, float[] weight) {
    var weights = new RealWindow(weight, 0, sum.pitch());
    Overlap.add(o, change, Window.of(sum), weights, rows, columns);
  }

  private void sumObject(ComplexField into) {
    int height = windows.object().rows();
    int pitch = into.pitch();
    workers.forEach(
        (height + STRIP_ROWS - 1) / STRIP_ROWS,
        (strip, worker) -> {
          int first = strip * STRIP_ROWS;
          int last = Math.min(height, first + STRIP_ROWS);
          Arrays.fill(into.re(), first * pitch, last * pitch, 0);
          Arrays.fill(into.im(), first * pitch, last * pitch, 0);
          Arrays.fill(ofObject, first * pitch, last * pitch, 0);
          for (var block : blocks) {
            block.patch.addTo(into, ofObject, first, last);
          }
        });
  }

  private void sumProbes(Unknowns into, boolean withProbe) {
    Arrays.fill(ofProbe, 0);
    for (var probe : into.probes()) {
      probe.setAll(0, 0);
    }
    if (!withProbe) {
      return;
    }
    int pitch = into.probes().getFirst().pitch();
    workers.forEach(
        (rows + STRIP_ROWS - 1) / STRIP_ROWS,
        (strip, worker) -> {
          int from = strip * STRIP_ROWS * pitch;
          int to = Math.min(rows, (strip + 1) * STRIP_ROWS) * pitch;
          for (var block : blocks) {
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
    divide(slope.object(), ofObject, delta, 1, into.object(), workers);
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
    for (int m = 0; m < powers.length; m++) {
      double weakness = Math.min(WEAKEST, greatest / powers[m]);
      double scale = probeScale * Math.sqrt(weakness);
      divide(slopes.get(m), weight, delta, scale, into.get(m), workers);
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
    float factor = (float) scale;
    float peak = 0;
    int height = slope.grid().rows();
    int width = slope.grid().columns();
    for (int r = 0; r < height; r++) {
      for (int i = r * slope.pitch(), end = i + width; i < end; i++) {
        peak = Math.max(peak, weight[i]);
      }
    }
    float floor = Math.max(Float.MIN_NORMAL, (float) delta * peak);
    workers.forEach(
        height,
        (r, worker) -> {
          for (int i = r * slope.pitch(), end = i + width; i < end; i++) {
            float share = factor / (weight[i] + floor);
            into.re()[i] = slope.re()[i] * share;
            into.im()[i] = slope.im()[i] * share;
          }
        });
  }
}

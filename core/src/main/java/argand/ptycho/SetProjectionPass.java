package argand.ptycho;

import argand.array.ComplexField;
import argand.array.Workers;
import argand.array.kernel.ExitWave;
import argand.array.kernel.ModeModulus;
import argand.array.kernel.RealWindow;
import argand.array.kernel.Window;
import argand.flow.Engine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// One pass of every method that projects between two sets: waves that agree with the frames (Π_F),
/// and waves that are a product of one probe and one object (Π_O). In general
///
///     ψ_j ← (1 − a − b) ψ_j + a P O_j + b Π_F[ c P O_j + (1 − c) ψ_j ]       (1)
///     O   ← Σ_j P* ψ_j / Σ_j |P|²                                            (2)
///     P   ← Σ_j O_j* ψ_j / Σ_j |O_j|²                                        (3)
///
/// Every method in use has a + b c = 1. With x = c P O_j + (1 − c) ψ_j and Δ = Π_F x − x, (1) is
/// then
///
///     ψ_j ← P O_j + b Δ                                                      (1')
///
/// Frames with noise share no point with the products, and then ψ wanders without end. Two rules
/// prevent it, with k the pass, h and ν parameters, t = 2^−(k/h)², n_j what shot noise alone makes
/// of ‖|F x| − √I_j‖²:
///
///     b ← 1 + t (b − 1),   c ← 1 + t (c − 1)                                 (4)
///     Δ ← (1 − √(t ν n_j) / ‖|F x| − √I_j‖) Δ, or 0 where that is below 0     (5)
///
/// (4) goes over to alternating projections, b = c = 1, which descend. (5) is the projection onto
/// all waves whose misfit is within the noise, a set that does meet the products (K. Giewekemeyer
/// et
/// al., PNAS 107, 529 (2010), doi 10.1073/pnas.0905846107).
///
/// There is one ψ_j and one P for each incoherent mode, (2) and the intensity in Π_F are summed
/// over
/// them.
/// (1) and the sums of (2) and (3) run in parallel over fixed blocks of views, each of which writes
/// only what is its own; then blocks are added up in their order.
///
/// @see DifferenceMap
/// @see Raar
final class SetProjectionPass implements Engine<PtychoState> {
  /// The residual is measured on every so many views, other ones in each pass: x is not P·O, so
  /// that each costs a transform of its own.
  private static final int RESIDUAL_STRIDE = 16;

  private final Rule rule;
  private final PtychoModel model;
  private final Constraints constraints;
  private final Workers workers;
  private final List<Room> rooms;
  private final Windows windows;
  private final List<MovedProbes> probes;
  private final ObjectOverlap object;
  private @Nullable ProbeOverlap probe;
  private final int rows;
  private final int columns;
  private double[] shotNoise = {};

  /// b and c of (1) in the first pass, and what keeps them from wandering.
  ///
  /// @param noise ν of (5)
  /// @param settling h of (4); 0 keeps b and c
  record Rule(double b, double c, double noise, int settling) {
    /// t
    double share(int pass) {
      return settling == 0 ? 1 : Math.pow(2, -Math.pow((double) pass / settling, 2));
    }
  }

  /// What one thread needs.
  private record Room(Detector detector, Window[] waves, RealWindow light, boolean[] lit) {}

  SetProjectionPass(Rule rule, PtychoModel model, Constraints constraints, Workers workers) {
    this.rule = rule;
    this.model = model;
    this.constraints = constraints;
    this.workers = workers;
    windows = model.windows();
    rows = windows.frame().rows();
    columns = windows.frame().columns();
    rooms = new ArrayList<>();
    probes = new ArrayList<>();
    object = new ObjectOverlap(windows, workers);
  }

  /// Exit waves P O_j for a state to begin with: all modes of the first view, all of the second, …
  static List<ComplexField> waves(
      PtychoModel model, ComplexField object, List<ComplexField> probes) {
    var windows = model.windows();
    List<ComplexField> waves = new ArrayList<>();
    var shifts = probes.stream().map(probe -> new ProbeShift(windows)).toList();
    for (int j = 0; j < model.count(); j++) {
      for (int m = 0; m < probes.size(); m++) {
        if (j == 0) {
          shifts.get(m).take(probes.get(m));
        }
        var wave = new ComplexField(windows.frame());
        ExitWave.product(
            Window.of(shifts.get(m).at(j)),
            model.under(object, j),
            Window.of(wave),
            windows.frame().rows(),
            windows.frame().columns(),
            new float[2]);
        waves.add(wave);
      }
    }
    return waves;
  }

  /// Bytes of the waves, and of the moved probes where there are any.
  static long memoryBytes(Windows windows, int modes) {
    long wave = 8L * windows.frame().rows() * ComplexField.pitch(windows.frame().columns());
    return wave * modes * windows.count() * (windows.shifted() ? 2 : 1)
        + ObjectOverlap.memoryBytes(windows)
        + ProbeOverlap.memoryBytes(windows, modes);
  }

  @Override
  public double iterate(PtychoState state) {
    var ofProbe = makeRoom(state.modes());
    for (int m = 0; m < state.modes(); m++) {
      probes.get(m).take(state.probes().get(m));
    }
    if (shotNoise.length < model.count()) {
      shotNoise = IntStream.range(0, model.count()).mapToDouble(model::shotNoise).toArray();
    }
    for (var room : rooms) {
      room.lit[0] = false;
    }
    double residual = waves(state); // (1)
    object.update(state.object()); // (2)
    if (constraints.updatesProbe(state.iteration())) {
      ofProbe.update(state, probes); // (3)
    }
    constraints.apply(state);
    return residual;
  }

  private ProbeOverlap makeRoom(int modes) {
    var known = probe;
    if (known != null) {
      return known;
    }
    known = new ProbeOverlap(windows, modes, workers);
    probe = known;
    for (int m = 0; m < modes; m++) {
      probes.add(new MovedProbes(windows, workers));
    }
    for (int worker = 0; worker < workers.threads(); worker++) {
      rooms.add(
          new Room(
              model.detector(),
              Window.aligned(modes, windows.frame()),
              RealWindow.aligned(rows, columns),
              new boolean[1]));
    }
    return known;
  }

  private double waves(PtychoState state) {
    int turn = state.iteration() % RESIDUAL_STRIDE;
    boolean few = model.count() < 2 * RESIDUAL_STRIDE;
    double[] errors = new double[model.count()];
    double[] counts = new double[model.count()];
    int[][] views = object.sums().begin(); // (2) is summed while waves are in the cache
    model.expect(Arrays.stream(views).flatMapToInt(Arrays::stream).toArray());
    workers.forEach(
        views.length,
        (block, worker) -> {
          var room = rooms.get(worker);
          object.sums().clear(block);
          for (int j : views[block]) {
            if (few || j % RESIDUAL_STRIDE == turn) {
              errors[j] = error(room, state, j);
              counts[j] = model.counts(j);
            }
            wave(room, state, block, j);
          }
        });
    return IntStream.range(0, errors.length).mapToDouble(j -> errors[j]).sum()
        / IntStream.range(0, counts.length).mapToDouble(j -> counts[j]).sum();
  }

  private void wave(Room room, PtychoState state, int block, int j) {
    var o = model.under(state.object(), j);
    var p = probes(j);
    double t = rule.share(state.iteration()); // (4)
    float c = (float) (1 + t * (rule.c - 1));
    var kept = new Window[p.length];
    for (int m = 0; m < p.length; m++) {
      kept[m] = Window.of(state.wave(j, m));
      ExitWave.mixture(p[m], o, kept[m], c, room.waves[m], rows, columns);
    }
    double misfit = room.detector.change(room.waves, j, Likelihood.AMPLITUDE);
    double within = t * rule.noise * shotNoise[j];
    double part = misfit > within ? 1 - Math.sqrt(within / misfit) : 0; // (5)
    double b = (1 + t * (rule.b - 1)) * part;
    for (int m = 0; m < p.length; m++) {
      ExitWave.relaxed(p[m], o, room.waves[m], (float) b, kept[m], rows, columns);
    }
    object.sums().add(block, p, kept, light(room, p), j);
  }

  /// Σ|P_m|²; the same for all views of a pass that lie on whole pixels.
  private RealWindow light(Room room, Window[] probes) {
    for (int m = 0; m < probes.length && (windows.shifted() || !room.lit[0]); m++) {
      ModeModulus.add(probes[m], room.light, m == 0 ? 0 : 1, rows, columns);
    }
    room.lit[0] = true;
    return room.light;
  }

  private Window[] probes(int j) {
    return probes.stream().map(moved -> Window.of(moved.at(j))).toArray(Window[]::new);
  }

  private double error(Room room, PtychoState state, int j) {
    var o = model.under(state.object(), j);
    var p = probes(j);
    for (int m = 0; m < p.length; m++) {
      ExitWave.product(p[m], o, room.waves[m], rows, columns, new float[2]);
    }
    return room.detector.error(room.waves, j);
  }
}

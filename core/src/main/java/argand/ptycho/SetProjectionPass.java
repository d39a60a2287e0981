package argand.ptycho;

import argand.array.ComplexField;
import argand.array.Workers;
import argand.array.kernel.ExitWave;
import argand.array.kernel.Window;
import argand.flow.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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
/// (1) runs in parallel over views, (2) over strips of object rows, (3) over fixed blocks of views:
///     each writes only what is its own, in an order that does not depend on the number of threads.
///
/// @see DifferenceMap
/// @see Raar
final class SetProjectionPass implements Engine<PtychoState> {
  /// The residual is measured on every so many views, other ones in each pass: x is not P·O, so
  /// that each costs a transform of its own.
  private static final int RESIDUAL_STRIDE = 8;

  private final Rule rule;
  private final PtychoModel model;
  private final Constraints constraints;
  private final Workers workers;
  private final List<Room> rooms;
  private final Windows windows;
  private final List<MovedProbes> probes;
  private final ObjectOverlap objectOverlap;
  private final ProbeOverlap probeOverlap;
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
  private record Room(Detector detector, List<ComplexField> waves) {}

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
    objectOverlap = new ObjectOverlap(windows, workers);
    probeOverlap = new ProbeOverlap(windows, workers);
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
    long object = 12L * windows.object().rows() * ComplexField.pitch(windows.object().columns());
    return wave * modes * windows.count() * (windows.shifted() ? 2 : 1)
        + object
        + wave * ProbeOverlap.BLOCKS * 3 / 2;
  }

  @Override
  public double iterate(PtychoState state) {
    makeRoom(state.modes());
    for (int m = 0; m < state.modes(); m++) {
      probes.get(m).take(state.probes().get(m));
    }
    if (shotNoise.length < model.count()) {
      shotNoise = IntStream.range(0, model.count()).mapToDouble(model::shotNoise).toArray();
    }
    double residual = waves(state); // (1)
    objectOverlap.update(state, probes); // (2)
    constraints.apply(state.object());
    if (constraints.updatesProbe(state.iteration())) {
      for (int m = 0; m < state.modes(); m++) {
        probeOverlap.update(state, m, probes.get(m)); // (3)
      }
    }
    return residual;
  }

  private void makeRoom(int modes) {
    if (!probes.isEmpty()) {
      return;
    }
    for (int m = 0; m < modes; m++) {
      probes.add(new MovedProbes(windows, workers));
    }
    for (int worker = 0; worker < workers.threads(); worker++) {
      rooms.add(
          new Room(
              model.detector(),
              Stream.generate(() -> new ComplexField(windows.frame())).limit(modes).toList()));
    }
  }

  private double waves(PtychoState state) {
    int turn = state.iteration() % RESIDUAL_STRIDE;
    boolean few = model.count() < 2 * RESIDUAL_STRIDE;
    double[] errors = new double[model.count()];
    double[] counts = new double[model.count()];
    workers.forEach(
        model.count(),
        (j, worker) -> {
          if (few || j % RESIDUAL_STRIDE == turn) {
            errors[j] = error(rooms.get(worker), state, j);
            counts[j] = model.counts(j);
          }
          wave(rooms.get(worker), state, j);
        });
    return IntStream.range(0, errors.length).mapToDouble(j -> errors[j]).sum()
        / IntStream.range(0, counts.length).mapToDouble(j -> counts[j]).sum();
  }

  private void wave(Room room, PtychoState state, int j) {
    var o = model.under(state.object(), j);
    double t = rule.share(state.iteration()); // (4)
    float c = (float) (1 + t * (rule.c - 1));
    for (int m = 0; m < state.modes(); m++) {
      var p = Window.of(probes.get(m).at(j));
      var x = Window.of(room.waves.get(m));
      ExitWave.mixture(p, o, Window.of(state.wave(j, m)), c, x, rows, columns);
    }
    double misfit = room.detector.change(room.waves, j, Likelihood.AMPLITUDE);
    double within = t * rule.noise * shotNoise[j];
    double part = misfit > within ? 1 - Math.sqrt(within / misfit) : 0; // (5)
    double b = (1 + t * (rule.b - 1)) * part;
    for (int m = 0; m < state.modes(); m++) {
      var p = Window.of(probes.get(m).at(j));
      var x = Window.of(room.waves.get(m));
      ExitWave.relaxed(p, o, x, (float) b, Window.of(state.wave(j, m)), rows, columns);
    }
  }

  private double error(Room room, PtychoState state, int j) {
    for (int m = 0; m < state.modes(); m++) {
      ExitWave.product(
          Window.of(probes.get(m).at(j)),
          model.under(state.object(), j),
          Window.of(room.waves.get(m)),
          rows,
          columns,
          new float[2]);
    }
    return room.detector.error(room.waves, j);
  }
}

package argand.ptycho;

import argand.array.ComplexField;
import argand.array.Workers;
import argand.array.kernel.ExitWave;
import argand.array.kernel.Window;
import argand.flow.Engine;
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
/// (1) runs in parallel over views, (2) over strips of object rows, (3) over fixed blocks of views:
///     each writes only what is its own, in an order that does not depend on the number of threads.
///
/// @see DifferenceMap
/// @see Raar
final class SetProjectionPass implements Engine<PtychoState> {
  /// The residual is measured on every so many views, other ones in each pass: x is not P·O, so
  /// that each costs a transform of its own.
  private static final int RESIDUAL_STRIDE = 8;

  private final float b;
  private final float c;
  private final PtychoModel model;
  private final Constraints constraints;
  private final Workers workers;
  private final Room[] rooms;
  private final MovedProbes probes;
  private final ObjectOverlap objectOverlap;
  private final ProbeOverlap probeOverlap;
  private final int rows;
  private final int columns;

  /// What one thread needs.
  private record Room(Detector detector, ComplexField wave) {}

  SetProjectionPass(
      double b, double c, PtychoModel model, Constraints constraints, Workers workers) {
    this.b = (float) b;
    this.c = (float) c;
    this.model = model;
    this.constraints = constraints;
    this.workers = workers;
    var windows = model.windows();
    rows = windows.frame().rows();
    columns = windows.frame().columns();
    rooms =
        Stream.generate(() -> new Room(model.detector(), new ComplexField(windows.frame())))
            .limit(workers.threads())
            .toArray(Room[]::new);
    probes = new MovedProbes(windows, workers);
    objectOverlap = new ObjectOverlap(windows, workers);
    probeOverlap = new ProbeOverlap(windows, workers);
  }

  /// Exit waves P O_j for a state to begin with.
  static List<ComplexField> waves(PtychoModel model, ComplexField object, ComplexField probe) {
    var windows = model.windows();
    var shift = new ProbeShift(windows);
    shift.take(probe);
    return IntStream.range(0, model.count())
        .mapToObj(
            j -> {
              var wave = new ComplexField(windows.frame());
              ExitWave.product(
                  Window.of(shift.at(j)),
                  model.under(object, j),
                  Window.of(wave),
                  windows.frame().rows(),
                  windows.frame().columns(),
                  new float[2]);
              return wave;
            })
        .toList();
  }

  /// Bytes of the waves, and of the moved probes where there are any.
  static long memoryBytes(Windows windows) {
    long wave = 8L * windows.frame().rows() * ComplexField.pitch(windows.frame().columns());
    long object = 12L * windows.object().rows() * ComplexField.pitch(windows.object().columns());
    return wave * windows.count() * (windows.shifted() ? 2 : 1)
        + object
        + wave * ProbeOverlap.BLOCKS * 3 / 2;
  }

  @Override
  public double iterate(PtychoState state) {
    probes.take(state.probe());
    double residual = waves(state); // (1)
    objectOverlap.update(state, probes); // (2)
    constraints.apply(state.object());
    if (constraints.updatesProbe(state.iteration())) {
      probeOverlap.update(state, probes); // (3)
    }
    return residual;
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
            errors[j] = error(rooms[worker], state, j);
            counts[j] = model.counts(j);
          }
          wave(rooms[worker], state, j);
        });
    return IntStream.range(0, errors.length).mapToDouble(j -> errors[j]).sum()
        / IntStream.range(0, counts.length).mapToDouble(j -> counts[j]).sum();
  }

  private void wave(Room room, PtychoState state, int j) {
    var p = Window.of(probes.at(j));
    var o = model.under(state.object(), j);
    var psi = Window.of(state.wave(j));
    var x = Window.of(room.wave);
    ExitWave.mixture(p, o, psi, c, x, rows, columns);
    room.detector.change(room.wave, j);
    ExitWave.relaxed(p, o, x, b, psi, rows, columns);
  }

  private double error(Room room, PtychoState state, int j) {
    ExitWave.product(
        Window.of(probes.at(j)),
        model.under(state.object(), j),
        Window.of(room.wave),
        rows,
        columns,
        new float[2]);
    return room.detector.error(room.wave, j);
  }
}

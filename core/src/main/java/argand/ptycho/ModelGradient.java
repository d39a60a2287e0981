package argand.ptycho;

import argand.array.ComplexField;
import argand.array.Fft2;
import argand.array.Workers;
import argand.array.kernel.Overlap;
import argand.array.kernel.RealWindow;
import argand.array.kernel.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// The slope of the negative log-likelihood by all slices and probe modes at once, over all views:
/// what {@link LikelihoodGradient} is for one thin object, with the way of each component through
/// all slices and back by the adjoint ({@link ViewChain}):
///
///     χ_L  = F⁻¹ [ −½ ℓ'(I_j) u_j ],   χ_l = H_l† (O_{l+1}* χ_{l+1})                      (1)
///     −½ ∂L/∂O_l* = Σ_jc ψ_l* χ_l,         W_l = Σ_jc |ψ_l|²                              (2)
///     −½ ∂L/∂P_m* = Σ_j S_j† O_1* χ_1,     V = Σ_j |O_1|²                                 (3)
///
/// The same bits for any number of threads: fixed blocks of views are summed each by itself, then
/// in their order ({@link ObjectPatches}, one for each slice).
final class ModelGradient {
  private final PtychoModel model;
  private final Windows windows;
  private final Workers workers;
  private final Likelihood likelihood;
  private final int modes;
  private final int depth;
  private final List<ObjectPatches> slices;
  private final Block[] blocks;
  private final Room[] rooms;
  private final float[] ofProbe;

  /// The sums of one block.
  private record Block(List<ComplexField> probes, float[] weight) {}

  /// What one thread needs.
  private record Room(
      ViewChain chain,
      Detector detector,
      List<List<ComplexField>> incident,
      List<List<ComplexField>> change) {}

  ModelGradient(PtychoModel model, Likelihood likelihood, int modes, Workers workers) {
    this.model = model;
    this.likelihood = likelihood;
    this.modes = modes;
    this.workers = workers;
    windows = model.windows();
    depth = model.parts().model().depth();
    slices = Stream.generate(() -> new ObjectPatches(windows, workers)).limit(depth).toList();
    blocks = Stream.generate(this::block).limit(slices.getFirst().blocks()).toArray(Block[]::new);
    rooms = Stream.generate(this::room).limit(workers.threads()).toArray(Room[]::new);
    ofProbe = new float[blocks[0].weight.length];
  }

  private Block block() {
    var probes = LsqMlRoom.fields(windows, modes);
    return new Block(probes, new float[probes.getFirst().re().length]);
  }

  private Room room() {
    var chain = new ViewChain(model, modes);
    List<List<ComplexField>> incident = new ArrayList<>();
    List<List<ComplexField>> change = new ArrayList<>();
    for (int c = 0; c < chain.components(); c++) {
      incident.add(LsqMlRoom.fields(windows, depth));
      change.add(LsqMlRoom.fields(windows, depth));
    }
    return new Room(chain, model.detector(), incident, change);
  }

  /// into ← −½ of the slope; the probes' part only where asked for.
  ///
  /// @return Σ(|u| − √I)² over the good pixels of all views [counts]
  double at(Stack point, boolean withProbe, Stack into) {
    for (var room : rooms) {
      room.chain.take(point.probes());
    }
    int[][] views = slices.getFirst().begin();
    slices.forEach(slice -> slice.begin(views));
    model.expect(Arrays.stream(views).flatMapToInt(Arrays::stream).toArray());
    double[] errors = new double[blocks.length];
    workers.forEach(
        blocks.length,
        (b, worker) -> {
          var block = blocks[b];
          slices.forEach(slice -> slice.clear(b));
          block.probes.forEach(probe -> probe.setAll(0, 0));
          Arrays.fill(block.weight, 0);
          for (int j : views[b]) {
            errors[b] += view(rooms[worker], b, point, j, withProbe);
          }
        });
    for (int l = 0; l < depth; l++) {
      slices.get(l).sum(into.slices().get(l));
    }
    sumProbes(into.probes(), withProbe);
    double error = 0;
    for (double one : errors) {
      error += one;
    }
    return error;
  }

  private double view(Room room, int b, Stack point, int j, boolean withProbe) {
    var block = blocks[b];
    var object = point.slices().getFirst();
    var chain = room.chain;
    List<ComplexField> exits = new ArrayList<>();
    for (int c = 0; c < chain.components(); c++) {
      var incident = room.incident.get(c);
      var exit = room.change.get(c).getLast();
      chain.incident(j, c, incident.getFirst());
      chain.through(object, j, incident, exit);
      exits.add(exit);
    }
    double error = room.detector.change(exits, j, likelihood); // (1)
    for (int c = 0; c < chain.components(); c++) {
      var change = room.change.get(c);
      chain.back(object, j, change);
      for (int l = 0; l < depth; l++) {
        slices.get(l).add(b, room.incident.get(c).get(l), change.get(l), j);
      }
      if (withProbe) {
        chain.ask(object, j, c, change.getFirst(), block.probes);
      }
    }
    if (withProbe) {
      int pitch = block.probes.getFirst().pitch();
      Overlap.addWeight(
          model.under(object, j),
          new RealWindow(block.weight, 0, pitch),
          windows.frame().rows(),
          windows.frame().columns());
    }
    return error;
  }

  private void sumProbes(List<ComplexField> into, boolean withProbe) {
    Arrays.fill(ofProbe, 0);
    into.forEach(probe -> probe.setAll(0, 0));
    if (!withProbe) {
      return;
    }
    int rows = windows.frame().rows();
    int columns = windows.frame().columns();
    workers.forEach(
        modes + 1,
        (m, worker) -> {
          for (var block : blocks) {
            if (m < modes) {
              Overlap.addAll(Window.of(block.probes.get(m)), Window.of(into.get(m)), rows, columns);
            } else {
              for (int i = 0; i < ofProbe.length; i++) {
                ofProbe[i] += block.weight[i];
              }
            }
          }
          if (m < modes) {
            new Fft2(rows, columns).transformBack(into.get(m));
          }
        });
  }

  /// into ← slope / (weight + δ max weight), as weighed at the last call of {@link #at}; see
  /// {@link LikelihoodGradient#precondition}.
  void precondition(Stack slope, double delta, double probeScale, double[] powers, Stack into) {
    for (int l = 0; l < depth; l++) {
      var slice = into.slices().get(l);
      LikelihoodGradient.divide(
          slope.slices().get(l), slices.get(l).weight(), delta, 1, slice, workers);
    }
    LikelihoodGradient.divideProbes(
        slope.probes(), ofProbe, delta, probeScale, powers, into.probes(), workers);
  }
}

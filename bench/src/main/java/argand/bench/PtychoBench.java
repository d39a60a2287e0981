package argand.bench;

import argand.array.ComplexField;
import argand.array.Fft2;
import argand.array.Grid;
import argand.array.Workers;
import argand.data.DiffractionScan;
import argand.flow.Engine;
import argand.ptycho.Constraints;
import argand.ptycho.DifferenceMap;
import argand.ptycho.LsqMl;
import argand.ptycho.MaximumLikelihood;
import argand.ptycho.Mpie;
import argand.ptycho.PtychoMethod;
import argand.ptycho.PtychoModel;
import argand.ptycho.PtychoState;
import argand.ptycho.Raar;
import argand.ptycho.Rpie;
import argand.ptycho.Windows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// Ptychography, one pass over views of 128² and 256² with one and three modes, against what no
/// implementation can beat: two transforms of each view and mode at FFTW's speed, and its memory
/// traffic at the measured bandwidth.
///
///     floor(view) = 2 M t_FFT + B n² / BW,   B = 36 bytes; 36 + 16 M where exit waves are kept
///
/// B counts what a view moves beyond the cache: object 8, amplitude 4, numerator 16, weight 8, and
/// 16 for an exit wave. All figures of one thread are CPU time of that thread, in interleaved
/// rounds; the gain of a second thread is wall time and needs a machine that nobody else uses.
/// Whole-pixel positions unless said: sub-pixel ones cost two transforms more for each view.
/// Maximum likelihood forms its step with a third transform, which the floor leaves out.
final class PtychoBench implements Benchmark {
  private static final int[] SIZES = {128, 256};
  private static final int[] MODES = {1, 3};

  private static final int VIEWS = 200;

  /// Exit waves of more pixels, all modes and views, would not fit into the memory of a start
  /// without options: fewer views then.
  private static final int MOST_WAVE_PIXELS = 14_000_000;

  private static final int TRIAD = 1 << 24;
  private static final int TRIAD_BLOCK = 1 << 20;
  private static final double BYTES = 36;
  private static final double BYTES_OF_WAVE = 16;
  private static final double WARM_SECONDS = 1;
  private static final double ROUND_SECONDS = 0.03;
  private static final int ROUNDS = 7;

  @Override
  public String name() {
    return "ptycho";
  }

  @Override
  public String about() {
    return "one pass of rPIE, mPIE, LSQ-ML, difference map, RAAR and maximum likelihood over views of"
        + " 128² and 256² with one and three modes, against its floor";
  }

  @Override
  public List<Figure> run(Selection selection, Consumer<String> progress) {
    List<Figure> figures = new ArrayList<>();
    if (Fftw.ofSystem().isEmpty()) {
      progress.accept("libfftw3f.so.3 is not installed: the floor is made of our own transforms");
    }
    for (int size : SIZES) {
      for (int modes : MODES) {
        oneThread(size, modes, figures, progress);
      }
    }
    twoThreads(figures, progress);
    return figures;
  }

  /// @param bytes that a view moves beyond the cache, for each pixel
  private record Solver(String name, double bytes, Runnable pass) {}

  private static void oneThread(
      int size, int modes, List<Figure> figures, Consumer<String> progress) {
    int views = Math.min(VIEWS, MOST_WAVE_PIXELS / (size * size * modes));
    var whole = SyntheticScan.of(size, views, true);
    var rounds = new Rounds(Rounds.Clock.THREAD_CPU, ROUNDS, WARM_SECONDS, ROUND_SECONDS);
    rounds.add(
        "transform",
        Fftw.ofSystem().<Runnable>map(f -> f.plan(size, size)::run).orElseGet(() -> own(size)));
    rounds.add("triad", triad(Workers.ONE));
    double kept = BYTES + BYTES_OF_WAVE * modes;
    List<Solver> solvers = new ArrayList<>();
    solvers.add(new Solver("rpie", BYTES, pass(Rpie.DEFAULT, whole, modes, Workers.ONE)));
    if (modes == 1) {
      var fractional = SyntheticScan.of(size, views, false);
      solvers.add(
          new Solver("rpie sub-pixel", BYTES, pass(Rpie.DEFAULT, fractional, modes, Workers.ONE)));
    }
    solvers.add(new Solver("mpie", BYTES, pass(Mpie.DEFAULT, whole, modes, Workers.ONE)));
    for (var parallel : parallel().entrySet()) {
      solvers.add(
          new Solver(
              parallel.getKey(), kept, pass(parallel.getValue(), whole, modes, Workers.ONE)));
    }
    solvers.forEach(solver -> rounds.add(solver.name, solver.pass));
    var timings = rounds.measure();
    double transform = timings.get(0).seconds();
    double bandwidth = 12.0 * TRIAD / timings.get(1).seconds();
    String what = size + "²" + (modes == 1 ? "" : ", " + modes + " modes");
    progress.accept(
        "%s: one transform %.1f us, memory bandwidth %.1f GB/s"
            .formatted(what, transform * 1e6, bandwidth * 1e-9));
    figures.add(
        new Figure(
            "memory bandwidth beside " + what, bandwidth * 1e-9, "GB/s", Double.NaN, Double.NaN));
    for (int k = 0; k < solvers.size(); k++) {
      double floor = 2 * modes * transform + solvers.get(k).bytes * size * size / bandwidth;
      double view = timings.get(k + 2).seconds() / views;
      String name = "ptycho " + solvers.get(k).name + " " + what;
      figures.add(new Figure(name, view * 1e6, "us/view", floor * 1e6, view / floor));
      progress.accept(
          "%-18s %7.1f us a view, floor %6.1f us, ratio %.2f"
              .formatted(solvers.get(k).name, view * 1e6, floor * 1e6, view / floor));
    }
  }

  /// Methods that use all threads.
  private static Map<String, PtychoMethod> parallel() {
    var methods = new LinkedHashMap<String, PtychoMethod>();
    methods.put("lsqMl", LsqMl.DEFAULT);
    methods.put("differenceMap", DifferenceMap.DEFAULT);
    methods.put("raar", Raar.DEFAULT);
    methods.put("maximumLikelihood", MaximumLikelihood.DEFAULT);
    return methods;
  }

  private static void twoThreads(List<Figure> figures, Consumer<String> progress) {
    try (var two = new Workers(2)) {
      memoryOfTwo(two, figures, progress);
      var scan = SyntheticScan.of(256, VIEWS, true);
      for (var method : parallel().entrySet()) {
        var rounds = new Rounds(Rounds.Clock.WALL, ROUNDS, WARM_SECONDS, ROUND_SECONDS);
        rounds.add("two threads", pass(method.getValue(), scan, 1, two));
        rounds.add("one thread", pass(method.getValue(), scan, 1, Workers.ONE));
        var timings = rounds.measure();
        var figure =
            new Figure(
                "ptycho " + method.getKey() + " 256², one thread ÷ two",
                timings.get(1).seconds() / VIEWS * 1e6,
                "us/view",
                timings.get(0).seconds() / VIEWS * 1e6,
                timings.get(1).ratio());
        figures.add(figure);
        progress.accept(
            "%-18s %.2f times faster on two threads (wall)"
                .formatted(method.getKey(), figure.ratio()));
      }
    }
  }

  /// What two threads gain where nothing but memory counts: between this and 2 lies what passes
  /// can.
  private static void memoryOfTwo(Workers two, List<Figure> figures, Consumer<String> progress) {
    var rounds = new Rounds(Rounds.Clock.WALL, ROUNDS, WARM_SECONDS, ROUND_SECONDS);
    rounds.add("two threads", triad(two));
    rounds.add("one thread", triad(Workers.ONE));
    var timings = rounds.measure();
    double bandwidth = 12e-9 * TRIAD / timings.get(0).seconds();
    double one = 12e-9 * TRIAD / timings.get(1).seconds();
    figures.add(
        new Figure("memory bandwidth, two threads ÷ one", bandwidth, "GB/s", one, bandwidth / one));
    progress.accept(
        "memory bandwidth: %.1f GB/s with one thread, %.1f with two".formatted(one, bandwidth));
  }

  private static Runnable own(int size) {
    var fft = new Fft2(size, size);
    var field = new ComplexField(Grid.square(size, size, 1e-6));
    return () -> fft.transform(field);
  }

  private static Runnable triad(Workers workers) {
    float[] a = new float[TRIAD];
    float[] b = new float[TRIAD];
    float[] c = new float[TRIAD];
    return () -> workers.forEach(TRIAD / TRIAD_BLOCK, (k, _) -> triad(a, b, c, k * TRIAD_BLOCK));
  }

  private static void triad(float[] a, float[] b, float[] c, int from) {
    for (int i = from; i < from + TRIAD_BLOCK; i++) {
      a[i] = b[i] + 3 * c[i];
    }
  }

  /// Passes over one state that lives on from call to call; further modes are weaker copies of the
  /// probe, which cost what any others cost.
  private static Runnable pass(
      PtychoMethod method, DiffractionScan scan, int modes, Workers workers) {
    var windows = new Windows(scan.positions(), scan.geometry().sample(), true, 0);
    var model = new PtychoModel(scan, windows, 1);
    var object = new ComplexField(windows.object()).setAll(1, 0);
    var probe = scan.probe().orElseThrow().modes().getFirst();
    var probes =
        IntStream.range(0, modes)
            .mapToObj(m -> probe.copy().scale(m == 0 ? Math.sqrt(1 - 0.1 * (modes - 1)) : 0.316))
            .toList();
    PtychoState state = method.start(model, object, probes);
    Engine<PtychoState> engine = method.engine(model, Constraints.NONE, workers);
    return () -> state.residuals().add(engine.iterate(state));
  }
}

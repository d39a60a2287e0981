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
import argand.ptycho.PtychoMethod;
import argand.ptycho.PtychoModel;
import argand.ptycho.PtychoState;
import argand.ptycho.Raar;
import argand.ptycho.Rpie;
import argand.ptycho.Windows;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Ptychography, one pass over 200 views of 256², against what no implementation can beat: two
/// transforms of each view at FFTW's speed, and its memory traffic at the measured bandwidth.
///
///     floor(view) = 2 t_FFT + B n² / BW,   B = 36 bytes; 52 where exit waves are kept
///
/// B counts what a view moves beyond the cache: object 8, amplitude 4, numerator 16, weight 8, and
/// 16 for an exit wave. All figures of one thread are CPU time of that thread, in interleaved
/// rounds; the gain of a second thread is wall time and needs a machine that nobody else uses.
/// Whole-pixel positions unless said: sub-pixel ones cost two transforms more for each view.
final class PtychoBench implements Benchmark {
  private static final int N = 256;
  private static final int VIEWS = 200;
  private static final int TRIAD = 1 << 24;
  private static final double BYTES = 36;
  private static final double BYTES_WITH_WAVES = 52;

  @Override
  public String name() {
    return "ptycho";
  }

  @Override
  public String about() {
    return "one pass of rPIE, LSQ-ML, difference map and RAAR over 200 views of 256², against its floor";
  }

  @Override
  public List<Figure> run(Consumer<String> progress) {
    List<Figure> figures = new ArrayList<>();
    oneThread(figures, progress);
    twoThreads(figures, progress);
    return figures;
  }

  private static void oneThread(List<Figure> figures, Consumer<String> progress) {
    var fftw = Fftw.ofSystem();
    if (fftw.isEmpty()) {
      progress.accept("libfftw3f.so.3 is not installed: the floor is made of our own transforms");
    }
    var whole = SyntheticScan.of(N, VIEWS, true);
    var fractional = SyntheticScan.of(N, VIEWS, false);
    var rounds = new Rounds(Rounds.Clock.THREAD_CPU, 9, 2.0, 0.05);
    rounds.add("transform", fftw.<Runnable>map(f -> f.plan(N, N)::run).orElseGet(() -> own()));
    rounds.add("triad", triad());
    List<Solver> solvers =
        List.of(
            new Solver("rpie", BYTES, pass(Rpie.DEFAULT, whole, Workers.ONE)),
            new Solver("rpie sub-pixel", BYTES, pass(Rpie.DEFAULT, fractional, Workers.ONE)),
            new Solver(
                "differenceMap", BYTES_WITH_WAVES, pass(new DifferenceMap(1), whole, Workers.ONE)),
            new Solver("lsqMl", BYTES_WITH_WAVES, pass(LsqMl.DEFAULT, whole, Workers.ONE)),
            new Solver("raar", BYTES_WITH_WAVES, pass(new Raar(0.75), whole, Workers.ONE)));
    solvers.forEach(solver -> rounds.add(solver.name, solver.pass));
    var timings = rounds.measure();
    double transform = timings.get(0).seconds();
    double bandwidth = 12.0 * TRIAD / timings.get(1).seconds();
    progress.accept(
        "one transform %.1f us, memory bandwidth %.1f GB/s"
            .formatted(transform * 1e6, bandwidth * 1e-9));
    figures.add(new Figure("memory bandwidth", bandwidth * 1e-9, "GB/s", Double.NaN, Double.NaN));
    for (int k = 0; k < solvers.size(); k++) {
      double floor = 2 * transform + solvers.get(k).bytes * N * N / bandwidth;
      double view = timings.get(k + 2).seconds() / VIEWS;
      String name = solvers.get(k).name;
      figures.add(
          new Figure("ptycho " + name + " 256²", view * 1e6, "us/view", floor * 1e6, view / floor));
      progress.accept(
          "%-18s %7.1f us a view, floor %6.1f us, ratio %.2f"
              .formatted(name, view * 1e6, floor * 1e6, view / floor));
    }
  }

  /// @param bytes that a view moves beyond the cache, for each pixel
  private record Solver(String name, double bytes, Runnable pass) {}

  private static void twoThreads(List<Figure> figures, Consumer<String> progress) {
    try (var two = new Workers(2)) {
      var scan = SyntheticScan.of(N, VIEWS, true);
      for (var method : List.of(new DifferenceMap(1), new Raar(0.75), LsqMl.DEFAULT)) {
        var rounds = new Rounds(Rounds.Clock.WALL, 9, 2.0, 0.05);
        rounds.add("two threads", pass(method, scan, two));
        rounds.add("one thread", pass(method, scan, Workers.ONE));
        var timings = rounds.measure();
        String name =
            switch (method) {
              case Raar _ -> "raar";
              case LsqMl _ -> "lsqMl";
              default -> "differenceMap";
            };
        var figure =
            new Figure(
                "ptycho " + name + " 256², one thread ÷ two",
                timings.get(1).seconds() / VIEWS * 1e6,
                "us/view",
                timings.get(0).seconds() / VIEWS * 1e6,
                timings.get(1).ratio());
        figures.add(figure);
        progress.accept(
            "%-18s %.2f times faster on two threads (wall)".formatted(name, figure.ratio()));
      }
    }
  }

  private static Runnable own() {
    var fft = new Fft2(N, N);
    var field = new ComplexField(Grid.square(N, N, 1e-6));
    return () -> fft.transform(field);
  }

  private static Runnable triad() {
    float[] a = new float[TRIAD];
    float[] b = new float[TRIAD];
    float[] c = new float[TRIAD];
    return () -> {
      for (int i = 0; i < a.length; i++) {
        a[i] = b[i] + 3 * c[i];
      }
    };
  }

  /// Passes over one state that lives on from call to call.
  private static Runnable pass(PtychoMethod method, DiffractionScan scan, Workers workers) {
    var windows = new Windows(scan.positions(), scan.geometry().sample(), true, 0);
    var model = new PtychoModel(scan, windows, 1);
    var object = new ComplexField(windows.object()).setAll(1, 0);
    var probe = scan.probe().orElseThrow().modes().getFirst().copy();
    PtychoState state = method.start(model, object, List.of(probe));
    Engine<PtychoState> engine = method.engine(model, Constraints.NONE, workers);
    return () -> state.residuals().add(engine.iterate(state));
  }
}

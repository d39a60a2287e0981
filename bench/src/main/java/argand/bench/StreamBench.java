package argand.bench;

import argand.array.Workers;
import argand.data.DiffractionScan;
import argand.data.RawFile;
import argand.file.CxiWriter;
import argand.file.Read;
import argand.flow.Watch;
import argand.ptycho.LsqMl;
import argand.ptycho.PtychoMethod;
import argand.ptycho.Ptychography;
import argand.ptycho.Rpie;
import argand.simulate.StandardCase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// A pass of ptychography over frames that stream from a compressed file, against the same pass
/// with
/// all amplitudes in memory: wall time on two threads, in turns, the file in the disk cache.
///
/// `half` allows half of what all amplitudes take as floats, where they may be kept as counts;
/// `least` allows what `--memory` must at least: nearly every frame is decoded in every pass.
final class StreamBench implements Benchmark {
  private static final int SIZE = 256;
  private static final int PASSES = 6;
  private static final int ROUNDS = 5;
  private static final double GOAL = 1.3;

  @Override
  public String name() {
    return "stream";
  }

  @Override
  public String about() {
    return "one pass over 200 views of 256² streamed from compressed HDF5, against all in memory";
  }

  @Override
  public List<Figure> run(Selection selection, Consumer<String> progress) {
    try {
      var folder = Files.createTempDirectory("argand-bench");
      var file = folder.resolve("scan.cxi");
      try {
        return measured(file, progress);
      } finally {
        Files.deleteIfExists(file);
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Figure> measured(Path file, Consumer<String> progress) throws IOException {
    try (var workers = new Workers(2)) {
      var watch = new Timekeeper(workers);
      CxiWriter.write(file, StandardCase.farField(SIZE, 1).make(0, watch).scan());
      var scan = Read.defaults().apply(new RawFile(file), watch);
      progress.accept(
          "%d frames, %.0f MB as floats, %.0f MB compressed"
              .formatted(
                  scan.frames().count(),
                  4e-6 * SIZE * SIZE * scan.frames().count(),
                  1e-6 * Files.size(file)));
      List<Figure> figures = new ArrayList<>();
      for (PtychoMethod method : List.of(LsqMl.DEFAULT, Rpie.DEFAULT)) {
        compare(method, scan, workers, figures, progress);
      }
      return figures;
    }
  }

  private static void compare(
      PtychoMethod method,
      DiffractionScan scan,
      Workers workers,
      List<Figure> figures,
      Consumer<String> progress) {
    var verb = Ptychography.of(method, PASSES);
    long held = scan.frames().memoryBytes();
    long least = verb.leastMemoryBytes(scan) + held;
    long whole = verb.memoryBytes(scan) + held;
    long[] budgets = {Watch.SILENT.memoryBytes(), (least + whole) / 2, least};
    double[][] seconds = new double[budgets.length][ROUNDS];
    for (int round = -1; round < ROUNDS; round++) {
      for (int k = 0; k < budgets.length; k++) {
        var watch = new Timekeeper(workers, budgets[k]);
        verb.apply(scan, watch);
        if (round >= 0) {
          seconds[k][round] = watch.secondsOfAPass();
        }
      }
    }
    String[] names = {"in memory", "half", "least"};
    for (int k = 1; k < budgets.length; k++) {
      double[] ratios = new double[ROUNDS];
      for (int round = 0; round < ROUNDS; round++) {
        ratios[round] = seconds[k][round] / seconds[0][round];
      }
      var figure =
          new Figure(
              "stream " + method.getClass().getSimpleName() + " " + names[k],
              Rounds.median(seconds[k]) * 1e3,
              "ms/pass",
              Rounds.median(seconds[0]) * 1e3,
              Rounds.median(ratios));
      figures.add(figure);
      progress.accept(
          "%-28s %7.1f ms a pass, in memory %7.1f, ratio %.2f (goal %.1f)"
              .formatted(figure.name(), figure.value(), figure.reference(), figure.ratio(), GOAL));
    }
  }
}

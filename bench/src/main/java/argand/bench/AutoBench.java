package argand.bench;

import argand.array.Workers;
import argand.flow.Watch;
import argand.simulate.VariedCase;
import argand.simulate.VariedCase.Lighting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/// `auto` against the best by hand on measurements other than those it was made on: every light,
/// photons, overlap, with one mode and three, right positions and wrong ones.
final class AutoBench implements Benchmark {
  private static final double GOAL = 1.1;
  private static final int SIZE = 64;
  private static final int VIEWS = 100;
  private static final int PASSES = 60;

  /// @param errorPx how far the probe missed along each axis, rms [px]
  private record Row(Lighting lighting, double counts, double step, int modes, double errorPx) {
    VariedCase of(long seed) {
      return new VariedCase(lighting, SIZE, VIEWS, step, counts, errorPx, modes > 1, seed);
    }
  }

  /// Every light with every number of photons; overlaps, modes and errors spread over them.
  private static final List<Row> ROWS =
      List.of(
          new Row(Lighting.ZONE_PLATE, 1e5, 0.12, 1, 1),
          new Row(Lighting.ZONE_PLATE, 1e6, 0.078, 3, 1),
          new Row(Lighting.ZONE_PLATE, 1e7, 0.078, 1, 0),
          new Row(Lighting.PINHOLE, 1e5, 0.12, 1, 0),
          new Row(Lighting.PINHOLE, 1e6, 0.078, 1, 0),
          new Row(Lighting.PINHOLE, 1e7, 0.05, 3, 1),
          new Row(Lighting.MIRRORS, 1e5, 0.078, 3, 0),
          new Row(Lighting.MIRRORS, 1e6, 0.05, 3, 0),
          new Row(Lighting.MIRRORS, 1e7, 0.078, 1, 1),
          new Row(Lighting.GAUSSIAN, 1e5, 0.05, 1, 1),
          new Row(Lighting.GAUSSIAN, 1e6, 0.078, 1, 0),
          new Row(Lighting.GAUSSIAN, 1e7, 0.078, 3, 0),
          new Row(Lighting.DIFFUSER, 1e5, 0.078, 1, 1),
          new Row(Lighting.DIFFUSER, 1e6, 0.078, 1, 0),
          new Row(Lighting.DIFFUSER, 1e7, 0.05, 3, 0));

  @Override
  public String name() {
    return "auto";
  }

  @Override
  public String about() {
    return "auto against the best by hand over lights, photons, overlaps, modes and wrong positions";
  }

  @Override
  public List<String> cases() {
    return Arrays.stream(Lighting.values()).map(AutoBench::word).toList();
  }

  private static String word(Lighting lighting) {
    return lighting.name().toLowerCase(Locale.ROOT).replace("_", "");
  }

  @Override
  public List<Figure> run(Selection selection, Consumer<String> progress) {
    var figures = new ArrayList<Figure>();
    try (var workers = new Workers(Math.min(2, Runtime.getRuntime().availableProcessors()))) {
      for (long seed : selection.seeds()) {
        for (int k = 0; k < ROWS.size(); k++) {
          if (selection.wants(word(ROWS.get(k).lighting))) {
            var one = ROWS.get(k).of(100 * seed + k);
            figures.add(figure(one, PASSES, workers, progress));
          }
        }
      }
    }
    return figures;
  }

  static Figure figure(VariedCase one, int passes, Workers workers, Consumer<String> progress) {
    var made = one.maker().make(0, Watch.SILENT);
    double best = Double.POSITIVE_INFINITY;
    String by = "";
    var all = new StringBuilder();
    var runs = ByHand.runs(passes, one.modes(), one.errorPx() > 0);
    for (var run : runs.entrySet()) {
      double nrmse = ByHand.of(run.getValue(), made, workers).nrmse();
      all.append(String.format(Locale.ROOT, " %s %.4f;", run.getKey(), nrmse));
      if (nrmse < best) {
        best = nrmse;
        by = run.getKey();
      }
    }
    var auto = ByHand.of(ByHand.auto(passes), made, workers);
    progress.accept(
        String.format(
            Locale.ROOT,
            "%s: auto %.4f, by hand %.4f (%s), ratio %.3f |%s | %s",
            one.name(),
            auto.nrmse(),
            best,
            by,
            auto.nrmse() / best,
            all,
            auto.said()));
    return new Figure(
        one.name() + ": auto ÷ by hand", auto.nrmse() / best, "", GOAL, auto.nrmse() / best / GOAL);
  }
}

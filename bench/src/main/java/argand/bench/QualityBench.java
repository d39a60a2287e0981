package argand.bench;

import argand.array.Workers;
import argand.data.Reconstruction;
import argand.data.ScanPositions;
import argand.flow.Maker;
import argand.flow.Watch;
import argand.metric.Comparison;
import argand.ptycho.Auto;
import argand.ptycho.Chain;
import argand.ptycho.DifferenceMap;
import argand.ptycho.LsqMl;
import argand.ptycho.MaximumLikelihood;
import argand.ptycho.Positions;
import argand.ptycho.Ptychography;
import argand.simulate.StandardCase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/// How near to the truth ptychography comes, from a wrong start probe, on the cases by which
/// programs are compared; and how long it takes to come near.
///
/// Each figure's reference is its goal, its ratio figure ÷ goal. `auto` is given nothing but the
/// scan; its goal is 1.1 times the best figure of the methods tried here on the same case.
final class QualityBench implements Benchmark {
  private static final double NEAR = 0.0316;
  private static final int TIMED = 7;
  private static final double AUTO = 1.1;
  private static final int CHAINED_VIEWS = 400;

  /// That of the same sample with half the views, converged.
  private static final double CHAINED_GOAL = 0.0165;

  /// @param goals NRMSE after 100 passes (NaN where there is none) and converged
  private record Standard(
      int size,
      int modes,
      double errorPx,
      double after100,
      double converged,
      LongFunction<Maker.OfScans> maker) {}

  private static final Map<String, Standard> CASES = cases128And256();

  private static Map<String, Standard> cases128And256() {
    var cases = new LinkedHashMap<String, Standard>();
    double none = Double.NaN;
    cases.put(
        "one128", new Standard(128, 1, 0, 0.0175, 0.0165, s -> StandardCase.farField(128, s)));
    cases.put(
        "three128",
        new Standard(128, 3, 0, none, 0.0235, s -> StandardCase.partlyCoherent(128, s)));
    cases.put("one256", new Standard(256, 1, 0, none, 0.0172, s -> StandardCase.farField(256, s)));
    cases.put(
        "three256", new Standard(256, 3, 0, none, 0.022, s -> StandardCase.partlyCoherent(256, s)));
    cases.put(
        "positions128",
        new Standard(128, 1, 1.5, none, 0.022, s -> StandardCase.misplaced(128, 200, 1.5, s)));
    return cases;
  }

  @Override
  public String name() {
    return "quality";
  }

  @Override
  public String about() {
    return "how near to the truth ptychography comes on the standard cases, by hand and by auto";
  }

  @Override
  public List<String> cases() {
    List<String> names = new ArrayList<>(CASES.keySet());
    names.add("time");
    names.add("chain");
    return names;
  }

  @Override
  public List<Figure> run(Selection selection, Consumer<String> progress) {
    List<Figure> figures = new ArrayList<>();
    Consumer<Figure> found =
        figure -> {
          figures.add(figure);
          progress.accept(
              "%-36s %8.4f %-2s goal %8.4f%s"
                  .formatted(
                      figure.name(),
                      figure.value(),
                      figure.unit(),
                      figure.reference(),
                      figure.ratio() > 1 ? "  missed" : ""));
        };
    try (var workers = new Workers(Math.min(2, Runtime.getRuntime().availableProcessors()))) {
      var watch = new Timekeeper(workers);
      for (long seed : selection.seeds()) {
        CASES.forEach(
            (name, standard) -> {
              if (selection.wants(name)) {
                compare(name + " seed " + seed, standard, seed, watch, found);
              }
            });
        if (selection.wants("time")) {
          time(seed, watch, found);
        }
        if (selection.wants("chain")) {
          chain(seed, watch, found);
        }
      }
    }
    return figures;
  }

  /// The methods tried by hand: quick passes, and those followed by passes that converge.
  private static Map<String, Ptychography> byHand(Standard standard) {
    var runs = new LinkedHashMap<String, Ptychography>();
    runs.put("LSQ-ML 100", Ptychography.of(LsqMl.DEFAULT, 100));
    var finish =
        new Chain(
            List.of(Chain.Leg.of(LsqMl.DEFAULT, 60), Chain.Leg.last(MaximumLikelihood.DEFAULT)));
    runs.put("LSQ-ML 60 then ML 140", Ptychography.of(finish, 200));
    runs.replaceAll(
        (name, run) -> {
          var modal = standard.modes > 1 ? run.withModes(standard.modes) : run;
          return standard.errorPx > 0 ? modal.refining(Positions.DEFAULT) : modal;
        });
    return runs;
  }

  private static void compare(
      String name, Standard standard, long seed, Watch watch, Consumer<Figure> found) {
    var made = standard.maker.apply(seed).make(0, watch);
    double best = Double.POSITIVE_INFINITY;
    for (var run : byHand(standard).entrySet()) {
      boolean quick = run.getKey().equals("LSQ-ML 100");
      double goal =
          quick && !Double.isNaN(standard.after100) ? standard.after100 : standard.converged;
      var result = run.getValue().apply(made.scan(), watch);
      double nrmse = report(name + " " + run.getKey(), goal, standard, result, made, found);
      best = Math.min(best, nrmse);
    }
    var result = auto(made, watch);
    report(name + " auto", AUTO * best, standard, result, made, found);
  }

  private static Reconstruction auto(Maker.Made made, Watch watch) {
    return Ptychography.of(new Auto(), 200).apply(made.scan(), watch);
  }

  private static double report(
      String name,
      double goal,
      Standard standard,
      Reconstruction result,
      Maker.Made made,
      Consumer<Figure> found) {
    double nrmse = nrmse(result, made);
    found.accept(figure(name + " nrmse", nrmse, "", goal));
    if (standard.modes > 1) {
      var powers = result.probe().modes();
      var truth = made.truth().probe();
      double worst = 0;
      for (int m = 0; m < standard.modes; m++) {
        double is = m < powers.size() ? powers.get(m).power() / result.probe().power() : 0;
        double should = truth.modes().get(m).power() / truth.power();
        worst = Math.max(worst, Math.abs(is - should));
      }
      found.accept(figure(name + " powers off", worst, "", 0.02));
    }
    if (standard.errorPx > 0) {
      double pixel = made.scan().geometry().sample().pixelY();
      double error = error(result.positions(), made.truth().positions()) / pixel;
      found.accept(figure(name + " positions off", error, "px", 0.05));
    }
    return nrmse;
  }

  /// The wall time of a whole run, from frames in memory to the object, of the fewest passes that
  /// end below the NRMSE to reach; after a warm-up of as many runs.
  private static void time(long seed, Watch watch, Consumer<Figure> found) {
    var made = StandardCase.farField(128, seed).make(0, watch);
    int passes = 1;
    while (nrmse(Ptychography.of(LsqMl.DEFAULT, passes).apply(made.scan(), watch), made) > NEAR) {
      passes++;
    }
    double[] seconds = new double[TIMED];
    for (int k = -TIMED; k < TIMED; k++) {
      long began = System.nanoTime();
      Ptychography.of(LsqMl.DEFAULT, passes).apply(made.scan(), watch);
      if (k >= 0) {
        seconds[k] = (System.nanoTime() - began) * 1e-9;
      }
    }
    found.accept(
        figure(
            "one128 seed %d LSQ-ML %d passes to %.4f".formatted(seed, passes, NEAR),
            Rounds.median(seconds),
            "s",
            0.6));
  }

  /// The wall time of a whole run of three methods, one after the other, and what comes out; once,
  /// without a warm-up, as somebody meets it.
  private static void chain(long seed, Watch watch, Consumer<Figure> found) {
    var made = StandardCase.misplaced(128, CHAINED_VIEWS, 0, seed).make(0, watch);
    var chain =
        new Chain(
            List.of(
                Chain.Leg.of(DifferenceMap.DEFAULT, 20),
                Chain.Leg.of(LsqMl.DEFAULT, 60),
                Chain.Leg.last(MaximumLikelihood.DEFAULT)));
    long began = System.nanoTime();
    var result = Ptychography.of(chain, 200).apply(made.scan(), watch);
    double seconds = (System.nanoTime() - began) * 1e-9;
    String name =
        "chain128 seed %d, %d views, DM 20, LSQ-ML 60, ML 120".formatted(seed, CHAINED_VIEWS);
    found.accept(figure(name, seconds, "s", 120));
    found.accept(figure(name + " nrmse", nrmse(result, made), "", CHAINED_GOAL));
  }

  private static Figure figure(String name, double value, String unit, double goal) {
    return new Figure(name, value, unit, goal, value / goal);
  }

  private static double nrmse(Reconstruction result, Maker.Made made) {
    return Comparison.between(result, made.truth()).metrics().getOrDefault("nrmse", Double.NaN);
  }

  /// Rms over both axes after removing a translation and nothing else [m].
  private static double error(ScanPositions found, ScanPositions truth) {
    return Math.hypot(spread(found.y(), truth.y()), spread(found.x(), truth.x()));
  }

  private static double spread(double[] a, double[] b) {
    double[] difference = new double[a.length];
    Arrays.setAll(difference, j -> a[j] - b[j]);
    double mean = Arrays.stream(difference).average().orElseThrow();
    return Math.sqrt(
        Arrays.stream(difference).map(d -> (d - mean) * (d - mean)).average().orElseThrow());
  }
}

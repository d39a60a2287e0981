package argand.bench;

import argand.array.Grid;
import argand.array.RealField;
import argand.array.Workers;
import argand.data.EmptyBeam;
import argand.data.EnergyStack;
import argand.data.PixelBlocks;
import argand.data.Planes;
import argand.data.Product;
import argand.data.Quantity;
import argand.data.Source;
import argand.data.Spectrum;
import argand.flow.Step;
import argand.flow.Watch;
import argand.phantom.CathodeParticle;
import argand.recipe.Catalog;
import argand.recipe.RecipeFile;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/// The stages of XANES imaging on a stack of 2048² × 100 in memory as 32-bit floats, two
/// references,
/// two threads, wall time: the goals are those of the table in `bench/BASELINE.md`.
///
/// Each stage is written as in a recipe. What a stage only prepares is read out into a second stack
/// of the same size, so that no work is left undone. `read` reads the stack once and adds it up:
/// the
/// floor of any stage.
final class XanesBench implements Benchmark {
  private static final int SIDE = 2048;
  private static final int ENERGIES = 100;
  private static final int ROUNDS = 9;

  /// Before these the large vector methods of a stage may still wait for the optimizing compiler.
  private static final int WARM_UP = 3;

  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  /// A stage: how a recipe writes it, on which stack, its goal [s].
  private record Stage(String name, String step, Input on, double goal) {}

  private enum Input {
    COUNTS,
    DENSITY,
    NORMALIZED
  }

  private static final String WINDOWS = "pre: [8230 eV, 8320 eV], post: [8400 eV, 8600 eV]";

  private static final List<Stage> STAGES =
      List.of(
          new Stage("log", "opticalDensity: {}", Input.COUNTS, 0.6),
          new Stage("normalize", "normalizeEdge: {" + WINDOWS + "}", Input.DENSITY, 0.6),
          new Stage(
              "fit",
              "unmix: {constraint: free, weights: alike, background: []}",
              Input.NORMALIZED,
              0.2),
          new Stage(
              "constrained",
              "unmix: {constraint: sumToOne, weights: alike, background: []}",
              Input.NORMALIZED,
              1.5),
          new Stage("amounts", "unmix: {}", Input.DENSITY, Double.NaN),
          new Stage("peak", "peakMap: {range: [8335 eV, 8370 eV]}", Input.NORMALIZED, 5),
          new Stage(
              "admm",
              "unmix: {constraint: free, weights: alike, background: [], prior: {amountVariation:"
                  + " {iterations: 50}}}",
              Input.NORMALIZED,
              8));

  @Override
  public String name() {
    return "xanes";
  }

  @Override
  public String about() {
    return "stages of XANES imaging on 2048² × 100 in memory, two threads; needs -Xmx6g";
  }

  @Override
  public List<String> cases() {
    var names = new ArrayList<>(STAGES.stream().map(Stage::name).toList());
    names.addAll(List.of("register", "kMeans", "chain"));
    return names;
  }

  @Override
  public List<Figure> run(Selection selection, Consumer<String> progress) {
    List<Figure> figures = new ArrayList<>();
    try (var workers = new Workers(2)) {
      var watch = new Timekeeper(workers, 3L << 30);
      apart(selection, watch, figures, progress);
      if (STAGES.stream().noneMatch(stage -> selection.wants(stage.name()))) {
        return figures;
      }
      var energyEv = energies();
      var data = planes(workers);
      var out = new float[ENERGIES][SIDE * SIDE];
      fill(data, energyEv, workers);
      Runnable read = () -> readOnce(data, workers);
      double once = median(read, ROUNDS);
      figures.add(new Figure("read", once, "s", Double.NaN, Double.NaN));
      progress.accept("%-12s %7.3f s".formatted("read", once));
      for (var input : Input.values()) {
        convert(data, input, workers);
        for (var stage : STAGES) {
          if (stage.on() == input && selection.wants(stage.name())) {
            var step = step(stage.step());
            var stack = stack(data, input, energyEv);
            var took = beside(read, () -> carryOut(step, stack, out, watch));
            figures.add(
                new Figure(
                    stage.name(),
                    took.seconds(),
                    "s",
                    stage.goal(),
                    took.seconds() / stage.goal()));
            progress.accept(
                "%-12s %7.3f s, goal %.1f s, %.1f × one read; CPU %.3f s a thread, %.1f × one read"
                    .formatted(
                        stage.name(),
                        took.seconds(),
                        stage.goal(),
                        took.reads(),
                        took.cpuSeconds() / workers.threads(),
                        took.cpuReads()));
          }
        }
      }
    }
    return figures;
  }

  /// What does not need the large stack.
  private static void apart(
      Selection selection, Timekeeper watch, List<Figure> figures, Consumer<String> progress) {
    if (selection.wants("register")) {
      var pair = XanesBenchParts.pair(SIDE);
      double seconds = median(() -> XanesBenchParts.register(pair, watch.workers()), ROUNDS);
      report("register", seconds, 0.25, figures, progress);
    }
    if (selection.wants("kMeans")) {
      var stack = XanesBenchParts.composite(watch);
      var step = step("cluster: {method: {kMeans: {clusters: 4}}}");
      double seconds = median(() -> applied(step, stack, watch), 3);
      report("kMeans", seconds, 6, figures, progress);
    }
    if (selection.wants("chain")) {
      double[] seconds = XanesBenchParts.chain(watch.workers());
      figures.add(
          new Figure("chain from file", seconds[1], "s", seconds[0], seconds[1] / seconds[0]));
      progress.accept("%-12s %7.3f s, in memory %.3f s".formatted("chain", seconds[1], seconds[0]));
    }
  }

  private static void report(
      String name, double seconds, double goal, List<Figure> figures, Consumer<String> progress) {
    figures.add(new Figure(name, seconds, "s", goal, seconds / goal));
    progress.accept("%-12s %7.3f s, goal %.2f s".formatted(name, seconds, goal));
  }

  private static double[] energies() {
    double[] energyEv = new double[ENERGIES];
    for (int e = 0; e < ENERGIES; e++) {
      energyEv[e] = 8220 + 4.0 * e;
    }
    return energyEv;
  }

  static Step.One<?, ?> step(String text) {
    String read = text.startsWith("readStack") ? "" : "  - readStack: {}\n";
    String recipe = "argand: 1\nof: none\neach:\n" + read + "  - " + text + "\n";
    var bound =
        new RecipeFile(
                "bench.yaml", recipe.getBytes(StandardCharsets.UTF_8), Path.of("."), List.of())
            .bind(Catalog.ARGAND);
    return (Step.One<?, ?>) bound.each().getLast();
  }

  private static float[][] planes(Workers workers) {
    var data = new float[ENERGIES][];
    workers.forEach(ENERGIES, (e, worker) -> data[e] = new float[SIDE * SIDE]);
    return data;
  }

  /// Optical densities of a mixture that changes over the image, with noise.
  private static void fill(float[][] data, double[] energyEv, Workers workers) {
    workers.forEach(
        ENERGIES,
        (e, worker) -> {
          var random = new SplittableRandom(e);
          float three = (float) CathodeParticle.NI_III.reference(energyEv[e]);
          float four = (float) CathodeParticle.NI_IV.reference(energyEv[e]);
          for (int i = 0; i < SIDE * SIDE; i++) {
            float share = (i % SIDE) / (float) SIDE;
            float thick = 0.3f + 0.7f * (i / SIDE) / SIDE;
            float noise = (random.nextFloat() - 0.5f) * 0.05f;
            data[e][i] = thick * (three + share * (four - three)) + 0.2f + noise;
          }
        });
  }

  /// Makes the stack in place what the next stages take: the first is counts.
  private static void convert(float[][] data, Input to, Workers workers) {
    workers.forEach(
        ENERGIES,
        (e, worker) -> {
          for (int i = 0; i < SIDE * SIDE; i++) {
            float thick = 0.3f + 0.7f * (i / SIDE) / SIDE;
            data[e][i] =
                switch (to) {
                  case COUNTS -> (float) Math.rint(2500 * Math.exp(-data[e][i]));
                  case DENSITY -> (float) -Math.log((data[e][i] + 0.5) / 2500.5);
                  case NORMALIZED -> (data[e][i] - 0.2f) / thick;
                };
          }
        });
  }

  private static EnergyStack stack(float[][] data, Input is, double[] energyEv) {
    var grid = Grid.square(SIDE, SIDE, 3e-8);
    var fields = new ArrayList<RealField>();
    for (float[] plane : data) {
      fields.add(new RealField(grid, plane));
    }
    var planes = Planes.of(fields);
    var stack = EnergyStack.of(energyEv, planes, quantity(is), Source.NONE);
    if (is == Input.COUNTS) {
      var flat = new RealField(grid);
      java.util.Arrays.fill(flat.values(), 2500);
      stack =
          stack.withEmptyBeam(
              Optional.of(new EmptyBeam(Planes.of(List.of(flat)), Optional.empty(), 10, 1)));
    }
    double[] three = new double[ENERGIES];
    double[] four = new double[ENERGIES];
    for (int e = 0; e < ENERGIES; e++) {
      three[e] = CathodeParticle.NI_III.reference(energyEv[e]);
      four[e] = CathodeParticle.NI_IV.reference(energyEv[e]);
    }
    return stack.withFindings(
        stack
            .findings()
            .with(Spectrum.of("NiIII", energyEv, three, Quantity.NORMALIZED))
            .with(Spectrum.of("NiIV", energyEv, four, Quantity.NORMALIZED)));
  }

  private static Quantity quantity(Input is) {
    return switch (is) {
      case COUNTS -> Quantity.COUNTS;
      case DENSITY -> Quantity.OPTICAL_DENSITY;
      case NORMALIZED -> Quantity.NORMALIZED;
    };
  }

  private static <I extends Product, O extends Product> void carryOut(
      Step.One<I, O> step, Product input, float[][] out, Watch watch) {
    var made = applied(step, input, watch);
    var planes = made.images();
    if (planes.inMemory(0).isEmpty()) {
      PixelBlocks.forEach(
          planes,
          watch.workers(),
          (block, first, length, spectra, worker) -> {
            for (int e = 0; e < ENERGIES; e++) {
              System.arraycopy(spectra, e * PixelBlocks.SIZE, out[e], first, length);
            }
          });
    }
  }

  static <I extends Product, O extends Product> EnergyStack applied(
      Step.One<I, O> step, Product input, Watch watch) {
    return (EnergyStack) step.apply(step.takes().cast(input), watch);
  }

  private static void readOnce(float[][] data, Workers workers) {
    var sums = new double[ENERGIES];
    workers.forEach(
        ENERGIES,
        (e, worker) -> {
          float[] lanes = new float[16];
          float[] plane = data[e];
          for (int i = 0; i < plane.length; i += 16) {
            for (int lane = 0; lane < 16; lane++) {
              lanes[lane] += plane[i + lane];
            }
          }
          for (float lane : lanes) {
            sums[e] += lane;
          }
        });
  }

  /// @param reads wall time over that of one plain read in the same round
  /// @param cpuSeconds of all threads of the process
  /// @param cpuReads the same over those of one plain read in the same round
  private record Took(double seconds, double reads, double cpuSeconds, double cpuReads) {}

  /// Medians over rounds of one read and one run of the work each: on a busy machine the ratios and
  /// the CPU time still mean something.
  private static Took beside(Runnable read, Runnable work) {
    for (int round = 0; round < WARM_UP; round++) {
      work.run();
    }
    double[][] rounds = new double[4][ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      double[] one = seconds(read);
      double[] other = seconds(work);
      rounds[0][round] = other[0];
      rounds[1][round] = other[0] / one[0];
      rounds[2][round] = other[1];
      rounds[3][round] = other[1] / one[1];
    }
    return new Took(
        Rounds.median(rounds[0]),
        Rounds.median(rounds[1]),
        Rounds.median(rounds[2]),
        Rounds.median(rounds[3]));
  }

  /// On the wall, and of all processors.
  private static double[] seconds(Runnable work) {
    long processors = PROCESS.getProcessCpuTime();
    long began = System.nanoTime();
    work.run();
    return new double[] {
      (System.nanoTime() - began) * 1e-9, (PROCESS.getProcessCpuTime() - processors) * 1e-9
    };
  }

  static double median(Runnable work, int rounds) {
    work.run();
    double[] seconds = new double[rounds];
    for (int round = 0; round < rounds; round++) {
      long began = System.nanoTime();
      work.run();
      seconds[round] = (System.nanoTime() - began) * 1e-9;
    }
    return Rounds.median(seconds);
  }
}

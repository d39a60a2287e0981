package argand.bench;

import argand.array.Grid;
import argand.array.RealField;
import argand.array.Workers;
import argand.array.kernel.FloatMatrix;
import argand.array.kernel.MatrixProduct;
import argand.array.kernel.SineCosine;
import argand.data.BucketSignal;
import argand.data.Planes;
import argand.flow.Progress;
import argand.flow.QuietWatch;
import argand.neural.SineLayers;
import argand.singlepixel.NeuralFit;
import argand.singlepixel.PatternMethod;
import argand.singlepixel.SensingOperator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/// One step of fitting a network of sines to single-pixel data of 80 × 80 pixels, everything
/// included (misfit of all patterns, slopes, judgement, Adam), on two threads. The floor is what it
/// cannot do without: the matrix products and the sines of its hidden layers, by the same kernels,
/// in the same rounds.
final class SirenBench implements Benchmark {
  private static final int SIDE = 80;
  private static final int SIZE = SIDE * SIDE;
  private static final double GOAL = 2;

  /// @param patterns as a share of the pixels
  /// @param warm steps before those that count
  private record Case(String name, int width, int hidden, double patterns, int warm, int rounds) {}

  private static final List<Case> CASES =
      List.of(
          new Case("128x3-5", 128, 3, 0.05, 150, 51),
          new Case("128x3-25", 128, 3, 0.25, 150, 51),
          new Case("128x3-50", 128, 3, 0.5, 150, 51),
          new Case("128x3-100", 128, 3, 1, 150, 51),
          new Case("1024x5-25", 1024, 5, 0.25, 7, 3));

  @Override
  public String name() {
    return "siren";
  }

  @Override
  public String about() {
    return "a step of a network of sines on single-pixel data, over its products and sines; two"
        + " threads";
  }

  @Override
  public List<String> cases() {
    return CASES.stream().map(Case::name).toList();
  }

  @Override
  public List<Figure> run(Selection selection, Consumer<String> progress) {
    List<Figure> figures = new ArrayList<>();
    try (var workers = new Workers(2)) {
      for (var one : CASES) {
        if (selection.wants(one.name())) {
          figures.add(measure(one, workers, progress));
        }
      }
    }
    return figures;
  }

  private static Figure measure(Case one, Workers workers, Consumer<String> progress) {
    var fit =
        new NeuralFit(
            SineLayers.DEFAULT,
            one.width(),
            one.hidden(),
            one.warm() + one.rounds(),
            100_000,
            1e-5,
            200,
            NeuralFit.Guidance.NONE,
            0.03,
            0.1,
            true,
            1,
            1);
    var planes = patterns((int) (one.patterns() * SIZE));
    var operator = SensingOperator.of(Planes.of(planes));
    float[] square = new float[SIZE];
    for (int i = 0; i < SIZE; i++) {
      square[i] = Math.abs(i / SIDE - 40) < 20 && Math.abs(i % SIDE - 40) < 20 ? 1 : 0;
    }
    var signal = BucketSignal.unweighted("square", "counts", operator.apply(square, workers));
    var rounds = new StepAndFloor(floor(one, workers), workers);
    fit.solve(new PatternMethod.Problem(operator, List.of(signal), Optional.empty(), 1, rounds));
    double[] steps = rounds.last(rounds.steps, one.rounds());
    double[] floors = rounds.last(rounds.floors, one.rounds());
    double[] ratios = new double[steps.length];
    for (int k = 0; k < steps.length; k++) {
      ratios[k] = steps[k] / floors[k];
    }
    double value = Rounds.median(steps) * 1e3;
    double floor = Rounds.median(floors) * 1e3;
    double ratio = Rounds.median(ratios);
    progress.accept(
        "siren %-10s %8.2f ms, floor %8.2f ms, ratio %.2f, goal %.0f"
            .formatted(one.name(), value, floor, ratio, GOAL));
    return new Figure("siren " + one.name(), value, "ms", floor, ratio);
  }

  /// Times the floor after each step, and stops after the first fit.
  private static final class StepAndFloor implements QuietWatch {
    private final Runnable floor;
    private final Workers workers;
    private final List<Double> steps = new ArrayList<>();
    private final List<Double> floors = new ArrayList<>();
    private boolean finished;

    StepAndFloor(Runnable floor, Workers workers) {
      this.floor = floor;
      this.workers = workers;
    }

    @Override
    public void tell(Progress progress) {
      if (progress instanceof Progress.Iterated step) {
        steps.add(step.seconds());
        long began = System.nanoTime();
        floor.run();
        floors.add((System.nanoTime() - began) * 1e-9);
      }
      finished |= progress instanceof Progress.Finished;
    }

    @Override
    public boolean stopped() {
      return finished;
    }

    @Override
    public Workers workers() {
      return workers;
    }

    double[] last(List<Double> seconds, int count) {
      return seconds.stream()
          .skip(Math.max(0, seconds.size() - count))
          .mapToDouble(Double::doubleValue)
          .toArray();
    }
  }

  /// Forward, back to the inputs and back to the weights of each hidden layer, and all sines.
  private static Runnable floor(Case one, Workers workers) {
    int w = one.width();
    var samples = FloatMatrix.of(new float[SIZE * w], SIZE, w);
    var weights = FloatMatrix.of(new float[w * w], w, w);
    var into = FloatMatrix.of(new float[SIZE * w], SIZE, w);
    float[] angles = new float[SIZE * w];
    float[] sines = new float[SIZE * w];
    float[] cosines = new float[SIZE * w];
    for (int i = 0; i < angles.length; i++) {
      angles[i] = (i % 1000) * 0.01f - 5;
    }
    return () -> {
      for (int layer = 0; layer < one.hidden(); layer++) {
        MatrixProduct.set(samples, weights, into, workers);
        MatrixProduct.set(into, weights.transposed(), samples, workers);
        MatrixProduct.set(samples.transposed(), into, weights, workers);
      }
      for (int layer = 0; layer <= one.hidden(); layer++) {
        workers.forEach(
            SIDE, (r, worker) -> SineCosine.of(angles, sines, cosines, r * SIDE * w, SIDE * w));
      }
    };
  }

  private static List<RealField> patterns(int count) {
    var random = new SplittableRandom(1);
    var grid = Grid.square(SIDE, SIDE, 1e-7);
    List<RealField> patterns = new ArrayList<>();
    for (int p = 0; p < count; p++) {
      var pattern = new RealField(grid);
      for (int i = 0; i < SIZE; i++) {
        pattern.values()[i] = random.nextFloat();
      }
      patterns.add(pattern);
    }
    return patterns;
  }
}

package argand.singlepixel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import argand.array.Grid;
import argand.array.RealField;
import argand.array.Workers;
import argand.data.BucketSignal;
import argand.data.Planes;
import argand.data.Source;
import argand.data.StructuredScan;
import argand.metric.MapComparison;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// TVAL3 against the truth of a piecewise even image, and against the other solver of the same
/// problem, which shares nothing with it but the patterns; the best subset of patterns as a verb.
class Tval3TruthTest {
  private static RealField pieces(Grid grid) {
    var image = new RealField(grid);
    int side = grid.rows();
    for (int i = 0; i < grid.size(); i++) {
      double y = (i / side + 0.5) / side;
      double x = (i % side + 0.5) / side;
      double value = Math.hypot(y - 0.35, x - 0.4) < 0.25 ? 2 : 0;
      value += y > 0.5 && y < 0.9 && x > 0.45 && x < 0.85 ? 1 : 0;
      image.values()[i] = (float) value;
    }
    return image;
  }

  /// @param apart by how much patterns differ from their mean
  private static StructuredScan scan(RealField truth, int count, double counts, double apart) {
    var random = new SplittableRandom(5);
    var planes = new ArrayList<RealField>();
    for (int j = 0; j < count; j++) {
      var plane = new RealField(truth.grid());
      for (int i = 0; i < plane.values().length; i++) {
        plane.values()[i] = (float) (0.5 + apart * (random.nextDouble() - 0.5));
      }
      planes.add(plane);
    }
    double[] light = SensingOperator.of(Planes.of(planes)).apply(truth.values(), Workers.ONE);
    double scale = counts / light[0];
    double[] signal = new double[count];
    double[] sigma = new double[count];
    for (int j = 0; j < count; j++) {
      sigma[j] = Math.sqrt(light[j] / scale);
      signal[j] = light[j] + sigma[j] * random.nextGaussian();
    }
    return StructuredScan.of(
        Planes.of(planes), List.of(new BucketSignal("Ni", "", signal, sigma)), Source.NONE);
  }

  private static RealField solved(StructuredScan scan, PatternMethod method) {
    return method
        .solve(
            new PatternMethod.Problem(
                SensingOperator.of(scan.patterns()),
                scan.signals(),
                Optional.empty(),
                1,
                new Case.On(Workers.ONE)))
        .maps()
        .getFirst()
        .image();
  }

  /// A quarter of the patterns and 10⁶ counts: 30 dB and more; direct inversion is the control.
  @Test
  void aQuarterOfThePatternsIsEnoughForPieces() {
    var truth = pieces(Grid.square(40, 40, 1e-8));
    var tval3 = new Tval3(400, 1e-4);
    double quarter = MapComparison.psnr(solved(scan(truth, 400, 1e6, 1), tval3), truth);
    assertThat(quarter).isGreaterThan(30);
    double inverse =
        MapComparison.psnr(solved(scan(truth, 400, 1e6, 1), new PseudoInverse(1e-6)), truth);
    assertThat(inverse).isLessThan(20);
    double half = MapComparison.psnr(solved(scan(truth, 800, 1e6, 1), tval3), truth);
    double few = MapComparison.psnr(solved(scan(truth, 80, 1e6, 1), tval3), truth);
    assertThat(half).isGreaterThan(quarter);
    assertThat(few).isLessThan(quarter - 5);
  }

  /// With the same λ both come to the same least value of f + λ Σ|∇x|, from different sides.
  @Test
  void itMinimisesWhatTheOtherSolverDoes() {
    var truth = pieces(Grid.square(20, 20, 1e-8));
    var scan = scan(truth, 130, 1e5, 1);
    var a = SensingOperator.of(scan.patterns());
    var signal = scan.signals().getFirst();
    double[] weights = VariationPath.weights(signal);
    var basis = VariationPath.Basis.plain(a.grid());
    double largest = a.largest(VariationPath.ones(130), basis.h(), Workers.ONE);
    var other = VariationPath.channel(a, signal, weights, basis, largest);
    double lambda =
        0.003 * VariationSolver.greatest(a, new VariationSolver.Channel[] {other}, Workers.ONE)[0];
    VariationSolver.solve(
        a, new VariationSolver.Channel[] {other}, new double[] {lambda}, 4000, 1e-7, Workers.ONE);
    var channel =
        new AugmentedLagrangian.Channel(
            a.new Centered(signal.values(), weights),
            a.grid(),
            largest * java.util.Arrays.stream(weights).max().orElseThrow());
    AugmentedLagrangian.solve(
        a,
        new AugmentedLagrangian.Channel[] {channel},
        new double[] {lambda},
        4000,
        1e-6,
        Workers.ONE);
    double found = value(a, signal, channel.x, lambda);
    double known = value(a, signal, other.image(), lambda);
    assertThat(found / known).isCloseTo(1, within(0.002));
    // control: the truth, which neither minimises
    assertThat(value(a, signal, truth.values(), lambda) / known).isGreaterThan(1.01);
    var mine = new RealField(a.grid(), channel.x);
    assertThat(MapComparison.nrmse(mine, new RealField(a.grid(), other.image()))).isLessThan(0.02);
  }

  /// f + λ Σ|∇x|; the mean row, which both weigh alike, is told exactly by both and left out.
  private static double value(SensingOperator a, BucketSignal signal, float[] x, double lambda) {
    int side = a.grid().columns();
    double[] told = a.apply(x, Workers.ONE);
    double level = 0;
    double total = 0;
    for (int j = 0; j < told.length; j++) {
      double w = 1 / (signal.sigma()[j] * signal.sigma()[j]);
      level += w * (told[j] - signal.values()[j]);
      total += w;
    }
    double sum = 0;
    for (int j = 0; j < told.length; j++) {
      double miss = (told[j] - signal.values()[j] - level / total) / signal.sigma()[j];
      sum += 0.5 * miss * miss;
    }
    for (int i = 0; i < x.length; i++) {
      double down = i + side < x.length ? x[i + side] - x[i] : 0;
      double right = (i + 1) % side > 0 ? x[i + 1] - x[i] : 0;
      sum += lambda * Math.hypot(down, right);
    }
    return sum;
  }

  /// Every second pattern is a faint copy of even light: the best half leaves them out, and makes
  /// the better image; any half would not.
  @Test
  void theBestPatternsAreKept() {
    var truth = pieces(Grid.square(20, 20, 1e-8));
    var strong = scan(truth, 60, 1e5, 1);
    var faint = scan(truth, 60, 1e5, 0.02);
    var planes = new ArrayList<RealField>();
    double[] signal = new double[120];
    double[] sigma = new double[120];
    for (int j = 0; j < 120; j++) {
      var from = j % 2 == 0 ? strong : faint;
      planes.add(from.patterns().plane(j / 2));
      signal[j] = from.signals().getFirst().values()[j / 2];
      sigma[j] = from.signals().getFirst().sigma()[j / 2];
    }
    var mixed =
        StructuredScan.of(
            Planes.of(planes), List.of(new BucketSignal("Ni", "", signal, sigma)), Source.NONE);
    var chosen = new ChoosePatterns(50).apply(mixed, new Case.On(Workers.ONE));
    assertThat(chosen.count()).isEqualTo(50);
    assertThat(chosen.findings().quality().verdict().getFirst())
        .startsWith("Of 120 patterns these 50 span most");
    double[] values = chosen.signals().getFirst().values();
    for (int j = 0; j < 50; j++) {
      assertThat(values[j]).isIn(boxed(strong.signals().getFirst().values()));
    }
    int[] first = java.util.stream.IntStream.range(0, 50).toArray();
    var tval3 = new Tval3(200, 1e-3);
    assertThat(MapComparison.psnr(solved(chosen, tval3), truth))
        .isGreaterThan(MapComparison.psnr(solved(mixed.select(first), tval3), truth) + 1);
    assertThatThrownBy(() -> new ChoosePatterns(121).apply(mixed, new Case.On(Workers.ONE)))
        .hasMessageContaining("count is 121");
  }

  private static List<Double> boxed(double[] values) {
    return java.util.Arrays.stream(values).boxed().toList();
  }
}

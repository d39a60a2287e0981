package argand.ptycho;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import argand.array.ComplexField;
import argand.array.RealField;
import argand.array.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// The slope of the likelihood and the step along it against differences of a likelihood that is
/// computed here, in double precision, with transforms of the test's own.
class LikelihoodGradientLawTest {
  private static final int N = 32;
  private static final int MODES = 2;

  private final Simulated sim;
  private final Windows windows;
  private final PtychoModel model;
  private final Unknowns point;
  private final double brightest;

  LikelihoodGradientLawTest() {
    sim = Simulated.of(new Simulated.Setup(N, 12, 3, 1e5, false, 3), new double[] {0.8, 0.2});
    windows = new Windows(sim.scan.positions(), sim.scan.geometry().sample(), true, 0);
    model = new PtychoModel(sim.scan, windows, 1);
    double most = 0;
    for (int j = 0; j < windows.count(); j++) {
      var frame = new RealField(sim.scan.geometry().detector());
      sim.scan.frames().read(j, frame);
      for (float n : frame.values()) {
        most = Math.max(most, n);
      }
    }
    brightest = most;
    var random = new SplittableRandom(5);
    var object = sim.object.copy();
    for (int i = 0; i < object.re().length; i++) {
      object.re()[i] += (float) (0.1 * random.nextGaussian());
      object.im()[i] += (float) (0.1 * random.nextGaussian());
    }
    point = new Unknowns(object, ProbeModes.started(sim.probe.copy(), MODES, 0.1, 4));
  }

  /// The difference is fourth order, (8(L₁ − L₋₁) − (L₂ − L₋₂))/12h, with h a thousandth of the
  /// size of the unknowns: truncation ~h⁴ and cancellation ~1e-16/h are both below 1e-9. What is
  /// left is the rounding of the solver's single precision, 6e-8 each; along the slope itself no
  /// terms cancel, so that they average to far less than 1e-6.
  @ParameterizedTest
  @CsvSource({
    "POISSON, true, true",
    "POISSON, true, false",
    "POISSON, false, true",
    "GAUSSIAN, true, true",
    "GAUSSIAN, true, false",
    "GAUSSIAN, false, true",
    "UNIFORM, true, true",
    "UNIFORM, true, false",
    "UNIFORM, false, true",
    "AMPLITUDE, true, true",
    "AMPLITUDE, true, false",
    "AMPLITUDE, false, true"
  })
  void slopeIsThatOfDifferences(Likelihood likelihood, boolean ofObject, boolean ofProbes) {
    var slope = slope(likelihood);
    var direction = scaled(slope, ofObject ? 1 : 0, ofProbes ? 1 : 0);
    double expected = difference(likelihood, direction, 0);
    double found = -4 * Unknowns.inner(Workers.ONE, new Unknowns.Pair(slope, direction))[0];
    assertThat(found / expected).isCloseTo(1, within(1e-6));
  }

  /// Negative control: the slope of another noise is another one.
  @ParameterizedTest
  @EnumSource(
      value = Likelihood.class,
      names = {"GAUSSIAN", "UNIFORM", "AMPLITUDE"})
  void slopeOfAnotherNoiseIsNot(Likelihood other) {
    var slope = slope(other);
    var direction = scaled(slope, 1, 0);
    double found = -4 * Unknowns.inner(Workers.ONE, new Unknowns.Pair(slope, direction))[0];
    assertThat(Math.abs(found / difference(Likelihood.POISSON, direction, 0) - 1))
        .isGreaterThan(1e-3);
  }

  /// Where the search ends the slope is less than a twentieth of what it was: the cubic between two
  /// points is that good, although the first guess is wrong by 25 times either way.
  @ParameterizedTest
  @EnumSource(Likelihood.class)
  void searchEndsWhereTheSlopeVanishes(Likelihood likelihood) {
    var slope = slope(likelihood);
    var gradient = new LikelihoodGradient(model, likelihood, MODES, Workers.ONE);
    var z = Unknowns.zeros(windows, MODES);
    gradient.at(point, true, slope);
    gradient.precondition(slope, 0.1, 1, new double[] {9, 1}, z);
    double before = -4 * Unknowns.inner(Workers.ONE, new Unknowns.Pair(slope, z))[0];
    for (double guess : new double[] {0.04, 1, 25}) {
      var search = new LikelihoodSearch(model, likelihood, 1, MODES, Workers.ONE);
      double t = search.step(point, z, before, 0, guess, 0);
      assertThat(t).isPositive();
      assertThat(difference(likelihood, z, t) / before).isCloseTo(0, within(5e-2));
    }
  }

  private Unknowns slope(Likelihood likelihood) {
    var slope = Unknowns.zeros(windows, MODES);
    new LikelihoodGradient(model, likelihood, MODES, Workers.ONE).at(point, true, slope);
    return slope;
  }

  /// Of one thousandth of the size of the unknowns.
  private Unknowns scaled(Unknowns slope, double ofObject, double ofProbes) {
    var direction = Unknowns.zeros(windows, MODES);
    direction.object().set(slope.object()).scale(ofObject * size(point.object(), slope.object()));
    for (int m = 0; m < MODES; m++) {
      var s = slope.probes().get(m);
      direction.probes().get(m).set(s).scale(ofProbes * size(point.probes().getFirst(), s));
    }
    return direction;
  }

  private static double size(ComplexField unknown, ComplexField slope) {
    return 1e-3 * Math.sqrt(unknown.power() / slope.power());
  }

  /// dL/dt at t along the direction.
  private double difference(Likelihood likelihood, Unknowns direction, double t) {
    double h = t > 0 ? 1e-3 * t : 1;
    double one = cost(likelihood, direction, t + h) - cost(likelihood, direction, t - h);
    double two = cost(likelihood, direction, t + 2 * h) - cost(likelihood, direction, t - 2 * h);
    return (8 * one - two) / (12 * h);
  }

  private double cost(Likelihood likelihood, Unknowns direction, double t) {
    int pitch = point.object().pitch();
    double[][] o = sum(point.object(), direction.object(), t);
    List<double[][]> spectra = new ArrayList<>();
    for (int m = 0; m < MODES; m++) {
      double[][] p = cut(sum(point.probes().get(m), direction.probes().get(m), t), m);
      Simulated.transform(p, N, -1);
      spectra.add(p);
    }
    double cost = 0;
    var frame = new RealField(sim.scan.geometry().detector());
    for (int j = 0; j < windows.count(); j++) {
      double[] intensity = new double[N * N];
      for (double[][] spectrum : spectra) {
        double[][] wave = moved(spectrum, windows.shiftY(j), windows.shiftX(j));
        for (int i = 0; i < N * N; i++) {
          int k = (windows.row(j) + i / N) * pitch + windows.column(j) + i % N;
          double a = wave[0][i];
          double b = wave[1][i];
          wave[0][i] = a * o[0][k] - b * o[1][k];
          wave[1][i] = a * o[1][k] + b * o[0][k];
        }
        Simulated.transform(wave, N, -1);
        for (int i = 0; i < N * N; i++) {
          intensity[i] += (wave[0][i] * wave[0][i] + wave[1][i] * wave[1][i]) / (N * N);
        }
      }
      sim.scan.frames().read(j, frame);
      for (int i = 0; i < N * N; i++) {
        double n = frame.at((i / N + N / 2) % N, (i % N + N / 2) % N);
        cost += cost(likelihood, intensity[i], n);
      }
    }
    return cost;
  }

  private double cost(Likelihood likelihood, double computed, double measured) {
    return switch (likelihood) {
      case POISSON -> computed - (measured + 0.1) * Math.log(computed + 0.1);
      case GAUSSIAN -> 0.5 * (computed - measured) * (computed - measured) / (measured + 1);
      case UNIFORM -> 0.5 * (computed - measured) * (computed - measured) / brightest;
      case AMPLITUDE -> 2 * Math.pow(Math.sqrt(computed) - Math.sqrt(measured), 2);
    };
  }

  private static double[][] sum(ComplexField field, ComplexField direction, double t) {
    double[][] sum = new double[2][field.re().length];
    for (int i = 0; i < field.re().length; i++) {
      sum[0][i] = field.re()[i] + t * direction.re()[i];
      sum[1][i] = field.im()[i] + t * direction.im()[i];
    }
    return sum;
  }

  private double[][] cut(double[][] padded, int m) {
    int pitch = point.probes().get(m).pitch();
    double[][] cut = new double[2][N * N];
    for (int i = 0; i < N * N; i++) {
      cut[0][i] = padded[0][i / N * pitch + i % N];
      cut[1][i] = padded[1][i / N * pitch + i % N];
    }
    return cut;
  }

  private static double[][] moved(double[][] spectrum, double down, double right) {
    double[][] moved = new double[2][N * N];
    for (int i = 0; i < N * N; i++) {
      int v = i / N < N / 2 ? i / N : i / N - N;
      int u = i % N < N / 2 ? i % N : i % N - N;
      double angle = -2 * Math.PI * (v * down + u * right) / N;
      double c = Math.cos(angle) / (N * N);
      double s = Math.sin(angle) / (N * N);
      moved[0][i] = spectrum[0][i] * c - spectrum[1][i] * s;
      moved[1][i] = spectrum[0][i] * s + spectrum[1][i] * c;
    }
    Simulated.transform(moved, N, 1);
    return moved;
  }
}

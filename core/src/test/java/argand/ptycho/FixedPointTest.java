package argand.ptycho;

import static org.assertj.core.api.Assertions.assertThat;

import argand.array.ComplexField;
import argand.array.Workers;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Without noise, true object and true probe are a fixed point of every method, with and without
/// sub-pixel positions.
class FixedPointTest {
  static Stream<PtychoMethod> methods() {
    return Stream.of(
        Rpie.DEFAULT,
        new Epie(1, 1),
        new Epie(1, 1, 40, Likelihood.POISSON),
        Mpie.DEFAULT,
        DifferenceMap.DEFAULT,
        Raar.DEFAULT,
        LsqMl.DEFAULT,
        LsqMl.plain(Batching.RANDOM, 7, Likelihood.AMPLITUDE, 10),
        LsqMl.plain(Batching.UNIFORM, 10, Likelihood.POISSON, 10),
        new LsqMl(Batching.COMPACT, 5, Likelihood.POISSON, 0.1, 1, 0, 0.8, 0.8, 1),
        MaximumLikelihood.DEFAULT,
        new MaximumLikelihood(Likelihood.GAUSSIAN, 0.1, 1, 0, 1),
        new MaximumLikelihood(Likelihood.AMPLITUDE, 0.1, 1, 0, 3),
        SemiImplicitDouglasRachford.DEFAULT,
        QuasiNewtonPie.DEFAULT,
        WirtingerFlow.DEFAULT,
        new QuasiNewtonPie(0.1, 1, 0.5, 1, 0.3, 0.7, 20));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void truthStaysWhereItIs(PtychoMethod method) {
    for (boolean whole : new boolean[] {true, false}) {
      var sim = Simulated.of(new Simulated.Setup(64, 25, 6, 0, whole, 3));
      double moved = movement(method, sim, sim.object.copy());
      // what three passes of single precision (6e-8 a rounding, some tens of them a view) may move
      assertThat(moved).isLessThan(2e-5);
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void anotherObjectDoesNotStay(PtychoMethod method) {
    var sim = Simulated.of(new Simulated.Setup(64, 25, 6, 0, false, 3));
    double moved = movement(method, sim, new ComplexField(sim.object.grid()).setAll(1, 0));
    assertThat(moved).isGreaterThan(1e-2);
  }

  private static double movement(PtychoMethod method, Simulated sim, ComplexField object) {
    var windows = new Windows(sim.scan.positions(), sim.scan.geometry().sample(), true, 0);
    var model = new PtychoModel(sim.scan, windows, 1);
    var before = object.copy();
    var state = method.start(model, object, List.of(sim.probe.copy()));
    var engine = method.engine(model, Constraints.NONE, Workers.ONE);
    for (int k = 0; k < 3; k++) {
      state.residuals().add(engine.iterate(state));
    }
    double change = 0;
    boolean[] lit = Agreeing.lit(windows, sim.probe);
    double power = 0;
    for (int r = 0; r < before.grid().rows(); r++) {
      for (int c = 0; c < before.grid().columns(); c++) {
        if (lit[r * before.grid().columns() + c]) {
          double a = state.object().re(r, c) - before.re(r, c);
          double b = state.object().im(r, c) - before.im(r, c);
          change += a * a + b * b;
          power += Math.pow(before.re(r, c), 2) + Math.pow(before.im(r, c), 2);
        }
      }
    }
    return Math.sqrt(change / power);
  }
}

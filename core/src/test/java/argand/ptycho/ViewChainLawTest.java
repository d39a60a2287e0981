package argand.ptycho;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import argand.array.ComplexField;
import argand.array.Grid;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ViewChainLawTest {
  private static final Simulated SIM = Simulated.of(new Simulated.Setup(32, 8, 3, 1e5, false, 5));

  private static PtychoModel model(WaveModel waves) {
    var windows = new Windows(SIM.scan.positions(), SIM.scan.geometry().sample(), true, 0);
    return new PtychoModel(SIM.scan, windows, 1, waves);
  }

  private static ComplexField random(Grid grid, long seed) {
    var random = new SplittableRandom(seed);
    var field = new ComplexField(grid);
    for (int r = 0; r < grid.rows(); r++) {
      for (int c = 0; c < grid.columns(); c++) {
        field.set(r, c, (float) random.nextGaussian(), (float) random.nextGaussian());
      }
    }
    return field;
  }

  /// Re Σ a* b
  private static double inner(ComplexField a, ComplexField b) {
    double sum = 0;
    for (int r = 0; r < a.grid().rows(); r++) {
      for (int c = 0; c < a.grid().columns(); c++) {
        sum += (double) a.re(r, c) * b.re(r, c) + (double) a.im(r, c) * b.im(r, c);
      }
    }
    return sum;
  }

  /// The exit wave is linear in the probe, ψ = A P; what a change χ asks of the probe is A† χ:
  /// Re⟨A P, χ⟩ = Re⟨P, A† χ⟩, through slices, sub-pixels and steps of an exposure.
  @Test
  void whatTheProbeIsAskedIsTheAdjointOfTheWayThroughTheSample() {
    var model =
        model(
            new WaveModel(
                Optional.of(new Slices(List.of(1e-3, 2e-3))),
                Optional.empty(),
                Optional.of(new FlyScan(1e-7, 3e-7, 2)),
                Optional.empty()));
    var object = random(model.windows().object(), 1);
    model.parts().behind().get(0).set(random(model.windows().object(), 2));
    model.parts().behind().get(1).set(random(model.windows().object(), 3));
    var frame = model.windows().frame();
    var chain = new ViewChain(model, 1);
    var probe = random(frame, 4);
    chain.take(List.of(probe));
    for (int c = 0; c < chain.components(); c++) {
      var incident = LsqMlRoom.fields(model.windows(), 3);
      var exit = new ComplexField(frame);
      chain.incident(5, c, incident.getFirst());
      chain.through(object, 5, incident, exit);
      List<ComplexField> change = new ArrayList<>(LsqMlRoom.fields(model.windows(), 2));
      change.add(random(frame, 9));
      double forward = inner(exit, change.getLast());
      chain.back(object, 5, change);
      var asked = LsqMlRoom.fields(model.windows(), 1);
      chain.ask(object, 5, c, change.getFirst(), asked);
      new argand.array.Fft2(32, 32).transformBack(asked.getFirst());
      // 1024 products of normal numbers in single precision
      assertThat(inner(probe, asked.getFirst()))
          .isCloseTo(forward, within(1e-4 * norm(exit, change.getLast())));
    }
  }

  /// The exit wave is a polynomial in what slices and probe change by: of degree four with three
  /// slices, so that the difference of fourth order is its slope to the rounding of single
  /// precision.
  @Test
  void theTangentIsTheSlopeOfTheExitWave() {
    var model = model(WaveModel.of(new Slices(List.of(1e-3, 2e-3))));
    var object = random(model.windows().object(), 1);
    var point =
        new Stack(
            List.of(object, model.parts().behind().get(0), model.parts().behind().get(1)),
            List.of(random(model.windows().frame(), 4)));
    var direction = Stack.zeros(model, 1);
    for (int l = 0; l < 3; l++) {
      point.slices().get(l).set(random(object.grid(), 1 + l));
      direction.slices().get(l).set(random(object.grid(), 11 + l));
    }
    direction.probes().getFirst().set(random(model.windows().frame(), 14));
    var tangent = new ComplexField(model.windows().frame());
    var chain = new ViewChain(model, 1);
    chain.take(direction.probes());
    chain.incident(5, 0, tangent);
    var incident = LsqMlRoom.fields(model.windows(), 3);
    exit(model, point, incident);
    chain.tangent(object, 5, incident, direction.slices(), tangent);
    var difference = new ComplexField(model.windows().frame());
    double h = 0.1;
    for (int step : new int[] {-2, -1, 1, 2}) {
      point.setSum(1, step * h, direction);
      double weight = (Math.abs(step) == 1 ? 8 : -1) * Math.signum(step) / (12 * h);
      var exit = exit(model, point, LsqMlRoom.fields(model.windows(), 3));
      new Stack(List.of(difference), List.of())
          .setSum(1, weight, new Stack(List.of(exit), List.of()));
      point.setSum(1, -step * h, direction);
    }
    double norm = tangent.power();
    new Stack(List.of(difference), List.of()).setSum(1, -1, new Stack(List.of(tangent), List.of()));
    // rounding of single precision, 6e-8, over h
    assertThat(Math.sqrt(difference.power() / norm)).isLessThan(1e-5);
  }

  private static ComplexField exit(PtychoModel model, Stack point, List<ComplexField> incident) {
    var chain = new ViewChain(model, 1);
    var exit = new ComplexField(model.windows().frame());
    chain.take(point.probes());
    chain.incident(5, 0, incident.getFirst());
    chain.through(point.slices().getFirst(), 5, incident, exit);
    return exit;
  }

  private static double norm(ComplexField a, ComplexField b) {
    return Math.sqrt(a.power() * b.power());
  }

  /// Free space takes no energy, and one slice of ones changes nothing.
  @Test
  void emptySlicesKeepTheEnergyOfTheProbe() {
    var model = model(WaveModel.of(new Slices(List.of(1e-3))));
    var object = new ComplexField(model.windows().object()).setAll(1, 0);
    var chain = new ViewChain(model, 1);
    chain.take(List.of(SIM.probe));
    var incident = LsqMlRoom.fields(model.windows(), 2);
    var exit = new ComplexField(model.windows().frame());
    chain.incident(3, 0, incident.getFirst());
    chain.through(object, 3, incident, exit);
    assertThat(exit.power() / SIM.probe.power()).isCloseTo(1, within(1e-5));
    assertThat(inner(exit, incident.getFirst()) / SIM.probe.power()).isLessThan(0.999);
  }
}

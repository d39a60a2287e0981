package argand.ptycho;

import static org.assertj.core.api.Assertions.assertThat;

import argand.array.Workers;
import argand.data.Reconstruction;
import argand.flow.Progress;
import argand.flow.QuietWatch;
import argand.flow.State;
import argand.flow.Watch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The same scan and seed give the same bits, whatever the number of threads, stopped and resumed
/// or not.
class SameBitsTest {
  private static final int PASSES = 6;

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
        new Chain(
            List.of(
                Chain.Leg.of(DifferenceMap.DEFAULT, 2), // stopped at its border
                Chain.Leg.of(Mpie.DEFAULT, 1),
                Chain.Leg.last(
                    new LsqMl(Batching.COMPACT, 5, Likelihood.POISSON, 0.1, 1, 0, 0.8, 0.8, 1)))),
        new Chain(
            List.of(
                Chain.Leg.of(Rpie.DEFAULT, 1),
                Chain.Leg.of(Raar.DEFAULT, 3), // stopped inside
                Chain.Leg.last(MaximumLikelihood.DEFAULT))),
        MaximumLikelihood.DEFAULT,
        new MaximumLikelihood(Likelihood.GAUSSIAN, 0.1, 1, 0, 1),
        new MaximumLikelihood(Likelihood.AMPLITUDE, 0.1, 1, 0, 3),
        SemiImplicitDouglasRachford.DEFAULT,
        QuasiNewtonPie.DEFAULT,
        WirtingerFlow.DEFAULT,
        new QuasiNewtonPie(0.1, 1, 0.5, 1, 0.3, 0.7, 20));
  }

  /// Keeps what it is given in memory, and asks to stop after so many passes.
  private static final class Keeping implements QuietWatch {
    private final Workers workers;
    private final int stopAfter;
    private final Map<String, float[]> kept = new LinkedHashMap<>();
    private final List<Double> residuals = new ArrayList<>();
    private int passes;

    Keeping(int threads, int stopAfter) {
      workers = new Workers(threads);
      this.stopAfter = stopAfter;
    }

    @Override
    public void tell(Progress progress) {
      if (progress instanceof Progress.Iterated) {
        passes++;
      }
    }

    @Override
    public boolean stopped() {
      return passes >= stopAfter;
    }

    @Override
    public void keep(State state) {
      kept.clear();
      state.arrays().forEach((name, array) -> kept.put(name, array.clone()));
      residuals.clear();
      residuals.addAll(state.residuals());
    }

    @Override
    public boolean restore(State state) {
      if (kept.isEmpty()) {
        return false;
      }
      state
          .arrays()
          .forEach((name, array) -> System.arraycopy(kept.get(name), 0, array, 0, array.length));
      state.residuals().addAll(residuals);
      passes = 0;
      return true;
    }

    @Override
    public Workers workers() {
      return workers;
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void onOneThreadAndOnThree(PtychoMethod method) {
    for (boolean whole : new boolean[] {true, false}) {
      var sim = Simulated.of(new Simulated.Setup(64, 25, 6, 1e5, whole, 5));
      var verb = Ptychography.of(method, PASSES);
      var one = verb.apply(sim.scan, Watch.SILENT);
      var three = verb.apply(sim.scan, new Keeping(3, 1000));
      assertSame(three, one);
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void threeModesOnOneThreadAndOnThree(PtychoMethod method) {
    var sim = Simulated.of(new Simulated.Setup(64, 25, 6, 1e5, false, 5));
    var verb = Ptychography.of(method, PASSES).withModes(3);
    assertSame(verb.apply(sim.scan, new Keeping(3, 1000)), verb.apply(sim.scan, Watch.SILENT));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void stoppedAndResumed(PtychoMethod method) {
    stoppedAndResumed(method, 1);
    stoppedAndResumed(method, 2);
  }

  private static void stoppedAndResumed(PtychoMethod method, int modes) {
    var sim = Simulated.of(new Simulated.Setup(64, 25, 6, 1e5, false, 5));
    stoppedAndResumed(Ptychography.of(method, PASSES).withModes(modes), sim);
  }

  static Stream<PtychoRefinement> refinements() {
    return Stream.of(
        new BeamIntensity(1, 1),
        new Background(1, 1, 2),
        new Background(16, 2, 1),
        new Positions(1, 1, new PositionSearch.Grid(4), 1, 8, PixelSize.FREE, Optional.empty()),
        new Positions(
            2,
            2,
            new PositionSearch.Annealing(3, 4, 3, 1),
            0,
            8,
            PixelSize.FIXED,
            Optional.empty()),
        Positions.of(new PositionSearch.None(), 8).with(new PositionCorrelation(4, 3)));
  }

  @ParameterizedTest
  @MethodSource("refinements")
  void refinementsOnThreeThreadsAndResumed(PtychoRefinement refinement) {
    var sim = Simulated.of(new Simulated.Setup(64, 25, 6, 1e5, false, 5));
    var verb = Ptychography.of(Rpie.DEFAULT, PASSES).refining(refinement);
    assertSame(verb.apply(sim.scan, new Keeping(3, 1000)), verb.apply(sim.scan, Watch.SILENT));
    stoppedAndResumed(verb, sim);
  }

  /// Positions of a stage that moves while the shutter is open.
  @Test
  void positionsOfAFlyScanOnThreeThreadsAndResumed() {
    var sim = Simulated.of(new Simulated.Setup(64, 25, 6, 1e5, false, 5));
    var how =
        new Positions(1, 1, new PositionSearch.Grid(4), 1, 8, PixelSize.FIXED, Optional.empty());
    var verb =
        Ptychography.of(LsqMl.DEFAULT, PASSES)
            .withModes(2)
            .withModel(WaveModel.of(new FlyScan(1e-7, 3e-7, 3)))
            .refining(how);
    assertSame(verb.apply(sim.scan, new Keeping(3, 1000)), verb.apply(sim.scan, Watch.SILENT));
    stoppedAndResumed(verb, sim);
  }

  /// The probe known in all ways, at the pass at which the run is stopped and after it.
  @Test
  void knownProbesOnThreeThreadsAndResumed() {
    var sim = Simulated.of(new Simulated.Setup(64, 25, 6, 1e5, false, 5));
    double pixel = sim.scan.geometry().sample().pixelY();
    var known =
        Limits.amplitude(0.3, 1.5)
            .with(new ProbeSupport(25 * pixel))
            .with(new ProbeAperture(2e-4, 0))
            .with(new ProbePower(OptionalDouble.empty(), 2))
            .with(new ProbeCentre(2));
    for (var method :
        List.of(Rpie.DEFAULT, Raar.DEFAULT, LsqMl.DEFAULT, MaximumLikelihood.DEFAULT)) {
      var verb = Ptychography.of(method, PASSES).withModes(2).constrained(known);
      assertSame(verb.apply(sim.scan, new Keeping(3, 1000)), verb.apply(sim.scan, Watch.SILENT));
      stoppedAndResumed(verb, sim);
    }
  }

  /// Waves finer than the detector's pixels.
  @Test
  void finerWavesOnThreeThreadsAndResumed() {
    var sim = Simulated.of(new Simulated.Setup(32, 20, 4, 1e5, false, 5));
    for (var method : List.of(Rpie.DEFAULT, LsqMl.DEFAULT, MaximumLikelihood.DEFAULT)) {
      var verb = Ptychography.of(method, PASSES).withModes(2).upsampled(2);
      assertSame(verb.apply(sim.scan, new Keeping(3, 1000)), verb.apply(sim.scan, Watch.SILENT));
      stoppedAndResumed(verb, sim);
    }
  }

  /// A band of wavelengths; its detector holds one exit wave for each energy.
  @Test
  void aBandOfWavelengthsOnThreeThreadsAndResumed() {
    var sim = Simulated.of(new Simulated.Setup(32, 12, 4, 1e5, false, 5));
    var later = new LsqMl(Batching.COMPACT, 5, Likelihood.POISSON, 0.1, 1, 0, 0.8, 0.8, 1);
    for (var method : List.of(Rpie.DEFAULT, Raar.DEFAULT, later, MaximumLikelihood.DEFAULT)) {
      var verb =
          Ptychography.of(method, PASSES).withModes(2).inBandOf(0.05).refining(new Bandwidth(1, 1));
      assertSame(verb.apply(sim.scan, new Keeping(3, 1000)), verb.apply(sim.scan, Watch.SILENT));
      stoppedAndResumed(verb, sim);
    }
  }

  static Stream<WaveModel> models() {
    return Stream.of(
        WaveModel.of(new Slices(List.of(1e-3, 2e-3))),
        WaveModel.of(new VariableProbe(2, 2)),
        WaveModel.of(new FlyScan(0, 3e-7, 3)),
        WaveModel.of(new ObjectModes(3, 0.05, 2)),
        new WaveModel(
            Optional.of(new Slices(List.of(1e-3))),
            Optional.of(new VariableProbe(1, 1)),
            Optional.of(new FlyScan(1e-7, 3e-7, 2)),
            Optional.empty()),
        new WaveModel(
            Optional.empty(),
            Optional.of(new VariableProbe(1, 1)),
            Optional.of(new FlyScan(1e-7, 3e-7, 2)),
            Optional.of(new ObjectModes(2, 0.1, 2))));
  }

  @ParameterizedTest
  @MethodSource("models")
  void modelsOnThreeThreadsAndResumed(WaveModel model) {
    var sim = Simulated.of(new Simulated.Setup(64, 25, 6, 1e5, true, 5));
    // eager passes first, compact ones later
    var method = new LsqMl(Batching.COMPACT, 10, Likelihood.POISSON, 0.1, 1, 0, 0.5, 0.5, 3);
    var verb = Ptychography.of(method, PASSES).withModel(model);
    assertSame(verb.apply(sim.scan, new Keeping(3, 1000)), verb.apply(sim.scan, Watch.SILENT));
    stoppedAndResumed(verb, sim);
    if (MaximumLikelihood.DEFAULT.carries(model)) {
      var likely = Ptychography.of(MaximumLikelihood.DEFAULT, PASSES).withModel(model).withModes(2);
      if (model.slices().isPresent()) {
        likely = likely.refining(new SliceSpacing(1, 1));
      }
      assertSame(
          likely.apply(sim.scan, new Keeping(3, 1000)), likely.apply(sim.scan, Watch.SILENT));
      stoppedAndResumed(likely, sim);
    }
  }

  @Test
  void aVariableProbeWithFurtherModesOnThreeThreadsAndResumed() {
    var sim = Simulated.of(new Simulated.Setup(64, 25, 6, 1e5, false, 5));
    var method = new LsqMl(Batching.COMPACT, 10, Likelihood.POISSON, 0.1, 1, 0, 0.5, 0.5, 3);
    var verb =
        Ptychography.of(method, 12).withModes(3).withModel(WaveModel.of(new VariableProbe(2, 2)));
    assertSame(verb.apply(sim.scan, new Keeping(3, 1000)), verb.apply(sim.scan, Watch.SILENT));
    stoppedAndResumed(verb, sim);
  }

  private static void stoppedAndResumed(Ptychography verb, Simulated sim) {
    var whole = verb.apply(sim.scan, Watch.SILENT);
    var watch = new Keeping(1, 2);
    var stopped = verb.apply(sim.scan, watch);
    assertThat(stopped.residuals()).hasSize(2);
    watch.passes = -1000;
    assertThat(stopped.object().re()).isNotEqualTo(whole.object().re());
    var resumed = verb.apply(sim.scan, new Resuming(watch));
    assertSame(resumed, whole);
  }

  /// The same memory, but no wish to stop.
  private record Resuming(Keeping before) implements QuietWatch {
    @Override
    public boolean restore(State state) {
      return before.restore(state);
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void anotherSeedGivesOthersWhereOrderMatters(PtychoMethod method) {
    var sim = Simulated.of(new Simulated.Setup(64, 25, 6, 1e5, false, 5));
    var one = Ptychography.of(method, 2);
    var two = one.withSeed(2);
    boolean ordered =
        method instanceof Rpie
            || method instanceof Epie
            || method instanceof Mpie
            || method instanceof SemiImplicitDouglasRachford
            || method instanceof QuasiNewtonPie
            || method instanceof LsqMl
            || method instanceof Chain chain && chain.of().getFirst().method() instanceof Rpie;
    assertThat(
            java.util.Arrays.equals(
                one.apply(sim.scan, Watch.SILENT).object().re(),
                two.apply(sim.scan, Watch.SILENT).object().re()))
        .isEqualTo(!ordered);
  }

  private static void assertSame(Reconstruction found, Reconstruction expected) {
    assertThat(found.object().re()).isEqualTo(expected.object().re());
    assertThat(found.object().im()).isEqualTo(expected.object().im());
    for (int m = 0; m < expected.probe().modes().size(); m++) {
      var foundProbe = found.probe().modes().get(m);
      var expectedProbe = expected.probe().modes().get(m);
      assertThat(foundProbe.re()).isEqualTo(expectedProbe.re());
      assertThat(foundProbe.im()).isEqualTo(expectedProbe.im());
    }
    for (int k = 0; k < expected.furtherModes().size(); k++) {
      assertThat(found.furtherModes().get(k).re()).isEqualTo(expected.furtherModes().get(k).re());
    }
    assertThat(found.residuals()).isEqualTo(expected.residuals());
    assertThat(found.quality().metrics()).isEqualTo(expected.quality().metrics());
  }
}

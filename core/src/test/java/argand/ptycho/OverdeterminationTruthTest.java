package argand.ptycho;

import static org.assertj.core.api.Assertions.assertThat;

import argand.flow.Watch;
import argand.sampling.ScanPlan;
import org.junit.jupiter.api.Test;

/// The overdetermination ratio that the planner gives before a run says whether the run can
/// succeed: without noise, from a wrong start probe, the number of views decides alone. The whole
/// curve stands in `docs/algorithms/sampling.md`.
class OverdeterminationTruthTest {
  private static final int SAMPLES = 20;
  private static final double FOUND = 0.1;

  @Test
  void withFewerNumbersThanUnknownsHardlyAnyRunSucceeds() {
    assertThat(overdetermination(2)).isLessThan(1);
    assertThat(successes(2)).isLessThan(SAMPLES / 10);
  }

  @Test
  void withFourNumbersForEachUnknownNearlyAllDo() {
    assertThat(overdetermination(11)).isBetween(4.0, 4.5);
    assertThat(successes(11)).isGreaterThan(SAMPLES * 95 / 100);
  }

  private static Simulated sample(int views, long seed) {
    return Simulated.of(new Simulated.Setup(64, views, 5, 0, false, seed));
  }

  private static double overdetermination(int views) {
    return ScanPlan.of(sample(views, 1).scan).overdetermination();
  }

  private static long successes(int views) {
    long successes = 0;
    for (long seed = 1; seed <= SAMPLES; seed++) {
      var sim = sample(views, seed);
      var windows = new Windows(sim.scan.positions(), sim.scan.geometry().sample(), true, 0);
      var found =
          Ptychography.of(new Rpie(0.1, 1, 1, 1, 0), 600)
              .withSeed(seed)
              .apply(sim.scan, Watch.SILENT);
      if (Agreeing.nrmse(found.object(), sim.object, windows, sim.probe) < FOUND) {
        successes++;
      }
    }
    return successes;
  }
}

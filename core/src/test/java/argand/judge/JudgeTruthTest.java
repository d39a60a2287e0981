package argand.judge;

import static org.assertj.core.api.Assertions.assertThat;

import argand.flow.Watch;
import argand.ptycho.Ptychography;
import argand.ptycho.Rpie;
import java.util.LinkedHashMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Measurements that were spoiled in a known way, and sound ones.
class JudgeTruthTest {
  @ParameterizedTest
  @EnumSource(TrialSets.Spoiled.class)
  void whatSpoiledTheMeasurementIsNamedFirst(TrialSets.Spoiled how) {
    var judgement = Judged.of(TrialSets.spoiled(how, 2, 40 + how.ordinal()));
    assertThat(judgement.first()).contains(Judged.expected(how));
  }

  /// Negative control: the judge is silent where nothing is wrong.
  @ParameterizedTest
  @ValueSource(longs = {2, 3, 4})
  void ofSoundMeasurementsNothingIsSaid(long seed) {
    assertThat(Judged.of(TrialSets.sound(seed)).findings()).isEmpty();
  }

  @Test
  void energyAndDistanceAreNamedTogetherWithTheirErrorInPercent() {
    var judgement = Judged.of(TrialSets.spoiled(TrialSets.Spoiled.WRONG_ENERGY, 1, 5));
    double off = Math.abs(judgement.metrics().getOrDefault("pixelScale", Double.NaN) - 1);
    assertThat(off).isBetween(0.045, 0.07);
    assertThat(judgement.findings().getFirst().sentence()).contains("energy", "distance", "%");
  }

  @Test
  void aRunSaysItInItsVerdict() {
    var scan =
        TrialSets.spoiled(TrialSets.Spoiled.TRANSPOSED_DETECTOR, 1, 3).make(0, Watch.SILENT).scan();
    var run = Ptychography.of(Rpie.DEFAULT, 40);
    assertThat(run.apply(scan, Watch.SILENT).quality().verdict()).isEmpty();
    var quality = run.judged(true).apply(scan, Watch.SILENT).quality();
    assertThat(quality.verdict().getFirst()).contains("transposed", "transposeFrames");
    assertThat(quality.metrics()).containsKeys("devianceRatio", "relativeMisfit");
    assertThat(quality.figures()).containsKeys("Misfit by view", "Misfit over the detector");
  }

  /// The whole study: `argand.seed` moves all seeds.
  @Tag("slow")
  @Test
  void nineOfTenSpoiledAreNamedAndAtMostOneOfTwentySoundIsCalledBad() {
    long seed = Long.getLong("argand.seed", 20261127);
    int bad = 0;
    for (int k = 0; k < 20; k++) {
      bad += Judged.of(TrialSets.sound(seed + k)).findings().isEmpty() ? 0 : 1;
    }
    var table = new LinkedHashMap<TrialSets.Spoiled, TreeMap<String, Integer>>();
    int named = 0;
    for (var how : TrialSets.Spoiled.values()) {
      for (int strength = 0; strength < 3; strength++) {
        var judgement =
            Judged.of(TrialSets.spoiled(how, strength, seed + 100 + 10 * how.ordinal() + strength));
        named += Judged.named(how, judgement) ? 1 : 0;
        String said = judgement.first().map(Cause::name).orElse("nothing");
        table.computeIfAbsent(how, any -> new TreeMap<>()).merge(said, 1, Integer::sum);
      }
    }
    System.out.println("sound called bad: " + bad + " of 20; named: " + named + " of 36");
    table.forEach((how, said) -> System.out.println(how + " → " + said));
    assertThat(named).isGreaterThanOrEqualTo(33);
    assertThat(bad).isLessThanOrEqualTo(1);
  }
}

package argand.xrf;

import static org.assertj.core.api.Assertions.assertThat;

import argand.data.LineAreas;
import argand.flow.Watch;
import argand.physics.LineGroup;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Areas of simulated spectra against what was put in: vanadium beside a hundred times as much
/// chromium, whose Kα line lies on vanadium's Kβ and whose foot reaches under vanadium's Kα.
class FitLinesTruthTest {
  private static final int SPECTRA = 500;
  private static final Map<String, Double> AREAS = new LinkedHashMap<>();

  static {
    AREAS.put("Ti K", 900.0);
    AREAS.put("V K", 400.0);
    AREAS.put("Cr K", 40_000.0);
    AREAS.put("Mn K", 3_000.0);
    AREAS.put("Fe K", 20_000.0);
    AREAS.put("Ni K", 1_500.0);
  }

  private static final FitLines FIT = FitLines.of(List.copyOf(AREAS.keySet()));

  private static LineAreas fitted(FitLines how, double scale, int spectra, long seed) {
    var scaled = new LinkedHashMap<String, Double>();
    AREAS.forEach((name, area) -> scaled.put(name, area * scale));
    double[] mean =
        VirtualDetector.expected(scaled, ev -> VirtualDetector.continuum(ev, 60 * scale), true);
    return how.apply(VirtualDetector.counted(mean, spectra, seed), Watch.SILENT);
  }

  private static double[] pulls(LineAreas found, String group, double truth) {
    int g = found.index(LineGroup.of(group));
    double[] pulls = new double[found.count()];
    for (int j = 0; j < pulls.length; j++) {
      pulls[j] = (found.areas()[g][j] - truth) / found.sigma()[g][j];
    }
    return pulls;
  }

  private static double inside(double[] pulls) {
    int inside = 0;
    for (double pull : pulls) {
      inside += Math.abs(pull) < 1 ? 1 : 0;
    }
    return (double) inside / pulls.length;
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static FitLines with(
      FitLines f, FitLines.Each each, Background background, FitLines.Weights w) {
    return new FitLines(
        f.groups(),
        each,
        f.range(),
        f.shape(),
        f.refine(),
        background,
        w,
        f.detector(),
        f.sample(),
        f.scatteringAngle(),
        f.pileUp(),
        f.nonNegative(),
        f.covariance());
  }

  /// 68 ± 5 % of so many spectra; the binomial scatter of 500 is 2.1 %.
  private static void assertCovered(LineAreas found) {
    for (String group : AREAS.keySet()) {
      assertThat(inside(pulls(found, group, AREAS.get(group)))).as(group).isBetween(0.63, 0.73);
    }
  }

  @Test
  void oneSigmaHoldsInTwoOfThreeSpectraOfACommonFit() {
    assertCovered(fitted(FIT, 1, SPECTRA, 11));
  }

  @Test
  void oneSigmaHoldsWhereEverythingIsFittedAnew() {
    assertCovered(
        fitted(with(FIT, FitLines.Each.EACH, FIT.background(), FIT.weights()), 1, SPECTRA, 11));
  }

  /// The control: a background stripped off by itself, with weights of counts, as is common.
  @Test
  void aStrippedBackgroundWithoutItsErrorDoesNotHold() {
    var stripped =
        with(FIT, FitLines.Each.EACH, new Background.Strip(10, 2000, 5), FitLines.Weights.COUNTS);
    var found = fitted(stripped, 1, 100, 11);
    assertThat(inside(pulls(found, "V K", AREAS.getOrDefault("V K", Double.NaN)))).isLessThan(0.5);
  }

  /// Four counts of vanadium beside four hundred of chromium: the mean of 500 spectra is right
  /// within three times its error, and weights of counts lose a good part of the chromium.
  @Test
  void aTraceOfFewCountsHasNoBias() {
    var found = fitted(FIT, 0.01, SPECTRA, 12);
    for (String group : AREAS.keySet()) {
      int g = found.index(LineGroup.of(group));
      double error = mean(found.sigma()[g]) / Math.sqrt(SPECTRA);
      assertThat(mean(found.areas()[g]) - 0.01 * AREAS.get(group))
          .as(group)
          .isBetween(-3 * error, 3 * error);
    }
    var counts = with(FIT, FitLines.Each.EACH, FIT.background(), FitLines.Weights.COUNTS);
    var lost = fitted(counts, 0.01, 100, 12);
    int chromium = lost.index(LineGroup.of("Cr K"));
    double error = mean(lost.sigma()[chromium]) / 10;
    assertThat(mean(lost.areas()[chromium])).isLessThan(400 - 3 * error);
  }

  @Test
  void areasBelowZeroAreFoundAgainWhereTheyMayNotBe() {
    var free = FitLines.of(List.of("Ti K", "V K", "Cr K", "Mn K", "Fe K", "Co K", "Ni K", "Zn K"));
    var how =
        new FitLines(
            free.groups(),
            free.each(),
            free.range(),
            free.shape(),
            free.refine(),
            free.background(),
            free.weights(),
            free.detector(),
            free.sample(),
            free.scatteringAngle(),
            false,
            true,
            false);
    var signed = fitted(free, 0.01, 100, 3);
    var found = fitted(how, 0.01, 100, 3);
    int zinc = found.index(LineGroup.of("Zn K"));
    int changed = 0;
    for (int j = 0; j < found.count(); j++) {
      assertThat(found.areas()[zinc][j]).isNotNegative();
      changed += signed.areas()[zinc][j] < 0 ? 1 : 0;
      if (signed.areas()[zinc][j] < 0) {
        // others that are held at zero leave it a little
        assertThat(found.areas()[zinc][j]).isLessThan(0.2 * found.sigma()[zinc][j]);
      }
    }
    // without zinc about half of the areas are below zero
    assertThat(changed).isBetween(25, 75);
  }
}

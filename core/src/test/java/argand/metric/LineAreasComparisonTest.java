package argand.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import argand.data.LineAreas;
import argand.data.LineAreas.Amount;
import argand.data.Source;
import argand.physics.LineGroup;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LineAreasComparisonTest {
  private static LineAreas areas(double[] counts, double[] density) {
    double[] sigma = new double[counts.length];
    java.util.Arrays.fill(sigma, 10);
    return LineAreas.of(
            List.of(LineGroup.of("Fe K")),
            new double[][] {counts},
            new double[][] {sigma},
            Source.NONE)
        .withAmounts(
            List.of(new Amount("Fe K", "areal density", "µg/cm²", density, Optional.empty())));
  }

  /// By hand: 330 for 300 counts, 10, 20 and 0 off with σ = 10; 5 % more density, in proportion.
  @Test
  void errorsPullsAndCorrelations() {
    var metrics =
        LineAreasComparison.between(
                areas(new double[] {110, 120, 100}, new double[] {1.05, 2.1, 3.15}),
                areas(new double[] {100, 100, 100}, new double[] {1, 2, 3}))
            .metrics();
    assertThat(metrics.get("areaError.FeK")).isCloseTo(0.1, within(1e-12));
    assertThat(metrics.get("areaPull.FeK")).isCloseTo(Math.sqrt(5 / 3.0), within(1e-12));
    assertThat(metrics.get("densityError.FeK")).isCloseTo(0.05, within(1e-12));
    assertThat(metrics.get("densityCorrelation.FeK")).isCloseTo(1, within(1e-12));
  }

  @Test
  void otherSpectraAreNotCompared() {
    var quality =
        LineAreasComparison.between(
            areas(new double[] {1, 2}, new double[] {1, 2}),
            areas(new double[] {1, 2, 3}, new double[] {1, 2, 3}));
    assertThat(quality.metrics()).isEmpty();
    assertThat(quality.verdict()).isNotEmpty();
  }
}

package argand.ptycho;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalRuleLawTest {
  /// Σ w cos(ω t) on a ten times finer lattice of ω than the rule was chosen on: between its
  /// samples the error is no larger than a tenth more.
  @ParameterizedTest
  @CsvSource({"0.25, 0.015, 2", "1, 0.015, 2", "2, 0.0155, 4", "4, 0.015, 6", "6, 0.01, 8"})
  void fewPlacesStandForANormalDistribution(double fastest, double tolerance, int places) {
    var rule = NormalRule.of(fastest, tolerance);
    assertThat(rule.places()).hasSize(places);
    assertThat(Arrays.stream(rule.weights()).sum()).isCloseTo(1, within(1e-12));
    assertThat(error(rule, fastest)).isLessThan(1.1 * tolerance);
    // the negative control: what the places do not stand for
    assertThat(error(rule, 4 * fastest + 4)).isGreaterThan(0.1);
  }

  private static double error(NormalRule rule, double fastest) {
    double most = 0;
    for (int i = 0; i <= 480; i++) {
      double omega = fastest * i / 480;
      double sum = 0;
      for (int k = 0; k < rule.places().length; k++) {
        sum += rule.weights()[k] * Math.cos(omega * rule.places()[k]);
      }
      most = Math.max(most, Math.abs(sum - Math.exp(-0.5 * omega * omega)));
    }
    return most;
  }
}

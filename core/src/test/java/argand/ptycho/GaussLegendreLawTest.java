package argand.ptycho;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GaussLegendreLawTest {
  /// ∫ t^d over −½ … ½ is 0 for odd d and 2^−d/(d + 1) for even d, up to the degree 2n − 1; the
  /// next even power is not right.
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 12, 100})
  void integratesPolynomialsToDegree2nMinus1(int count) {
    var rule = GaussLegendre.of(count);
    for (int d = 0; d < Math.min(2 * count, 30); d++) {
      double exact = d % 2 == 1 ? 0 : Math.pow(0.5, d) / (d + 1);
      assertThat(moment(rule, d)).isCloseTo(exact, within(1e-13));
    }
    if (count <= 5) {
      double exact = Math.pow(0.5, 2 * count) / (2 * count + 1);
      // the remainder of Gauss' rule, at least the square of a monic P_n: (n!)⁴/((2n)!² (2n + 1))
      double left = 1 / (2.0 * count + 1);
      for (int k = 1; k <= count; k++) {
        left *= Math.pow(k / (double) (count + k), 2);
      }
      assertThat(exact - moment(rule, 2 * count)).isCloseTo(left, within(1e-3 * left));
    }
  }

  private static double moment(GaussLegendre rule, int degree) {
    double sum = 0;
    for (int k = 0; k < rule.places().length; k++) {
      sum += rule.weights()[k] * Math.pow(rule.places()[k], degree);
    }
    return sum;
  }
}

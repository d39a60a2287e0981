package argand.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AdjustedRandIndexReferenceTest {
  /// By hand: pairs together in both 1, in the first 2, in the second 3, of 6 pairs:
  /// (1 − 1)/(2.5 − 1) = 0.
  @Test
  void aSmallCaseByHand() {
    assertThat(AdjustedRandIndex.of(new int[] {0, 0, 1, 1}, new int[] {0, 0, 0, 1}))
        .isCloseTo(0, within(1e-12));
    // scikit-learn's documentation of adjusted_rand_score: 0.57.
    assertThat(AdjustedRandIndex.of(new int[] {0, 0, 1, 2}, new int[] {0, 0, 1, 1}))
        .isCloseTo(4.0 / 7, within(1e-12));
  }

  @Test
  void namesDoNotMatterAndNoneIsLeftOut() {
    assertThat(AdjustedRandIndex.of(new int[] {0, 0, 1, 1, -1}, new int[] {1, 1, 0, 0, 1}))
        .isEqualTo(1);
  }

  @Test
  void chanceIsZero() {
    var random = new SplittableRandom(3);
    int[] a = random.ints(20_000, 0, 4).toArray();
    int[] b = random.ints(20_000, 0, 5).toArray();
    assertThat(AdjustedRandIndex.of(a, b)).isCloseTo(0, within(2e-3));
  }

  /// Two groups of means 0 and 2 with values ±1 about them: between 1, within 1, so a half.
  @Test
  void aCorrelationRatioByHand() {
    assertThat(CorrelationRatio.of(new int[] {0, 0, 1, 1, -1}, new float[] {-1, 1, 1, 3, 99}))
        .isCloseTo(0.5, within(1e-12));
    assertThat(CorrelationRatio.of(new int[] {0, 0, 1, 1}, new float[] {5, 5, 7, 7})).isEqualTo(1);
  }
}

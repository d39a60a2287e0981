package argand.array.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Filters and dot products: vector code against the scalar code that defines them.
class ShortFilterTest {
  private static float[] random(int n, long seed) {
    var random = new Random(seed);
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 16, 17, 33, 64, 101})
  void vectorCodeGivesTheBitsOfScalarCode(int n) {
    assumeTrue(Simd.AVAILABLE, "no Vector API here: nothing to compare");
    float[] in = random(400, n);
    float[] w = random(5, n + 1L);
    float[] found = new float[120];
    float[] expected = new float[120];
    ShortFilter.along(in, 3, w, found, 2, n);
    ShortFilter.Plain.along(in, 3, w, expected, 2, n);
    assertThat(found).containsExactly(expected);
    int[] at = {200, 7, 150, 33, 90};
    ShortFilter.across(in, at, w, found, 1, n);
    ShortFilter.Plain.across(in, at, w, expected, 1, 0, n);
    assertThat(found).containsExactly(expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 16, 32, 47, 101})
  void aDotProductIsThatOfDoubles(int n) {
    float[] a = random(130, n);
    float[] b = random(130, n + 9L);
    double exact = 0;
    for (int c = 0; c < n; c++) {
      exact += (double) a[2 + c] * b[5 + c];
    }
    // n products of order one, each sum rounded to 2⁻²⁴
    assertThat(Dot.of(a, 2, b, 5, n)).isCloseTo(exact, within(1e-6 * (1 + n)));
    assertThat(Dot.Plain.of(a, 2, b, 5, n)).isEqualTo(exact);
  }
}

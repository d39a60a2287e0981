package argand.array.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Filters whose weights vary: vector code against the scalar code that defines them, and the
/// adjoint against the filter.
class VariedFilterTest {
  private static final int TAPS = 4;

  private static float[] random(int n, long seed) {
    var random = new Random(seed);
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static float[][] weights(int n, long seed) {
    float[][] weights = new float[TAPS][];
    for (int t = 0; t < TAPS; t++) {
      weights[t] = random(n, seed + t);
    }
    return weights;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 7, 16, 17, 33, 64, 101})
  void vectorCodeGivesTheBitsOfScalarCode(int n) {
    assumeTrue(Simd.AVAILABLE, "no Vector API here: nothing to compare");
    float[] in = random(200, n);
    float[][] w = weights(140, n + 1L);
    float[] found = random(160, 5);
    float[] expected = found.clone();
    VariedFilter.along(in, 3, w, 11, found, 2, n);
    VariedFilter.Plain.along(in, 3, w, 11, expected, 2, n);
    assertThat(found).containsExactly(expected);
    VariedFilter.back(in, 5, w, 11, found, 4, n);
    VariedFilter.Plain.back(in, 5, w, 11, expected, 4, n, 0, n + TAPS - 1);
    assertThat(found).containsExactly(expected);
    VariedFilter.add(0.7f, in, 1, found, 6, n);
    VariedFilter.Plain.add(0.7f, in, 1, expected, 6, n);
    assertThat(found).containsExactly(expected);
  }

  /// ⟨A x, y⟩ = ⟨x, Aᵀ y⟩, n products of order one, each sum rounded to 2⁻²⁴.
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 16, 47, 101})
  void backIsTheAdjointOfAlong(int n) {
    float[] x = random(n + TAPS - 1, 1);
    float[] y = random(n, 2);
    float[][] w = weights(n, 3);
    float[] filtered = new float[n];
    VariedFilter.along(x, 0, w, 0, filtered, 0, n);
    float[] back = new float[n + TAPS - 1];
    VariedFilter.back(y, 0, w, 0, back, 0, n);
    double forth = 0;
    for (int c = 0; c < n; c++) {
      forth += (double) filtered[c] * y[c];
    }
    double reverse = 0;
    for (int c = 0; c < x.length; c++) {
      reverse += (double) x[c] * back[c];
    }
    assertThat(reverse).isCloseTo(forth, within(1e-5 * n));
  }
}

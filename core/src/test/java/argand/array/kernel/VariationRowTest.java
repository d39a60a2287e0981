package argand.array.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Rows of the dual of the total variation: vector code has the bits of scalar code.
class VariationRowTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 5, 16, 17, 64, 77})
  void vectorCodeHasTheBitsOfScalarCode(int columns) {
    assumeTrue(Simd.AVAILABLE, "no Vector API here: nothing to compare");
    var random = new Random(columns);
    float[][] one = new float[6][3 * columns];
    float[][] other = new float[6][];
    for (int k = 0; k < 6; k++) {
      for (int i = 0; i < 3 * columns; i++) {
        one[k][i] = (float) random.nextGaussian();
      }
      other[k] = one[k].clone();
    }
    int at = columns;
    VariationRow.image(one[5], at, 0.4f, -1, one[1], one[2], at, one[0], at, columns);
    VariationRow.Plain.image(
        other[5], at, 0.4f, -1, other[1], other[2], at, other[0], at, 0, columns);
    assertThat(one).isDeepEqualTo(other);
    for (boolean last : new boolean[] {false, true}) {
      VariationRow.climb(one[0], 0.3f, 0.2f, one[1], one[2], one[3], one[4], at, columns, last);
      VariationRow.Plain.climb(
          other[0],
          0.3f,
          0.2f,
          other[1],
          other[2],
          other[3],
          other[4],
          at,
          0,
          columns,
          last ? 0 : columns);
      assertThat(one).isDeepEqualTo(other);
    }
    assertThat(Math.hypot(one[1][at], one[2][at])).isLessThan(1 + 1e-6);
  }
}

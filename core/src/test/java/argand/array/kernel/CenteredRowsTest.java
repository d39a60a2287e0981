package argand.array.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// The vector code does what the scalar code defines, for lengths that do and do not fill lanes.
class CenteredRowsTest {
  @Test
  void vectorAndScalarAgree() {
    Assumptions.assumeTrue(Simd.AVAILABLE);
    var random = new Random(3);
    for (int n : new int[] {1, 15, 16, 33, 64, 6400, 6407}) {
      float[] row = numbers(random, n, 1);
      float[] mean = numbers(random, n, 1);
      float[] x = numbers(random, n, 5);
      double plain = CenteredRows.Plain.dot(row, mean, x, 0, n);
      // n products of about 1, each rounded to 6e-8, added in lanes of n/32
      assertThat(CenteredRows.Vector.dot(row, mean, x, n)).isCloseTo(plain, within(3e-7 * n));
      float[] a = x.clone();
      float[] b = x.clone();
      CenteredRows.Plain.add(row, mean, 0.7f, a, 0, n);
      CenteredRows.add(row, mean, 0.7f, b, n);
      assertThat(b).isEqualTo(a);
    }
  }

  private static float[] numbers(Random random, int n, double scale) {
    float[] numbers = new float[n];
    for (int i = 0; i < n; i++) {
      numbers[i] = (float) (scale * (random.nextDouble() - 0.5));
    }
    return numbers;
  }
}

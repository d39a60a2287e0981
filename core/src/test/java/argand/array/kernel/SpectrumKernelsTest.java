package argand.array.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Kernels of work on spectra: vector code has the bits of scalar code, scalar code means what it
/// says.
class SpectrumKernelsTest {
  /// Every binade, 2000 numbers in each, and the neighbourhood of 1 where logarithms vanish.
  @Test
  void logarithmsAreWithinTwoUnitsInTheLastPlace() {
    var random = new Random(3);
    double worst = 0;
    for (int binade = -125; binade < 127; binade++) {
      for (int k = 0; k < 2000; k++) {
        float x = (float) Math.scalb(1 + random.nextDouble(), binade);
        worst = Math.max(worst, error(x));
      }
    }
    for (int k = 1; k < 100_000; k++) {
      worst = Math.max(worst, error(Math.nextUp(1f) + k * 1e-6f));
      worst = Math.max(worst, error(1 - k * 2e-6f));
    }
    assertThat(worst).isLessThan(2).isGreaterThan(0.5);
  }

  private static double error(float x) {
    double exact = Math.log(x);
    return Math.abs(Logarithm.Plain.ln(x) - exact) / Math.ulp((float) exact);
  }

  @Test
  void whatHasNoLogarithmIsNaN() {
    float[] above = {1, 0, -1, Float.NaN, Float.POSITIVE_INFINITY, 4, 1};
    float[] below = {Float.NaN, 1, 1, 1, 1, -1, 0.25f};
    Logarithm.ofRatio(above, below, 0.5f, below, 0, 7);
    assertThat(Arrays.copyOf(below, 5)).containsOnly(Float.NaN);
    // −1 is below ½: ln(4/½) + (½ + 1)/½; and ¼: ln 2 + ½
    assertThat(below[5]).isCloseTo((float) Math.log(8) + 3, within(1e-6f));
    assertThat(below[6]).isCloseTo((float) Math.log(2) + 0.5f, within(1e-6f));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 16, 63, 64, 65, 200})
  void vectorCodeHasTheBitsOfScalarCode(int n) {
    assumeTrue(Simd.AVAILABLE, "no Vector API here: nothing to compare");
    var random = new Random(n);
    int planes = 9;
    int stride = n + 3;
    float[] block = randoms(random, planes * stride);
    float[] above = randoms(random, n);
    for (int i = 0; i < n; i++) {
      above[i] = Math.abs(above[i]) * 100;
    }
    float[] one = block.clone();
    float[] other = block.clone();
    Logarithm.ofRatio(above, one, 0.3f, one, 3, n);
    Logarithm.Plain.ofRatio(above, other, 0.3f, other, 3, 0, n);
    assertThat(one).isEqualTo(other);

    for (int lines = 3; lines < 5; lines++) {
      float[][] sums = new float[lines][];
      Arrays.setAll(sums, k -> randoms(random, n + 5));
      float[] base = Arrays.copyOf(new float[] {0.5f, -1, 2, 0.25f}, lines);
      float[] step = Arrays.copyOf(new float[] {1, 0, 0.25f, 3}, lines);
      LineRatio.apply(one, 1, base, step, sums, 2, n, 0.1f);
      LineRatio.Plain.apply(other, 1, base, step, sums, 2, 0, n, 0.1f);
      assertThat(one).isEqualTo(other);
    }
  }

  private static float[] randoms(Random random, int n) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}

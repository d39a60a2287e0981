package argand.array.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Sines and cosines against those of double precision.
class SineCosineTest {
  /// A float of magnitude up to 1 is itself known to half a unit of its last place, 6e-8 above ½
  /// and
  /// less below; the polynomials add less than 4e-8. Where the range is 1e6 the worst of a naive
  /// reduction in single precision would be of the order of 1.
  @Test
  void withinOneTenMillionthOverTheRange() {
    var random = new Random(5);
    int n = 200_000;
    double worst = 0;
    double naive = 0;
    for (double range : new double[] {1, 4, 100, 1000, 8192}) {
      float[] x = new float[n];
      for (int i = 0; i < n; i++) {
        x[i] = (float) ((2 * random.nextDouble() - 1) * range);
      }
      worst = Math.max(worst, worst(x));
      for (float angle : x) {
        float turns = (float) Math.rint(angle / (float) (2 * Math.PI));
        naive =
            Math.max(
                naive, Math.abs(Math.sin(angle - turns * (float) (2 * Math.PI)) - Math.sin(angle)));
      }
    }
    assertThat(worst).isLessThan(1.0e-7).isGreaterThan(1e-8);
    assertThat(naive).isGreaterThan(1e-4);
  }

  /// Where the quadrant changes, and close to the zeros of both.
  @Test
  void nothingBreaksAtTheQuadrants() {
    int quadrants = 4 * 1300;
    float[] x = new float[9 * (2 * quadrants + 1)];
    int i = 0;
    for (int k = -quadrants; k <= quadrants; k++) {
      float middle = (float) (k * Math.PI / 4);
      for (int ulp = -4; ulp <= 4; ulp++) {
        x[i++] = middle + ulp * Math.ulp(middle);
      }
    }
    assertThat(worst(x)).isLessThan(1.0e-7);
  }

  @Test
  void anglesBeyondTheRangeGoByDoublePrecision() {
    float[] x = {0, -0f, 1e4f, -3e8f, Float.NaN, Float.POSITIVE_INFINITY, 8192, 8193, 1, 2, 3, 4};
    float[] padded = new float[64];
    System.arraycopy(x, 0, padded, 5, x.length);
    float[] s = new float[64];
    float[] c = new float[64];
    SineCosine.of(padded, s, c, 5, x.length);
    for (int i = 0; i < x.length; i++) {
      if (Float.isFinite(x[i])) {
        assertThat(s[5 + i]).isCloseTo((float) Math.sin(x[i]), within(1e-7f));
        assertThat(c[5 + i]).isCloseTo((float) Math.cos(x[i]), within(1e-7f));
      } else {
        assertThat(s[5 + i]).isNaN();
        assertThat(c[5 + i]).isNaN();
      }
    }
    assertThat(s[4]).isZero();
    assertThat(c[5 + x.length]).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 15, 16, 17, 100})
  void vectorCodeHasTheBitsOfScalarCode(int n) {
    assumeTrue(Simd.AVAILABLE, "no Vector API here: nothing to compare");
    var random = new Random(n);
    float[] x = new float[n + 3];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) (random.nextGaussian() * (i % 7 == 6 ? 1e4 : 30));
    }
    float[] s = new float[n + 3];
    float[] c = new float[n + 3];
    SineCosine.Plain.of(x, s, c, 2, 2 + n);
    float[] cosines = new float[n + 3];
    float[] inPlace = x.clone();
    SineCosine.of(inPlace, inPlace, cosines, 2, n);
    inPlace[0] = 0;
    inPlace[1] = 0;
    inPlace[n + 2] = 0;
    assertThat(inPlace).isEqualTo(s);
    assertThat(cosines).isEqualTo(c);
  }

  private static double worst(float[] x) {
    float[] s = new float[x.length];
    float[] c = new float[x.length];
    SineCosine.of(x, s, c, 0, x.length);
    double worst = 0;
    for (int i = 0; i < x.length; i++) {
      worst = Math.max(worst, Math.abs(s[i] - Math.sin(x[i])));
      worst = Math.max(worst, Math.abs(c[i] - Math.cos(x[i])));
    }
    return worst;
  }
}

package argand.array.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

/// Exponentials against those of double precision.
class ExponentialTest {
  @Test
  void withinTwoTenMillionthsOverTheRange() {
    int n = 400_000;
    float[] x = new float[n];
    float[] y = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = -87.2f + 175.1f * i / n;
    }
    Exponential.of(x, y, 0, n);
    double worst = 0;
    for (int i = 0; i < n; i++) {
      worst = Math.max(worst, Math.abs(y[i] / Math.exp(x[i]) - 1));
    }
    assertThat(worst).isLessThan(2e-7).isGreaterThan(2e-8);
  }

  @Test
  void whatIsTooSmallIsZeroAndWhatIsTooLargeStaysFinite() {
    float[] x = {-1000, Float.NEGATIVE_INFINITY, Float.NaN, 1000, 0};
    Exponential.of(x, x, 0, x.length);
    assertThat(x[0]).isZero();
    assertThat(x[1]).isZero();
    assertThat(x[2]).isNaN();
    assertThat(x[3]).isFinite().isGreaterThan(1e38f);
    assertThat(x[4]).isEqualTo(1);
  }

  @Test
  void vectorCodeHasTheBitsOfScalarCode() {
    assumeTrue(Simd.AVAILABLE, "no Vector API here: nothing to compare");
    var random = new Random(2);
    float[] x = new float[100];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) random.nextGaussian() * 60;
    }
    x[17] = Float.NaN;
    float[] one = new float[100];
    float[] other = new float[100];
    Exponential.of(x, one, 3, 90);
    Exponential.Plain.of(x, other, 3, 93);
    assertThat(one).isEqualTo(other);
  }
}

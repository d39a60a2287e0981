package argand.array.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Sums over energies: vector code has the bits of scalar code, scalar code means what it says, and
/// long sums lose nothing.
class SpectralSumsTest {
  private static float[] random(Random random, int size) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  @ParameterizedTest
  @CsvSource({"1,1,1", "7,3,2", "64,8,3", "133,17,4", "520,60,5", "1500,101,2", "2048,9,1"})
  void vectorCodeHasTheBitsOfScalarCode(int length, int energies, int columns) {
    assumeTrue(Simd.AVAILABLE, "no Vector API here: nothing to compare");
    var random = new Random(length + 31L * energies);
    int pitch = length + random.nextInt(5);
    float[] y = random(random, pitch * energies);
    float[][] c = new float[columns][];
    Arrays.setAll(c, k -> random(random, energies));
    float[][] found = new float[columns][length + 3];
    float[][] expected = new float[columns][length + 3];
    SpectralSums.project(y, pitch, c, length, found, 3);
    SpectralSums.Plain.project(y, pitch, c, 0, length, expected, 3);
    assertThat(found).isDeepEqualTo(expected);

    float[] taken = y.clone();
    float[] level = new float[length];
    taken[0] = Float.NaN;
    SpectralSums.takeFirst(taken, pitch, energies, length, level);
    assertThat(level[0]).isZero();
    for (int e = 0; e < energies; e++) {
      for (int i = 1; i < length; i++) {
        assertThat(taken[e * pitch + i]).isEqualTo(y[e * pitch + i] - y[i]);
      }
    }

    float[] rest = new float[length];
    float[] restExpected = new float[length];
    float[] squares = new float[length];
    float[] squaresExpected = new float[length];
    SpectralSums.misfit(y, pitch, energies, length, c, found, rest, squares);
    SpectralSums.Plain.misfit(
        y, pitch, energies, 0, length, c, found, restExpected, squaresExpected);
    assertThat(rest).isEqualTo(restExpected);
    assertThat(squares).isEqualTo(squaresExpected);

    float[] model = new float[pitch * energies];
    float[] modelExpected = new float[pitch * energies];
    SpectralSums.model(pitch, energies, length, c, found, model);
    SpectralSums.Plain.model(pitch, energies, 0, length, c, found, modelExpected);
    assertThat(model).isEqualTo(modelExpected);
  }

  /// A run of eight products in single precision rounds by less than 8 · 2⁻²⁴ Σ|c y|, and so do the
  /// sums of it and of squares over 37 energies by less than 37 · 2⁻²⁴ Σ.
  @Test
  void scalarCodeMeansWhatItSays() {
    int energies = 37;
    int pixels = 5;
    var random = new Random(8);
    float[] y = random(random, pixels * energies);
    float[][] c = {random(random, energies), random(random, energies), random(random, energies)};
    float[][] sums = new float[3][pixels];
    SpectralSums.Plain.project(y, pixels, c, 0, pixels, sums, 0);
    float[] rest = new float[pixels];
    float[] squares = new float[pixels];
    SpectralSums.Plain.misfit(y, pixels, energies, 0, pixels, c, sums, rest, squares);
    for (int i = 0; i < pixels; i++) {
      double sum = 0;
      double size = 0;
      double off = 0;
      double square = 0;
      for (int e = 0; e < energies; e++) {
        double value = y[e * pixels + i];
        sum += c[2][e] * value;
        size += Math.abs(c[2][e] * value);
        square += value * value;
        for (int k = 0; k < 3; k++) {
          value -= (double) c[k][e] * sums[k][i];
        }
        off += value * value;
      }
      assertThat((double) sums[2][i]).isCloseTo(sum, within(9 * Math.scalb(size, -24)));
      assertThat((double) squares[i]).isCloseTo(square, within(37 * Math.scalb(square, -24)));
      assertThat((double) rest[i]).isCloseTo(off, within(2 * 37 * Math.scalb(off, -24)));
    }
  }

  /// 4001 terms: the sum of products of single precision wanders off by its length, the kernel
  /// does not.
  @Test
  void longSumsLoseNothing() {
    int energies = 4001;
    int pixels = 64;
    var random = new Random(5);
    float[] y = new float[energies * pixels];
    float[] ones = new float[energies];
    Arrays.fill(ones, 1);
    for (int i = 0; i < y.length; i++) {
      y[i] = 1 + random.nextFloat();
    }
    float[][] sums = new float[1][pixels];
    SpectralSums.project(y, pixels, new float[][] {ones}, pixels, sums, 0);
    float[] found = sums[0];
    double worst = 0;
    double worstNaive = 0;
    for (int i = 0; i < pixels; i++) {
      double exact = 0;
      float naive = 0;
      for (int e = 0; e < energies; e++) {
        exact += y[e * pixels + i];
        naive += y[e * pixels + i];
      }
      worst = Math.max(worst, Math.abs(found[i] - exact) / exact);
      worstNaive = Math.max(worstNaive, Math.abs(naive - exact) / exact);
    }
    assertThat(worst).isLessThan(2e-7);
    assertThat(worstNaive).isGreaterThan(1e-6);
  }
}

package argand.array.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Sums over energies: vector code against scalar code, and against what plain single precision
/// makes of sums that cancel.
class SpectralSumsTest {
  private static float[] random(Random random, int size) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  /// Sums of eight products in single precision, and one rounding at the end: for values about 1
  /// less than 10 · 2⁻²⁴ · √8 · 3 and some.
  private static final double ROUNDING = 1e-5;

  @ParameterizedTest
  @CsvSource({"1,1,1", "7,3,2", "16,8,3", "33,17,4", "520,60,5", "1500,101,8", "2048,9,1"})
  void vectorCodeDoesWhatScalarCodeDefines(int length, int energies, int columns) {
    assumeTrue(Simd.AVAILABLE, "no Vector API here: nothing to compare");
    var random = new Random(length + 31L * energies);
    int pitch = length + random.nextInt(5);
    float[] y = random(random, pitch * energies);
    float[] c = random(random, columns * energies);
    float[] found = new float[columns * pitch];
    float[] expected = new float[columns * pitch];
    SpectralSums.project(y, pitch, energies, length, c, columns, found);
    SpectralSums.Plain.project(y, pitch, energies, 0, length, c, columns, expected);
    assertThat(found).containsExactly(expected, within((float) ROUNDING));

    float[] rest = new float[pitch];
    float[] restExpected = new float[pitch];
    float[] squares = new float[pitch];
    float[] squaresExpected = new float[pitch];
    SpectralSums.misfit(y, pitch, energies, length, c, columns, found, rest, squares);
    SpectralSums.Plain.misfit(
        y, pitch, energies, 0, length, c, columns, found, restExpected, squaresExpected);
    for (int i = 0; i < length; i++) {
      assertThat((double) rest[i])
          .isCloseTo(restExpected[i], within(1e-6 * energies + 1e-5 * restExpected[i]));
      assertThat((double) squares[i])
          .isCloseTo(squaresExpected[i], within(1e-6 * energies + 1e-5 * squaresExpected[i]));
    }

    float[] model = new float[pitch * energies];
    float[] modelExpected = new float[pitch * energies];
    SpectralSums.model(pitch, energies, length, c, columns, found, model);
    SpectralSums.Plain.model(pitch, energies, 0, length, c, columns, found, modelExpected);
    for (int i = 0; i < model.length; i++) {
      assertThat((double) model[i])
          .isCloseTo(modelExpected[i], within(ROUNDING * (1 + Math.abs(modelExpected[i]))));
    }
  }

  /// 4001 terms: the sum of products of single precision wanders off by its length, the kernel
  /// does not.
  @Test
  void longSumsLoseNothing() {
    assumeTrue(Simd.AVAILABLE, "no Vector API here: nothing to compare");
    int energies = 4001;
    int pixels = 64;
    var random = new Random(5);
    float[] y = new float[energies * pixels];
    float[] ones = new float[energies];
    java.util.Arrays.fill(ones, 1);
    for (int i = 0; i < y.length; i++) {
      y[i] = 1 + random.nextFloat();
    }
    float[] found = new float[pixels];
    SpectralSums.project(y, pixels, energies, pixels, ones, 1, found);
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

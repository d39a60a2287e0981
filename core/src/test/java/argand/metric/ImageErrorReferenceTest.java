package argand.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import argand.array.ComplexField;
import argand.array.Grid;
import argand.array.Mask;
import argand.array.RealField;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ImageErrorReferenceTest {
  private static final Grid GRID = Grid.square(24, 30, 1e-8);

  @Test
  void nrmseAndPsnrOfAConstantError() {
    // |a − b| = 0.1 everywhere and |b| = 2: NRMSE 0.05, PSNR 20 log₁₀(2/0.1) = 26.0206 dB.
    var b = new ComplexField(GRID).setAll(0, 2);
    var a = new ComplexField(GRID).setAll(0.06f, 2.08f);
    assertThat(Nrmse.of(a, b, Mask.all(GRID))).isCloseTo(0.05, within(1e-7));
    assertThat(Psnr.of(a, b, Mask.all(GRID))).isCloseTo(26.0206, within(1e-4));
  }

  @Test
  void phaseErrorOfAConstantTurn() {
    var b = new ComplexField(GRID).setAll(0.3f, -0.4f);
    var a = b.copy().scale(5 * Math.cos(0.2), 5 * Math.sin(0.2));
    assertThat(PhaseError.rms(a, b, Mask.all(GRID))).isCloseTo(0.2, within(1e-6));
  }

  @Test
  void ssimOfConstantImagesIsTheLuminanceTerm() {
    // Wang 2004, eq. 6: (2·100·110 + C₁)/(100² + 110² + C₁) with C₁ = 6.5025 for 8-bit images:
    // 0.99547644.
    assertThat(Ssim.of(constant(100), constant(110), 255)).isCloseTo(0.99547644, within(1e-7));
  }

  @Test
  void ssimOfAnImageAndItsContrastReversalIsNegative() {
    var random = new SplittableRandom(1);
    var a = constant(0);
    var b = constant(0);
    for (int i = 0; i < a.values().length; i++) {
      a.values()[i] = 128 + 40 * (float) random.nextGaussian();
      b.values()[i] = 256 - a.values()[i];
    }
    assertThat(Ssim.of(a, a, 255)).isCloseTo(1, within(1e-12));
    assertThat(Ssim.of(a, b, 255)).isLessThan(-0.8);
  }

  @Test
  void ssimOfSummedWindowsEqualsTheDefinitionAtOnePixel() {
    // An image of 11 × 11 has exactly one window: the definition can be written out.
    var random = new SplittableRandom(2);
    var grid = Grid.square(11, 11, 1e-8);
    var a = new RealField(grid);
    var b = new RealField(grid);
    for (int i = 0; i < 121; i++) {
      a.values()[i] = random.nextInt(256);
      b.values()[i] = (float) (0.7 * a.values()[i] + 20 * random.nextGaussian());
    }
    double norm = 0;
    double[] mean = new double[5];
    for (int r = 0; r < 11; r++) {
      for (int c = 0; c < 11; c++) {
        double w = Math.exp(-((r - 5) * (r - 5) + (c - 5) * (c - 5)) / 4.5);
        double x = a.at(r, c);
        double y = b.at(r, c);
        norm += w;
        double[] terms = {x, y, x * x, y * y, x * y};
        for (int k = 0; k < 5; k++) {
          mean[k] += w * terms[k];
        }
      }
    }
    for (int k = 0; k < 5; k++) {
      mean[k] /= norm;
    }
    double expected =
        (2 * mean[0] * mean[1] + 6.5025)
            * (2 * (mean[4] - mean[0] * mean[1]) + 58.5225)
            / ((mean[0] * mean[0] + mean[1] * mean[1] + 6.5025)
                * (mean[2] - mean[0] * mean[0] + mean[3] - mean[1] * mean[1] + 58.5225));
    assertThat(Ssim.of(a, b, 255)).isCloseTo(expected, within(1e-10));
  }

  private static RealField constant(float value) {
    var field = new RealField(GRID);
    java.util.Arrays.fill(field.values(), value);
    return field;
  }
}

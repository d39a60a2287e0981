package argand.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import argand.array.ComplexField;
import argand.array.Grid;
import argand.array.RealField;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhaseCorrelationLawTest {
  /// The parabola on a twentieth of a pixel leaves an error far below the promised hundredth.
  private static final double HUNDREDTH = 0.01;

  @ParameterizedTest
  @CsvSource({"0,0", "3,-5", "0.37,-0.81", "-12.25,7.5", "20.013,-0.499"})
  void findsKnownShiftOfComplexImage(double down, double right) {
    var fixed = waves(64, 48, 0, 0);
    var moved = waves(64, 48, down, right);
    moved.scale(0.3, -1.7);
    var found = PhaseCorrelation.PLAIN.between(fixed, moved);
    assertThat(found.rowsPx()).isCloseTo(down, within(HUNDREDTH));
    assertThat(found.columnsPx()).isCloseTo(right, within(HUNDREDTH));
  }

  @ParameterizedTest
  @CsvSource({"1.5,-2.25", "-0.1,0.6"})
  void findsKnownShiftOfRealNoisyImage(double down, double right) {
    var fixed = real(waves(64, 64, 0, 0), 0.05, 1);
    var moved = real(waves(64, 64, down, right), 0.05, 2);
    var found = PhaseCorrelation.PLAIN.between(fixed, moved);
    // Noise of a tenth of the signal over 4096 pixels moves the peak by a few thousandths.
    assertThat(found.rowsPx()).isCloseTo(down, within(2 * HUNDREDTH));
    assertThat(found.columnsPx()).isCloseTo(right, within(2 * HUNDREDTH));
  }

  @ParameterizedTest
  @CsvSource({"4.25,-6.75"})
  void whitenedFindsTheShiftOfAFullSpectrum(double down, double right) {
    var random = new SplittableRandom(5);
    var fixed = new ComplexField(Grid.square(32, 32, 1e-8));
    for (int r = 0; r < 32; r++) {
      for (int c = 0; c < 32; c++) {
        fixed.set(r, c, (float) random.nextGaussian(), (float) random.nextGaussian());
      }
    }
    var moved = fixed.copy();
    var fft = new argand.array.Fft2(32, 32);
    fft.transform(moved);
    for (int r = 0; r < 32; r++) {
      for (int c = 0; c < 32; c++) {
        int k = r >= 16 ? r - 32 : r;
        int l = c >= 16 ? c - 32 : c;
        double angle = -2 * Math.PI * (k * down + l * right) / 32;
        double re = moved.re(r, c) * Math.cos(angle) - moved.im(r, c) * Math.sin(angle);
        double im = moved.im(r, c) * Math.cos(angle) + moved.re(r, c) * Math.sin(angle);
        moved.set(r, c, (float) re, (float) im);
      }
    }
    fft.transformBack(moved);
    var found = PhaseCorrelation.WHITENED.between(fixed, moved);
    assertThat(found.rowsPx()).isCloseTo(down, within(HUNDREDTH));
    assertThat(found.columnsPx()).isCloseTo(right, within(HUNDREDTH));
    assertThat(found.agreement()).isGreaterThan(0.99);
  }

  /// Forty plane waves, so that every displacement is exact.
  private static ComplexField waves(int rows, int columns, double down, double right) {
    var random = new SplittableRandom(11);
    var field = new ComplexField(new Grid(rows, columns, 1e-8, 1e-8));
    for (int wave = 0; wave < 40; wave++) {
      int k = random.nextInt(-9, 10);
      int l = random.nextInt(-9, 10);
      double start = 2 * Math.PI * random.nextDouble();
      for (int r = 0; r < rows; r++) {
        for (int c = 0; c < columns; c++) {
          double angle = start + 2 * Math.PI * (k * (r - down) / rows + l * (c - right) / columns);
          field.set(
              r,
              c,
              field.re(r, c) + (float) Math.cos(angle),
              field.im(r, c) + (float) Math.sin(angle));
        }
      }
    }
    return field;
  }

  private static RealField real(ComplexField field, double noise, long seed) {
    var random = new SplittableRandom(seed);
    var image = new RealField(field.grid());
    for (int r = 0; r < field.grid().rows(); r++) {
      for (int c = 0; c < field.grid().columns(); c++) {
        image.set(r, c, (float) (field.re(r, c) + 4.5 * noise * random.nextGaussian()));
      }
    }
    return image;
  }
}

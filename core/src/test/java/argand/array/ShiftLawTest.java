package argand.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShiftLawTest {
  /// Two transforms and a ramp in float: about ten roundings of 6e-8 of values of order 1.
  private static final double ROUNDING = 2e-6;

  @ParameterizedTest
  @CsvSource({"16, 16, 3, -5", "15, 20, -4, 7", "33, 17, 40, 1"})
  void wholePixelsRoll(int rows, int columns, int down, int right) {
    var f = Fft2LawTest.random(rows, columns, 1);
    var rolled = f.copy();
    Shift.roll(rolled, down, right);
    Shift.move(f, down, right);
    assertThat(Fft2LawTest.distance(rolled, f)).isLessThan(ROUNDING);
  }

  /// A wave of 2 and 3 periods, moved by fractions, is the same wave sampled elsewhere.
  @ParameterizedTest
  @CsvSource({"16, 16, 0.3, -1.7", "15, 20, 2.25, 0.5", "9, 13, -0.125, 4.9"})
  void aWaveIsSampledElsewhere(int rows, int columns, double down, double right) {
    var f = wave(rows, columns, 0, 0);
    var moved = Shift.moved(f, down, right);
    var expected = wave(rows, columns, down, right);
    for (int i = 0; i < expected.values().length; i++) {
      assertThat(moved.values()[i]).isCloseTo(expected.values()[i], within(3e-6f));
    }
  }

  private static RealField wave(int rows, int columns, double down, double right) {
    var f = new RealField(Grid.square(rows, columns, 1e-6));
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        double angle = 2 * Math.PI * (2 * (r - down) / rows + 3 * (c - right) / columns);
        f.set(r, c, (float) (Math.sin(angle) + 0.5 * Math.cos(angle) + 0.25));
      }
    }
    return f;
  }

  /// With the highest frequency of even sizes turned by exp(−iπ shift) instead of its mean, the
  /// imaginary part would be of order 1.
  @ParameterizedTest
  @CsvSource({"8, 8", "8, 7", "7, 8", "16, 12"})
  void aRealFieldStaysReal(int rows, int columns) {
    var f = new ComplexField(Grid.square(rows, columns, 1e-6));
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        f.set(r, c, ((r + c) % 2 == 0 ? 1 : -1) + 0.1f * r, 0);
      }
    }
    Shift.move(f, 0.4, -0.3);
    double imaginary = 0;
    for (float value : f.im()) {
      imaginary = Math.max(imaginary, Math.abs(value));
    }
    assertThat(imaginary).isLessThan(ROUNDING);
  }

  /// ⟨R f, g⟩ = ⟨f, R₋ g⟩ for the ramp R of a shift and R₋ of the opposite one.
  @ParameterizedTest
  @CsvSource({"16, 20", "15, 9", "6, 33"})
  void theOppositeRampIsTheAdjoint(int rows, int columns) {
    var f = Fft2LawTest.random(rows, columns, 2);
    var g = Fft2LawTest.random(rows, columns, 3);
    var ramp = new PhaseRamp(rows, columns);
    var moved = f.copy();
    ramp.multiply(moved, 0.7, -2.3);
    var back = g.copy();
    ramp.multiply(back, -0.7, 2.3);
    double size = Math.sqrt(f.power() * g.power());
    double[] one = product(moved, g);
    double[] other = product(f, back);
    assertThat(one[0]).isCloseTo(other[0], within(ROUNDING * size));
    assertThat(one[1]).isCloseTo(other[1], within(ROUNDING * size));
  }

  /// Σ f ḡ
  private static double[] product(ComplexField f, ComplexField g) {
    double re = 0;
    double im = 0;
    for (int r = 0; r < f.grid().rows(); r++) {
      for (int c = 0; c < f.grid().columns(); c++) {
        re += (double) f.re(r, c) * g.re(r, c) + (double) f.im(r, c) * g.im(r, c);
        im += (double) f.im(r, c) * g.re(r, c) - (double) f.re(r, c) * g.im(r, c);
      }
    }
    return new double[] {re, im};
  }
}

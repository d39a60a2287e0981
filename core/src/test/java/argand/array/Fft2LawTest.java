package argand.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Fft2LawTest {
  /// Float rounding 6e-8 in each of about ten passes there and back, of values of order 1.
  private static final double ROUNDING = 2e-6;

  @ParameterizedTest
  @CsvSource({"64, 64", "33, 20", "16, 49", "35, 26", "1, 7", "48, 1"})
  void parseval(int rows, int columns) {
    var f = random(rows, columns, 1);
    double before = f.power();
    new Fft2(rows, columns).forward(f);
    assertThat(f.power()).isCloseTo(before, within(ROUNDING * before));
  }

  @ParameterizedTest
  @CsvSource({"64, 64", "33, 20", "16, 49", "35, 26", "256, 256", "1, 7", "48, 1"})
  void inverseUndoesForwardAndBackUndoesTransform(int rows, int columns) {
    var f = random(rows, columns, 2);
    var fft = new Fft2(rows, columns);
    var g = f.copy();
    fft.forward(g);
    fft.inverse(g);
    assertThat(distance(f, g)).isLessThan(ROUNDING);
    fft.transform(g);
    fft.transformBack(g);
    g.scale(1.0 / rows / columns);
    assertThat(distance(f, g)).isLessThan(ROUNDING);
  }

  @ParameterizedTest
  @CsvSource({"64, 32", "33, 20", "35, 26"})
  void linearity(int rows, int columns) {
    var fft = new Fft2(rows, columns);
    var f = random(rows, columns, 3);
    var g = random(rows, columns, 4);
    var sum = sum(f, g, 2);
    fft.forward(f);
    fft.forward(g);
    fft.forward(sum);
    assertThat(distance(sum(f, g, 2), sum)).isLessThan(ROUNDING);
  }

  /// A point at (rows/2 + dy, columns/2 + dx) becomes exp(−2πi(k dy/rows + l dx/columns)) / √(rows
  /// columns), with k and l counted from the centre: the shift theorem, and the place of zero, for
  /// even and odd sizes.
  @ParameterizedTest
  @CsvSource({"8, 8, 0, 0", "8, 6, 1, 2", "9, 8, 2, -3", "15, 21, -4, 5", "11, 13, 3, 1"})
  void aPointBecomesAPlaneWaveCountedFromTheCentre(int rows, int columns, int dy, int dx) {
    var f = new ComplexField(Grid.square(rows, columns, 1e-6));
    f.set(rows / 2 + dy, columns / 2 + dx, 1, 0);
    new Fft2(rows, columns).forward(f);
    double size = 1 / Math.sqrt((double) rows * columns);
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        double angle =
            -2
                * Math.PI
                * ((r - rows / 2) * dy / (double) rows + (c - columns / 2) * dx / (double) columns);
        assertThat(f.re(r, c)).isCloseTo((float) (size * Math.cos(angle)), within(1e-6f));
        assertThat(f.im(r, c)).isCloseTo((float) (size * Math.sin(angle)), within(1e-6f));
      }
    }
  }

  @Test
  void aFieldOfAnotherSizeIsRefused() {
    var f = random(8, 8, 1);
    assertThatThrownBy(() -> new Fft2(8, 9).transform(f))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("columns");
  }

  static ComplexField random(int rows, int columns, long seed) {
    var f = new ComplexField(Grid.square(rows, columns, 1e-6));
    var random = new SplittableRandom(seed);
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        f.set(r, c, (float) random.nextDouble(-1, 1), (float) random.nextDouble(-1, 1));
      }
    }
    return f;
  }

  /// ‖f − g‖ / ‖f‖
  static double distance(ComplexField f, ComplexField g) {
    return Math.sqrt(sum(f, g, -1).power() / f.power());
  }

  /// f + factor · g
  private static ComplexField sum(ComplexField f, ComplexField g, float factor) {
    var sum = new ComplexField(f.grid());
    for (int r = 0; r < f.grid().rows(); r++) {
      for (int c = 0; c < f.grid().columns(); c++) {
        sum.set(r, c, f.re(r, c) + factor * g.re(r, c), f.im(r, c) + factor * g.im(r, c));
      }
    }
    return sum;
  }
}

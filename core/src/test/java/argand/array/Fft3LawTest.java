package argand.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.jtransforms.fft.DoubleFFT_3D;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Fft3LawTest {
  /// Float rounding 6e-8 in each of about a dozen passes there and back.
  private static final double ROUNDING = 2e-6;

  @ParameterizedTest
  @CsvSource({"16, 16, 16", "5, 18, 33", "11, 7, 20", "2, 8, 9", "32, 3, 48"})
  void agreesWithJTransforms(int planes, int rows, int columns) {
    var v = random(planes, rows, columns, 1);
    double[] expected = values(v);
    new DoubleFFT_3D(planes, rows, columns).complexForward(expected);
    new Fft3(planes, rows, columns).transform(v);
    assertThat(distance(values(v), expected)).isLessThan(1e-6);
  }

  @ParameterizedTest
  @CsvSource({"16, 16, 16", "5, 18, 33", "11, 7, 20"})
  void forwardKeepsThePowerAndInverseUndoesIt(int planes, int rows, int columns) {
    var v = random(planes, rows, columns, 2);
    double[] before = values(v);
    double power = v.power();
    var fft = new Fft3(planes, rows, columns);
    fft.forward(v);
    assertThat(v.power()).isCloseTo(power, within(ROUNDING * power));
    assertThat(distance(values(v), before)).isGreaterThan(0.1);
    fft.inverse(v);
    assertThat(distance(values(v), before)).isLessThan(ROUNDING);
    fft.transform(v);
    fft.transformBack(v);
    v.scale(1.0 / planes / rows / columns);
    assertThat(distance(values(v), before)).isLessThan(ROUNDING);
  }

  @ParameterizedTest
  @CsvSource({"8, 6, 10", "7, 9, 5"})
  void aPointInTheCentreBecomesAConstant(int planes, int rows, int columns) {
    var v = new ComplexVolume(planes, rows, columns);
    v.set(planes / 2, rows / 2, columns / 2, 1, 0);
    new Fft3(planes, rows, columns).forward(v);
    float expected = (float) (1 / Math.sqrt((double) planes * rows * columns));
    for (int p = 0; p < planes; p++) {
      for (int r = 0; r < rows; r++) {
        for (int c = 0; c < columns; c++) {
          assertThat(v.re(p, r, c)).isCloseTo(expected, within(1e-7f));
          assertThat(v.im(p, r, c)).isCloseTo(0, within(1e-7f));
        }
      }
    }
  }

  @Test
  void theBitsDoNotDependOnTheNumberOfWorkers() {
    var one = random(12, 20, 33, 4);
    var three = one.copy();
    new Fft3(12, 20, 33).forward(one);
    try (var workers = new Workers(3)) {
      new Fft3(12, 20, 33, workers).forward(three);
    }
    assertThat(values(three)).isEqualTo(values(one));
  }

  private static ComplexVolume random(int planes, int rows, int columns, long seed) {
    var v = new ComplexVolume(planes, rows, columns);
    var random = new SplittableRandom(seed);
    for (int p = 0; p < planes; p++) {
      for (int r = 0; r < rows; r++) {
        for (int c = 0; c < columns; c++) {
          v.set(p, r, c, (float) random.nextDouble(-1, 1), (float) random.nextDouble(-1, 1));
        }
      }
    }
    return v;
  }

  private static double[] values(ComplexVolume v) {
    double[] values = new double[2 * v.planes() * v.rows() * v.columns()];
    int k = 0;
    for (int p = 0; p < v.planes(); p++) {
      for (int r = 0; r < v.rows(); r++) {
        for (int c = 0; c < v.columns(); c++) {
          values[k++] = v.re(p, r, c);
          values[k++] = v.im(p, r, c);
        }
      }
    }
    return values;
  }

  private static double distance(double[] found, double[] expected) {
    double difference = 0;
    double size = 0;
    for (int k = 0; k < found.length; k++) {
      difference += (found[k] - expected[k]) * (found[k] - expected[k]);
      size += expected[k] * expected[k];
    }
    return Math.sqrt(difference / size);
  }
}

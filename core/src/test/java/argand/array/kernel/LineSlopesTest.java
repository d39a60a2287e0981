package argand.array.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import argand.array.kernel.LineSlopes.Noise;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Slopes along a line: vector code against scalar code, and that against differences of the
/// likelihood of waves that are really moved along the line.
class LineSlopesTest {
  private static final float SCALE = 0.25f;
  private static final float EPSILON = 0.1f;

  private static Window wave(Random random, int rows, int columns) {
    int pitch = columns + random.nextInt(9);
    int offset = random.nextInt(20);
    float[] re = new float[offset + rows * pitch];
    float[] im = new float[re.length];
    for (int i = 0; i < re.length; i++) {
      re[i] = (float) random.nextGaussian();
      im[i] = (float) random.nextGaussian();
    }
    return new Window(re, im, offset, pitch);
  }

  private static RealWindow[] planes(int rows, int columns) {
    var planes = new RealWindow[LineSlopes.COEFFICIENTS];
    Arrays.setAll(planes, k -> new RealWindow(new float[rows * columns], 0, columns));
    return planes;
  }

  /// Amplitudes up to 2, every seventh pixel not to be trusted.
  private static RealWindow measured(Random random, int rows, int columns) {
    float[] a = new float[rows * columns];
    for (int i = 0; i < a.length; i++) {
      a[i] = i % 7 == 3 ? -1 : 2 * random.nextFloat();
    }
    return new RealWindow(a, 0, columns);
  }

  @ParameterizedTest
  @CsvSource({"1,1", "3,5", "4,16", "3,17", "5,33", "7,64", "1,100"})
  void vectorCodeDoesWhatScalarCodeDefines(int rows, int columns) {
    assumeTrue(Simd.AVAILABLE, "no Vector API here: nothing to compare");
    var random = new Random(rows * 1000L + columns);
    var found = planes(rows, columns);
    var expected = planes(rows, columns);
    for (int mode = 0; mode < 2; mode++) {
      var a = wave(random, rows, columns);
      var b = wave(random, rows, columns);
      var c = wave(random, rows, columns);
      LineSlopes.coefficients(a, b, c, SCALE, mode, found, rows, columns);
      for (int r = 0; r < rows; r++) {
        LineSlopes.Plain.coefficients(
            a.moved(r, 0), b.moved(r, 0), c.moved(r, 0), SCALE, mode, expected, r, 0, columns);
      }
    }
    for (int k = 0; k < found.length; k++) {
      assertThat(found[k].values()).containsExactly(expected[k].values(), within(4e-6f));
    }
    var amplitude = measured(random, rows, columns);
    for (var noise : Noise.values()) {
      double[] sums = {1, 2};
      double[] plain = {1, 2};
      LineSlopes.add(found, amplitude, noise, SCALE, EPSILON, 0.3f, rows, columns, sums);
      for (int r = 0; r < rows; r++) {
        LineSlopes.Plain.add(found, amplitude, noise, SCALE, EPSILON, 0.3f, r, 0, columns, plain);
      }
      // sums of single precision terms, some of them much larger than their sum
      assertThat(sums[0]).isCloseTo(plain[0], within(1e-5 * (1 + Math.abs(plain[1]))));
      assertThat(sums[1]).isCloseTo(plain[1], within(1e-5 * (1 + Math.abs(plain[1]))));
    }
  }

  /// Central differences over h = 1e-3: truncation some 1e-6 of the third derivative; the sums are
  /// taken in single precision.
  @ParameterizedTest
  @EnumSource(Noise.class)
  void slopeAndCurvatureAreThoseOfDifferences(Noise noise) {
    int rows = 6;
    int columns = 21;
    var random = new Random(9);
    var a = wave(random, rows, columns);
    var b = wave(random, rows, columns);
    var c = wave(random, rows, columns);
    var amplitude = measured(random, rows, columns);
    var line = planes(rows, columns);
    LineSlopes.coefficients(a, b, c, SCALE, 0, line, rows, columns);
    for (double t : new double[] {0, 0.2, -0.4}) {
      double[] sums = new double[2];
      LineSlopes.add(line, amplitude, noise, SCALE, EPSILON, (float) t, rows, columns, sums);
      double h = 1e-3;
      double before = cost(a, b, c, amplitude, noise, t - h, rows, columns);
      double here = cost(a, b, c, amplitude, noise, t, rows, columns);
      double after = cost(a, b, c, amplitude, noise, t + h, rows, columns);
      double bend = (after - 2 * here + before) / (h * h);
      assertThat(sums[0]).isCloseTo((after - before) / (2 * h), within(1e-4 * Math.abs(bend)));
      assertThat(sums[1]).isCloseTo(bend, within(1e-3 * Math.abs(bend)));
    }
  }

  private static double cost(
      Window a,
      Window b,
      Window c,
      RealWindow amplitude,
      Noise noise,
      double t,
      int rows,
      int columns) {
    double cost = 0;
    for (int r = 0; r < rows; r++) {
      for (int k = 0; k < columns; k++) {
        double m = amplitude.values()[r * columns + k];
        if (m < 0) {
          continue;
        }
        int i = a.offset() + r * a.pitch() + k;
        int j = b.offset() + r * b.pitch() + k;
        int l = c.offset() + r * c.pitch() + k;
        double re = a.re()[i] + t * b.re()[j] + t * t * c.re()[l];
        double im = a.im()[i] + t * b.im()[j] + t * t * c.im()[l];
        double computed = SCALE * (re * re + im * im);
        double n = m * m / SCALE;
        cost +=
            switch (noise) {
              case POISSON -> computed - (n + EPSILON) * Math.log(computed + EPSILON);
              case GAUSSIAN -> 0.5 * (computed - n) * (computed - n) / (n + 1);
              case UNIFORM -> 0.5 * (computed - n) * (computed - n) / EPSILON;
              case AMPLITUDE -> 2 * Math.pow(Math.sqrt(computed) - Math.sqrt(n), 2);
            };
      }
    }
    return cost;
  }
}

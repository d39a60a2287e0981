package argand.array.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import argand.array.kernel.Multiply.Ramp;
import argand.array.kernel.PieUpdate.Denominator;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The vector kernels of ptychography do what the scalar ones define, at every size, tail and
/// offset, and write nothing outside their window.
class PtychoKernelsTest {
  /// Both do the same operations in the same order but for sums over lanes: a few roundings of
  /// single precision.
  private static final double ROUNDING = 4e-6;

  /// Planes of one operand, filled with the same random numbers for each copy that is made.
  private record Planes(float[] re, float[] im, int offset, int pitch) {
    static Planes random(long seed, int rows, int columns) {
      var random = new Random(seed);
      int offset = random.nextInt(40);
      int pitch = columns + random.nextInt(20);
      int length = offset + rows * pitch + 17;
      float[] re = new float[length];
      float[] im = new float[length];
      for (int i = 0; i < length; i++) {
        re[i] = (float) random.nextGaussian();
        im[i] = (float) random.nextGaussian();
      }
      return new Planes(re, im, offset, pitch);
    }

    Window window() {
      return new Window(re, im, offset, pitch);
    }

    RealWindow real() {
      return new RealWindow(re, offset, pitch);
    }

    void agrees(Planes other) {
      assertThat(re).containsExactly(other.re, within((float) ROUNDING));
      assertThat(im).containsExactly(other.im, within((float) ROUNDING));
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1", "3,5", "2,15", "4,16", "3,17", "5,33", "7,64", "1,100", "9,31"})
  void vectorKernelsDoWhatScalarOnesDefine(int rows, int columns) {
    assumeTrue(Simd.AVAILABLE, "no Vector API here: nothing to compare");
    for (long seed = 1; seed <= 5; seed++) {
      long s = seed * 100;
      var probe = Planes.random(s, rows, columns);
      var object = Planes.random(s + 1, rows, columns);
      var third = Planes.random(s + 2, rows, columns);

      var expected = Planes.random(s + 3, rows, columns);
      var found = Planes.random(s + 3, rows, columns);
      float[] expectedPeaks = {0.5f, 100f};
      float[] peaks = {0.5f, 100f};
      ExitWave.Plain.product(
          probe.window(), object.window(), expected.window(), rows, columns, expectedPeaks);
      ExitWave.Vector.product(
          probe.window(), object.window(), found.window(), rows, columns, peaks);
      found.agrees(expected);
      assertThat(peaks).containsExactly(expectedPeaks, within((float) ROUNDING));

      ExitWave.Plain.mixture(
          probe.window(), object.window(), third.window(), 2, expected.window(), rows, columns);
      ExitWave.Vector.mixture(
          probe.window(), object.window(), third.window(), 2, found.window(), rows, columns);
      found.agrees(expected);

      ExitWave.Plain.relaxed(
          probe.window(), object.window(), third.window(), .7f, expected.window(), rows, columns);
      ExitWave.Vector.relaxed(
          probe.window(), object.window(), third.window(), .7f, found.window(), rows, columns);
      found.agrees(expected);

      var amplitude = Planes.random(s + 4, rows, columns);
      double misfit = Modulus.Plain.error(expected.window(), amplitude.real(), .9f, rows, columns);
      assertThat(Modulus.Vector.error(found.window(), amplitude.real(), .9f, rows, columns))
          .isCloseTo(misfit, within(ROUNDING * (1 + misfit)));

      double error = Modulus.Plain.change(expected.window(), amplitude.real(), .9f, rows, columns);
      double vectorError =
          Modulus.Vector.change(found.window(), amplitude.real(), .9f, rows, columns);
      found.agrees(expected);
      assertThat(vectorError).isCloseTo(error, within(ROUNDING * (1 + error)));

      var weight = Planes.random(s + 5, rows, columns);
      var weightFound = Planes.random(s + 5, rows, columns);
      Overlap.Plain.add(
          probe.window(), third.window(), expected.window(), weight.real(), rows, columns);
      Overlap.Vector.add(
          probe.window(), third.window(), found.window(), weightFound.real(), rows, columns);
      found.agrees(expected);
      weightFound.agrees(weight);

      Multiply.Plain.by(expected.window(), third.window(), -1, rows, columns);
      Multiply.Vector.by(found.window(), third.window(), -1, rows, columns);
      found.agrees(expected);

      var down = Ramp.move(rows, .3, 1);
      var right = Ramp.move(columns, -.4, 1);
      Multiply.Plain.byRamp(third.window(), down, right, expected.window(), rows, columns);
      Multiply.Vector.byRamp(third.window(), down, right, found.window(), rows, columns);
      found.agrees(expected);
      Multiply.Plain.addByRamp(probe.window(), down, right, expected.window(), rows, columns);
      Multiply.Vector.addByRamp(probe.window(), down, right, found.window(), rows, columns);
      found.agrees(expected);
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1", "3,5", "4,16", "3,17", "5,33", "7,64", "1,100"})
  void vectorUpdatesDoWhatScalarOnesDefine(int rows, int columns) {
    assumeTrue(Simd.AVAILABLE, "no Vector API here: nothing to compare");
    var ofObject = new Denominator(.9f, .8f);
    var ofProbe = new Denominator(.3f, 2f);
    for (long s = 1; s <= 5; s++) {
      var p = Planes.random(s, rows, columns);
      var o = Planes.random(-s, rows, columns);
      var d = Planes.random(s + 77, rows, columns);
      var p2 = Planes.random(s, rows, columns);
      var o2 = Planes.random(-s, rows, columns);
      var d2 = Planes.random(s + 77, rows, columns);

      PieUpdate.Plain.object(p.window(), o.window(), d.window(), ofObject, rows, columns);
      PieUpdate.Vector.object(p2.window(), o2.window(), d2.window(), ofObject, rows, columns);
      o2.agrees(o);

      PieUpdate.Plain.update(
          p.window(), o.window(), d.window(), p.window(), 1, ofObject, ofProbe, rows, columns);
      PieUpdate.Vector.update(
          p2.window(), o2.window(), d2.window(), p2.window(), 1, ofObject, ofProbe, rows, columns);
      o2.agrees(o);
      p2.agrees(p);

      PieUpdate.Plain.update(
          p.window(), o.window(), d.window(), d.window(), 0, ofObject, ofProbe, rows, columns);
      PieUpdate.Vector.update(
          p2.window(), o2.window(), d2.window(), d2.window(), 0, ofObject, ofProbe, rows, columns);
      o2.agrees(o);
      p2.agrees(p);
      d2.agrees(d);
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1", "3,5", "4,16", "3,17", "5,33", "7,64"})
  void vectorModeKernelsDoWhatScalarOnesDefine(int rows, int columns) {
    assumeTrue(Simd.AVAILABLE, "no Vector API here: nothing to compare");
    for (long s = 1; s <= 5; s++) {
      var amplitude = Planes.random(s + 9, rows, columns);
      for (boolean poisson : new boolean[] {false, true}) {
        var wave = Planes.random(s, rows, columns);
        var wave2 = Planes.random(s, rows, columns);
        var sum = Planes.random(-s, rows, columns);
        var sum2 = Planes.random(-s, rows, columns);
        double error;
        double error2;
        for (float keep : new float[] {0, 1}) {
          ModeModulus.Plain.add(wave.window(), sum.real(), keep, rows, columns);
          ModeModulus.Vector.add(wave2.window(), sum2.real(), keep, rows, columns);
        }
        sum2.agrees(sum);
        if (poisson) {
          error = ModeModulus.Plain.poisson(sum.real(), amplitude.real(), .9f, .5f, rows, columns);
          error2 =
              ModeModulus.Vector.poisson(sum2.real(), amplitude.real(), .9f, .5f, rows, columns);
        } else {
          error = ModeModulus.Plain.imposed(sum.real(), amplitude.real(), .9f, rows, columns);
          error2 = ModeModulus.Vector.imposed(sum2.real(), amplitude.real(), .9f, rows, columns);
        }
        assertThat(error2).isCloseTo(error, within(ROUNDING * (1 + error)));
        sum2.agrees(sum);
        ModeModulus.Plain.scale(wave.window(), sum.real(), rows, columns);
        ModeModulus.Vector.scale(wave2.window(), sum2.real(), rows, columns);
        wave2.agrees(wave);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1", "3,5", "4,16", "3,17", "5,33", "7,64"})
  void stepSumsAreThoseOfTheScalarRows(int rows, int columns) {
    var planes = new Window[5];
    for (int k = 0; k < planes.length; k++) {
      planes[k] = Planes.random(k + 1, rows, columns).window();
    }
    double[] expected = new double[5];
    for (int r = 0; r < rows; r++) {
      StepSums.Plain.row(
          planes[0].moved(r, 0),
          planes[1].moved(r, 0),
          planes[2].moved(r, 0),
          planes[3].moved(r, 0),
          planes[4].moved(r, 0),
          columns,
          expected);
    }
    double[] found = new double[5];
    StepSums.add(planes[0], planes[1], planes[2], planes[3], planes[4], rows, columns, found);
    double scale = rows * columns + expected[0] + expected[2]; // sums of both signs cancel
    assertThat(found).containsExactly(expected, within(ROUNDING * scale));
  }

  @ParameterizedTest
  @CsvSource({"4,16", "3,17"})
  void untrustedPixelsKeepTheirWaveAndZeroStaysZero(int rows, int columns) {
    float[] re = new float[rows * columns];
    float[] im = new float[rows * columns];
    float[] amplitude = new float[rows * columns];
    java.util.Arrays.fill(re, 3);
    java.util.Arrays.fill(im, 4);
    java.util.Arrays.fill(amplitude, 10);
    amplitude[1] = -1; // not trusted
    re[2] = 0; // no wave
    im[2] = 0;
    amplitude[3] = 0; // measured darkness
    double error =
        Modulus.change(
            new Window(re, im, 0, columns),
            new RealWindow(amplitude, 0, columns),
            1,
            rows,
            columns);

    assertThat(new float[] {re[0], im[0]}).containsExactly(new float[] {3, 4}, within(1e-6f));
    assertThat(new float[] {re[1], im[1], re[2], im[2]}).containsOnly(0f);
    assertThat(new float[] {re[3], im[3]}).containsExactly(new float[] {-3, -4}, within(1e-6f));
    // (10−5)² in all pixels but three; there nothing, 10² and 5²
    assertThat(error).isCloseTo(25 * (rows * columns - 3) + 100 + 25, within(1e-2));
  }

  @ParameterizedTest
  @CsvSource({"4,16", "3,17"})
  void numbersThatRanAwayAreSeenInTheError(int rows, int columns) {
    for (int at : new int[] {0, columns - 1}) {
      float[] re = new float[rows * columns];
      re[at] = Float.NaN;
      double error =
          Modulus.change(
              new Window(re, new float[re.length], 0, columns),
              new RealWindow(new float[re.length], 0, columns),
              1,
              rows,
              columns);
      assertThat(error).isNaN();
    }
  }
}

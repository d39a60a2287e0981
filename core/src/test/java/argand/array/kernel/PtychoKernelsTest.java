package argand.array.kernel;

import static argand.array.kernel.Planes.ROUNDING;
import static argand.array.kernel.Planes.agree;
import static argand.array.kernel.Planes.several;
import static argand.array.kernel.Planes.windows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import argand.array.kernel.Multiply.Ramp;
import argand.array.kernel.PieUpdate.Denominator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The vector kernels of ptychography do what the scalar ones define, at every size, tail and
/// offset, and write nothing outside their window.
class PtychoKernelsTest {
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
      Overlap.add(
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
    int bound = PieUpdate.Vector.bound(columns);
    float[] room = new float[PieUpdate.room(columns)];
    for (int modes = 1; modes <= 3; modes++) {
      var p = several(1, modes, rows, columns);
      var o = Planes.random(-1, rows, columns);
      var d = several(77, modes, rows, columns);
      var light = Planes.random(5, rows, columns);
      var p2 = several(1, modes, rows, columns);
      var o2 = Planes.random(-1, rows, columns);
      var d2 = several(77, modes, rows, columns);
      var light2 = Planes.random(5, rows, columns);
      float[] peaks = {0.5f, 0.1f};
      float[] peaks2 = {0.5f, 0.1f};

      PieUpdate.Plain.products(
          windows(p), o.window(), windows(d), light.real(), rows, 0, columns, peaks);
      PieUpdate.Vector.products(
          windows(p2), o2.window(), windows(d2), light2.real(), rows, bound, peaks2);
      PieUpdate.Plain.products(
          windows(p2), o2.window(), windows(d2), light2.real(), rows, bound, columns, peaks2);
      agree(d2, d);
      light2.agrees(light);
      assertThat(peaks2).containsExactly(peaks, within((float) ROUNDING));

      for (float keep : new float[] {1, 0}) {
        var into = windows(keep == 1 ? p : d);
        var into2 = windows(keep == 1 ? p2 : d2);
        PieUpdate.Plain.step(
            windows(p),
            o.window(),
            windows(d),
            into,
            keep,
            light.real(),
            ofObject,
            ofProbe,
            rows,
            0,
            columns);
        PieUpdate.Vector.step(
            windows(p2),
            o2.window(),
            windows(d2),
            into2,
            keep,
            light2.real(),
            ofObject,
            ofProbe,
            rows,
            bound,
            room);
        PieUpdate.Plain.step(
            windows(p2),
            o2.window(),
            windows(d2),
            into2,
            keep,
            light2.real(),
            ofObject,
            ofProbe,
            rows,
            bound,
            columns);
        o2.agrees(o);
        agree(p2, p);
        agree(d2, d);
      }
    }
  }

  /// With the weight made on the way, and made before.
  @ParameterizedTest
  @CsvSource({"1,1", "3,5", "4,16", "3,17", "5,33", "7,64", "1,100"})
  void sumsOverModesAreThoseOfEachMode(int rows, int columns) {
    var a = several(3, 3, rows, columns);
    var waves = several(44, 3, rows, columns);
    for (boolean before : new boolean[] {false, true}) {
      var expected = Planes.random(8, rows, columns);
      var found = Planes.random(8, rows, columns);
      var weight = Planes.random(9, rows, columns);
      var weightFound = Planes.random(9, rows, columns);
      for (int m = 0; m < 3; m++) {
        Overlap.Plain.add(
            a.get(m).window(),
            waves.get(m).window(),
            expected.window(),
            weight.real(),
            rows,
            columns);
      }
      if (before) {
        var light = new RealWindow(new float[rows * columns], 0, columns);
        a.forEach(one -> ModeModulus.add(one.window(), light, 1, rows, columns));
        Overlap.add(
            windows(a), windows(waves), light, found.window(), weightFound.real(), rows, columns);
      } else {
        Overlap.add(windows(a), windows(waves), found.window(), weightFound.real(), rows, columns);
      }
      found.agrees(expected);
      weightFound.agrees(weight);
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1", "3,5", "4,16", "3,17", "5,33", "7,64"})
  void vectorModeKernelsDoWhatScalarOnesDefine(int rows, int columns) {
    assumeTrue(Simd.AVAILABLE, "no Vector API here: nothing to compare");
    for (long s = 1; s <= 5; s++) {
      var amplitude = Planes.random(s + 9, rows, columns);
      for (int noise = 0; noise < 3; noise++) {
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
        if (noise == 2) {
          error =
              ModeModulus.Plain.gaussian(sum.real(), amplitude.real(), .9f, .3f, 2, rows, columns);
          error2 =
              ModeModulus.Vector.gaussian(
                  sum2.real(), amplitude.real(), .9f, .3f, 2, rows, columns);
        } else if (noise == 1) {
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

  @Test
  void boldPoissonFactorsBecomeTwiceTheChangeOfTheAmplitudeAndOthersAreLeft() {
    float scale = 0.25f;
    float[] factors = new float[37];
    for (int i = 0; i < factors.length; i++) {
      factors[i] = scale * (i - 1) / 2; // p = −½, 0, … 17.5
    }
    float[] bounded = factors.clone();
    ModeModulus.bound(new RealWindow(bounded, 0, 37), scale, 37);
    for (int i = 0; i < factors.length; i++) {
      double p = factors[i] / scale;
      double expected = p > 4 ? 2 * (Math.sqrt(1 + 2 * p) - 1) : p;
      assertThat(bounded[i] / scale).isCloseTo((float) expected, within(1e-5f));
    }
    float[] plain = factors.clone();
    ModeModulus.Plain.bound(new RealWindow(plain, 0, 37), scale, 37);
    assertThat(bounded).containsExactly(plain, within(1e-6f));
  }

  @ParameterizedTest
  @CsvSource({"1,1", "3,5", "4,16", "3,17", "5,33", "7,64"})
  void weightedStepsAreThoseOfTheScalarCode(int rows, int columns) {
    assumeTrue(Simd.AVAILABLE, "no Vector API here: nothing to compare");
    var numerator = Planes.random(1, rows, columns);
    var weight = Planes.random(2, rows, columns).real();
    double[] expected = new double[2];
    double[] found = new double[2];
    WeightedStep.Plain.lengths(numerator.window(), weight, .3f, rows, columns, expected);
    WeightedStep.Vector.lengths(numerator.window(), weight, .3f, rows, columns, found);
    double scale = rows * columns + expected[1]; // weights of both signs cancel
    assertThat(found).containsExactly(expected, within(ROUNDING * scale));

    var field = Planes.random(3, rows, columns);
    var field2 = Planes.random(3, rows, columns);
    WeightedStep.Plain.add(field.window(), numerator.window(), weight, .3f, .7f, rows, columns);
    WeightedStep.Vector.add(field2.window(), numerator.window(), weight, .3f, .7f, rows, columns);
    field2.agrees(field);
    var velocity = Planes.random(4, rows, columns);
    var velocity2 = Planes.random(4, rows, columns);
    WeightedStep.Plain.addWithMomentum(
        field.window(),
        velocity.window(),
        numerator.window(),
        weight,
        .3f,
        .8f,
        .7f,
        rows,
        columns);
    WeightedStep.Vector.addWithMomentum(
        field2.window(),
        velocity2.window(),
        numerator.window(),
        weight,
        .3f,
        .8f,
        .7f,
        rows,
        columns);
    field2.agrees(field);
    velocity2.agrees(velocity);
    assertThat(WeightedStep.Vector.peak(weight, rows, columns))
        .isEqualTo(WeightedStep.Plain.peak(weight, rows, columns));
    double inner = InnerProduct.Plain.real(field.window(), numerator.window(), rows, columns);
    assertThat(InnerProduct.Vector.real(field.window(), numerator.window(), rows, columns))
        .isCloseTo(inner, within(ROUNDING * rows * columns));
  }

  /// Re Σ a* b, written out in double precision; and not that of the conjugate.
  @ParameterizedTest
  @CsvSource({"1,1", "4,16", "5,33"})
  void innerProductIsThatOfRealVectors(int rows, int columns) {
    var a = Planes.random(1, rows, columns);
    var b = Planes.random(2, rows, columns);
    double re = 0;
    double im = 0;
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        int i = a.offset() + r * a.pitch() + c;
        int k = b.offset() + r * b.pitch() + c;
        re += (double) a.re()[i] * b.re()[k];
        im += (double) a.im()[i] * b.im()[k];
      }
    }
    double found = InnerProduct.real(a.window(), b.window(), rows, columns);
    double allowed = ROUNDING * rows * columns;
    assertThat(found).isCloseTo(re + im, within(allowed));
    assertThat(Math.abs(im)).as("the two signs differ").isGreaterThan(allowed);
  }

  /// d = N/√(W² + f) is the step along which |χ − α d A|² falls most at α = Re⟨d, N⟩ / Σ W|d|².
  @ParameterizedTest
  @CsvSource({"1,1", "4,16", "5,33"})
  void lengthsAreThoseOfTheDirection(int rows, int columns) {
    var numerator = Planes.random(1, rows, columns);
    var weight = Planes.random(2, rows, columns);
    var direction = Planes.random(3, rows, columns);
    java.util.Arrays.fill(direction.re(), 0);
    java.util.Arrays.fill(direction.im(), 0);
    WeightedStep.add(direction.window(), numerator.window(), weight.real(), .3f, 1, rows, columns);
    double[] expected = new double[2];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        int i = direction.offset() + r * direction.pitch() + c;
        int k = numerator.offset() + r * numerator.pitch() + c;
        int l = weight.offset() + r * weight.pitch() + c;
        double x = direction.re()[i];
        double y = direction.im()[i];
        expected[0] += (x * x + y * y) * weight.re()[l];
        expected[1] += x * numerator.re()[k] + y * numerator.im()[k];
      }
    }
    double[] found = new double[2];
    WeightedStep.lengths(numerator.window(), weight.real(), .3f, rows, columns, found);
    assertThat(found).containsExactly(expected, within(ROUNDING * (rows * columns + found[1])));
  }

  @ParameterizedTest
  @CsvSource({"1,1", "3,5", "4,16", "3,17", "5,33"})
  void productsAndSumsAreThoseOfTheScalarCode(int rows, int columns) {
    assumeTrue(Simd.AVAILABLE, "no Vector API here: nothing to compare");
    var a = Planes.random(1, rows, columns);
    var wave = Planes.random(2, rows, columns);
    for (float keep : new float[] {0, 1}) {
      var sum = Planes.random(3, rows, columns);
      var sum2 = Planes.random(3, rows, columns);
      Overlap.Plain.addNumerator(a.window(), wave.window(), sum.window(), keep, rows, columns);
      Overlap.Vector.addNumerator(a.window(), wave.window(), sum2.window(), keep, rows, columns);
      sum2.agrees(sum);
      Overlap.Plain.addAll(wave.window(), sum.window(), rows, columns);
      Overlap.Vector.addAll(wave.window(), sum2.window(), rows, columns);
      sum2.agrees(sum);
      var weight = Planes.random(4, rows, columns);
      for (int i = 0; i < weight.re().length; i++) {
        weight.re()[i] *= weight.re()[i]; // a sum of squares
      }
      Overlap.Plain.divide(sum.window(), wave.window(), weight.real(), .8f, rows, columns);
      Overlap.Vector.divide(sum2.window(), wave.window(), weight.real(), .8f, rows, columns);
      sum2.agrees(sum);
      Overlap.Plain.approach(sum.window(), wave.window(), weight.real(), .7f, .6f, rows, columns);
      Overlap.Vector.approach(sum2.window(), wave.window(), weight.real(), .7f, .6f, rows, columns);
      sum2.agrees(sum);
    }
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

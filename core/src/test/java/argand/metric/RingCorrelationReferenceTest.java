package argand.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import argand.array.RealField;
import argand.metric.RingCorrelation.Threshold;
import argand.metric.RingCorrelation.Window;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RingCorrelationReferenceTest {
  @Test
  void thresholdsOfTheory() {
    // van Heel & Schatz 2005: for large rings ½ bit tends to 0.2071/1.2071 = 0.1716, 1 bit to
    // 0.5/1.5 = 1/3; at n = 1 both are 1.
    assertThat(Threshold.HALF_BIT.at(1e12)).isCloseTo(0.1716, within(1e-4));
    assertThat(Threshold.ONE_BIT.at(1e12)).isCloseTo(1.0 / 3, within(1e-4));
    assertThat(Threshold.HALF_BIT.at(1)).isCloseTo(1, within(1e-4));
    assertThat(Threshold.ONE_BIT.at(1)).isCloseTo(1, within(1e-4));
    assertThat(Threshold.ONE_SEVENTH.at(50)).isEqualTo(1.0 / 7);
  }

  @Test
  void equalImagesCorrelateWholly() {
    var a = Specimen.noisy(Specimen.bandLimited(64, 96, 2, 1, 3), 0.1, 1);
    var rings = RingCorrelation.between(a, a, Window.TUKEY);
    assertThat(Arrays.stream(rings.correlation()).min().orElseThrow()).isCloseTo(1, within(1e-6));
    assertThat(rings.halfPeriod(Threshold.HALF_BIT).orElseThrow()).isCloseTo(10e-9, within(1e-15));
    assertThat(rings.reachesPixel(Threshold.ONE_BIT)).isTrue();
  }

  @Test
  void bandLimitedPairGivesItsCutoffWithinThreePercent() {
    // Everything below 0.45 × Nyquist is common, everything above is each image's own noise: half
    // period 10 nm / 0.45.
    var common = Specimen.bandLimited(256, 256, 0.45, 1, 3);
    var a = Specimen.noisy(common, 0.3, 1);
    var b = Specimen.noisy(common, 0.3, 2);
    for (var window : new Window[] {Window.NONE, Window.TUKEY}) {
      var rings = RingCorrelation.between(a, b, window);
      for (var threshold : Threshold.values()) {
        assertThat(rings.halfPeriod(threshold).orElseThrow())
            .isCloseTo(10e-9 / 0.45, within(0.03 * 10e-9 / 0.45));
      }
    }
  }

  @Test
  void independentNoiseNeverAgrees() {
    for (long seed = 0; seed < 20; seed++) {
      var zero = Specimen.bandLimited(128, 128, 0, 0, 1).setAll(0, 0);
      var a = Specimen.noisy(zero, 1, 2 * seed + 1);
      var b = Specimen.noisy(zero, 1, 2 * seed + 2);
      var rings = RingCorrelation.between(a, b, Window.TUKEY);
      // A false crossing would be a resolution better than a twentieth of the field.
      assertThat(rings.halfPeriod(Threshold.HALF_BIT).orElse(1)).isGreaterThan(20 * 10e-9);
      assertThat(Math.abs(rings.mean())).isLessThan(0.1);
    }
  }

  @Test
  void weakLowFrequenciesDoNotHideTheResolution() {
    // As in the near field: below 0.06 × Nyquist nothing is common, from there to 0.45 all is.
    int n = 64;
    double[] frequency = new double[n];
    double[] correlation = new double[n];
    double[] samples = new double[n];
    for (int ring = 0; ring < n; ring++) {
      frequency[ring] = (ring + 1) * 0.5 / (n * 10e-9);
      correlation[ring] = ring < 4 ? 0 : ring < 29 ? 0.9 : 0;
      samples[ring] = 2 * Math.PI * (ring + 1);
    }
    var rings = new RingCorrelation(frequency, correlation, samples, 0.5 / 10e-9);
    // The crossing lies between rings 29 and 30 of 64: half periods 22.07 and 21.33 nm.
    assertThat(rings.halfPeriod(Threshold.HALF_BIT).orElseThrow()).isBetween(21.33e-9, 22.08e-9);
    // Agreement that begins above a quarter of the frequencies is no resolution.
    Arrays.fill(correlation, 0, 20, 0);
    assertThat(rings.halfPeriod(Threshold.HALF_BIT)).isEmpty();
  }

  @Test
  void realImagesHaveHalfTheSamples() {
    var a = new RealField(Specimen.bandLimited(64, 64, 1, 1, 3).grid());
    a.set(20, 20, 1);
    var real = RingCorrelation.between(a, a, Window.NONE);
    var complex =
        RingCorrelation.between(
            Specimen.bandLimited(64, 64, 1, 1, 3),
            Specimen.bandLimited(64, 64, 1, 1, 3),
            Window.NONE);
    assertThat(real.samples()[9]).isEqualTo(complex.samples()[9] / 2);
  }
}

package argand.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import argand.array.Mask;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GaugeLawTest {
  /// CATALOGUE PTY-24. Single precision keeps 6e-8 of each value; two transforms of a field raise
  /// that to some 2e-7.
  private static final double ROUND_TRIP = 1e-6;

  @ParameterizedTest
  @CsvSource({
    "1, 0, 0, 0, 0, 0",
    "0.7, 2.2, 0, 0, 0, 0",
    "1.3, -1, 0.011, -0.017, 0, 0",
    "1, 0.4, 0, 0, 0.31, -0.77",
    "2.5, 3, 0.11, 0.05, 4.6, -3.2",
    "0.02, -3, -0.4, 0.35, -11.5, 9.25",
  })
  void injectedGaugeIsFoundAndRemoved(
      double amplitude, double phase, double k, double l, double down, double right) {
    var truth = Specimen.bandLimited(96, 80, 0.6, 1, 7);
    var injected = new Gauge(amplitude, phase, k, l, down, right);
    var image = injected.inject(truth);
    var found = Gauge.between(image, truth);
    assertThat(found.shiftRowsPx()).isCloseTo(down, within(1e-5));
    assertThat(found.shiftColumnsPx()).isCloseTo(right, within(1e-5));
    assertThat(found.rampRows()).isCloseTo(k, within(1e-6));
    assertThat(found.rampColumns()).isCloseTo(l, within(1e-6));
    assertThat(Nrmse.of(found.remove(image), truth, Mask.all(truth.grid()))).isLessThan(ROUND_TRIP);
  }

  @ParameterizedTest
  @CsvSource({"3, 4"})
  void otherImageStaysOther(long one, long other) {
    var a = Specimen.bandLimited(96, 80, 0.6, 0.2, one);
    var b = Specimen.bandLimited(96, 80, 0.6, 0.2, other);
    var found = Gauge.between(a, b);
    assertThat(Nrmse.of(found.remove(a), b, Mask.all(b.grid()))).isGreaterThan(0.7);
  }
}

package argand.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.Mask;
import argand.array.RealField;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DetectorChainTest {
  private static final Grid GRID = Grid.square(100, 100, 75e-6);
  private static final OptionalDouble NONE = OptionalDouble.empty();

  private static RealField even(double mean) {
    var image = new RealField(GRID);
    java.util.Arrays.fill(image.values(), (float) mean);
    return image;
  }

  private static double variance(RealField field) {
    double mean = field.sum() / GRID.size();
    double sum = 0;
    for (float value : field.values()) {
      sum += (value - mean) * (value - mean);
    }
    return sum / GRID.size();
  }

  /// The photon-transfer curve: variance = mean, for small and large means alike. 10⁴ pixels: the
  /// mean is known to √(μ/10⁴), the variance to μ√(2/10⁴ + 1/(10⁴μ)); five of these.
  @ParameterizedTest
  @ValueSource(doubles = {0.05, 3, 39, 41, 2500, 1e6})
  void shotNoiseHasItsVariance(double mean) {
    var frame =
        DetectorChain.photonCounting(1e6)
            .record(even(mean), Mask.all(GRID), new SplittableRandom(1));
    assertThat(frame.sum() / GRID.size()).isCloseTo(mean, within(5 * Math.sqrt(mean / 1e4)));
    assertThat(variance(frame)).isCloseTo(mean, within(5 * mean * Math.sqrt(2e-4 + 1e-4 / mean)));
    for (float count : frame.values()) {
      assertThat(count).isEqualTo((float) Math.rint(count)).isNotNegative();
    }
  }

  @Test
  void darkAndReadNoiseAdd() {
    var chain = new DetectorChain(1, true, 50, 5, 0, false, NONE, 0);
    var frame = chain.record(even(100), Mask.all(GRID), new SplittableRandom(2));
    // five standard errors: √(175/10⁴) and 175·√(2/10⁴)
    assertThat(frame.sum() / GRID.size()).isCloseTo(150, within(0.7));
    assertThat(variance(frame)).isCloseTo(150 + 25, within(12.5));
  }

  @Test
  void saturationClipsAndDeadPixelsAreZero() {
    var chain = new DetectorChain(1, true, 0, 0, 0, true, OptionalDouble.of(110), 0.1);
    var living = chain.living(GRID, new SplittableRandom(4));
    // 10⁴ pixels, share 0.1: 1000 ± 5·30
    assertThat(GRID.size() - living.count()).isBetween(850, 1150);
    var frame = chain.record(even(100), living, new SplittableRandom(5));
    assertThat(frame.max()).isEqualTo(110);
    for (int i = 0; i < GRID.size(); i++) {
      if (!living.good()[i]) {
        assertThat(frame.values()[i]).isZero();
      }
    }
  }

  @Test
  void pointSpreadKeepsTheLightAndWidens() {
    var chain = new DetectorChain(1, false, 0, 0, 1.5, false, NONE, 0);
    var image = new RealField(GRID);
    image.set(50, 50, 1000);
    var frame = chain.record(image, Mask.all(GRID), new SplittableRandom(6));
    double second = 0;
    for (int r = 0; r < 100; r++) {
      for (int c = 0; c < 100; c++) {
        second += frame.at(r, c) * (r - 50) * (r - 50) / 1000;
      }
    }
    assertThat(frame.sum()).isCloseTo(1000, within(1e-2));
    // cut at four standard deviations: 0.1 % of the second moment
    assertThat(second).isCloseTo(1.5 * 1.5, within(0.005));
  }

  @Test
  void anIdealDetectorRecordsTheMean() {
    var frame = DetectorChain.ideal(1).record(even(0.25), Mask.all(GRID), new SplittableRandom(7));
    assertThat(frame.values()).containsOnly(0.25f);
    assertThatThrownBy(() -> new DetectorChain(0, true, 0, 0, 0, true, NONE, 0))
        .isInstanceOf(InvalidInput.class);
  }
}

package argand.physics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import argand.array.Grid;
import argand.array.InvalidInput;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DiffuserTest {
  private static final Beam BEAM = new Beam.XRays(17000);

  private static Diffuser diffuser(double distance, long seed) {
    return new Diffuser(40e-6, 4e-6, 2, distance, 4e-6, seed);
  }

  @Test
  void speckleComesWithDistance() {
    var grid = Grid.square(128, 128, 0.5e-6);
    double atScreen = contrast(diffuser(0, 3).probe(BEAM, grid).intensity().values());
    double behind = contrast(diffuser(0.05, 3).probe(BEAM, grid).intensity().values());
    assertThat(diffuser(0.05, 3).probe(BEAM, grid).power()).isCloseTo(1, within(1e-5));
    assertThat(atScreen).isLessThan(1e-3);
    assertThat(behind).isGreaterThan(0.3);
  }

  /// Standard deviation ÷ mean over the middle third.
  private static double contrast(float[] values) {
    double sum = 0;
    double squares = 0;
    int count = 0;
    for (int r = 48; r < 80; r++) {
      for (int c = 48; c < 80; c++) {
        sum += values[r * 128 + c];
        squares += (double) values[r * 128 + c] * values[r * 128 + c];
        count++;
      }
    }
    double mean = sum / count;
    return Math.sqrt(Math.max(0, squares / count - mean * mean)) / mean;
  }

  @Test
  void seedDecides() {
    var grid = Grid.square(128, 128, 0.5e-6);
    assertThat(diffuser(0.05, 3).probe(BEAM, grid).re())
        .isEqualTo(diffuser(0.05, 3).probe(BEAM, grid).re())
        .isNotEqualTo(diffuser(0.05, 4).probe(BEAM, grid).re());
  }

  @Test
  void aScreenFinerThanTheGridIsRefused() {
    assertThatThrownBy(() -> diffuser(0, 1).probe(BEAM, Grid.square(64, 64, 1e-6)))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("at least 6 µm on this grid");
  }

  @Test
  void randomWavesHaveUnitVarianceAndTheSameHeightsOnEveryGrid() {
    var fine = new RandomWaves(4e-6, new SplittableRandom(5)).heights(Grid.square(256, 256, 1e-6));
    var coarse =
        new RandomWaves(4e-6, new SplittableRandom(5)).heights(Grid.square(128, 128, 2e-6));
    double squares = 0;
    for (int r = 0; r < 128; r++) {
      for (int c = 0; c < 128; c++) {
        float height = coarse[r * 128 + c];
        squares += height * height;
        // floats: 160 terms of 0.1 each
        assertThat(height).isCloseTo(fine[2 * r * 256 + 2 * c], within(1e-4f));
      }
    }
    // one realisation over a field of 64 shortest periods: the mean square varies by a few per cent
    assertThat(squares / (128 * 128)).isCloseTo(1, within(0.1));
  }
}

package argand.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import argand.array.ComplexField;
import argand.array.Grid;
import org.junit.jupiter.api.Test;

class ResamplingLawTest {
  @Test
  void aSlowWaveIsTheSameOnCoarserPixels() {
    // Period of 8 coarse pixels: well inside the pass band, where the windowed sinc is flat to
    // 1e-3.
    var fine = wave(Grid.square(200, 160, 4e-9), 0, 0, 8 * 9e-9);
    var target = Grid.square(60, 50, 9e-9);
    var coarse = Resampling.onto(target, fine, 21.3, 19.9);
    var expected = wave(target, 21.3 * 4e-9, 19.9 * 4e-9, 8 * 9e-9);
    for (int r = 0; r < 60; r++) {
      for (int c = 0; c < 50; c++) {
        assertThat(coarse.re(r, c)).isCloseTo(expected.re(r, c), within(2e-3f));
        assertThat(coarse.im(r, c)).isCloseTo(expected.im(r, c), within(2e-3f));
      }
    }
  }

  @Test
  void whatCoarserPixelsCannotHoldIsGone() {
    // 0.6 and 0.8 periods per coarse pixel along the axes, beyond Nyquist (0.5): without the
    // low-pass a slower wave.
    var fine = wave(Grid.square(200, 200, 4e-9), 0, 0, 8e-9);
    var coarse = Resampling.onto(Grid.square(60, 60, 8e-9), fine, 40, 40);
    assertThat(coarse.power() / 3600).isLessThan(1e-4);
  }

  private static ComplexField wave(Grid grid, double top, double left, double period) {
    var field = new ComplexField(grid);
    for (int r = 0; r < grid.rows(); r++) {
      for (int c = 0; c < grid.columns(); c++) {
        double along = (top + r * grid.pixelY()) * 0.6 + (left + c * grid.pixelX()) * 0.8;
        double angle = 2 * Math.PI * along / period;
        field.set(r, c, (float) Math.cos(angle), (float) Math.sin(angle));
      }
    }
    return field;
  }
}

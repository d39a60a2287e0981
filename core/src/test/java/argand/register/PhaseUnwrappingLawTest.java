package argand.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import argand.array.Grid;
import argand.array.Mask;
import argand.array.RealField;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PhaseUnwrappingLawTest {
  private static final Grid GRID = Grid.square(90, 110, 1e-8);

  @Test
  void aSmoothHillOfManyTurnsComesBackWhole() {
    var hill = hill();
    var unwrapped = PhaseUnwrapping.of(wrapped(hill, 0));
    double turns = turns(unwrapped, hill, 0);
    for (int i = 0; i < hill.values().length; i++) {
      // Only whole turns are added: what remains is the rounding of single precision at 40 rad.
      assertThat(unwrapped.values()[i] - hill.values()[i])
          .isCloseTo((float) (2 * Math.PI * turns), within(2e-5f));
    }
  }

  @Test
  void onlyWholeTurnsAreAddedEvenToNoise() {
    var wrapped = wrapped(hill(), 1.2);
    var unwrapped = PhaseUnwrapping.of(wrapped);
    for (int i = 0; i < wrapped.values().length; i++) {
      double turns = (unwrapped.values()[i] - wrapped.values()[i]) / (2 * Math.PI);
      assertThat(turns).isCloseTo(Math.rint(turns), within(1e-5));
    }
  }

  @Test
  void noiseOutsideTheMaskCannotLeadTheInsideAstray() {
    var hill = hill();
    var wrapped = wrapped(hill, 0);
    boolean[] good = new boolean[GRID.size()];
    var random = new SplittableRandom(4);
    for (int i = 0; i < good.length; i++) {
      good[i] = Math.hypot(i / 110 - 45, i % 110 - 55) < 40;
      if (!good[i]) {
        wrapped.values()[i] = (float) (Math.PI * (2 * random.nextDouble() - 1));
      }
    }
    var unwrapped = PhaseUnwrapping.of(wrapped, new Mask(GRID, good));
    double turns = turns(unwrapped, hill, 45 * 110 + 55);
    for (int i = 0; i < good.length; i++) {
      if (good[i]) {
        assertThat(unwrapped.values()[i] - hill.values()[i])
            .isCloseTo((float) (2 * Math.PI * turns), within(2e-5f));
      }
    }
  }

  private static double turns(RealField unwrapped, RealField truth, int pixel) {
    return Math.rint((unwrapped.values()[pixel] - truth.values()[pixel]) / (2 * Math.PI));
  }

  /// Up to 40 rad, at most 1.4 rad from pixel to pixel.
  private static RealField hill() {
    var hill = new RealField(GRID);
    for (int r = 0; r < 90; r++) {
      for (int c = 0; c < 110; c++) {
        double d2 = (r - 40) * (r - 40) + (c - 60) * (c - 60);
        hill.set(r, c, (float) (40 * Math.exp(-d2 / (2 * 18.0 * 18.0)) - 0.1 * c));
      }
    }
    return hill;
  }

  private static RealField wrapped(RealField phase, double noise) {
    var random = new SplittableRandom(8);
    var wrapped = new RealField(phase.grid());
    for (int i = 0; i < phase.values().length; i++) {
      double value = phase.values()[i] + noise * random.nextGaussian();
      wrapped.values()[i] = (float) Math.atan2(Math.sin(value), Math.cos(value));
    }
    return wrapped;
  }
}

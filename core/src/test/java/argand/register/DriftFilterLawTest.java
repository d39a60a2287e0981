package argand.register;

import static org.assertj.core.api.Assertions.assertThat;

import argand.array.Grid;
import argand.array.RealField;
import argand.array.Workers;
import org.junit.jupiter.api.Test;

/// A drift along the rows' index tells nothing of a pattern that does not change along it.
class DriftFilterLawTest {
  private static final Grid GRID = Grid.square(48, 40, 1e-6);

  private static double kept(boolean alongDrift) {
    double[][] at = new double[30][3];
    double[][] spectra = new double[1][30];
    double[] ones = new double[30];
    for (int e = 0; e < 30; e++) {
      at[e][1] = 0.2 * e - 3;
      spectra[0][e] = 1;
      ones[e] = 1;
    }
    var image = new RealField(GRID);
    double squares = 0;
    for (int r = 0; r < 48; r++) {
      for (int c = 0; c < 40; c++) {
        double turns = alongDrift ? r / 6.0 : c / 5.0;
        image.set(r, c, (float) Math.cos(2 * Math.PI * turns));
        squares += image.at(r, c) * image.at(r, c);
      }
    }
    double left = 0;
    for (float v : DriftFilter.of(GRID, at, spectra, ones, Workers.ONE).of(image).values()) {
      left += v * v;
    }
    return Math.sqrt(left / squares);
  }

  /// Six pixels of drift over grains of six pixels: all phases are seen, I = 1 and W = 1/1.1.
  /// Across
  /// the drift I = 0.
  @Test
  void frequenciesCountByWhatTheDriftTells() {
    assertThat(kept(true)).isBetween(0.9, 0.91);
    assertThat(kept(false)).isLessThan(1e-3);
  }
}

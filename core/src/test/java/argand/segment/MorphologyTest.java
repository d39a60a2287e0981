package argand.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.Mask;
import argand.array.RealField;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MorphologyTest {
  private static final Grid GRID = Grid.square(23, 31, 1e-6);

  private static Mask mask(String... rows) {
    var grid = Grid.square(rows.length, rows[0].length(), 1e-6);
    boolean[] good = new boolean[grid.size()];
    for (int i = 0; i < good.length; i++) {
      good[i] = rows[i / grid.columns()].charAt(i % grid.columns()) == '#';
    }
    return new Mask(grid, good);
  }

  private static Mask random(long seed, double share) {
    var random = new SplittableRandom(seed);
    boolean[] good = new boolean[GRID.size()];
    for (int i = 0; i < good.length; i++) {
      good[i] = random.nextDouble() < share;
    }
    return new Mask(GRID, good);
  }

  /// Against the definition, pixel by pixel, for several radii.
  @Test
  void aDiscSpreadsAsItIsDefined() {
    for (double radius : new double[] {0, 1, 1.5, 2, 3.2}) {
      var mask = random(7, 0.05);
      var dilated = Morphology.dilated(mask, radius);
      var eroded = Morphology.eroded(Morphology.not(mask), radius);
      for (int r = 0; r < GRID.rows(); r++) {
        for (int c = 0; c < GRID.columns(); c++) {
          boolean any = false;
          for (int y = -4; y <= 4; y++) {
            for (int x = -4; x <= 4; x++) {
              if (y * y + x * x <= radius * radius) {
                int row = Math.clamp(r + y, 0, GRID.rows() - 1);
                int column = c + x;
                any |= column >= 0 && column < GRID.columns() && mask.at(row, column);
              }
            }
          }
          assertThat(dilated.at(r, c)).as("%s at %s %s", radius, r, c).isEqualTo(any);
          assertThat(eroded.at(r, c)).isEqualTo(!any);
        }
      }
    }
  }

  @Test
  void openingAndClosingDoNothingTwice() {
    var mask = random(8, 0.5);
    var opened = Morphology.opened(mask, 1);
    assertThat(Morphology.opened(opened, 1).good()).isEqualTo(opened.good());
    assertThat(opened.and(mask).good()).isEqualTo(opened.good());
    var closed = Morphology.closed(mask, 1);
    assertThat(Morphology.closed(closed, 1).good()).isEqualTo(closed.good());
    assertThat(closed.and(mask).good()).isEqualTo(mask.good());
  }

  @Test
  void holesAreFilledButBaysAreNot() {
    var filled = Morphology.filled(mask("#####.", "#.##.#", "####.#", "##.###"));
    assertThat(filled.good()).isEqualTo(mask("#####.", "######", "######", "##.###").good());
  }

  @Test
  void smallPatchesGo() {
    var mask = mask("##..#", "##...", "....#", "...#.");
    assertThat(Morphology.withoutSmall(mask, 2).good())
        .isEqualTo(mask("##...", "##...", "....#", "...#.").good());
    var patches = Patches.of(mask, Patches.Neighbours.FOUR);
    assertThat(patches.size()).containsExactly(4, 1, 1, 1);
  }

  /// Two normal distributions of the same width and number: the threshold is half way.
  @Test
  void otsuPartsInTheMiddle() {
    var grid = Grid.square(200, 200, 1e-6);
    var field = new RealField(grid);
    var random = new SplittableRandom(9);
    for (int i = 0; i < grid.size(); i++) {
      field.values()[i] = (float) ((i % 2 == 0 ? 1 : 3) + 0.3 * random.nextGaussian());
    }
    field.values()[0] = 1e6f;
    field.values()[1] = Float.NaN;
    assertThat(Otsu.threshold(field, Mask.all(grid))).isCloseTo(2, within(0.15));
    var flat = new RealField(grid);
    assertThatThrownBy(() -> Otsu.threshold(flat, Mask.all(grid)))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("everywhere 0.0");
  }
}

package argand.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import argand.array.Grid;
import argand.array.Mask;
import argand.array.RealField;
import argand.array.Workers;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WarpLawTest {
  private static final Grid GRID = Grid.square(61, 83, 1e-6);
  private static final Blobs BLOBS = new Blobs(30, 40, 3, 9, 4);
  private static final Transform TURNED = new Transform.ScaledRotation(1.03, 0.05, 1.3, -2.6);

  private static RealField noise(Grid grid, long seed) {
    var random = new Random(seed);
    var image = new RealField(grid);
    for (int i = 0; i < grid.size(); i++) {
      image.values()[i] = (float) random.nextGaussian();
    }
    return image;
  }

  private static double worst(RealField a, RealField b) {
    double worst = 0;
    for (int i = 0; i < a.values().length; i++) {
      if (!Float.isNaN(a.values()[i])) {
        worst = Math.max(worst, Math.abs(a.values()[i] - b.values()[i]));
      }
    }
    return worst;
  }

  private static int missing(RealField image) {
    int count = 0;
    for (float value : image.values()) {
      count += Float.isNaN(value) ? 1 : 0;
    }
    return count;
  }

  /// The pixels come back from the coefficients, edges included, whatever the image; and by whole
  /// pixels they are moved, not changed. Bits of single precision.
  @Test
  void theSplineGoesThroughThePixels() {
    for (int rows : new int[] {1, 2, 5, 40}) {
      var grid = Grid.square(rows, 37, 1e-6);
      var image = noise(grid, rows);
      assertThat(worst(Warp.CUBIC.image(image, Transform.NONE, Workers.ONE), image))
          .isLessThan(3e-6);
    }
    var image = noise(GRID, 3);
    var moved = Warp.CUBIC.image(image, new Transform.Translation(2, -3), Workers.ONE);
    assertThat(moved.at(10, 20)).isCloseTo(image.at(12, 17), within(3e-6f));
    assertThat(missing(moved)).isEqualTo(83 * 61 - 80 * 59);
  }

  /// Against the picture itself. A spline of period P has the relative error (2π/P)⁴/720·… : blobs
  /// of σ = 3 pixels leave some 1e-4; linear interpolation, the control, leaves 30 times that.
  @Test
  void itIsThePictureElsewhere() {
    var image = BLOBS.seen(GRID, TURNED, 0, 1);
    var truth = BLOBS.seen(GRID, Transform.NONE, 0, 1);
    var cubic = Warp.CUBIC.image(image, TURNED, Workers.ONE);
    assertThat(inner(cubic, truth)).isLessThan(4e-4);
    assertThat(inner(Warp.LINEAR.image(image, TURNED, Workers.ONE), truth)).isGreaterThan(4e-3);
    // a transform that is a translation only by its parameters takes the other way through the code
    var moved = new Transform.Translation(1.25, -3.4);
    var nearly = new Transform.Affine(1, 1e-15, 0, 1, 1.25, -3.4);
    assertThat(
            worst(
                Warp.CUBIC.image(image, moved, Workers.ONE),
                Warp.CUBIC.image(image, nearly, Workers.ONE)))
        .isLessThan(2e-6);
  }

  /// Mirrored edges are not the picture's continuation: the outermost eight pixels are left out.
  private static double inner(RealField a, RealField b) {
    double worst = 0;
    for (int r = 8; r < GRID.rows() - 8; r++) {
      for (int c = 8; c < GRID.columns() - 8; c++) {
        if (!Float.isNaN(a.at(r, c))) {
          worst = Math.max(worst, Math.abs(a.at(r, c) - b.at(r, c)));
        }
      }
    }
    return worst;
  }

  @Test
  void threadsChangeNothing() {
    var image = noise(Grid.square(130, 70, 1e-6), 5);
    try (var workers = new Workers(3)) {
      assertThat(Warp.CUBIC.image(image, TURNED, workers).values())
          .containsExactly(Warp.CUBIC.image(image, TURNED, Workers.ONE).values());
    }
  }

  /// A missing pixel takes with it those it would speak to by more than a twentieth, and does not
  /// spoil the others.
  @Test
  void missingPixelsStayMissing() {
    var image = BLOBS.seen(GRID, Transform.NONE, 0, 1);
    var holed = image.copy();
    holed.set(30, 40, Float.NaN);
    var whole = Warp.CUBIC.image(holed, new Transform.Translation(1, 1), Workers.ONE);
    assertThat(missing(whole)).isEqualTo(60 + 83 + 1);
    assertThat(whole.at(29, 39)).isNaN();
    var half = new Transform.Translation(0.5, 0.5);
    var between = Warp.CUBIC.image(holed, half, Workers.ONE);
    // weights of η along each axis: 0.60 twice, −0.13 twice: all products but the four corners
    assertThat(missing(between)).isEqualTo(60 + 83 + 12);
    // an eighth of what the filled pixel is off, at most
    assertThat(worst(between, Warp.CUBIC.image(image, half, Workers.ONE))).isLessThan(2e-3);
    boolean[] good = new boolean[GRID.size()];
    for (int i = 0; i < good.length; i++) {
      good[i] = !Float.isNaN(holed.values()[i]);
    }
    var mask = Warp.CUBIC.mask(new Mask(GRID, good), half);
    for (int i = 0; i < good.length; i++) {
      assertThat(mask.good()[i]).isEqualTo(!Float.isNaN(between.values()[i]));
    }
  }

  /// Cubic interpolation may go below zero at a step, and does not hide it.
  @Test
  void overshootIsLeftAsItIs() {
    var step = new RealField(GRID);
    for (int r = 0; r < GRID.rows(); r++) {
      for (int c = 40; c < GRID.columns(); c++) {
        step.set(r, c, 1);
      }
    }
    var half = new Transform.Translation(0, 0.5);
    assertThat(Warp.CUBIC.image(step, half, Workers.ONE).at(30, 38)).isBetween(-0.2f, -0.05f);
    assertThat(Warp.LINEAR.image(step, half, Workers.ONE).at(30, 38)).isEqualTo(0f);
  }

  /// Variances of 400 noisy images against the sum of squared weights, and the correlation of
  /// neighbours: 400 · 2000 pixels, of which neighbours are partly alike, fix a variance to 0.5 %.
  /// The variance of the pixels themselves, the control, is too large by far.
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void varianceIsWhatNoiseShows(boolean cubic) {
    var warp = cubic ? Warp.CUBIC : Warp.LINEAR;
    var grid = Grid.square(40, 60, 1e-6);
    var transform = new Transform.Translation(0.5, 0.3);
    var variance = new RealField(grid);
    java.util.Arrays.fill(variance.values(), 1);
    double expected = warp.variance(variance, transform, Workers.ONE).at(20, 30);
    double squares = 0;
    double beside = 0;
    int count = 0;
    for (int k = 0; k < 400; k++) {
      var moved = warp.image(noise(grid, 100 + k), transform, Workers.ONE);
      for (int r = 6; r < 34; r++) {
        for (int c = 6; c < 54; c++) {
          squares += moved.at(r, c) * moved.at(r, c);
          beside += moved.at(r, c) * moved.at(r, c + 1);
          count++;
        }
      }
    }
    assertThat(squares / count / expected).isCloseTo(1, within(0.01));
    assertThat(expected).isLessThan(0.75);
    if (cubic) {
      assertThat(expected)
          .isCloseTo(CubicBSpline.noise(0.5) * CubicBSpline.noise(0.3), within(1e-5));
      assertThat(beside / squares).isCloseTo(CubicBSpline.correlation(0.3, 1), within(0.01));
    }
  }

  /// By the way for all transforms, whose weights are tabulated at 128ths of a pixel, too.
  @Test
  void bothWaysToTheVarianceAgree() {
    var variance = BLOBS.seen(GRID, Transform.NONE, 0, 1);
    for (var warp : Warp.values()) {
      var moved = new Transform.Translation(1.25, -3.4);
      var nearly = new Transform.Affine(1, 1e-15, 0, 1, 1.25, -3.4);
      var one = warp.variance(variance, moved, Workers.ONE);
      var other = warp.variance(variance, nearly, Workers.ONE);
      assertThat(worst(one, other)).isLessThan(6e-3 * variance.max());
      assertThat(missing(one)).isEqualTo(missing(other));
    }
  }

  /// Where the variance differs from pixel to pixel, that of the nearest ones counts.
  @Test
  void varianceFollowsThePixels() {
    var variance = new RealField(GRID);
    for (int i = 0; i < GRID.size(); i++) {
      variance.values()[i] = i % GRID.columns() < 40 ? 1 : 9;
    }
    var moved = Warp.CUBIC.variance(variance, new Transform.Translation(0, 10), Workers.ONE);
    assertThat(moved.at(30, 20)).isCloseTo(1, within(1e-3f));
    assertThat(moved.at(30, 40)).isCloseTo(9, within(1e-2f));
    assertThat(moved.at(30, 80)).isNaN();
  }
}

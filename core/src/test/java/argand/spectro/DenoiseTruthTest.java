package argand.spectro;

import static org.assertj.core.api.Assertions.assertThat;

import argand.array.Grid;
import argand.data.EnergyStack;
import argand.data.Quantity;
import argand.flow.Watch;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Quieter images against the picture under the noise: discs, a fine grating, a ramp.
class DenoiseTruthTest {
  private static final Grid GRID = Grid.square(96, 96, 1e-8);
  private static final double SIGMA = 0.1;

  private static double picture(int pixel) {
    int r = pixel / 96;
    int c = pixel % 96;
    double y = 0.2 + 0.002 * c;
    if ((r - 30) * (r - 30) + (c - 30) * (c - 30) < 400) {
      y += 0.8;
    }
    if ((r - 65) * (r - 65) + (c - 60) * (c - 60) < 500) {
      y += 0.5;
    }
    return r > 80 ? y + 0.3 * (c / 4 % 2) : y;
  }

  private static EnergyStack clean() {
    return Edges.stack(new double[] {700}, GRID, Quantity.OPTICAL_DENSITY, (i, e) -> picture(i));
  }

  private static EnergyStack noisy() {
    return Edges.noisy(clean(), SIGMA, 12);
  }

  private static double psnr(EnergyStack stack) {
    double sum = 0;
    float[] y = stack.images().plane(0).values();
    for (int i = 0; i < y.length; i++) {
      sum += (y[i] - picture(i)) * (y[i] - picture(i)) / y.length;
    }
    return 10 * Math.log10(1.2 * 1.2 / sum);
  }

  /// Root mean square over pixels within two of a border of a disc.
  private static double atEdges(EnergyStack stack) {
    double sum = 0;
    int n = 0;
    float[] y = stack.images().plane(0).values();
    for (int i = 0; i < y.length; i++) {
      double d = Math.abs(Math.hypot(i / 96 - 30, i % 96 - 30) - 20);
      if (d < 2) {
        sum += (y[i] - picture(i)) * (y[i] - picture(i));
        n++;
      }
    }
    return Math.sqrt(sum / n);
  }

  private static EnergyStack by(DenoiseMethod method, EnergyStack stack) {
    return new Denoise(method).apply(stack, Watch.SILENT);
  }

  private static final DenoiseMethod BLOCKS = new DenoiseMethod.BlockMatching(12);
  private static final DenoiseMethod MEANS = new DenoiseMethod.NonLocalMeans(2, 6, 0.6);

  /// The order of the methods is that of the literature, with room. The control: a mean over 3 × 3,
  /// which also takes nine tenths of the noise power, is worse at edges than the noise it removes.
  @Test
  void thePictureComesBetterOutAndItsEdgesStay() {
    double before = psnr(noisy());
    double median = psnr(by(new DenoiseMethod.Median(1), noisy()));
    double means = psnr(by(MEANS, noisy()));
    double blocks = psnr(by(BLOCKS, noisy()));
    assertThat(median).isGreaterThan(before + 2);
    assertThat(means).isGreaterThan(before + 6);
    assertThat(blocks).isGreaterThan(before + 9).isGreaterThan(means);
    assertThat(atEdges(by(BLOCKS, noisy()))).isLessThan(0.8 * SIGMA);
    assertThat(atEdges(box())).isGreaterThan(SIGMA);
  }

  private static EnergyStack box() {
    var noisy = noisy().images().plane(0);
    return Edges.stack(
        new double[] {700},
        GRID,
        Quantity.OPTICAL_DENSITY,
        (i, e) -> {
          double sum = 0;
          for (int r = -1; r <= 1; r++) {
            for (int c = -1; c <= 1; c++) {
              int y = Math.max(0, Math.min(95, i / 96 + r));
              int x = Math.max(0, Math.min(95, i % 96 + c));
              sum += noisy.at(y, x) / 9;
            }
          }
          return sum;
        });
  }

  /// Without variances the noise is estimated: nearly as good. The control: told a tenth of the
  /// noise, nothing is filtered.
  @Test
  void theNoiseIsKnownOrEstimated() {
    var noisy = noisy();
    var unknown = noisy.withImages(noisy.images(), Optional.empty(), noisy.quantity());
    assertThat(psnr(by(BLOCKS, unknown))).isGreaterThan(psnr(by(BLOCKS, noisy)) - 0.5);
    assertThat(Denoise.noise(noisy.images().plane(0)) / SIGMA).isBetween(0.9, 1.15);
    var variance = Edges.planes(new double[] {700}, GRID, (i, e) -> SIGMA * SIGMA / 100);
    var wrong = noisy.withImages(noisy.images(), Optional.of(variance), noisy.quantity());
    assertThat(psnr(by(BLOCKS, wrong))).isLessThan(psnr(noisy) + 1);
  }

  @Test
  void nothingHappensToAPictureWithoutNoise() {
    var quiet =
        clean()
            .withImages(
                clean().images(),
                Optional.of(Edges.planes(new double[] {700}, GRID, (i, e) -> 1e-10)),
                Quantity.OPTICAL_DENSITY);
    assertThat(psnr(by(BLOCKS, quiet))).isGreaterThan(80);
    assertThat(psnr(by(MEANS, quiet))).isGreaterThan(80);
  }

  /// Spikes in one pixel of fifty go, everything else stays to the bit.
  @Test
  void theSelectiveMedianTouchesOnlySpikes() {
    var random = new Random(3);
    boolean[] hit = new boolean[GRID.size()];
    for (int i = 0; i < hit.length; i++) {
      hit[i] = random.nextInt(50) == 0;
    }
    var noisy = Edges.noisy(clean(), 0.01, 4);
    var plane = noisy.images().plane(0);
    float[] before = plane.values().clone();
    for (int i = 0; i < hit.length; i++) {
      plane.values()[i] += hit[i] ? 3 : 0;
    }
    var spiky =
        noisy.withImages(
            argand.data.Planes.of(java.util.List.of(plane)), noisy.variance(), noisy.quantity());
    float[] after = by(new DenoiseMethod.SelectiveMedian(1, 5), spiky).images().plane(0).values();
    int touched = 0;
    for (int i = 0; i < hit.length; i++) {
      if (hit[i]) {
        assertThat(after[i]).isLessThan(before[i] + 1.5f);
      } else {
        touched += after[i] == before[i] ? 0 : 1;
      }
    }
    // single pixels of corners and of the grating are spikes to a median
    assertThat(touched).isLessThan(GRID.size() / 20);
    assertThat(psnr(spiky)).isLessThan(20);
  }

  @Test
  void nanStaysNaN() {
    var plane = noisy().images().plane(0);
    plane.values()[500] = Float.NaN;
    var holed =
        noisy()
            .withImages(
                argand.data.Planes.of(java.util.List.of(plane)),
                Optional.empty(),
                Quantity.OPTICAL_DENSITY);
    float[] after = by(BLOCKS, holed).images().plane(0).values();
    assertThat(after[500]).isNaN();
    assertThat(after[501]).isNotNaN();
  }
}

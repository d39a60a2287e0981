package argand.spectro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import argand.array.Grid;
import argand.array.RealField;
import argand.data.EnergyStack;
import argand.data.Findings.FoundMap;
import argand.data.Planes;
import argand.data.Quantity;
import argand.data.Source;
import argand.file.TiffStack;
import argand.file.TiffWriter;
import argand.flow.MapFile;
import argand.flow.Watch;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Row EX-02b of the catalogue: the lattice parameter a of a platelet of LiFePO₄ and FePO₄ as
/// 4D-STEM would map it, turned, 1 % too large and displaced, against the fraction of FePO₄, both
/// with noise. Both maps are sampled from formulas, each at its own places.
class CorrelateMapTruthTest {
  private static final int N = 128;
  private static final double PIXEL = 16e-9;
  private static final int OTHER = 150;
  private static final double OTHER_PIXEL = 12e-9;

  /// Å, over the fraction of FePO₄.
  private static final double SLOPE = -0.51;

  private static final double NOISE_X = 0.12;
  private static final double NOISE_Y = 0.06;

  @TempDir Path folder;

  /// Fraction of FePO₄ at a place [m]: stripes that are not quite straight, and a gradient.
  private static double fraction(double y, double x) {
    double bend = 60e-9 * Math.sin(y / 230e-9) + 45e-9 * Math.cos((x + y) / 310e-9);
    double stripe = Math.tanh(2.2 * Math.sin((0.9 * x + 0.35 * y + bend) / 75e-9));
    return 0.5 + 0.33 * stripe + 0.12 * Math.sin(y / 400e-9 + 0.4) * Math.cos(x / 500e-9);
  }

  /// Strain that has nothing to do with it [Å].
  private static double strain(double y, double x) {
    return 0.05
        * (Math.sin(y / 90e-9 + 1) * Math.cos(x / 120e-9) + 0.5 * Math.sin((x - 2 * y) / 70e-9));
  }

  private static double lattice(double y, double x, double bowing) {
    double f = fraction(y, x);
    return 10.33 + SLOPE * f + bowing * f * (1 - f) + strain(y, x);
  }

  private static boolean inside(double y, double x) {
    return Math.pow(y / 0.95e-6, 4) + Math.pow(x / 0.88e-6, 4) < 1;
  }

  private static EnergyStack stack(SplittableRandom random) {
    var grid = Grid.square(N, N, PIXEL);
    var map = new RealField(grid);
    var sigma = new RealField(grid);
    Arrays.fill(sigma.values(), (float) NOISE_X);
    for (int r = 0; r < N; r++) {
      for (int c = 0; c < N; c++) {
        double y = (r - (N - 1) / 2.0) * PIXEL;
        double x = (c - (N - 1) / 2.0) * PIXEL;
        map.set(
            r,
            c,
            inside(y, x) ? (float) (fraction(y, x) + NOISE_X * random.nextGaussian()) : Float.NaN);
      }
    }
    return EnergyStack.of(
            new double[] {708}, Planes.of(List.of(map)), Quantity.OPTICAL_DENSITY, Source.NONE)
        .with(new FoundMap("fraction of FePO4", "", map, Optional.of(sigma)));
  }

  /// Turned by 1.5°, 1 % larger than its pixels say, and displaced by 60 and −40 nm.
  private Path other(SplittableRandom random, double bowing) {
    var map = new RealField(Grid.square(OTHER, OTHER, OTHER_PIXEL));
    double cos = 0.99 * Math.cos(Math.toRadians(1.5));
    double sin = 0.99 * Math.sin(Math.toRadians(1.5));
    for (int r = 0; r < OTHER; r++) {
      for (int c = 0; c < OTHER; c++) {
        double v = (r - (OTHER - 1) / 2.0) * OTHER_PIXEL;
        double u = (c - (OTHER - 1) / 2.0) * OTHER_PIXEL;
        double y = cos * v - sin * u + 60e-9;
        double x = sin * v + cos * u - 40e-9;
        map.set(
            r,
            c,
            inside(y, x)
                ? (float) (lattice(y, x, bowing) + NOISE_Y * random.nextGaussian())
                : Float.NaN);
      }
    }
    Path file = folder.resolve("lattice.tif");
    write(file, map);
    return file;
  }

  private static void write(Path file, RealField map) {
    var grid = map.grid();
    TiffWriter.write(file, new TiffStack(grid.rows(), grid.columns(), List.of(map.values())));
  }

  private Map<String, Double> found(long seed, double bowing, CorrelateMap.Motion motion) {
    var random = new SplittableRandom(seed);
    var stack = stack(random);
    return correlate(other(random, bowing), motion)
        .apply(stack, Watch.SILENT)
        .findings()
        .quality()
        .metrics();
  }

  private static CorrelateMap correlate(Path file, CorrelateMap.Motion motion) {
    return new CorrelateMap(
        "fraction of FePO4",
        Optional.of(new MapFile(file, Optional.empty(), 0, OptionalDouble.of(OTHER_PIXEL))),
        Optional.empty(),
        Optional.of("a"),
        motion,
        OptionalDouble.empty(),
        OptionalDouble.of(NOISE_Y));
  }

  private static double of(Map<String, Double> metrics, String name) {
    return metrics.getOrDefault(name, Double.NaN);
  }

  /// Pearson's coefficient and the slope of what was drawn, on the stack's pixels, without noise.
  private static double[] truth() {
    double[] s = new double[6];
    for (int r = 0; r < N; r++) {
      for (int c = 0; c < N; c++) {
        double y = (r - (N - 1) / 2.0) * PIXEL;
        double x = (c - (N - 1) / 2.0) * PIXEL;
        if (inside(y, x)) {
          double f = fraction(y, x);
          double a = lattice(y, x, 0);
          double[] more = {1, f, a, f * f, a * a, f * a};
          for (int k = 0; k < 6; k++) {
            s[k] += more[k];
          }
        }
      }
    }
    double xx = s[3] - s[1] * s[1] / s[0];
    double yy = s[4] - s[2] * s[2] / s[0];
    double xy = s[5] - s[1] * s[2] / s[0];
    return new double[] {xy / Math.sqrt(xx * yy), xy / xx};
  }

  @Test
  void slopeAndCorrelationAreThoseOfTheSampleAndNaiveOnesAreNot() {
    double[] truth = truth();
    // strain is nearly independent of the fraction
    assertThat(truth[1]).isCloseTo(SLOPE, within(0.02 * -SLOPE));
    for (long seed = 1; seed <= 2; seed++) {
      var found = found(seed, 0, CorrelateMap.Motion.SCALED_ROTATION);
      assertThat(of(found, "mapSlope")).isCloseTo(SLOPE, within(0.05 * -SLOPE));
      assertThat(of(found, "mapCorrelationWithoutErrors")).isCloseTo(truth[0], within(0.05));
      // seen from the stack larger by the 1 %; 0.4 % is a fifth of a pixel at the rim
      assertThat(of(found, "mapScale")).isCloseTo(1 / 0.99, within(0.004));
      assertThat(Math.toDegrees(Math.abs(of(found, "mapAngle")))).isCloseTo(1.5, within(0.15));
      // the error that is stated is of the right size: strain has some thirty cells
      assertThat(Math.abs(of(found, "mapSlope") - SLOPE))
          .isLessThan(3 * of(found, "mapSlopeSigma"));
      assertThat(of(found, "mapSlopeSigma")).isLessThan(0.03);
      assertThat(Math.abs(of(found, "mapBowing"))).isLessThan(3 * of(found, "mapBowingSigma"));
      // least squares takes the noise of the fraction for spread of it
      assertThat(of(found, "mapPlainSlope") / SLOPE).isLessThan(0.95);
    }
    var wrong = found(1, 0, CorrelateMap.Motion.NONE);
    assertThat(of(wrong, "mapSlope") / SLOPE).isLessThan(0.95);
    assertThat(Math.abs(of(wrong, "mapCorrelationWithoutErrors") - truth[0])).isGreaterThan(0.05);
  }

  @Test
  void aBowingIsSeen() {
    var found = found(4, 0.25, CorrelateMap.Motion.SCALED_ROTATION);
    // b f (1 − f) bends by −b
    assertThat(of(found, "mapBowing")).isCloseTo(-0.25, within(3 * of(found, "mapBowingSigma")));
    assertThat(-of(found, "mapBowing")).isGreaterThan(3 * of(found, "mapBowingSigma"));
  }

  @Test
  void maps() {
    var random = new SplittableRandom(5);
    var stack = stack(random);
    var result = correlate(other(random, 0), CorrelateMap.Motion.AFFINE).apply(stack, Watch.SILENT);
    float[] a = Found.map(result, "a");
    float[] residual = Found.map(result, "residual of a");
    double square = 0;
    double worst = 0;
    int n = 0;
    for (int i = 0; i < a.length; i++) {
      double y = (i / N - (N - 1) / 2.0) * PIXEL;
      double x = (i % N - (N - 1) / 2.0) * PIXEL;
      if (Float.isFinite(a[i]) && inside(y * 1.1, x * 1.1)) {
        double miss = a[i] - lattice(y, x, 0);
        square += miss * miss;
        worst = Math.max(worst, Math.abs(residual[i]));
        n++;
      }
    }
    // 16 nm hold 1.8 pixels of 12 nm, and a pixel of the stripes' borders is not flat
    assertThat(Math.sqrt(square / n)).isLessThan(NOISE_Y);
    assertThat(Found.sigma(result, "a")[N * N / 2 + N / 2])
        .isBetween(0.3f * (float) NOISE_Y, (float) NOISE_Y);
    assertThat(worst).isGreaterThan(0.1);
    assertThat(result.findings().quality().figures()).containsKey("a over fraction of FePO4");
  }

  @Test
  void noiseIsFoundWhereNobodyStatesIt() {
    var random = new SplittableRandom(8);
    var map = new RealField(Grid.square(200, 200, 1e-8));
    for (int i = 0; i < map.values().length; i++) {
      double slow = Math.sin(i % 200 / 20.0) * Math.cos(i / 200 / 15.0);
      map.values()[i] = (float) (slow + (i % 200 > 90 ? 3 : 0) + 0.2 * random.nextGaussian());
    }
    // 40 000 values of which neighbours share six ninths: 1 %
    assertThat(MapNoise.of(map)).isCloseTo(0.2, within(0.01));
  }

  @Test
  void whatCannotBeIsSaid() {
    var random = new SplittableRandom(6);
    var stack = stack(random);
    var noise = new RealField(Grid.square(OTHER, OTHER, OTHER_PIXEL));
    for (int i = 0; i < noise.values().length; i++) {
      noise.values()[i] = (float) random.nextGaussian();
    }
    Path file = folder.resolve("noise.tif");
    write(file, noise);
    assertThatThrownBy(() -> correlate(file, CorrelateMap.Motion.RIGID).apply(stack, Watch.SILENT))
        .hasMessageContaining("unlike the map “fraction of FePO4” wherever it is laid");
    assertThatThrownBy(
            () ->
                correlate(folder.resolve("absent.tif"), CorrelateMap.Motion.NONE)
                    .apply(stack, Watch.SILENT))
        .hasMessageContaining("there is no such file");
  }
}

package argand.ptycho;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import argand.array.ComplexField;
import argand.array.Grid;
import argand.array.InvalidInput;
import argand.data.Probe;
import argand.data.Quality;
import argand.data.Reconstruction;
import argand.data.ScanPositions;
import argand.data.Source;
import argand.flow.Watch;
import argand.metric.Comparison;
import argand.physics.Beam;
import argand.physics.Geometry;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Discs in two planes three depths of field apart: in the left half in front, in the right half in
/// the plane of the image. The wave goes from one to the other by a Fresnel kernel in double
/// precision, summed directly: no code of the steps.
class RefocusTruthTest {
  private static final int N = 128;
  private static final double PIXEL = 10e-9;
  private static final double WAVELENGTH = 1e-10;
  private static final double DEPTH = 5.2 * PIXEL * PIXEL / WAVELENGTH;
  private static final double APART = 3 * DEPTH;

  private static final Geometry GEOMETRY =
      Geometry.farField(
          new Beam.XRays(12_398.419_84), PIXEL * N * 75e-6 / WAVELENGTH, Grid.square(N, N, 75e-6));

  /// Forty discs of three to seven pixels' radius, four subpixels along each side.
  private static double[][] discs(int first, int last, long seed) {
    double[] thickness = new double[N * N];
    var random = new SplittableRandom(seed);
    for (int k = 0; k < 40; k++) {
      double radius = 3 + 4 * random.nextDouble();
      double y = radius + (N - 2 * radius) * random.nextDouble();
      double x = first + radius + (last - first - 2 * radius) * random.nextDouble();
      for (int i = 0; i < N * N; i++) {
        int inside = 0;
        for (int s = 0; s < 16; s++) {
          double dy = i / N + (s / 4 - 1.5) / 4 - y;
          double dx = i % N + (s % 4 - 1.5) / 4 - x;
          inside += dy * dy + dx * dx <= radius * radius ? 1 : 0;
        }
        thickness[i] = Math.max(thickness[i], inside / 16.0);
      }
    }
    double[][] wave = new double[2][N * N];
    for (int i = 0; i < N * N; i++) {
      wave[0][i] = Math.exp(-0.15 * thickness[i]) * Math.cos(0.8 * thickness[i]);
      wave[1][i] = -Math.exp(-0.15 * thickness[i]) * Math.sin(0.8 * thickness[i]);
    }
    return wave;
  }

  /// Convolution with exp(−iπλz f²), one axis after the other.
  private static double[][] fresnel(double[][] wave, double z) {
    double[] re = new double[N];
    double[] im = new double[N];
    for (int d = 0; d < N; d++) {
      for (int k = -N / 2; k < N / 2; k++) {
        double f = k / (N * PIXEL);
        double angle = 2 * Math.PI * k * d / N - Math.PI * WAVELENGTH * z * f * f;
        re[d] += Math.cos(angle) / N;
        im[d] += Math.sin(angle) / N;
      }
    }
    return along(along(wave, re, im, 1), re, im, N);
  }

  private static double[][] along(double[][] wave, double[] re, double[] im, int stride) {
    double[][] out = new double[2][N * N];
    int other = stride == 1 ? N : 1;
    for (int line = 0; line < N; line++) {
      for (int a = 0; a < N; a++) {
        int to = line * other + a * stride;
        for (int b = 0; b < N; b++) {
          int from = line * other + b * stride;
          int d = Math.floorMod(a - b, N);
          out[0][to] += re[d] * wave[0][from] - im[d] * wave[1][from];
          out[1][to] += re[d] * wave[1][from] + im[d] * wave[0][from];
        }
      }
    }
    return out;
  }

  private static double[][] product(double[][] a, double[][] b) {
    double[][] out = new double[2][N * N];
    for (int i = 0; i < N * N; i++) {
      out[0][i] = a[0][i] * b[0][i] - a[1][i] * b[1][i];
      out[1][i] = a[0][i] * b[1][i] + a[1][i] * b[0][i];
    }
    return out;
  }

  /// With noise of a tenth in each part: what a reconstruction from few photons would hold.
  private static ComplexField field(double[][] wave, double noise) {
    var random = new SplittableRandom(9);
    var field = new ComplexField(GEOMETRY.sample());
    for (int i = 0; i < N * N; i++) {
      field.set(
          i / N,
          i % N,
          (float) (wave[0][i] + noise * random.nextGaussian()),
          (float) (wave[1][i] + noise * random.nextGaussian()));
    }
    return field;
  }

  /// One view that lights all of it.
  private static Reconstruction of(ComplexField object) {
    return new Reconstruction(
        object,
        Probe.of(new ComplexField(GEOMETRY.sample()).setAll(1, 0)),
        new ScanPositions(new double[1], new double[1]),
        new Reconstruction.Origin(0, 0),
        GEOMETRY,
        0,
        List.of(),
        Quality.NONE,
        Source.NONE);
  }

  private static final double[][] FRONT = discs(4, 56, 1);
  private static final double[][] BACK = discs(72, 124, 2);
  private static final Reconstruction MEASURED =
      of(field(product(fresnel(FRONT, APART), BACK), 0.1));

  /// Mean Fourier ring correlation of the columns from `left` on with the truth.
  private static double correlation(ComplexField found, double[][] truth, int left) {
    var clean = field(truth, 0);
    return Comparison.between(part(found, left), part(clean, left))
        .metrics()
        .getOrDefault("frcMean", Double.NaN);
  }

  private static ComplexField part(ComplexField whole, int left) {
    var part = new ComplexField(whole.grid().resized(N - 8, 52));
    for (int r = 0; r < N - 8; r++) {
      for (int c = 0; c < 52; c++) {
        part.set(r, c, whole.re(r + 4, c + left), whole.im(r + 4, c + left));
      }
    }
    return part;
  }

  /// Measured: front 0.730 of 0.736 in focus, 0.177 as it was; back 0.721 of 0.721.
  @Test
  void eachPlaneIsWithinOneTenthOfTheTruthInFocus() {
    var fused = Refocus.fused().apply(MEASURED, Watch.SILENT).object();
    double front = correlation(field(FRONT, 0.1), FRONT, 4);
    double back = correlation(field(BACK, 0.1), BACK, 72);
    assertThat(correlation(fused, FRONT, 4)).isGreaterThan(0.9 * front);
    assertThat(correlation(fused, BACK, 72)).isGreaterThan(0.9 * back);
    assertThat(correlation(MEASURED.object(), FRONT, 4))
        .as("negative control: the front is out of focus")
        .isLessThan(0.9 * front);
  }

  @Test
  void theMapKnowsWhereBothStand() {
    var maps = new FocusMap(OptionalDouble.empty(), 24).apply(MEASURED, Watch.SILENT);
    var map = maps.maps().getFirst().values();
    assertThat(median(map, 4, 56)).isCloseTo(-APART, within(0.5 * DEPTH));
    assertThat(median(map, 72, 124)).isCloseTo(0, within(0.5 * DEPTH));
    assertThat(maps.measured().count()).isGreaterThan(N * N / 2);
  }

  private static double median(argand.array.RealField map, int first, int last) {
    double[] values = new double[N * (last - first)];
    for (int r = 0, k = 0; r < N; r++) {
      for (int c = first; c < last; c++, k++) {
        values[k] = map.at(r, c);
      }
    }
    Arrays.sort(values);
    return values[values.length / 2];
  }

  /// A given distance is the law of free space: there and back again, and as the kernel says.
  @Test
  void aGivenDistanceIsFreeSpace() {
    var front = of(field(FRONT, 0));
    var moved = given(APART).apply(front, Watch.SILENT);
    var expected = field(fresnel(FRONT, APART), 0);
    double error = 0;
    double change = 0;
    for (int r = 0; r < N; r++) {
      for (int c = 0; c < N; c++) {
        error +=
            Math.hypot(
                moved.object().re(r, c) - expected.re(r, c),
                moved.object().im(r, c) - expected.im(r, c));
        change +=
            Math.hypot(
                front.object().re(r, c) - expected.re(r, c),
                front.object().im(r, c) - expected.im(r, c));
      }
    }
    // band limit and the paraxial kernel differ by less than a hundredth of what propagation does
    assertThat(error).isLessThan(0.02 * change);
    assertThat(moved.source().notes().getLast()).contains("moved by 15.6 µm");
  }

  private static Refocus given(double distance) {
    return new Refocus(OptionalDouble.of(distance), OptionalDouble.empty(), 24, true);
  }

  @Test
  void aSearchWithoutEndIsRefused() {
    var far = new Refocus(OptionalDouble.empty(), OptionalDouble.of(0.01), 24, true);
    assertThatThrownBy(() -> far.apply(MEASURED, Watch.SILENT))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("shorter reach");
  }
}

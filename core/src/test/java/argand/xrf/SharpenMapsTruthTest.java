package argand.xrf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import argand.array.ComplexField;
import argand.array.Grid;
import argand.data.Exposure;
import argand.data.LineAreas;
import argand.data.Probe;
import argand.data.Quality;
import argand.data.Source;
import argand.flow.Watch;
import argand.physics.LineGroup;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.rng.sampling.distribution.PoissonSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;

/// Row SPE-29 of the catalogue: a strip of an element, scanned in steps of 40 nm by a probe of 240
/// nm with side lobes and a second mode, counted photons; the map is integrated on the probe's
/// pixels of 10 nm.
class SharpenMapsTruthTest {
  private static final double FINE = 10e-9;
  private static final int STEP = 4;
  private static final int N = 48;

  /// Strip from column 16.3 to 34.7 of the map.
  private static boolean inStrip(double column) {
    return column > 16.3 && column < 34.7;
  }

  /// A focus with rings, not in the middle of its image, and a weaker mode with a node.
  private static Probe probe() {
    var first = new ComplexField(Grid.square(64, 64, FINE));
    var second = new ComplexField(Grid.square(64, 64, FINE));
    for (int r = 0; r < 64; r++) {
      for (int c = 0; c < 64; c++) {
        double y = (r - 32) / 11.0;
        double x = (c - 34) / 11.0;
        double square = y * y + x * x;
        double radial = Math.exp(-square) * (1 + 0.4 * Math.cos(4 * Math.sqrt(square)));
        first.set(
            r, c, (float) (radial * Math.cos(2 * square)), (float) (radial * Math.sin(2 * square)));
        second.set(r, c, (float) (0.5 * x * Math.exp(-square)), 0);
      }
    }
    return new Probe(List.of(first, second));
  }

  private static LineAreas scanned(double photons) {
    var probe = probe();
    double[] across = new double[64];
    for (var mode : probe.modes()) {
      for (int r = 0; r < 64; r++) {
        for (int c = 0; c < 64; c++) {
          double re = mode.re(r, c);
          double im = mode.im(r, c);
          across[c] += (re * re + im * im) / probe.power();
        }
      }
    }
    var random = RandomSource.XO_RO_SHI_RO_128_PP.create(2);
    double[][] area = new double[1][N * N];
    double[][] sigma = new double[1][N * N];
    for (int i = 0; i < N * N; i++) {
      double lit = 0;
      for (int c = 0; c < 64; c++) {
        lit += inStrip(i % N + (c - 32) / (double) STEP) ? across[c] : 0;
      }
      area[0][i] = PoissonSampler.of(random, photons * lit + 1e-6).sample();
      sigma[0][i] = Math.sqrt(Math.max(1, area[0][i]));
    }
    return new LineAreas(
        List.of(LineGroup.of("Fe K")),
        area,
        sigma,
        Optional.empty(),
        Exposure.UNKNOWN,
        OptionalDouble.empty(),
        Optional.of(Grid.square(N, N, STEP * FINE)),
        List.of(),
        List.of(),
        List.of(),
        Quality.NONE,
        Source.NONE);
  }

  /// 10 to 90 % of the mean over the rows at the left edge of the strip [pixels].
  private static double width(double[] map) {
    double[] profile = new double[N];
    for (int i = 0; i < map.length; i++) {
      profile[i % N] += map[i] / N;
    }
    double top = 0;
    for (int c = 22; c < 29; c++) {
      top += profile[c] / 7;
    }
    double[] at = new double[2];
    for (int level = 0; level < 2; level++) {
      double height = (level == 0 ? 0.1 : 0.9) * top;
      int c = 8;
      while (profile[c + 1] < height) {
        c++;
      }
      at[level] = c + (height - profile[c]) / (profile[c + 1] - profile[c]);
    }
    return at[1] - at[0];
  }

  private static double[] sharp(LineAreas areas, Probe probe) {
    return new SharpenMaps(Path.of("unused"), List.of(), 200)
        .sharpened(areas, probe, Watch.SILENT)
        .amounts()
        .getFirst()
        .values();
  }

  @Test
  void edgesAreHalfAsWideAndCountsStay() {
    var seen = scanned(2000);
    double[] before = seen.areas()[0];
    double[] after = sharp(seen, probe());
    assertThat(width(before) / width(after)).isGreaterThan(1.5);
    double sumBefore = 0;
    double sumAfter = 0;
    double middle = 0;
    for (int i = 0; i < before.length; i++) {
      sumBefore += before[i];
      sumAfter += after[i];
      middle += after[i] * (i % N);
    }
    // what the probe's skirts bring in from beyond the rows' ends is on the margin
    assertThat(sumAfter / sumBefore).isCloseTo(1, within(0.01));
    // and it lies where the strip is: the probe stood half a pixel to the right
    assertThat(middle / sumAfter).isCloseTo(25.5, within(0.1));
    double wrong = 0;
    for (int i = 0; i < before.length; i++) {
      wrong += before[i] * (i % N) / sumBefore;
    }
    assertThat(Math.abs(wrong - 25.5)).isGreaterThan(0.3);
    // a point in place of the probe changes nothing
    var point = new ComplexField(Grid.square(64, 64, FINE));
    point.set(32, 32, 1, 0);
    assertThat(width(before) / width(sharp(seen, Probe.of(point)))).isCloseTo(1, within(0.02));
  }

  @Test
  void spectraOfNoMapAreRefused() {
    var areas = scanned(10);
    var loose = LineAreas.of(areas.groups(), areas.areas(), areas.sigma(), Source.NONE);
    assertThatThrownBy(() -> sharp(loose, probe()))
        .hasMessageContaining("the spectra is of no map");
  }
}

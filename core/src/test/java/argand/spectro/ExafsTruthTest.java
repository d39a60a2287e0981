package argand.spectro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.Workers;
import argand.data.EnergyStack;
import argand.data.Quantity;
import argand.data.Region;
import argand.data.Shape;
import argand.exafs.MnO;
import argand.exafs.TransformWindow;
import argand.flow.QuietWatch;
import argand.flow.Watch;
import argand.phantom.FineStructure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/// Two halves of an image whose lattices differ by 1 %, and a standard measured colder.
class ExafsTruthTest {
  private static final double A = 4.445e-10;
  private static final Grid GRID = Grid.square(16, 16, 1e-8);

  /// Optical density noise of a pixel, as of 10⁴ photons.
  private static final double NOISE = 0.01;

  private static final Region LEFT = new Region("left", new Shape.Rectangle(0, 0, 16, 8));
  private static final Region RIGHT = new Region("right", new Shape.Rectangle(0, 8, 16, 8));

  private static EnergyStack stack(double left, double right) {
    double[] energy = MnO.energies();
    double[] one = MnO.spectrum("left", new FineStructure(6544, left, 1), 0, 1).values();
    double[] other = MnO.spectrum("right", new FineStructure(6544, right, 1), 0, 1).values();
    var clean =
        Edges.stack(
            energy,
            GRID,
            Quantity.OPTICAL_DENSITY,
            (i, e) -> {
              int at = Arrays.binarySearch(energy, e);
              return i % 16 < 8 ? one[at] : 0.8 * other[at];
            });
    var standard = MnO.spectrum("standard", new FineStructure(6544.4, A, 0.7), 3e-4, 99);
    var noisy = Edges.noisy(clean, NOISE, 3);
    return noisy.withFindings(noisy.findings().with(standard));
  }

  private static ShellTable shell(String name, double distance, double n, double from, double to) {
    return new ShellTable.Standard(
        name, Optional.empty(), "standard", distance, n, from, to, OptionalDouble.empty());
  }

  private static Exafs exafs(boolean maps) {
    return exafs(maps, Exafs.Noise.SPECTRUM);
  }

  private static Exafs exafs(boolean maps, Exafs.Noise noise) {
    return new Exafs(
        OptionalDouble.empty(),
        List.of(LEFT, RIGHT),
        List.of(
            shell("Mn–O", 2.2225e-10, 6, 1e-10, 2.25e-10),
            shell("Mn–Mn", 3.1431e-10, 12, 2.25e-10, 3.3e-10)),
        1e-10,
        2,
        TransformWindow.Shape.HANNING,
        3e10,
        11e10,
        1e10,
        1.1e-10,
        3.2e-10,
        noise,
        maps);
  }

  private static double metric(EnergyStack of, String name) {
    return Objects.requireNonNull(of.findings().quality().metrics().get(name), name);
  }

  private static double z(EnergyStack of, String shell) {
    return (metric(of, "distanceOf" + shell + "InRight")
            - metric(of, "distanceOf" + shell + "InLeft"))
        / Math.hypot(
            metric(of, "distanceSigmaOf" + shell + "InRight"),
            metric(of, "distanceSigmaOf" + shell + "InLeft"));
  }

  private static float[] half(EnergyStack of, String map, int first) {
    float[] all = of.findings().map(map).orElseThrow().values().values();
    return halfOf(all, first);
  }

  private static float[] halfOf(float[] all, int first) {
    var some = new ArrayList<Float>();
    for (int i = 0; i < all.length; i++) {
      if (i % 16 >= first && i % 16 < first + 8 && !Float.isNaN(all[i])) {
        some.add(all[i]);
      }
    }
    float[] out = new float[some.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = some.get(i);
    }
    return out;
  }

  @Test
  void regionsAndPixelsShowTheLargerLattice() {
    var result = exafs(true).apply(stack(A, 1.01 * A), Watch.SILENT);
    assertThat(metric(result, "distanceOfMnOInLeft")).isCloseTo(2.2225, within(0.02));
    assertThat(metric(result, "distanceOfMnMnInLeft")).isCloseTo(3.1431, within(0.03));
    assertThat(metric(result, "distanceOfMnOInRight")).isCloseTo(2.2447, within(0.02));
    assertThat(metric(result, "distanceOfMnMnInRight")).isCloseTo(3.1745, within(0.03));
    assertThat(z(result, "MnO")).isGreaterThan(2);
    assertThat(z(result, "MnMn")).isGreaterThan(2);
    assertThat(metric(result, "sigmasLongerOfMnMnInRight"))
        .isCloseTo(z(result, "MnMn"), within(1e-9));
    assertThat(metric(result, "edgeEnergyInLeft")).isCloseTo(6544, within(0.5));
    float[] left = half(result, "distance of Mn–Mn", 0);
    float[] right = half(result, "distance of Mn–Mn", 8);
    assertThat(left.length + right.length).isGreaterThan(240);
    assertThat(Edges.mean(left)).isCloseTo(3.1431, within(0.02));
    assertThat(Edges.mean(right) - Edges.mean(left)).isCloseTo(0.0314, within(0.01));
    // the errors of the map are those of the scatter; 128 pixels tell it to 6 %
    var sigma =
        result.findings().map("distance of Mn–Mn").orElseThrow().sigma().orElseThrow().values();
    assertThat(Edges.mean(halfOf(sigma, 0)) / Edges.deviation(left)).isBetween(0.8, 1.3);
    assertThat(result.findings().quality().figures())
        .containsKeys("EXAFS of left", "EXAFS: k-weighted χ(k)");
    assertThat(result.findings().spectra().stream().map(s -> s.name()))
        .contains("left", "left, μ₀");
  }

  /// With the true variances, errors of the map are those of the scatter too, but for what four
  /// shells that are not in the fit add to the misfit, by whose root they are widened (1.31).
  @Test
  void variancesOfTheImagesMayBeTheNoise() {
    var result = exafs(true, Exafs.Noise.VARIANCES).apply(stack(A, 1.01 * A), Watch.SILENT);
    assertThat(z(result, "MnMn")).isGreaterThan(2);
    var map = result.findings().map("distance of Mn–O").orElseThrow();
    var sigma = map.sigma().orElseThrow().values();
    float[] left = half(result, "distance of Mn–O", 0);
    assertThat(Edges.mean(halfOf(sigma, 0)) / Edges.deviation(left)).isBetween(0.8, 1.5);
  }

  /// The control.
  @Test
  void equalLatticesAreNotToldApart() {
    var result = exafs(false).apply(stack(A, A), Watch.SILENT);
    assertThat(Math.abs(z(result, "MnO"))).isLessThan(2);
    assertThat(Math.abs(z(result, "MnMn"))).isLessThan(2);
    assertThat(result.findings().maps()).isEmpty();
  }

  @Test
  void threadsDoNotChangeAnything() {
    var stack = stack(A, 1.01 * A);
    float[][] maps = new float[2][];
    for (int t = 0; t < 2; t++) {
      try (var workers = new Workers(1 + 2 * t)) {
        QuietWatch watch =
            new QuietWatch() {
              @Override
              public Workers workers() {
                return workers;
              }
            };
        maps[t] =
            exafs(true)
                .apply(stack, watch)
                .findings()
                .map("distance of Mn–O")
                .orElseThrow()
                .values()
                .values();
      }
    }
    assertThat(maps[1]).isEqualTo(maps[0]);
  }

  @Test
  void whatCannotBeIsRefused() {
    var stack = stack(A, A);
    assertThatThrownBy(
            () ->
                exafs(false)
                    .apply(
                        stack.withImages(stack.images(), Optional.empty(), Quantity.COUNTS),
                        Watch.SILENT))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("opticalDensity");
    assertThatThrownBy(
            () ->
                new ShellTable.Standard(
                    "Mn–O", Optional.empty(), "", 2e-10, 6, 1e-10, 2e-10, OptionalDouble.empty()))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("neither a file nor the name of a spectrum");
  }
}

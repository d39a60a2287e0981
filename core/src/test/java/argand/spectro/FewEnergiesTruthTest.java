package argand.spectro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import argand.array.Grid;
import argand.array.Mask;
import argand.array.RealField;
import argand.data.EmptyBeam;
import argand.data.EnergyStack;
import argand.data.Planes;
import argand.data.Quantity;
import argand.data.Source;
import argand.flow.Watch;
import argand.physics.Beam;
import argand.physics.Material;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.rng.sampling.distribution.PoissonSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;

/// Two or three energies: areal densities, and what particles are made of, from counted photons
/// behind
/// spheres and films whose thickness is drawn.
class FewEnergiesTruthTest {
  /// Thickness of each material in a pixel [m].
  private interface Sample {
    double[] at(int row, int column);
  }

  private static EnergyStack measured(
      int n,
      double pixel,
      double[] energies,
      List<String> of,
      double[] density,
      Sample sample,
      double photons) {
    var random = RandomSource.XO_RO_SHI_RO_128_PP.create(17);
    var grid = Grid.square(n, n, pixel);
    var images = new ArrayList<RealField>();
    var flat = new RealField(grid);
    java.util.Arrays.fill(flat.values(), (float) photons);
    for (double ev : energies) {
      var image = new RealField(grid);
      double[] mu = new double[of.size()];
      for (int k = 0; k < mu.length; k++) {
        mu[k] = density[k] * Material.of(of.get(k)).massAttenuation(new Beam.XRays(ev));
      }
      for (int i = 0; i < image.values().length; i++) {
        double[] thickness = sample.at(i / n, i % n);
        double od = 0;
        for (int k = 0; k < mu.length; k++) {
          od += mu[k] * thickness[k];
        }
        image.values()[i] = PoissonSampler.of(random, photons * Math.exp(-od)).sample();
      }
      images.add(image);
    }
    var counts =
        new EnergyStack(
            energies,
            Planes.of(images),
            Optional.empty(),
            Quantity.COUNTS,
            Optional.of(new EmptyBeam(Planes.of(List.of(flat)), Optional.empty(), 1_000_000, 1)),
            Mask.all(grid),
            0,
            argand.data.Findings.NONE,
            Source.NONE);
    return OpticalDensity.defaults().apply(counts, Watch.SILENT);
  }

  private static SubtractEdge copper(int exponent) {
    return new SubtractEdge(
        List.of(8930.0),
        List.of(9060.0),
        Optional.of("Cu"),
        OptionalDouble.empty(),
        List.of(exponent),
        1,
        Optional.empty());
  }

  /// Row SPE-35: copper of 0.3 … 1.5 mg/cm² on 60 µm of aluminium, whose own absorption falls by
  /// 4 % from one energy to the other.
  @Test
  void arealDensityIsRightWithAFallingBackgroundAndNotWithAConstantOne() {
    double[] energies = {8930, 9060};
    var density =
        measured(
            96,
            1e-6,
            energies,
            List.of("Cu", "Al"),
            new double[] {8960, 2700},
            (r, c) -> new double[] {(0.3 + 1.2 * (c / 32) / 2) * 1e-2 / 8960, 60e-6},
            40_000);
    float[] falling = Found.map(copper(-3).apply(density, Watch.SILENT), "areal density of Cu");
    float[] constant = Found.map(copper(0).apply(density, Watch.SILENT), "areal density of Cu");
    var fit = copper(-3).apply(density, Watch.SILENT);
    for (int part = 0; part < 3; part++) {
      double truth = (0.3 + 1.2 * part / 2) * 1e-3;
      double sum = 0;
      double other = 0;
      double square = 0;
      double stated = 0;
      for (int r = 0; r < 96; r++) {
        for (int c = 32 * part; c < 32 * part + 32; c++) {
          int i = r * 96 + c;
          sum += falling[i] / 3072.0;
          other += constant[i] / 3072.0;
          square += (falling[i] - truth) * (falling[i] - truth) / 3072.0;
          stated += Math.pow(Found.sigma(fit, "areal density of Cu")[i], 2) / 3072;
        }
      }
      assertThat(sum).isCloseTo(truth, within(0.03 * truth));
      assertThat(other / truth).isLessThan(0.97);
      // the error of a standard deviation over 3072 pixels is 1.3 %, and a part of it is bias
      assertThat(Math.sqrt(square)).isCloseTo(Math.sqrt(stated), within(0.06 * Math.sqrt(stated)));
    }
  }

  /// Row SPE-11: walls of gold around cores of silver, below and above Au L₃. The wall is what has
  /// gold but no silver.
  @Test
  void wallsOfGoldAreMeasuredAndCoresOfSilverNamed() {
    int n = 96;
    double pixel = 20e-9;
    double outer = 36.4;
    double inner = 29.3;
    double middle = (n - 1) / 2.0;
    Sample sphere =
        (r, c) -> {
          double gold = 0;
          double silver = 0;
          for (int k = 0; k < 16; k++) {
            double y = r + (k / 4 + 0.5) / 4 - 0.5 - middle;
            double x = c + (k % 4 + 0.5) / 4 - 0.5 - middle;
            double whole = 2 * pixel * Math.sqrt(Math.max(0, outer * outer - x * x - y * y));
            double core = 2 * pixel * Math.sqrt(Math.max(0, inner * inner - x * x - y * y));
            gold += (whole - core) / 16;
            silver += core / 16;
          }
          return new double[] {gold, silver};
        };
    var density =
        measured(
            n,
            pixel,
            new double[] {11880, 12040},
            List.of("Au", "Ag"),
            new double[] {19_300, 10_490},
            sphere,
            2_000_000);
    var amounts =
        new ElementThickness(
                List.of("Au", "Ag"), List.of(), List.of(20.0, 100.0), List.of(), List.of())
            .apply(density, Watch.SILENT);
    var result =
        new ClassifyParticles(
                List.of("areal density of Au", "areal density of Ag"),
                List.of(),
                3,
                ClassifyParticles.Each.PIXEL,
                12)
            .apply(amounts, Watch.SILENT);
    var clusters = result.findings().clusters().orElseThrow();
    var names = clusters.means().stream().map(s -> s.name()).toList();
    int right = 0;
    int core = 0;
    double wall = 0;
    double area = 0;
    for (int i = 0; i < n * n; i++) {
      double radius = Math.hypot(i / n - middle, i % n - middle);
      String name = names.get(clusters.label()[i]);
      if (radius < inner - 0.7) {
        core++;
        right += name.contains("Ag") ? 1 : 0;
      }
      area += name.contains("Ag") ? 1 : 0;
      wall += name.equals("none") ? 0 : 1;
    }
    assertThat(right).isGreaterThan((int) (0.95 * core));
    assertThat(Math.sqrt(wall / Math.PI) - Math.sqrt(area / Math.PI))
        .isCloseTo(outer - inner, within(1.0));
    // one energy alone cannot: what is thick is called silver too
    var thick =
        new ClassifyParticles(
                List.of("11880 eV"), List.of(0.05), 3, ClassifyParticles.Each.PIXEL, 12)
            .apply(density, Watch.SILENT)
            .findings()
            .clusters()
            .orElseThrow();
    double one = 0;
    for (int i = 0; i < n * n; i++) {
      one += thick.means().get(thick.label()[i]).name().equals("above") ? 1 : 0;
    }
    assertThat(Math.abs(Math.sqrt(wall / Math.PI) - Math.sqrt(one / Math.PI) - (outer - inner)))
        .isGreaterThan(1);
  }

  /// Spheres of two kinds by the sign of the difference of two energies, which no pixel shows.
  @Test
  void particlesAreToldApartWherePixelsAreNot() {
    int n = 96;
    var density = new ArrayList<RealField>();
    var random = new java.util.SplittableRandom(3);
    var grid = Grid.square(n, n, 30e-9);
    boolean[] matter = new boolean[n * n];
    int[] kind = new int[n * n];
    for (int e = 0; e < 2; e++) {
      var image = new RealField(grid);
      for (int i = 0; i < n * n; i++) {
        int r = i / n % 16 - 8;
        int c = i % n % 16 - 8;
        matter[i] = r * r + c * c < 30;
        kind[i] = (i / n / 16 + i % n / 16) % 2 == 0 ? 1 : -1;
        image.values()[i] =
            (float) ((matter[i] ? 0.5 + 0.04 * e * kind[i] : 0) + 0.05 * random.nextGaussian());
      }
      density.add(image);
    }
    var variance = new RealField(grid);
    java.util.Arrays.fill(variance.values(), 0.0025f);
    var stack =
        EnergyStack.of(
                new double[] {532, 538}, Planes.of(density), Quantity.OPTICAL_DENSITY, Source.NONE)
            .withMask(new Mask(grid, matter));
    stack =
        stack.withImages(
            stack.images(),
            Optional.of(Planes.of(List.of(variance, variance))),
            Quantity.OPTICAL_DENSITY);
    var difference =
        new SubtractEdge(
                List.of(532.0),
                List.of(538.0),
                Optional.empty(),
                OptionalDouble.empty(),
                List.of(0),
                1,
                Optional.empty())
            .apply(stack, Watch.SILENT);
    assertThat(share(difference, ClassifyParticles.Each.PARTICLE, matter, kind))
        .isGreaterThan(0.95);
    assertThat(share(difference, ClassifyParticles.Each.PIXEL, matter, kind)).isLessThan(0.2);
  }

  /// Share of matter whose class is the sign of its kind.
  private static double share(
      EnergyStack stack, ClassifyParticles.Each each, boolean[] matter, int[] kind) {
    var clusters =
        new ClassifyParticles(
                List.of("difference"),
                List.of(),
                2.5,
                each,
                each == ClassifyParticles.Each.PIXEL ? 1 : 12)
            .apply(stack, Watch.SILENT)
            .findings()
            .clusters()
            .orElseThrow();
    int right = 0;
    int all = 0;
    for (int i = 0; i < matter.length; i++) {
      if (matter[i]) {
        String name = clusters.means().get(clusters.label()[i]).name();
        right += name.equals(kind[i] > 0 ? "above" : "below") ? 1 : 0;
        all++;
      }
    }
    return right / (double) all;
  }

  @Test
  void whatCannotBeIsSaid() {
    assertThatThrownBy(
            () ->
                new SubtractEdge(
                    List.of(9060.0),
                    List.of(8930.0),
                    Optional.of("Cu"),
                    OptionalDouble.empty(),
                    List.of(-3),
                    1,
                    Optional.empty()))
        .hasMessageContaining("below is [9060.0] eV; expected energies lower than those above");
    var density =
        measured(
            16,
            1e-6,
            new double[] {8930, 9060},
            List.of("Al"),
            new double[] {2700},
            (r, c) -> new double[] {1e-5},
            1000);
    assertThatThrownBy(
            () ->
                new SubtractEdge(
                        List.of(8930.0),
                        List.of(9060.0),
                        Optional.of("Fe"),
                        OptionalDouble.empty(),
                        List.of(-3),
                        1,
                        Optional.empty())
                    .apply(density, Watch.SILENT))
        .hasMessageContaining("Fe, which absorbs no more above than below");
    assertThatThrownBy(
            () ->
                copper(-3)
                    .apply(
                        new KeepEnergies(List.of(8930.0), 1).apply(density, Watch.SILENT),
                        Watch.SILENT))
        .hasMessageContaining("the nearest is 8930.0 eV");
  }
}

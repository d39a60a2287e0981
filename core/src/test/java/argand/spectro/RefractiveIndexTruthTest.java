package argand.spectro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import argand.array.Grid;
import argand.array.RealField;
import argand.data.EnergyStack;
import argand.data.Findings.FoundMap;
import argand.data.PhaseImages;
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
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// A ball of iron oxide in two energies: what is found of n against what was drawn.
class RefractiveIndexTruthTest {
  private static final int N = 64;
  private static final double PIXEL = 10e-9;
  private static final double[] ENERGY = {1000, 1100};
  private static final double DENSITY = 5240;

  private static double thickness(int i) {
    double y = (i / N - 31.5) * PIXEL;
    double x = (i % N - 31.5) * PIXEL;
    return 2 * Math.sqrt(Math.max(0, 280e-9 * 280e-9 - y * y - x * x));
  }

  private static EnergyStack stack(double photons) {
    var random = new SplittableRandom(4);
    var grid = Grid.square(N, N, PIXEL);
    var images = new ArrayList<RealField>();
    var variance = new ArrayList<RealField>();
    var phases = new ArrayList<RealField>();
    var phaseVariance = new ArrayList<RealField>();
    for (double ev : ENERGY) {
      var n = Material.of("Fe2O3").refractiveIndex(new Beam.XRays(ev), DENSITY);
      double k = 2 * Math.PI / new Beam.XRays(ev).wavelength();
      var od = new RealField(grid);
      var v = new RealField(grid);
      var phi = new RealField(grid);
      var w = new RealField(grid);
      for (int i = 0; i < N * N; i++) {
        double t = thickness(i);
        v.values()[i] = (float) (2 * Math.exp(2 * k * n.beta() * t) / photons);
        w.values()[i] = v.values()[i] / 4;
        od.values()[i] =
            (float) (2 * k * n.beta() * t + Math.sqrt(v.values()[i]) * random.nextGaussian());
        phi.values()[i] =
            (float) (-k * n.delta() * t + Math.sqrt(w.values()[i]) * random.nextGaussian());
      }
      images.add(od);
      variance.add(v);
      phases.add(phi);
      phaseVariance.add(w);
    }
    var micrometres = new RealField(grid);
    for (int i = 0; i < N * N; i++) {
      micrometres.values()[i] = (float) (1e6 * thickness(i));
    }
    var stack =
        EnergyStack.of(ENERGY, Planes.of(images), Quantity.OPTICAL_DENSITY, Source.NONE)
            .with(FoundMap.of("thickness of Fe2O3", "µm", micrometres));
    return stack
        .withImages(stack.images(), Optional.of(Planes.of(variance)), Quantity.OPTICAL_DENSITY)
        .withPhase(
            Optional.of(new PhaseImages(Planes.of(phases), Optional.of(Planes.of(phaseVariance)))));
  }

  private static RefractiveIndexMaps maps(Optional<String> thickness, double least) {
    return new RefractiveIndexMaps(
        List.of(1000.0),
        OptionalDouble.empty(),
        thickness,
        thickness.map(_ -> "Fe2O3"),
        thickness.isPresent() ? OptionalDouble.of(DENSITY) : OptionalDouble.empty(),
        least);
  }

  /// Row SPE-06 of the catalogue: within 3 %.
  @Test
  void ratioAndIndexAreThoseOfTheSample() {
    var n = Material.of("Fe2O3").refractiveIndex(new Beam.XRays(1000), DENSITY);
    double ratio = n.delta() / n.beta();
    var result = maps(Optional.of("thickness of Fe2O3"), 0.1).apply(stack(2000), Watch.SILENT);
    float[] map = Found.map(result, "delta/beta at 1000 eV");
    float[] sigma = Found.sigma(result, "delta/beta at 1000 eV");
    double weighted = 0;
    double weights = 0;
    int covered = 0;
    int all = 0;
    for (int i = 0; i < map.length; i++) {
      if (thickness(i) > 300e-9) {
        weighted += map[i] / (sigma[i] * sigma[i]);
        weights += 1 / (sigma[i] * sigma[i]);
        covered += Math.abs(map[i] - ratio) < sigma[i] ? 1 : 0;
        all++;
      }
    }
    assertThat(weighted / weights).isCloseTo(ratio, within(0.03 * ratio));
    // 1700 pixels: 0.011
    assertThat(covered / (double) all).isCloseTo(0.683, within(0.04));
    var curves = result.findings().quality().figures();
    assertThat(curves.getOrDefault("δ/β", List.of()).getFirst().y()[0])
        .isCloseTo(ratio, within(0.03 * ratio));
    assertThat(curves.getOrDefault("Refractive index", List.of()).getFirst().y()[0])
        .isCloseTo(n.delta(), within(0.03 * n.delta()));
    // f₁ and f₂ of a formula unit, from n by hand
    double lambda = new Beam.XRays(1000).wavelength();
    double atoms = DENSITY / Material.of("Fe2O3").molarMass() * 6.02214076e23;
    double f1 = 2 * Math.PI * n.delta() / (2.8179403e-15 * lambda * lambda * atoms);
    assertThat(curves.getOrDefault("Scattering factors of Fe2O3", List.of()).getFirst().y()[0])
        .isCloseTo(f1, within(0.03 * f1));
    // the mean of the ratios of all pixels is thrown off by those with hardly any sample
    float[] thin =
        Found.map(
            maps(Optional.empty(), 1e-6).apply(stack(2000), Watch.SILENT), "delta/beta at 1000 eV");
    double mean = 0;
    int count = 0;
    for (float one : thin) {
      if (Float.isFinite(one)) {
        mean += one;
        count++;
      }
    }
    assertThat(Math.abs(mean / count / ratio - 1)).isGreaterThan(0.1);
  }

  @Test
  void whatCannotBeIsSaid() {
    var without = stack(1e4).withPhase(Optional.empty());
    assertThatThrownBy(() -> maps(Optional.empty(), 0.1).apply(without, Watch.SILENT))
        .hasMessageContaining("optical density without a phase")
        .hasMessageContaining("put absorptionAndPhase before");
    assertThatThrownBy(
            () ->
                maps(Optional.of("delta/beta at 1000 eV"), 0.1)
                    .apply(
                        maps(Optional.empty(), 0.1).apply(stack(1e4), Watch.SILENT), Watch.SILENT))
        .hasMessageContaining("a map in m, µm or nm");
  }

  /// Row SPE-32 of the catalogue: oxygen of Ce₂Zr₂O_x by the share of Ce⁴⁺.
  @Test
  void statesAreAveragedByTheirFractions() {
    var grid = Grid.square(1, 3, 1e-8);
    var three =
        new FoundMap(
            "Ce3", "", field(grid, 1, 0.25f, -0.1f), Optional.of(field(grid, 0.02f, 0.03f, 0.04f)));
    var four =
        new FoundMap(
            "Ce4", "", field(grid, 0, 0.75f, 1.1f), Optional.of(field(grid, 0.02f, 0.03f, 0.04f)));
    var stack =
        EnergyStack.of(
                new double[] {5725},
                Planes.of(List.of(new RealField(grid))),
                Quantity.NORMALIZED,
                Source.NONE)
            .with(three)
            .with(four);
    var step =
        new StateMap("x", List.of(new StateMap.State("Ce3", 7), new StateMap.State("Ce4", 8)), "");
    var result = step.apply(stack, Watch.SILENT);
    assertThat(Found.map(result, "x")).containsExactly(7, 7.75f, 8.1f);
    assertThat(Found.sigma(result, "x")[1]).isCloseTo(0.03f, within(1e-6f));
    assertThatThrownBy(
            () ->
                new StateMap(
                        "x",
                        List.of(new StateMap.State("Ce3", 7), new StateMap.State("mean", 8)),
                        "")
                    .apply(stack, Watch.SILENT))
        .hasMessageContaining("maps that add up to 0.383 on average");
  }

  private static RealField field(Grid grid, float... values) {
    return new RealField(grid, values);
  }
}

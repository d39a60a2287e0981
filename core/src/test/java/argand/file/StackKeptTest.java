package argand.file;

import static org.assertj.core.api.Assertions.assertThat;

import argand.array.Grid;
import argand.array.Mask;
import argand.array.RealField;
import argand.array.Workers;
import argand.data.Clusters;
import argand.data.EnergyBand;
import argand.data.EnergyStack;
import argand.data.Findings;
import argand.data.HeldPlanes;
import argand.data.MixedColors;
import argand.data.PlaneTransforms;
import argand.data.Planes;
import argand.data.Quality;
import argand.data.Quantity;
import argand.data.Region;
import argand.data.Shape;
import argand.data.Source;
import argand.data.Spectrum;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackKeptTest {
  private static final Grid GRID = Grid.square(5, 7, 30e-9);
  private static final double[] ENERGIES = {8320, 8333.5, 8350};

  @TempDir Path folder;

  private static Planes planes(float start) {
    return HeldPlanes.of(
        3,
        GRID,
        Workers.ONE,
        Long.MAX_VALUE,
        (e, into, worker) -> {
          for (int i = 0; i < into.values().length; i++) {
            into.values()[i] = start + 100 * e + i;
          }
        });
  }

  private static final Clusters.Composition MIXED =
      new Clusters.Composition(
          List.of("NiO", "LiNiO2"),
          new double[] {0.25, 0.75},
          new double[] {0.01, 0.02},
          1e-4,
          Double.NaN);

  private static EnergyStack stack() {
    boolean[] good = new boolean[GRID.size()];
    good[3] = true;
    var map =
        new Findings.FoundMap(
            "thickness", "m", new RealField(GRID), Optional.of(planes(7).plane(1)));
    var spectrum =
        new Spectrum(
            "NiO",
            ENERGIES,
            new double[] {0, 0.5, 1},
            Optional.of(new double[] {0.1, 0.2, 0.3}),
            Quantity.NORMALIZED);
    int[] label = new int[GRID.size()];
    label[4] = -1;
    return new EnergyStack(
        ENERGIES,
        planes(0),
        Optional.of(planes(0.5f)),
        Quantity.OPTICAL_DENSITY,
        Optional.empty(),
        new Mask(GRID, good),
        0.12,
        Findings.NONE
            .with(map)
            .with(spectrum)
            .with(new Clusters(GRID, label, List.of(spectrum.named("cluster 1")), List.of(MIXED)))
            .with(
                new PlaneTransforms(
                    List.of(
                        PlaneTransforms.Affine.NONE,
                        PlaneTransforms.Affine.shift(1.5, -2),
                        new PlaneTransforms.Affine(1.01, 0, 0, 1.01, 0, 0))))
            .with(new Region("rim", new Shape.Ellipse(1, 2, 1.5, 2.5)))
            .with(new Region("core", new Shape.Rectangle(1, 0, 2, 3)))
            .with(
                new Region(
                    "corner",
                    new Shape.Polygon(
                        List.of(
                            new Shape.Polygon.Corner(0, 0),
                            new Shape.Polygon.Corner(0, 3.5),
                            new Shape.Polygon.Corner(2, 0)))))
            .with(
                new MixedColors(
                    List.of(
                        new MixedColors.Channel("a", MixedColors.Tint.CYAN, 0, 1),
                        new MixedColors.Channel("b", MixedColors.Tint.RED, -1, 0.5)),
                    Optional.of(new MixedColors.Brightness("thickness", 3))))
            .with(new EnergyBand("pre-edge", 8200, 8320.5))
            .with(Quality.NONE.withMetric("rmse", 0.25).withVerdict("All is well.")),
        Source.file("a.h5").withStep("opticalDensity"));
  }

  @Test
  void aStackIsReadBackAsItWasKept() {
    Path file = folder.resolve("result.h5");
    ResultWriter.write(file, stack(), "recipe", "plan");
    var kept = (EnergyStack) ResultReader.product(file);
    try (var images = kept.images();
        var variance = kept.variance().orElseThrow()) {
      assertThat(kept.energyEv()).isEqualTo(ENERGIES);
      assertThat(kept.quantity()).isEqualTo(Quantity.OPTICAL_DENSITY);
      assertThat(images.plane(2).values()).isEqualTo(planes(0).plane(2).values());
      assertThat(variance.plane(1).values()).isEqualTo(planes(0.5f).plane(1).values());
      float[] run = new float[12];
      images.read(1, 5, 10, run, 1); // across two rows' ends
      assertThat(run[1]).isEqualTo(105);
      assertThat(run[10]).isEqualTo(114);
      assertThat(run[11]).isZero();
      assertThat(kept.mask().good()).isEqualTo(stack().mask().good());
      assertThat(kept.angle()).isEqualTo(0.12);
      assertThat(kept.grid()).isEqualTo(GRID);
      var map = kept.findings().map("thickness").orElseThrow();
      assertThat(map.unit()).isEqualTo("m");
      assertThat(map.sigma().orElseThrow().values()).isEqualTo(planes(7).plane(1).values());
      var spectrum = kept.findings().spectra().getFirst();
      assertThat(spectrum.name()).isEqualTo("NiO");
      assertThat(spectrum.values()).containsExactly(0, 0.5, 1);
      assertThat(spectrum.sigma().orElseThrow()).containsExactly(0.1, 0.2, 0.3);
      assertThat(kept.findings().clusters().orElseThrow().label()[4]).isEqualTo(-1);
      var mixed = kept.findings().clusters().orElseThrow().compositions().getFirst();
      assertThat(mixed.words()).isEqualTo(MIXED.words());
      assertThat(mixed.rFactor()).isEqualTo(1e-4);
      assertThat(mixed.chiSquare()).isNaN();
      assertThat(kept.findings().regions()).isEqualTo(stack().findings().regions());
      assertThat(kept.findings().mixes()).isEqualTo(stack().findings().mixes());
      assertThat(kept.findings().bands()).containsExactly(new EnergyBand("pre-edge", 8200, 8320.5));
      assertThat(kept.findings().transforms()).isEqualTo(stack().findings().transforms());
      assertThat(kept.findings().quality().metrics()).containsEntry("rmse", 0.25);
      assertThat(kept.source()).isEqualTo(stack().source());
    }
  }

  @Test
  void planesInAScratchFileAreThoseInMemory() {
    HeldPlanes.Making making =
        (e, into, worker) -> java.util.Arrays.fill(into.values(), 3f * e + 0.25f);
    try (var inFile = HeldPlanes.of(3, GRID, Workers.ONE, 0, making);
        var inMemory = HeldPlanes.of(3, GRID, Workers.ONE, 1 << 20, making)) {
      assertThat(inFile.memoryBytes()).isZero();
      assertThat(inMemory.memoryBytes()).isEqualTo(4L * 3 * GRID.size());
      for (int e = 0; e < 3; e++) {
        assertThat(inFile.plane(e).values()).isEqualTo(inMemory.plane(e).values());
      }
    }
  }
}

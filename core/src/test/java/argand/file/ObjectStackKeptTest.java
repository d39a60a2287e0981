package argand.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argand.array.ComplexField;
import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.Mask;
import argand.array.RealField;
import argand.data.EnergyStack;
import argand.data.Findings;
import argand.data.ObjectStack;
import argand.data.PhaseImages;
import argand.data.Planes;
import argand.data.Quantity;
import argand.data.Reconstruction;
import argand.data.Source;
import argand.physics.Polarization;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObjectStackKeptTest {
  private static final Grid GRID = new Grid(4, 6, 8e-9, 9e-9);

  @TempDir Path folder;

  private static ObjectStack.View view(double energyEv, Optional<Polarization> polarization) {
    var object = new ComplexField(GRID);
    var light = new RealField(GRID);
    for (int r = 0; r < 4; r++) {
      for (int c = 0; c < 6; c++) {
        object.set(r, c, (float) (energyEv + r), -c);
        light.set(r, c, 10 * r + c);
      }
    }
    return new ObjectStack.View(energyEv, polarization, object, light, "scan of " + energyEv);
  }

  private static ObjectStack stack(ObjectStack.View... views) {
    return new ObjectStack(
        List.of(views),
        Mask.all(GRID),
        new Reconstruction.Origin(1e-6, -2e-6),
        Optional.empty(),
        Findings.NONE,
        Source.file("a.cxi"));
  }

  @Test
  void objectsComeBackAsTheyWere() {
    boolean[] empty = new boolean[GRID.size()];
    empty[5] = true;
    var stack =
        stack(
                view(708.2, Optional.empty()),
                view(710, Optional.of(new Polarization.Circular(-0.95))),
                view(710, Optional.of(new Polarization.Circular(0.95))))
            .withEmptyRegion(new Mask(GRID, empty));
    Path file = folder.resolve("objects.h5");
    ResultWriter.write(file, stack, "", "{}");
    var back = (ObjectStack) ResultReader.product(file);
    assertThat(back.energyEv()).containsExactly(708.2, 710, 710);
    assertThat(back.origin()).isEqualTo(stack.origin());
    assertThat(back.emptyRegion().orElseThrow().good()).containsExactly(empty);
    assertThat(back.source()).isEqualTo(stack.source());
    for (int e = 0; e < 3; e++) {
      var a = stack.views().get(e);
      var b = back.views().get(e);
      assertThat(b.polarization()).isEqualTo(a.polarization());
      assertThat(b.object().grid()).isEqualTo(GRID);
      assertThat(b.object().re()).containsExactly(a.object().re());
      assertThat(b.object().im()).containsExactly(a.object().im());
      assertThat(b.light().values()).containsExactly(a.light().values());
    }
  }

  @Test
  void oneEnergyTwiceWithoutItsPolarizationIsRefused() {
    assertThatThrownBy(() -> stack(view(710, Optional.empty()), view(710, Optional.empty())))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("is the polarization not stated in the files?");
    assertThatThrownBy(() -> stack(view(710, Optional.empty()), view(708, Optional.empty())))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("rising");
  }

  @Test
  void aStackKeepsItsPhase() {
    var plane = new RealField(GRID);
    plane.set(1, 1, -0.5f);
    var phase = new PhaseImages(Planes.of(List.of(plane)), Optional.of(Planes.of(List.of(plane))));
    var stack =
        EnergyStack.of(
                new double[] {710},
                Planes.of(List.of(new RealField(GRID))),
                Quantity.OPTICAL_DENSITY,
                Source.NONE)
            .withPhase(Optional.of(phase))
            .withStep("something");
    Path file = folder.resolve("stack.h5");
    ResultWriter.write(file, stack, "", "{}");
    var back = ((EnergyStack) ResultReader.product(file)).phase().orElseThrow();
    try (var images = back.images();
        var variance = back.variance().orElseThrow()) {
      assertThat(images.plane(0).values()).containsExactly(plane.values());
      assertThat(variance.plane(0).values()).containsExactly(plane.values());
    }
  }
}

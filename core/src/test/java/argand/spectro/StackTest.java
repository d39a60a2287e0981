package argand.spectro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.Mask;
import argand.array.RealField;
import argand.data.EmptyBeam;
import argand.data.EnergyStack;
import argand.data.Planes;
import argand.data.Quantity;
import argand.data.Source;
import argand.flow.Watch;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StackTest {
  private static final Grid GRID = Grid.square(3, 4, 20e-9);

  private static RealField level(double value) {
    var field = new RealField(GRID);
    java.util.Arrays.fill(field.values(), (float) value);
    return field;
  }

  private static EnergyStack one(double ev, double value) {
    return EnergyStack.of(
        new double[] {ev},
        Planes.of(List.of(level(value))),
        Quantity.COUNTS,
        Source.file("e" + (int) ev + ".tif"));
  }

  private static EnergyStack withBeam(EnergyStack stack, double flat, double ratio) {
    return stack.withEmptyBeam(
        Optional.of(
            new EmptyBeam(Planes.of(List.of(level(flat))), Optional.of(level(100)), 4, ratio)));
  }

  private static EnergyStack gather(EnergyStack... stacks) {
    return new Stack(List.of()).gather(List.of(stacks), Watch.SILENT);
  }

  @Test
  void imagesComeInTheOrderOfTheirEnergies() {
    boolean[] good = Mask.all(GRID).good().clone();
    good[5] = false;
    var stack = gather(one(710, 2), one(700, 1).withMask(new Mask(GRID, good)), one(720, 3));
    assertThat(stack.energyEv()).containsExactly(700, 710, 720);
    for (int e = 0; e < 3; e++) {
      assertThat(stack.images().plane(e).values()[7]).isEqualTo(e + 1);
    }
    assertThat(stack.mask().count()).isEqualTo(11);
    assertThat(stack.source().files()).containsExactly("e710.tif", "e700.tif", "e720.tif");
  }

  /// The optical density of each image is what it was alone: −ln((n − 100)/((flat − 100) ratio)).
  @Test
  void emptyBeamsOfOtherExposureGiveTheSameDensity() {
    double[] ratio = {1, 2}; // the second is exposed twice as long as its flat
    var stack =
        gather(withBeam(one(700, 600), 1100, ratio[0]), withBeam(one(710, 600), 1100, ratio[1]));
    var beam = stack.emptyBeam().orElseThrow();
    for (int e = 0; e < 2; e++) {
      double flat = beam.flats().plane(beam.flatOf(e)).values()[0];
      double dark = beam.dark().orElseThrow().values()[0];
      double density =
          -Math.log(
              (stack.images().plane(e).values()[0] - dark)
                  / ((flat - dark) * beam.exposureRatio()));
      assertThat(density).isCloseTo(-Math.log(500 / (1000 * ratio[e])), within(1e-9));
    }
    assertThat(beam.flatFrames()).isEqualTo(4);
    assertThatThrownBy(() -> gather(withBeam(one(700, 600), 1100, 1), one(710, 1)))
        .hasMessageContaining("the empty beam is beside some of the images only");
  }

  @Test
  void whatIsMissingIsNamed() {
    var stack =
        new Stack(List.of(700.0, 705.5, 710.0, 715.0))
            .gather(List.of(one(700, 1), one(710, 2)), Watch.SILENT);
    assertThat(stack.source().notes()).contains("no images at 705.5 eV, 715 eV");
  }

  @Test
  void whatDoesNotFitIsRefused() {
    var other = Grid.square(3, 4, 21e-9);
    var grown =
        EnergyStack.of(
            new double[] {710},
            Planes.of(List.of(new RealField(other))),
            Quantity.COUNTS,
            Source.file("b.tif"));
    assertThatThrownBy(() -> gather(one(700, 1), grown))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("the images of b.tif is 3 × 4 pixels of 2.100e-08 m");
    assertThatThrownBy(() -> gather(one(700, 1), one(700, 2)))
        .hasMessageContaining("the energy 700 eV is in both e700.tif and e700.tif");
    var phase = one(710, 1).withImages(one(710, 1).images(), Optional.empty(), Quantity.PHASE);
    assertThatThrownBy(() -> gather(one(700, 1), phase))
        .hasMessageContaining("phase; expected counts as the first");
  }
}

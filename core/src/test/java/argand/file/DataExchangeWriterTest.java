package argand.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import argand.array.Grid;
import argand.array.RealField;
import argand.data.EmptyBeam;
import argand.data.EnergyStack;
import argand.data.Planes;
import argand.data.Quantity;
import argand.data.RawFile;
import argand.data.Source;
import argand.flow.Watch;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataExchangeWriterTest {
  private static final Grid GRID = Grid.square(6, 9, 30e-9);

  @TempDir Path folder;

  private static RealField field(float start) {
    var field = new RealField(GRID);
    for (int i = 0; i < GRID.size(); i++) {
      field.values()[i] = start + i;
    }
    return field;
  }

  @Test
  void aSimulatedStackIsReadAsABeamlinesWouldBe() {
    double[] energyEv = {8320, 8333, 8350.5};
    var dark = new RealField(GRID);
    Arrays.fill(dark.values(), 100);
    var stack =
        EnergyStack.of(
                energyEv,
                Planes.of(List.of(field(200), field(300), field(400))),
                Quantity.COUNTS,
                Source.NONE)
            .withEmptyBeam(
                Optional.of(
                    new EmptyBeam(
                        Planes.of(List.of(field(900.5f), field(901.5f), field(902.5f))),
                        Optional.of(dark),
                        10,
                        1)));
    Path file = folder.resolve("stack.h5");
    DataExchangeWriter.write(file, stack);
    var read = ReadStack.defaults().apply(new RawFile(file), Watch.SILENT);
    try (var images = read.images()) {
      assertThat(read.energyEv()).containsExactly(energyEv);
      assertThat(read.quantity()).isEqualTo(Quantity.COUNTS);
      assertThat(read.grid().pixelY()).isCloseTo(30e-9, within(1e-15));
      assertThat(images.plane(2).values()).isEqualTo(field(400).values());
      var beam = read.emptyBeam().orElseThrow();
      assertThat(beam.flatFrames()).isEqualTo(10);
      assertThat(beam.flats().plane(1).values()).isEqualTo(field(901.5f).values());
      assertThat(beam.dark().orElseThrow().values()[7]).isEqualTo(100);
    }
  }
}

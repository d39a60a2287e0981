package argand.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argand.array.Grid;
import argand.array.RealField;
import argand.data.EnergyStack;
import argand.data.Findings.FoundMap;
import argand.data.Planes;
import argand.data.Quantity;
import argand.data.Source;
import argand.flow.MapFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Maps as NumPy and h5py wrote them, and of our own results.
class ForeignMapTest {
  @TempDir Path folder;

  private MapFile.Foreign read(String file, Optional<String> dataset, int index) {
    return new MapFile(folder.resolve(file), dataset, index, OptionalDouble.empty()).read();
  }

  private static void isTheMap(MapFile.Foreign foreign, double factor) {
    var values = foreign.map().values();
    assertThat(values.grid().rows()).isEqualTo(20);
    assertThat(values.grid().columns()).isEqualTo(30);
    assertThat(values.at(7, 11)).isEqualTo((float) (factor * 7011));
  }

  @Test
  void theOnlyMapOfAFileIsFound() {
    Python.run("write_maps.py", folder);
    isTheMap(read("a.npy", Optional.empty(), 0), 1);
    var strain = read("strain.h5", Optional.empty(), 0);
    isTheMap(strain, 1);
    assertThat(strain.map().name()).isEqualTo("e_xx");
    assertThat(strain.map().unit()).isEqualTo("%");
    assertThat(strain.sized()).isFalse();
    isTheMap(read("stack.h5", Optional.empty(), 1), -1);
    isTheMap(read("two.npz", Optional.of("b"), 0), 2);
    var sized =
        new MapFile(folder.resolve("a.npy"), Optional.empty(), 0, OptionalDouble.of(5e-9)).read();
    assertThat(sized.sized()).isTrue();
    assertThat(sized.map().values().grid().pixelY()).isEqualTo(5e-9);
  }

  @Test
  void severalOrNoneAreSaid() {
    Python.run("write_maps.py", folder);
    assertThatThrownBy(() -> read("two.npz", Optional.empty(), 0))
        .hasMessageContaining("dataset is not given; expected one of a, b");
    assertThatThrownBy(() -> read("stack.h5", Optional.of("maps"), 2))
        .hasMessageContaining("index is 2; expected less than the 2 images");
    assertThatThrownBy(() -> read("strain.h5", Optional.of("root/calibration"), 0))
        .hasMessageContaining("expected rows and columns");
    assertThatThrownBy(() -> read("strain.h5", Optional.of("absent"), 0))
        .hasMessageContaining("'absent', which is not there");
  }

  @Test
  void aMapOfAResultBringsItsErrorsAndPixels() {
    var grid = Grid.square(20, 30, 8e-9);
    var values = new RealField(grid);
    var sigma = new RealField(grid);
    for (int i = 0; i < values.values().length; i++) {
      values.values()[i] = 1000 * (i / 30) + i % 30;
      sigma.values()[i] = 2;
    }
    var stack =
        EnergyStack.of(
                new double[] {700},
                Planes.of(List.of(values)),
                Quantity.OPTICAL_DENSITY,
                Source.NONE)
            .with(new FoundMap("a", "Å", values, Optional.of(sigma)));
    ResultWriter.write(folder.resolve("result.h5"), stack, "recipe", "plan");
    var read = read("result.h5", Optional.empty(), 0);
    isTheMap(read, 1);
    assertThat(read.sized()).isTrue();
    assertThat(read.map().values().grid().pixelX()).isEqualTo(8e-9);
    assertThat(read.map().sigma().orElseThrow().at(3, 3)).isEqualTo(2);
    assertThatThrownBy(() -> read("result.h5", Optional.of("b"), 0))
        .hasMessageContaining("the map is 'b'; expected one of a");
  }
}

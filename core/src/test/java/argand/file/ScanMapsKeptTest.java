package argand.file;

import static org.assertj.core.api.Assertions.assertThat;

import argand.array.Grid;
import argand.array.Mask;
import argand.array.RealField;
import argand.data.ScanMaps;
import argand.data.Source;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScanMapsKeptTest {
  @TempDir Path folder;

  @Test
  void whatIsWrittenIsReadBack() {
    var grid = new Grid(2, 3, 1e-7, 2e-7);
    var first = new RealField(grid, new float[] {1, 2, 3, 4, 5, 6});
    var second = new RealField(grid, new float[] {-1, 0, 1, 0, 0, 7});
    var measured = new Mask(grid, new boolean[] {true, false, true, true, true, false});
    var maps =
        new ScanMaps(
            List.of(new ScanMaps.Map("A", "", first), new ScanMaps.Map("B", "rad/m", second)),
            measured,
            Source.NONE.withNote("noted"));
    Path file = folder.resolve("maps.h5");
    ResultWriter.write(file, maps, "recipe", "plan");
    var read = (ScanMaps) ResultReader.product(file);
    assertThat(read.grid()).isEqualTo(grid);
    assertThat(read.maps().get(0).values().values()).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(read.maps().get(1).values().values()).containsExactly(-1, 0, 1, 0, 0, 7);
    assertThat(read.maps().get(1).unit()).isEqualTo("rad/m");
    assertThat(read.measured().good()).containsExactly(measured.good());
    assertThat(read.source()).isEqualTo(maps.source());
  }
}

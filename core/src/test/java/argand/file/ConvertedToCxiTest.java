package argand.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Foreign scans written as CXI and read back: frames, positions, geometry, mask, start probe and
/// notes are those of the foreign file.
class ConvertedToCxiTest {
  @TempDir Path folder;

  @Test
  void nothingIsLostOnTheWay() {
    Python.run("ptychography_formats.py", folder);
    for (String name :
        new String[] {
          "chunks.ptyd",
          "nones.ptyd",
          "nxcxi.nxs",
          "raster.nxs",
          "ptylab.hdf5",
          "ptylab_matlab.hdf5",
          "aps_dp.hdf5",
          "cdtools.cxi"
        }) {
      var scan = ForeignScan.read(folder.resolve(name), new ReadWith());
      Path cxi = folder.resolve("converted.cxi");
      CxiWriter.write(cxi, scan);
      var back = ForeignScan.read(cxi, new ReadWith());
      double pixelX = scan.geometry().detector().pixelX();
      ForeignScan.same(back, pixelX);
      assertThat(back.geometry().regime()).as(name).isEqualTo(scan.geometry().regime());
      assertThat(back.mask().isPresent()).as(name).isEqualTo(scan.mask().isPresent());
      scan.mask()
          .ifPresent(
              mask ->
                  assertThat(back.mask().orElseThrow().good())
                      .as(name)
                      .containsExactly(mask.good()));
      assertThat(back.probe().isPresent()).as(name).isEqualTo(scan.probe().isPresent());
      if (scan.probe().isPresent()) {
        var before = scan.probe().get().modes();
        var after = back.probe().orElseThrow().modes();
        assertThat(after).as(name).hasSameSizeAs(before);
        for (int m = 0; m < before.size(); m++) {
          assertThat(after.get(m).re()).as(name).containsExactly(before.get(m).re());
          assertThat(after.get(m).im()).as(name).containsExactly(before.get(m).im());
        }
      }
      assertThat(back.source().notes()).as(name).containsAll(scan.source().notes());
    }
  }
}

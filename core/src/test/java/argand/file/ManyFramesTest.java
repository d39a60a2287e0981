package argand.file;

import static org.assertj.core.api.Assertions.assertThat;

import argand.data.RawFile;
import argand.flow.Watch;
import argand.ptycho.LsqMl;
import argand.ptycho.Ptychography;
import argand.ptycho.Raar;
import argand.ptycho.Rpie;
import argand.sampling.ScanPlan;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// 47,000 frames of 256² over a field of 5,000² pixels: 11.5 GiB of amplitudes. What it takes is
/// known without reading them, and a part of it is reconstructed.
class ManyFramesTest {
  private static final long GIB = 1L << 30;

  @TempDir Path folder;

  @Test
  void aLargeScanIsPlannedWithoutReadingItAndAPartOfItRuns() {
    Python.run("many_frames.py", folder);
    var scan =
        Read.defaults().apply(new RawFile(folder.resolve("scan.cxi")), Watch.silent(2 * GIB));
    assertThat(scan.frames().count()).isEqualTo(47_000);
    assertThat(scan.frames().memoryBytes()).isZero();
    var plan = ScanPlan.of(scan);
    assertThat(plan.memoryBytes()).isGreaterThan(11 * GIB);
    assertThat(plan.leastMemoryBytes()).isLessThan(2 * GIB);
    var verb = Ptychography.of(LsqMl.DEFAULT, 100);
    assertThat(verb.memoryBytes(scan)).isGreaterThan(11 * GIB);
    assertThat(verb.leastMemoryBytes(scan)).isLessThan(3 * GIB);
    assertThat(Ptychography.of(Raar.DEFAULT, 1).leastMemoryBytes(scan)).isGreaterThan(30 * GIB);
    int[] some =
        IntStream.range(0, 24).map(k -> k / 6 * 217 + k % 6).toArray(); // six of four lines
    var part = scan.select(some);
    var small = Ptychography.of(Rpie.DEFAULT, 1);
    var result = small.apply(part, Watch.silent(small.leastMemoryBytes(part)));
    assertThat(result.residuals()).hasSize(1).allMatch(Double::isFinite);
  }
}

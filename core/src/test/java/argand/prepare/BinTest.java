package argand.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.Mask;
import argand.array.RealField;
import argand.flow.Watch;
import argand.physics.Geometry.Regime;
import java.util.List;
import org.junit.jupiter.api.Test;

class BinTest {
  @Test
  void countsAreAdded() {
    var scan = Scans.numbered(Regime.FAR_FIELD, 12, 15);
    var binned = new Bin(3).apply(scan, Watch.SILENT);
    var frame = Scans.read(binned, 1);
    assertThat(frame.grid().rows()).isEqualTo(4);
    assertThat(frame.grid().columns()).isEqualTo(5);
    // nine pixels around (4, 7): their mean is the middle one
    assertThat(frame.at(1, 2)).isEqualTo(9 * 10_407);
    assertThat(frame.sum()).isEqualTo(Scans.read(scan, 1).sum());
    assertThat(frame.grid().pixelY()).isCloseTo(225e-6, within(1e-18));
  }

  @Test
  void aBlockIsGoodOnlyIfAllItsPixelsAre() {
    var scan = Scans.numbered(Regime.FAR_FIELD, 12, 15);
    var mask = Mask.all(scan.geometry().detector());
    mask.good()[5 * 15 + 14] = false;
    mask.good()[3 * 15 + 12] = false;
    var kept = new Bin(3).apply(Scans.with(scan, mask), Watch.SILENT).mask().orElseThrow();
    assertThat(kept.at(1, 4)).isFalse();
    assertThat(kept.count()).isEqualTo(19);
  }

  @Test
  void theGeometryFollows() {
    var far = Scans.numbered(Regime.FAR_FIELD, 64, 64);
    assertThat(new Bin(2).apply(far, Watch.SILENT).geometry().sample().pixelX())
        .isCloseTo(far.geometry().sample().pixelX(), within(1e-18));
    var near = Scans.numbered(Regime.NEAR_FIELD, 64, 64);
    assertThat(new Bin(2).apply(near, Watch.SILENT).geometry().sample().pixelX())
        .isCloseTo(2 * near.geometry().sample().pixelX(), within(1e-18));
  }

  @Test
  void theMiddlePixelKeepsTheZeroFrequency() {
    for (int factor = 2; factor <= 5; factor++) {
      for (int blocks = 2; blocks <= 7; blocks++) {
        var frame = new RealField(Grid.square(factor * blocks, factor * blocks, 75e-6));
        frame.set(factor * blocks / 2, factor * blocks / 2, 1);
        var binned =
            new Bin(factor).apply(Scans.of(Regime.FAR_FIELD, List.of(frame)), Watch.SILENT);
        assertThat(Scans.read(binned, 0).at(blocks / 2, blocks / 2)).isEqualTo(1);
      }
    }
    // with an odd factor and an odd number of blocks it is the centre of its block as well
    var scan = Scans.numbered(Regime.FAR_FIELD, 9, 9);
    assertThat(Scans.read(new Bin(3).apply(scan, Watch.SILENT), 0).at(1, 1)).isEqualTo(9 * 404);
  }

  @Test
  void theStartingProbeFollows() {
    var far = Scans.withProbe(Scans.numbered(Regime.FAR_FIELD, 64, 64));
    var binned = new Bin(2).apply(far, Watch.SILENT);
    var old = far.probe().orElseThrow().modes().getFirst();
    var probe = binned.probe().orElseThrow();
    assertThat(probe.grid()).isEqualTo(binned.geometry().sample());
    assertThat(probe.modes().getFirst().re(16, 16)).isEqualTo(old.re(32, 32));
    assertThat(binned.source().notes()).isEmpty();
    var small = new Bin(8).apply(far, Watch.SILENT);
    assertThat(small.source().notes()).hasSize(1).first().asString().contains("keeps");

    var near = Scans.withProbe(Scans.numbered(Regime.NEAR_FIELD, 64, 64));
    var coarse = new Bin(2).apply(near, Watch.SILENT).probe().orElseThrow();
    // a block's sum over 2 misses its rms by (gradient · pixel)²/2: the slant is 0.11, the blob
    // falls by 1/10 per pixel
    double power = near.probe().orElseThrow().power();
    assertThat(coarse.power()).isCloseTo(power, within(0.02 * power));
  }

  @Test
  void aFactorThatLeavesARemainderIsRefusedWithTheRemedy() {
    var scan = Scans.numbered(Regime.FAR_FIELD, 12, 15);
    assertThatThrownBy(() -> new Bin(4).apply(scan, Watch.SILENT))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("15 columns")
        .hasMessageContaining("crop to 12 columns first");
    assertThatThrownBy(() -> new Bin(1)).isInstanceOf(InvalidInput.class);
  }
}

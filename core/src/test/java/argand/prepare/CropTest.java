package argand.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import argand.array.InvalidInput;
import argand.array.Mask;
import argand.flow.Watch;
import argand.physics.Geometry.Regime;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class CropTest {
  private static final OptionalInt NONE = OptionalInt.empty();

  private static Crop around(int rows, int columns, int row, int column) {
    return new Crop(
        NONE,
        OptionalInt.of(rows),
        OptionalInt.of(columns),
        OptionalInt.of(row),
        OptionalInt.of(column));
  }

  @Test
  void theChosenPixelBecomesTheMiddle() {
    var scan = Scans.numbered(Regime.FAR_FIELD, 12, 15);
    var cropped = around(5, 6, 4, 9).apply(scan, Watch.SILENT);
    var frame = Scans.read(cropped, 2);
    assertThat(frame.grid().rows()).isEqualTo(5);
    assertThat(frame.grid().columns()).isEqualTo(6);
    assertThat(frame.at(5 / 2, 6 / 2)).isEqualTo(20_409);
    assertThat(frame.at(0, 0)).isEqualTo(20_206);
    assertThat(frame.at(4, 5)).isEqualTo(20_611);
    assertThat(cropped.frames().count()).isEqualTo(3);
    assertThat(cropped.source().steps()).hasSize(1);
  }

  @Test
  void withoutACenterTheMiddleStaysTheMiddle() {
    for (int size = 1; size <= 12; size++) {
      var cropped = Crop.middle(size).apply(Scans.numbered(Regime.FAR_FIELD, 12, 13), Watch.SILENT);
      assertThat(Scans.read(cropped, 0).at(size / 2, size / 2)).isEqualTo(606);
    }
  }

  @Test
  void theMaskFollows() {
    var scan = Scans.numbered(Regime.FAR_FIELD, 12, 15);
    var mask = Mask.all(scan.geometry().detector());
    mask.good()[4 * 15 + 9] = false;
    var cropped = around(5, 6, 4, 9).apply(Scans.with(scan, mask), Watch.SILENT);
    var kept = cropped.mask().orElseThrow();
    assertThat(kept.count()).isEqualTo(29);
    assertThat(kept.at(2, 3)).isFalse();
  }

  @Test
  void inTheFarFieldTheFieldOfViewStays() {
    var scan = Scans.numbered(Regime.FAR_FIELD, 64, 64);
    var cropped = Crop.middle(32).apply(scan, Watch.SILENT);
    var before = scan.geometry().sample();
    var after = cropped.geometry().sample();
    assertThat(after.pixelY()).isCloseTo(2 * before.pixelY(), within(1e-15));
    assertThat(cropped.geometry().detector().pixelY()).isEqualTo(75e-6);
  }

  @Test
  void inTheNearFieldThePixelStays() {
    var scan = Scans.numbered(Regime.NEAR_FIELD, 64, 64);
    var cropped = Crop.middle(32).apply(scan, Watch.SILENT);
    assertThat(cropped.geometry().sample().pixelX()).isEqualTo(scan.geometry().sample().pixelX());
  }

  @Test
  void theStartingProbeIsTheSameWaveOnTheNewPixels() {
    var scan = Scans.withProbe(Scans.numbered(Regime.FAR_FIELD, 64, 64));
    var far = Crop.middle(32).apply(scan, Watch.SILENT);
    var old = scan.probe().orElseThrow();
    var probe = far.probe().orElseThrow();
    assertThat(probe.grid()).isEqualTo(far.geometry().sample());
    // the blob's spectrum is exp(−50 (π f)²): 1e-7 at the new band edge, f = 1/4 of an old pixel;
    // its slant moves that by 0.1/(2π) only
    assertThat(probe.power()).isCloseTo(old.power(), within(1e-4 * old.power()));
    // √counts per pixel: a pixel of fourfold area holds twice the amplitude
    for (int k = -5; k <= 5; k++) {
      float re = probe.modes().getFirst().re(16 + k, 16);
      assertThat(re).isCloseTo(2 * old.modes().getFirst().re(32 + 2 * k, 32), within(2e-3f));
    }
  }

  @Test
  void theNearFieldProbeIsCutWithTheFrames() {
    var scan = Scans.withProbe(Scans.numbered(Regime.NEAR_FIELD, 64, 64));
    var near = around(32, 32, 30, 34).apply(scan, Watch.SILENT);
    var probe = near.probe().orElseThrow();
    assertThat(probe.grid()).isEqualTo(near.geometry().sample());
    assertThat(probe.modes().getFirst().im(16, 16))
        .isEqualTo(scan.probe().orElseThrow().modes().getFirst().im(30, 34));
  }

  @Test
  void aWindowOutsideIsRefusedWithTheRemedy() {
    var scan = Scans.numbered(Regime.FAR_FIELD, 12, 15);
    assertThatThrownBy(() -> around(6, 6, 11, 7).apply(scan, Watch.SILENT))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("rows 8 … 13")
        .hasMessageContaining("can be 3 … 9");
    around(6, 6, 3, 7).apply(scan, Watch.SILENT);
    around(6, 6, 9, 7).apply(scan, Watch.SILENT);
    assertThatThrownBy(() -> Crop.middle(13).apply(scan, Watch.SILENT))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("only 12 rows");
  }

  @Test
  void aSizeIsGivenOnce() {
    assertThatThrownBy(() -> new Crop(NONE, NONE, NONE, NONE, NONE))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("crop: {size: 256}");
    assertThatThrownBy(() -> new Crop(OptionalInt.of(4), OptionalInt.of(4), NONE, NONE, NONE))
        .isInstanceOf(InvalidInput.class);
    assertThatThrownBy(() -> new Crop(NONE, OptionalInt.of(4), NONE, NONE, NONE))
        .isInstanceOf(InvalidInput.class);
    assertThatThrownBy(() -> Crop.middle(0)).isInstanceOf(InvalidInput.class);
  }
}

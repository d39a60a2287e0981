package argand.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.Mask;
import argand.array.RealField;
import argand.data.DiffractionScan;
import argand.flow.Watch;
import argand.physics.Geometry.Regime;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class CenterTest {
  /// A disc of counts around (row, column) of a 32 × 40 frame, and a hot pixel in a corner.
  private static DiffractionScan disc(double row, double column) {
    var frame = new RealField(new Grid(32, 40, 75e-6, 75e-6));
    for (int r = 0; r < 32; r++) {
      for (int c = 0; c < 40; c++) {
        frame.set(r, c, Math.hypot(r - row, c - column) < 5 ? 100 : 0);
      }
    }
    frame.set(31, 0, 1e6f);
    var mask = Mask.all(frame.grid());
    mask.good()[31 * 40] = false;
    return Scans.with(Scans.of(Regime.FAR_FIELD, List.of(frame, frame.copy())), mask);
  }

  @Test
  void theBeamIsFoundAndMovedToTheMiddle() {
    var centered = Center.found().apply(disc(10, 27), Watch.SILENT);
    var expected = Scans.read(disc(16, 20), 1);
    var found = Scans.read(centered, 1);
    for (int r = 6; r < 32; r++) {
      for (int c = 0; c < 33; c++) {
        assertThat(found.at(r, c))
            .as(r + ", " + c)
            .isEqualTo(c == 0 && r == 31 ? 0 : expected.at(r, c));
      }
    }
    assertThat(centered.source().steps())
        .containsExactly("center: frames moved down by 6 and right by -7 pixels");
    // six rows came in from above, seven columns from the right; the hot pixel left
    assertThat(centered.mask().orElseThrow().count()).isEqualTo((32 - 6) * (40 - 7));
  }

  @Test
  void centeredFramesStayAsTheyAre() {
    var scan = disc(16, 20);
    assertThat(Center.found().apply(scan, Watch.SILENT)).isSameAs(scan);
  }

  @Test
  void aGivenPixelIsBelieved() {
    var centered =
        new Center(OptionalInt.of(12), OptionalInt.empty()).apply(disc(10, 27), Watch.SILENT);
    assertThat(Scans.read(centered, 0).at(16 - 2, 20)).isEqualTo(100);
    assertThat(centered.source().steps().getFirst()).contains("down by 4 and right by -7");
  }

  @Test
  void theNumberOfThreadsChangesNothing() {
    var scan = disc(10, 27);
    assertThat(Scans.read(Center.found().apply(scan, MaskPixelsTest.threads(3)), 0).values())
        .isEqualTo(Scans.read(Center.found().apply(scan, Watch.SILENT), 0).values());
  }

  @Test
  void whatCannotBeCenteredIsRefused() {
    assertThatThrownBy(
            () -> Center.found().apply(Scans.numbered(Regime.NEAR_FIELD, 8, 8), Watch.SILENT))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("near field");
    var dark = Scans.of(Regime.FAR_FIELD, List.of(new RealField(Grid.square(8, 8, 75e-6))));
    assertThatThrownBy(() -> Center.found().apply(dark, Watch.SILENT))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("give row and column");
    assertThatThrownBy(
            () ->
                new Center(OptionalInt.of(32), OptionalInt.of(0)).apply(disc(10, 10), Watch.SILENT))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("0 … 31");
  }
}

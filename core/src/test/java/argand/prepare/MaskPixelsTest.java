package argand.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.Mask;
import argand.array.RealField;
import argand.array.Workers;
import argand.flow.Watch;
import argand.physics.Geometry.Regime;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class MaskPixelsTest {
  private static MaskPixels drawn(
      List<MaskPixels.Rectangle> rectangles, List<MaskPixels.Disc> discs) {
    return new MaskPixels(rectangles, discs, OptionalDouble.empty(), false);
  }

  private static MaskPixels seen(OptionalDouble above, boolean unusable) {
    return new MaskPixels(List.of(), List.of(), above, unusable);
  }

  @Test
  void rectanglesAndDiscsAreMasked() {
    var scan = Scans.numbered(Regime.FAR_FIELD, 12, 15);
    var mask =
        drawn(
                List.of(
                    new MaskPixels.Rectangle(1, 2, 3, 4), new MaskPixels.Rectangle(-5, 14, 99, 9)),
                List.of(new MaskPixels.Disc(8, 6, 1)))
            .apply(scan, Watch.SILENT)
            .mask()
            .orElseThrow();
    assertThat(mask.at(1, 2)).isFalse();
    assertThat(mask.at(3, 5)).isFalse();
    assertThat(mask.at(4, 5)).isTrue();
    assertThat(mask.at(3, 6)).isTrue();
    assertThat(mask.at(7, 6)).isFalse();
    assertThat(mask.at(7, 7)).isTrue();
    assertThat(mask.count()).isEqualTo(12 * 15 - 12 - 12 - 5);
  }

  @Test
  void aMaskIsOnlyAddedTo() {
    var scan = Scans.numbered(Regime.FAR_FIELD, 12, 15);
    var before = Mask.all(scan.geometry().detector());
    before.good()[0] = false;
    var masked =
        drawn(List.of(new MaskPixels.Rectangle(5, 5, 1, 1)), List.of())
            .apply(Scans.with(scan, before), Watch.SILENT);
    assertThat(masked.mask().orElseThrow().count()).isEqualTo(12 * 15 - 2);
    assertThat(before.count()).as("the old mask is left alone").isEqualTo(12 * 15 - 1);
    assertThat(masked.source().steps()).containsExactly("mask 1 more of 180 pixels");
  }

  @Test
  void aPixelThatIsBadInOneFrameIsMasked() {
    var grid = Grid.square(6, 6, 75e-6);
    var frames = new ArrayList<RealField>();
    for (int j = 0; j < 40; j++) {
      var frame = new RealField(grid);
      java.util.Arrays.fill(frame.values(), 7);
      frames.add(frame);
    }
    frames.get(39).set(0, 1, -1);
    frames.forEach(frame -> frame.set(2, 2, Float.NaN));
    frames.get(17).set(2, 3, Float.NaN); // not to be trusted in that frame, good in the others
    frames.get(3).set(5, 5, Float.POSITIVE_INFINITY);
    frames.get(20).set(4, 0, 8);
    var scan = Scans.of(Regime.FAR_FIELD, frames);
    var unusable =
        seen(OptionalDouble.empty(), true).apply(scan, Watch.SILENT).mask().orElseThrow();
    assertThat(unusable.count()).isEqualTo(33);
    assertThat(List.of(unusable.at(0, 1), unusable.at(2, 2), unusable.at(5, 5)))
        .containsOnly(false);
    var hot = seen(OptionalDouble.of(7), false).apply(scan, Watch.SILENT).mask().orElseThrow();
    assertThat(hot.at(4, 0)).isFalse();
    assertThat(hot.at(5, 5)).isFalse();
    assertThat(hot.count()).isEqualTo(34);
    assertThat(seen(OptionalDouble.of(7), true).apply(scan, threads(3)).mask().orElseThrow().good())
        .isEqualTo(
            seen(OptionalDouble.of(7), true).apply(scan, Watch.SILENT).mask().orElseThrow().good())
        .contains(false);
  }

  @Test
  void aMaskOfEverythingIsRefused() {
    var scan = Scans.numbered(Regime.FAR_FIELD, 12, 15);
    assertThatThrownBy(
            () ->
                drawn(List.of(), List.of(new MaskPixels.Disc(6, 7, 99))).apply(scan, Watch.SILENT))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("every pixel");
  }

  /// A silent watch with so many threads.
  static Watch threads(int count) {
    var workers = new Workers(count);
    return (Watch)
        java.lang.reflect.Proxy.newProxyInstance(
            Watch.class.getClassLoader(),
            new Class<?>[] {Watch.class},
            (proxy, method, arguments) ->
                method.getName().equals("workers")
                    ? workers
                    : method.invoke(Watch.SILENT, arguments));
  }
}

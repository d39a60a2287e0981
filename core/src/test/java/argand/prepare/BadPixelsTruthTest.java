package argand.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argand.array.InvalidInput;
import argand.array.RealField;
import argand.data.DiffractionScan;
import argand.data.Frames;
import argand.flow.Watch;
import argand.simulate.StandardCase;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Defects planted in simulated frames are found, and little else.
class BadPixelsTruthTest {
  private static final DiffractionScan CLEAN =
      StandardCase.farField(64, 1).make(0, Watch.SILENT).scan();

  private static List<RealField> frames(DiffractionScan scan) {
    var frames = new ArrayList<RealField>();
    for (int j = 0; j < scan.frames().count(); j++) {
      frames.add(Scans.read(scan, j));
    }
    return frames;
  }

  private static DiffractionScan with(List<RealField> frames) {
    return new DiffractionScan(
        CLEAN.geometry(),
        CLEAN.positions(),
        Frames.of(frames),
        CLEAN.mask(),
        CLEAN.probe(),
        CLEAN.source());
  }

  private static Set<Integer> masked(DiffractionScan scan) {
    var bad = new TreeSet<Integer>();
    scan.mask()
        .ifPresent(
            mask -> {
              for (int i = 0; i < mask.good().length; i++) {
                if (!mask.good()[i]) {
                  bad.add(i);
                }
              }
            });
    return bad;
  }

  /// Fifteen pixels of the inner 62², where the darkest neighbour has at least `least` counts in
  /// the mean.
  private static Set<Integer> chosen(double least, int seed) {
    double[] mean = new double[64 * 64];
    frames(CLEAN).forEach(f -> add(mean, f.values(), 1.0 / CLEAN.frames().count()));
    var random = new SplittableRandom(seed);
    var chosen = new TreeSet<Integer>();
    while (chosen.size() < 15) {
      int r = 1 + random.nextInt(62);
      int c = 1 + random.nextInt(62);
      double darkest = Double.POSITIVE_INFINITY;
      for (int k = 0; k < 9; k++) {
        darkest = Math.min(darkest, mean[(r - 1 + k / 3) * 64 + c - 1 + k % 3]);
      }
      if (darkest >= least) {
        chosen.add(r * 64 + c);
      }
    }
    return chosen;
  }

  private static void add(double[] sum, float[] values, double weight) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += weight * values[i];
    }
  }

  @Test
  void aCleanDetectorRaisesFewAlarms() {
    // four of 4096 pixels
    assertThat(masked(FindBadPixels.defaults().apply(CLEAN, Watch.SILENT))).hasSizeLessThan(5);
  }

  @Test
  void everyHotPixelIsFound() {
    var hot = chosen(0, 3);
    var frames = frames(CLEAN);
    var random = new SplittableRandom(4);
    for (int i : hot) {
      for (var frame : frames) {
        frame.values()[i] += 2000 + random.nextInt(500);
      }
    }
    var found = masked(FindBadPixels.defaults().apply(with(frames), Watch.SILENT));
    assertThat(found).containsAll(hot).hasSizeLessThan(hot.size() + 5);
  }

  @Test
  void everyDeadPixelInTheLightIsFound() {
    // 8 standard deviations of 200 frames: 64 counts in all, 0.32 in a frame; 5 is well lit
    var dead = chosen(5, 5);
    var frames = frames(CLEAN);
    for (int i : dead) {
      frames.forEach(frame -> frame.values()[i] = 0);
    }
    var found = masked(FindBadPixels.defaults().apply(with(frames), Watch.SILENT));
    assertThat(found).containsAll(dead).hasSizeLessThan(dead.size() + 5);
  }

  @Test
  void whatReachesSaturationIsMaskedOnlyWhenAsked() {
    float most = 0;
    for (var frame : frames(CLEAN)) {
      most = Math.max(most, frame.max());
    }
    var asked = new FindBadPixels(8, OptionalDouble.of(0.9 * most));
    int plain = masked(FindBadPixels.defaults().apply(CLEAN, Watch.SILENT)).size();
    assertThat(masked(asked.apply(CLEAN, Watch.SILENT))).hasSizeGreaterThan(plain);
  }

  @Test
  void badFramesAreDroppedByName() {
    var frames = frames(CLEAN);
    java.util.Arrays.fill(frames.get(7).values(), 0);
    for (int i = 0; i < 64 * 64; i++) {
      frames.get(50).values()[i] *= 0.3f;
    }
    var moved = new RealField(frames.get(90).grid());
    for (int i = 0; i < 64 * 64; i++) {
      moved.values()[(i + 20) % (64 * 64)] = frames.get(90).values()[i];
    }
    frames.set(90, moved);
    var kept = new DropBadFrames(8).apply(with(frames), Watch.SILENT);
    assertThat(kept.frames().count()).isEqualTo(197);
    assertThat(kept.positions().count()).isEqualTo(197);
    assertThat(kept.positions().y()[7]).isEqualTo(CLEAN.positions().y()[8]);
    assertThat(kept.source().notes()).last().asString().endsWith("outliers: 7, 50, 90");
  }

  @Test
  void aSoundScanLosesNoFrame() {
    assertThat(new DropBadFrames(8).apply(CLEAN, Watch.SILENT)).isSameAs(CLEAN);
  }

  @Test
  void aScanThatIsMostlyOutliersIsRefused() {
    var frames = frames(CLEAN);
    for (int j = 0; j < 80; j++) {
      java.util.Arrays.fill(frames.get(j).values(), 0);
    }
    assertThatThrownBy(() -> new DropBadFrames(8).apply(with(frames), Watch.SILENT))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("80 of 200");
  }
}

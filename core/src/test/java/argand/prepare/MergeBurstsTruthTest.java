package argand.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import argand.array.InvalidInput;
import argand.array.RealField;
import argand.data.DiffractionScan;
import argand.data.Frames;
import argand.data.Reconstruction;
import argand.flow.Maker;
import argand.flow.Watch;
import argand.metric.Comparison;
import argand.ptycho.Ptychography;
import argand.ptycho.Rpie;
import argand.simulate.SimulateExtendedScan;
import argand.simulate.StageMotion;
import argand.simulate.StandardCase;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class MergeBurstsTruthTest {
  private static final int FRAMES = 5;

  /// 200 bursts of a stage that stands still.
  private static final Maker.Made STILL =
      SimulateExtendedScan.of(StandardCase.farField(64, 1))
          .moving(new StageMotion(0, 0, FRAMES, true))
          .make(0, Watch.SILENT);

  private static final MergeBursts MERGE = new MergeBursts(FRAMES, 6, 1);

  private static List<RealField> frames(DiffractionScan scan) {
    var list = new ArrayList<RealField>();
    for (int k = 0; k < scan.frames().count(); k++) {
      var frame = new RealField(scan.frames().grid());
      scan.frames().read(k, frame);
      list.add(frame);
    }
    return list;
  }

  private static DiffractionScan with(DiffractionScan scan, Frames frames) {
    return new DiffractionScan(
        scan.geometry(), scan.positions(), frames, scan.mask(), scan.probe(), scan.source());
  }

  /// In every second burst the stage has jumped in one of the frames, to where the next burst
  /// stands.
  private static DiffractionScan jumping() {
    var whole = frames(STILL.scan());
    var jumped = new ArrayList<>(whole);
    for (int j = 0; j + 1 < whole.size() / FRAMES; j += 2) {
      int k = j % FRAMES;
      jumped.set(j * FRAMES + k, whole.get((j + 1) * FRAMES + k));
    }
    return with(STILL.scan(), Frames.of(jumped));
  }

  @Test
  void ofASoundBurstEveryQuantumIsKept() {
    var merged = MERGE.apply(STILL.scan(), Watch.SILENT);
    assertThat(merged.frames().count()).isEqualTo(200);
    assertThat(merged.source().notes().getLast())
        .contains("1000 frames of 200 bursts", "0 left out");
    assertThat(merged.frames().variance()).isEmpty();
    var whole = frames(STILL.scan());
    float[] sum = new float[whole.getFirst().values().length];
    for (int k = 0; k < FRAMES; k++) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += whole.get(7 * FRAMES + k).values()[i];
      }
    }
    assertThat(frames(merged).get(7).values()).isEqualTo(sum);
    assertThat(merged.positions().y()[7]).isEqualTo(STILL.scan().positions().y()[7 * FRAMES]);
  }

  @Test
  void framesInWhichTheStageJumpedAreLeftOutAndTheImageIsSaved() {
    var jumped = jumping();
    var merged = MERGE.apply(jumped, Watch.SILENT);
    assertThat(merged.source().notes().getLast()).contains("900 frames", "100 left out");
    var all =
        new MergeBursts(FRAMES, 1000, 1).apply(jumped, Watch.SILENT); // control: nothing left out
    assertThat(all.source().notes().getLast()).contains("0 left out");
    double kept = nrmse(merged);
    double blurred = nrmse(all);
    double sound = nrmse(MERGE.apply(STILL.scan(), Watch.SILENT));
    assertThat(kept).isLessThan(1.15 * sound);
    assertThat(blurred).as("negative control").isGreaterThan(2 * kept);
  }

  /// Four of five kept: the counts are those of a whole burst, the variance 25/16 of the counts
  /// that were added.
  @Test
  void whatIsMissingIsMadeUpForAndTheVarianceSaysSo() {
    var merged = MERGE.apply(jumping(), Watch.SILENT);
    double sound = frames(MERGE.apply(STILL.scan(), Watch.SILENT)).get(6).sum();
    assertThat(frames(merged).get(6).sum()).isCloseTo(sound, within(0.02 * sound));
    var variance = new RealField(merged.frames().grid());
    merged.frames().variance().orElseThrow().read(6, variance);
    assertThat(variance.sum()).isCloseTo(1.25 * sound, within(0.02 * 1.25 * sound));
  }

  @Test
  void onlyTheBestPartOfABurstIsKeptIfThatIsAskedFor() {
    var merged = new MergeBursts(FRAMES, 6, 0.6).apply(STILL.scan(), Watch.SILENT);
    assertThat(merged.source().notes().getLast()).contains("600 frames", "400 left out");
  }

  @Test
  void whatIsNoBurstIsRefused() {
    assertThatThrownBy(() -> new MergeBursts(7, 6, 1).apply(STILL.scan(), Watch.SILENT))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("a multiple of 7");
    assertThatThrownBy(() -> new MergeBursts(8, 6, 1).apply(STILL.scan(), Watch.SILENT))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("they show one position");
    assertThatThrownBy(() -> new MergeBursts(2, 6, 1)).isInstanceOf(InvalidInput.class);
  }

  private static double nrmse(DiffractionScan scan) {
    Reconstruction result = Ptychography.of(Rpie.DEFAULT, 30).apply(scan, Watch.SILENT);
    return Objects.requireNonNull(Comparison.between(result, STILL.truth()).metrics().get("nrmse"));
  }
}

package argand.ptycho;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argand.array.InvalidInput;
import argand.data.Reconstruction;
import argand.flow.Maker;
import argand.flow.Watch;
import argand.metric.Comparison;
import argand.simulate.FermatSpiral;
import argand.simulate.SimulateExtendedScan;
import argand.simulate.SimulateScan;
import argand.simulate.StageMotion;
import argand.simulate.StandardCase;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Stages that move while the shutter is open, seen by the virtual instrument.
class StageMotionTruthTest {
  private static final SimulateScan PLAIN = StandardCase.farField(64, 1);
  private static final double PIXEL = PLAIN.geometry().sample().pixelY();

  private static SimulateExtendedScan scan(int views) {
    var s = PLAIN;
    return SimulateExtendedScan.of(
        new SimulateScan(
            s.beam(),
            s.distance(),
            s.size(),
            s.pixel(),
            s.regime(),
            s.focusDistance(),
            s.phantom(),
            s.optics(),
            new FermatSpiral(5 * PIXEL, views),
            s.detector(),
            0,
            s.startProbe(),
            2,
            2,
            1));
  }

  private static double metric(Reconstruction result, Maker.Made made, String name) {
    return requireNonNull(Comparison.between(result, made.truth()).metrics().get(name));
  }

  /// A stage that trembles by 2 px rms: one long exposure of each view, or ten frames with a tenth
  /// of the light each.
  @Test
  void aBurstResolvesOneAndAHalfTimesAsMuchAsOneLongExposure() {
    var shaken = new StageMotion(2 * PIXEL, 0, 10, false);
    var exposed = scan(40).moving(shaken).make(0, Watch.SILENT);
    var burst = scan(40).moving(new StageMotion(2 * PIXEL, 0, 10, true)).make(0, Watch.SILENT);
    var plain = Ptychography.of(LsqMl.DEFAULT, 30);
    var blurred = plain.apply(exposed.scan(), Watch.SILENT);
    var found = plain.refining(Positions.DEFAULT).apply(burst.scan(), Watch.SILENT);
    var modes = plain.withModes(6).apply(exposed.scan(), Watch.SILENT);
    double resolved = metric(found, burst, "resolutionHalfBit");
    assertThat(metric(blurred, exposed, "resolutionHalfBit")).isGreaterThan(1.5 * resolved);
    assertThat(metric(modes, exposed, "resolutionHalfBit")).isGreaterThan(1.5 * resolved);
    // the negative control: frames that are believed to stand where the file says
    var believed = Ptychography.of(LsqMl.DEFAULT, 12).apply(burst.scan(), Watch.SILENT);
    assertThat(metric(believed, burst, "nrmse")).isGreaterThan(2 * metric(found, burst, "nrmse"));
  }

  /// The probe travels over 3 px in each frame.
  @Test
  void aFlyScanWithItsModelAsGoodAsStandingStillNearlyAndWithoutItTwiceAsFar() {
    var swept = scan(100).moving(new StageMotion(0, 3 * PIXEL, 1, false)).make(0, Watch.SILENT);
    var plain = Ptychography.of(LsqMl.DEFAULT, 50);
    var still = plain.apply(swept.scan(), Watch.SILENT);
    var found =
        plain
            .withModel(WaveModel.of(new FlyScan(0, 3 * PIXEL, 5)))
            .apply(swept.scan(), Watch.SILENT);
    assertThat(metric(found, swept, "nrmse")).isLessThan(0.04);
    assertThat(metric(still, swept, "nrmse")).isGreaterThan(2 * metric(found, swept, "nrmse"));
    // a way across is wrong
    var across =
        plain
            .withModel(WaveModel.of(new FlyScan(3 * PIXEL, 0, 5)))
            .apply(swept.scan(), Watch.SILENT);
    assertThat(metric(across, swept, "nrmse")).isGreaterThan(2 * metric(found, swept, "nrmse"));
  }

  /// A probe that changes, a thick sample and a sample in several states do not say where a probe
  /// stood; a stage that moves does.
  @Test
  void positionsAreRefinedWithAMovingStageAndNotWithOtherModels() {
    var plain = Ptychography.of(LsqMl.DEFAULT, 5).refining(Positions.DEFAULT);
    assertThat(plain.withModel(WaveModel.of(new FlyScan(0, 1e-7, 3))).refine()).hasSize(1);
    for (var waves :
        List.of(
            WaveModel.of(new VariableProbe(2, 2)),
            WaveModel.of(new ObjectModes(2, 0.1, 2)),
            WaveModel.of(new Slices(List.of(1e-3))))) {
      assertThatThrownBy(() -> plain.withModel(waves))
          .isInstanceOf(InvalidInput.class)
          .hasMessageContaining("positions with " + waves.named());
    }
  }
}

package argand.ptycho;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argand.array.InvalidInput;
import argand.flow.Maker;
import argand.flow.Watch;
import argand.metric.Comparison;
import argand.phantom.Texture;
import argand.simulate.DetectorChain;
import argand.simulate.SimulateExtendedScan;
import argand.simulate.SimulateScan;
import argand.simulate.SliceBehind;
import argand.simulate.StandardCase;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Two different textures, six depths of field apart (5.2 p²/λ, p the half period that the detector
/// sees: the pixel), seen by the virtual instrument with 10⁶ photons a frame.
class MultisliceTruthTest {
  private static final SimulateScan FRONT = bright(StandardCase.farField(64, 1));
  private static final double PIXEL = FRONT.geometry().sample().pixelY();
  private static final double DISTANCE = 6 * 5.2 * PIXEL * PIXEL / FRONT.beam().wavelength();
  private static final Maker.Made THICK =
      SimulateExtendedScan.of(FRONT)
          .behind(new SliceBehind(new Texture(8 * PIXEL, 0.6, 1, 2, 77), DISTANCE))
          .make(0, Watch.SILENT);

  private static SimulateScan bright(SimulateScan s) {
    return new SimulateScan(
        s.beam(),
        s.distance(),
        s.size(),
        s.pixel(),
        s.regime(),
        s.focusDistance(),
        s.phantom(),
        s.optics(),
        s.scan(),
        DetectorChain.photonCounting(4 * s.detector().photons()),
        s.positionError(),
        s.startProbe(),
        s.oversampling(),
        s.refinement(),
        s.seed());
  }

  @Test
  void eachOfTwoSlicesWithin5PercentAndASingleOneNot() {
    var thin = Ptychography.of(LsqMl.DEFAULT, 70);
    var found =
        thin.withModel(WaveModel.of(new Slices(List.of(DISTANCE), 0)))
            .apply(THICK.scan(), Watch.SILENT);
    for (int k = 0; k < 2; k++) {
      var slice = SliceAgreement.of(found, THICK.truth(), k);
      assertThat(slice.nrmse()).isLessThan(0.05);
      assertThat(slice.crossTalk()).isLessThan(0.05);
    }
    // the negative controls: slices exchanged, and a single slice
    var exchanged = Comparison.between(found.slice(0), THICK.truth().slice(1));
    assertThat(exchanged.metrics().get("nrmse")).isGreaterThan(0.3);
    var single = Ptychography.of(Rpie.DEFAULT, 40).apply(THICK.scan(), Watch.SILENT);
    assertThat(Comparison.between(single, THICK.truth()).metrics().get("nrmse")).isGreaterThan(0.2);
    assertThat(requireNonNull(single.quality().metrics().get("relativeAmplitudeError")))
        .isGreaterThan(5 * requireNonNull(found.quality().metrics().get("relativeAmplitudeError")));
  }

  @Test
  void otherMethodsAndImpossibleDistancesAreRefused() {
    var slices = WaveModel.of(new Slices(List.of(1e-3), 0));
    assertThatThrownBy(() -> Ptychography.of(new Raar(0.75), 5).withModel(slices))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("lsqMl")
        .hasMessageContaining("slices");
    assertThatThrownBy(() -> new Slices(List.of(), 0))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("distances");
    var far =
        Ptychography.of(LsqMl.DEFAULT, 1).withModel(WaveModel.of(new Slices(List.of(0.9), 0)));
    assertThatThrownBy(() -> far.apply(THICK.scan(), Watch.SILENT))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("propagation distance");
  }
}

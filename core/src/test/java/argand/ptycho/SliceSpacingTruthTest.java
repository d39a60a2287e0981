package argand.ptycho;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argand.array.InvalidInput;
import argand.data.Reconstruction;
import argand.flow.Maker;
import argand.flow.Watch;
import argand.phantom.Texture;
import argand.simulate.SimulateExtendedScan;
import argand.simulate.SimulateScan;
import argand.simulate.SliceBehind;
import argand.simulate.StandardCase;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Two textures three depths of field apart, said to be a fifth closer.
class SliceSpacingTruthTest {
  private static final SimulateScan FRONT = StandardCase.farField(64, 1);
  private static final double PIXEL = FRONT.geometry().sample().pixelY();
  private static final double APART = 3 * 5.2 * PIXEL * PIXEL / FRONT.beam().wavelength();
  private static final double SAID = 0.8 * APART;
  private static final Maker.Made THICK =
      SimulateExtendedScan.of(FRONT)
          .behind(new SliceBehind(new Texture(8 * PIXEL, 0.6, 1, 2, 77), APART))
          .make(0, Watch.SILENT);

  @Test
  void aDistanceWrongByAFifthIsFoundWithin3Percent() {
    var verb =
        Ptychography.of(MaximumLikelihood.DEFAULT, 65)
            .withModel(WaveModel.of(new Slices(List.of(SAID))));
    var found = verb.refining(new SliceSpacing(15, 2)).apply(THICK.scan(), Watch.SILENT);
    double distance = requireNonNull(found.quality().metrics().get("sliceDistance1"));
    assertThat(distance / APART).isBetween(0.97, 1.03);
    assertThat(found.slices().orElseThrow().distances().getFirst()).isEqualTo(distance);
    // the negative control: with the distance as it was said each slice is wrong by a tenth
    var fixed = verb.apply(THICK.scan(), Watch.SILENT);
    for (int k = 0; k < 2; k++) {
      assertThat(nrmse(found, k)).isLessThan(0.055);
      assertThat(nrmse(fixed, k)).isGreaterThan(0.09);
    }
  }

  private static double nrmse(Reconstruction found, int k) {
    return SliceAgreement.of(found, THICK.truth(), k).nrmse();
  }

  @Test
  void aThinSampleHasNoSpacing() {
    var thin = Ptychography.of(MaximumLikelihood.DEFAULT, 1).refining(new SliceSpacing(1, 1));
    assertThatThrownBy(() -> thin.apply(THICK.scan(), Watch.SILENT))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("slices");
  }
}

package argand.ptycho;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argand.array.InvalidInput;
import argand.data.Quality;
import argand.flow.Maker;
import argand.flow.Watch;
import argand.metric.Comparison;
import argand.phantom.Texture;
import argand.simulate.SimulateExtendedScan;
import argand.simulate.SimulateScan;
import argand.simulate.SliceBehind;
import argand.simulate.StandardCase;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Two different textures, some depths of field apart (5.2 p²/λ, p the half period that the
/// detector
/// sees: the pixel), seen by the virtual instrument, which joins slices on a grid twice as fine;
/// 61 photons meet the first slice for each pixel of a frame, 10⁶ for a frame of 128².
class MultisliceTruthTest {
  private static final SimulateScan FRONT = StandardCase.farField(64, 1);
  private static final double PIXEL = FRONT.geometry().sample().pixelY();
  private static final double DEPTH_OF_FIELD = 5.2 * PIXEL * PIXEL / FRONT.beam().wavelength();
  private static final double APART = 2.5 * DEPTH_OF_FIELD;
  private static final Maker.Made THICK = thick(APART);

  private static Maker.Made thick(double distance) {
    return SimulateExtendedScan.of(FRONT)
        .behind(new SliceBehind(new Texture(8 * PIXEL, 0.6, 1, 2, 77), distance))
        .make(0, Watch.SILENT);
  }

  private static WaveModel apart(double distance) {
    return WaveModel.of(new Slices(List.of(distance)));
  }

  private static double metric(Quality quality, String name) {
    return requireNonNull(quality.metrics().get(name), name);
  }

  @Test
  void eachOfTwoSlicesWithin5PercentAt2AndAHalfDepthsOfFieldAndASingleOneNot() {
    var verb = Ptychography.of(MaximumLikelihood.DEFAULT, 90);
    var found = verb.withModel(apart(APART)).apply(THICK.scan(), Watch.SILENT);
    for (int k = 0; k < 2; k++) {
      var slice = SliceAgreement.of(found, THICK.truth(), k);
      assertThat(slice.nrmse()).isLessThan(0.05);
      assertThat(slice.crossTalk()).isLessThan(0.05);
    }
    // the negative controls: slices exchanged, and a single slice
    var exchanged = Comparison.between(found.slice(0), THICK.truth().slice(1));
    assertThat(metric(exchanged, "nrmse")).isGreaterThan(0.3);
    var single = verb.apply(THICK.scan(), Watch.SILENT);
    assertThat(metric(Comparison.between(single, THICK.truth()), "nrmse")).isGreaterThan(0.2);
    assertThat(metric(single.quality(), "relativeAmplitudeError"))
        .isGreaterThan(5 * metric(found.quality(), "relativeAmplitudeError"));
  }

  /// Least-squares steps get there too where slices are farther apart.
  @Test
  void leastSquaresStepsWithin5PercentAtSixDepthsOfField() {
    var made = thick(6 * DEPTH_OF_FIELD);
    var found =
        Ptychography.of(LsqMl.DEFAULT, 70)
            .withModel(apart(6 * DEPTH_OF_FIELD))
            .apply(made.scan(), Watch.SILENT);
    for (int k = 0; k < 2; k++) {
      var slice = SliceAgreement.of(found, made.truth(), k);
      assertThat(slice.nrmse()).isLessThan(0.05);
      assertThat(slice.crossTalk()).isLessThan(0.05);
    }
  }

  @Test
  void otherMethodsAndImpossibleDistancesAreRefused() {
    var slices = apart(1e-3);
    assertThatThrownBy(() -> Ptychography.of(Raar.DEFAULT, 5).withModel(slices))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("lsqMl")
        .hasMessageContaining("slices");
    assertThatThrownBy(() -> new Slices(List.of()))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("distances");
    var far = Ptychography.of(LsqMl.DEFAULT, 1).withModel(apart(0.9));
    assertThatThrownBy(() -> far.apply(THICK.scan(), Watch.SILENT))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("propagation distance");
  }
}

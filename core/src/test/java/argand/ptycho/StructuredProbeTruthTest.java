package argand.ptycho;

import static org.assertj.core.api.Assertions.assertThat;

import argand.array.Grid;
import argand.flow.Watch;
import argand.metric.Comparison;
import argand.phantom.Texture;
import argand.physics.Beam;
import argand.physics.Diffuser;
import argand.physics.Geometry;
import argand.simulate.DetectorChain;
import argand.simulate.FermatSpiral;
import argand.simulate.SimulateScan;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/// The same round beam with and without a diffuser in it: structure in the light makes
/// reconstructions converge in fewer passes.
class StructuredProbeTruthTest {
  private static final int SIZE = 64;
  private static final double PIXEL = 75e-6;
  private static final double DISTANCE = 5;

  /// NRMSE of the object after so many passes of rPIE, from the true light or from what the mean
  /// frame says of it.
  private static double after(int passes, double strength, boolean knownLight) {
    var beam = new Beam.XRays(8000);
    double pixel =
        Geometry.farField(beam, DISTANCE, Grid.square(SIZE, SIZE, PIXEL)).sample().pixelY();
    var light = new Diffuser(20 * pixel, 10 * pixel, strength, 0, 3 * pixel, 5);
    var simulated =
        new SimulateScan(
                beam,
                DISTANCE,
                SIZE,
                PIXEL,
                Geometry.Regime.FAR_FIELD,
                OptionalDouble.empty(),
                new Texture(5 * pixel, 0.6, 1, 2, 3),
                light,
                new FermatSpiral(6 * pixel, 100),
                DetectorChain.photonCounting(1e6),
                0,
                knownLight ? Optional.of(light) : Optional.empty(),
                2,
                2,
                1)
            .make(0, Watch.SILENT);
    var result = Ptychography.of(Rpie.DEFAULT, passes).apply(simulated.scan(), Watch.SILENT);
    return Comparison.between(result, simulated.truth())
        .metrics()
        .getOrDefault("nrmse", Double.NaN);
  }

  @Test
  void fromTheTrueLightHalfThePassesDo() {
    assertThat(after(5, 1, true)).isLessThan(after(9, 0, true));
  }

  /// Without a start probe structure decides whether object and light are told apart at all.
  @Test
  void fromTheMeanFrameAloneOnlyStructuredLightConverges() {
    assertThat(after(40, 1, false)).isLessThan(0.05);
    assertThat(after(40, 0, false)).isGreaterThan(0.3);
  }
}

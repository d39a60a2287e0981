package argand.ptycho;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import argand.array.InvalidInput;
import argand.data.DiffractionScan;
import argand.data.ScanPositions;
import argand.flow.Maker.Made;
import argand.flow.Watch;
import argand.phantom.Texture;
import argand.physics.Beam;
import argand.physics.Diffuser;
import argand.physics.Geometry;
import argand.simulate.DetectorChain;
import argand.simulate.FermatSpiral;
import argand.simulate.SimulateScan;
import argand.simulate.StandardCase;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A near-field scan through a diffuser whose file states another distance than the true one.
class DistanceTruthTest {
  private static final double PIXEL = 180e-9;
  private static final double DISTANCE = 3.6e-3;

  private static Made made(long seed) {
    return new SimulateScan(
            new Beam.XRays(12_658),
            DISTANCE,
            64,
            PIXEL,
            Geometry.Regime.NEAR_FIELD,
            OptionalDouble.empty(),
            new Texture(8 * PIXEL, 0.6, 1, 2, seed),
            new Diffuser(36 * PIXEL, 8 * PIXEL, 1.5, 0, 6 * PIXEL, seed + 2),
            new FermatSpiral(5 * PIXEL, 60),
            DetectorChain.photonCounting(1e6),
            0,
            Optional.empty(),
            2,
            2,
            seed)
        .make(0, Watch.SILENT);
  }

  private static DiffractionScan stated(DiffractionScan scan, double factor) {
    var is = scan.geometry();
    var says =
        new Geometry(
            is.beam(), factor * is.distance(), is.detector(), is.regime(), is.focusDistance());
    return new DiffractionScan(
        says, scan.positions(), scan.frames(), scan.mask(), scan.probe(), scan.source());
  }

  private static double found(double factor, long seed) {
    return Ptychography.of(LsqMl.DEFAULT, 60)
        .withProbe(new ProbeStart.FromFrames())
        .refining(Distance.DEFAULT)
        .apply(stated(made(seed).scan(), factor), Watch.SILENT)
        .quality()
        .metrics()
        .getOrDefault("distanceFactor", Double.NaN);
  }

  /// What is found is 1 … 2 % too long, whatever was stated.
  @ParameterizedTest
  @ValueSource(doubles = {0.95, 1, 1.05})
  void aDistanceThatIsStatedWronglyIsFoundWithin25PerMille(double factor) {
    assertThat(factor * found(factor, 2)).isCloseTo(1, within(0.025));
  }

  /// A field that is stated 5 % too large looks like a distance that is: 1.02 of the truth as
  /// above, times 1.05.
  @Test
  void anErrorOfTheStagesScaleIsFoundAsOneOfTheDistance() {
    var scan = made(2).scan();
    double[] y = Arrays.stream(scan.positions().y()).map(v -> 1.05 * v).toArray();
    double[] x = Arrays.stream(scan.positions().x()).map(v -> 1.05 * v).toArray();
    var stretched =
        new DiffractionScan(
            scan.geometry(),
            new ScanPositions(y, x),
            scan.frames(),
            scan.mask(),
            scan.probe(),
            scan.source());
    var plain = Ptychography.of(LsqMl.DEFAULT, 60).withProbe(new ProbeStart.FromFrames());
    var fixed = plain.apply(stretched, Watch.SILENT); // the negative control
    var found = plain.refining(Distance.DEFAULT).apply(stretched, Watch.SILENT);
    double scale =
        found.quality().metrics().getOrDefault("positionScaleIfDistanceIsRight", Double.NaN);
    assertThat(scale).isCloseTo(1 / 1.05 - 1, within(0.025));
    assertThat(fixed.residuals().getLast()).isGreaterThan(1.1 * found.residuals().getLast());
  }

  @Test
  void inTheFarFieldItIsTheSizeOfAPixel() {
    var scan = StandardCase.farField(32, 1).make(0, Watch.SILENT).scan();
    var run = Ptychography.of(LsqMl.DEFAULT, 2).refining(Distance.DEFAULT);
    assertThatThrownBy(() -> run.apply(scan, Watch.SILENT))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("pixelSize: free");
  }
}

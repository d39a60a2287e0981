package argand.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import argand.array.ComplexField;
import argand.array.Fft2;
import argand.array.InvalidInput;
import argand.array.RealField;
import argand.array.Workers;
import argand.data.Reconstruction;
import argand.flow.Maker;
import argand.flow.QuietWatch;
import argand.flow.Watch;
import argand.phantom.Layers;
import argand.phantom.Phantom;
import argand.phantom.Texture;
import argand.physics.Beam;
import argand.physics.Geometry;
import argand.physics.Optics;
import argand.physics.Pinhole;
import argand.physics.ZonePlate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class SimulateScanTest {
  private static final Beam BEAM = new Beam.XRays(8000);
  private static final int N = 32;
  // 8 keV, 5 m, 32 pixels of 300 µm: sample pixel 80.7 nm
  private static final double PIXEL = BEAM.wavelength() * 5 / (N * 300e-6);
  private static final Optics PLATE = new ZonePlate(100e-6, 300e-9, 30e-6, 1.5e-3, 0, 0);
  private static final Phantom TEXTURE = new Texture(8 * PIXEL, 0.6, 1, 2, 5);

  private static SimulateScan scan(
      Phantom phantom, DetectorChain detector, double error, int oversampling, long seed) {
    return new SimulateScan(
        BEAM,
        5,
        N,
        300e-6,
        Geometry.Regime.FAR_FIELD,
        OptionalDouble.empty(),
        phantom,
        PLATE,
        new RasterScan(2 * PIXEL, 3, 3, 0),
        detector,
        error,
        Optional.of(new ZonePlate(100e-6, 300e-9, 0, 1.8e-3, 0, 0)),
        oversampling,
        oversampling,
        seed);
  }

  private static RealField frame(Maker.Made made, int j) {
    var frame = new RealField(made.scan().frames().grid());
    made.scan().frames().read(j, frame);
    return frame;
  }

  /// Σ(|F(P·O)| − √I)² / ΣI of the truth, by the discrete model that solvers use, with object,
  /// probe, positions and origin as {@link Reconstruction} describes them.
  private static double amplitudeError(Maker.Made made) {
    Reconstruction truth = made.truth();
    ComplexField object = truth.object();
    ComplexField probe = truth.probe().modes().getFirst();
    double wrong = 0;
    double all = 0;
    for (int j = 0; j < made.scan().frames().count(); j++) {
      int top = (int) Math.rint((truth.positions().y()[j] - truth.origin().y()) / PIXEL);
      int left = (int) Math.rint((truth.positions().x()[j] - truth.origin().x()) / PIXEL);
      assertThat(top).isBetween(0, object.grid().rows() - N);
      assertThat(left).isBetween(0, object.grid().columns() - N);
      var exit = new ComplexField(probe.grid());
      for (int r = 0; r < N; r++) {
        for (int c = 0; c < N; c++) {
          float a = probe.re(r, c);
          float b = probe.im(r, c);
          float x = object.re(r + top, c + left);
          float y = object.im(r + top, c + left);
          exit.set(r, c, a * x - b * y, a * y + b * x);
        }
      }
      new Fft2(N, N).forward(exit);
      RealField measured = frame(made, j);
      RealField model = exit.amplitude();
      for (int i = 0; i < N * N; i++) {
        wrong += Math.pow(model.values()[i] - Math.sqrt(measured.values()[i]), 2);
        all += measured.values()[i];
      }
    }
    return wrong / all;
  }

  @Test
  void onTheSolversGridTheTruthExplainsEveryFrameExactly() {
    var made = scan(TEXTURE, DetectorChain.ideal(1e6), 0, 1, 1).make(0, Watch.SILENT);
    // positions are whole pixels from the probe's: floats only
    assertThat(amplitudeError(made)).isLessThan(1e-9);
  }

  @Test
  void onTheFinerGridTheTruthExplainsTheFramesNearlyButNotExactly() {
    var made = scan(TEXTURE, DetectorChain.ideal(1e6), 0, 2, 1).make(0, Watch.SILENT);
    // the pupil is only 9 pixels wide here, so the pixels that its rim crosses count for much; at
    // 50
    // pixels it is 1e-3
    assertThat(amplitudeError(made)).isBetween(1e-4, 0.02);
  }

  @Test
  void aTruthThatIsOffByAPixelExplainsNothing() {
    var made = scan(TEXTURE, DetectorChain.ideal(1e6), 0, 1, 1).make(0, Watch.SILENT);
    Reconstruction t = made.truth();
    var moved = new Reconstruction.Origin(t.origin().y() - PIXEL, t.origin().x());
    var wrong =
        new Reconstruction(
            t.object(),
            t.probe(),
            t.positions(),
            moved,
            t.geometry(),
            0,
            t.residuals(),
            t.quality(),
            t.source());
    assertThat(amplitudeError(new Maker.Made(made.scan(), wrong))).isGreaterThan(0.01);
  }

  @Test
  void inVacuumEveryFrameHoldsAllPhotons() {
    var made = scan(new Layers(List.of()), DetectorChain.ideal(1e6), 0, 2, 1).make(0, Watch.SILENT);
    for (int j = 0; j < 9; j++) {
      // the pupil lies on the detector as a whole; the rings that leave the computed field scatter
      // some 1e-4 of the light
      assertThat(frame(made, j).sum()).isCloseTo(1e6, within(1e3));
    }
    // what lies beyond the frame's own window is lost to the truth's probe: the tails of the rings
    assertThat(made.truth().probe().power()).isBetween(0.95e6, 1e6);
  }

  @Test
  void sameSeedSameBitsWhateverTheThreads() {
    var maker = scan(TEXTURE, DetectorChain.photonCounting(1e5), 20e-9, 2, 7);
    var one = maker.make(0, Watch.SILENT);
    var three = maker.make(0, new Threads(new Workers(3)));
    var other = scan(TEXTURE, DetectorChain.photonCounting(1e5), 20e-9, 2, 8).make(0, Watch.SILENT);
    for (int j = 0; j < 9; j++) {
      assertThat(frame(three, j).values()).isEqualTo(frame(one, j).values());
      assertThat(frame(other, j).values()).isNotEqualTo(frame(one, j).values());
    }
    assertThat(three.truth().positions().y()).isEqualTo(one.truth().positions().y());
  }

  @Test
  void theScanSaysWhereTheProbeWasSentTheTruthWhereItStood() {
    var made = scan(TEXTURE, DetectorChain.photonCounting(1e5), 20e-9, 2, 7).make(0, Watch.SILENT);
    double squares = 0;
    for (int j = 0; j < 9; j++) {
      assertThat(made.scan().positions().y()[j]).isCloseTo((j / 3 - 1) * 2 * PIXEL, within(1e-15));
      squares +=
          Math.pow(made.scan().positions().y()[j] - made.truth().positions().y()[j], 2)
              + Math.pow(made.scan().positions().x()[j] - made.truth().positions().x()[j], 2);
    }
    // 18 numbers of 20 nm rms: the root mean square is known to 17 %, three of these
    assertThat(Math.sqrt(squares / 18)).isBetween(10e-9, 30e-9);
  }

  @Test
  void theStartProbeHasTheRightPowerAndTheWrongShape() {
    var made = scan(TEXTURE, DetectorChain.photonCounting(1e5), 0, 2, 7).make(0, Watch.SILENT);
    var guess = made.scan().probe().orElseThrow();
    assertThat(guess.power()).isCloseTo(1e5, within(1.0));
    assertThat(guess.grid()).isEqualTo(made.scan().geometry().sample());
    assertThat(guess.modes().getFirst().re())
        .isNotEqualTo(made.truth().probe().modes().getFirst().re());
  }

  @Test
  void deadAndSaturatedPixelsAreMasked() {
    var chain = new DetectorChain(1e6, true, 0, 0, 0, true, OptionalDouble.of(3000), 0.02);
    var made = scan(TEXTURE, chain, 0, 1, 7).make(0, Watch.SILENT);
    var mask = made.scan().mask().orElseThrow();
    int saturated = 0;
    for (int j = 0; j < 9; j++) {
      var values = frame(made, j).values();
      for (int i = 0; i < values.length; i++) {
        if (values[i] >= 3000) {
          saturated++;
          assertThat(mask.good()[i]).isFalse();
        }
      }
    }
    assertThat(saturated).isPositive();
    assertThat(mask.count()).isBetween(N * N / 4, N * N - 1);
  }

  @Test
  void nearFieldOfVacuumIsTheBeamAndHoldsAllPhotons() {
    var near =
        new SimulateScan(
            BEAM,
            0.5,
            64,
            2e-6,
            Geometry.Regime.NEAR_FIELD,
            OptionalDouble.of(0.5),
            new Layers(List.of()),
            new Pinhole(30e-6, 0, 6e-6),
            new RasterScan(3e-6, 2, 2, 0.3),
            DetectorChain.ideal(1e6),
            0,
            Optional.empty(),
            2,
            2,
            1);
    var made = near.make(0, Watch.SILENT);
    assertThat(made.truth().object().grid().pixelY()).isCloseTo(1e-6, within(1e-15));
    for (int j = 0; j < 4; j++) {
      // the frame moves with the probe: the same picture wherever it stands, centred
      assertThat(frame(made, j).sum()).isCloseTo(1e6, within(2e3));
      assertThat(centre(frame(made, j))).isCloseTo(32, within(0.01));
    }
  }

  private static double centre(RealField frame) {
    double sum = 0;
    for (int r = 0; r < 64; r++) {
      for (int c = 0; c < 64; c++) {
        sum += (double) frame.at(r, c) * r;
      }
    }
    return sum / frame.sum();
  }

  @Test
  void aProbeWiderThanTheSolversFrameIsRefused() {
    var wide =
        new SimulateScan(
            BEAM,
            5,
            N,
            300e-6,
            Geometry.Regime.FAR_FIELD,
            OptionalDouble.empty(),
            TEXTURE,
            new ZonePlate(100e-6, 300e-9, 0, 6e-3, 0, 0),
            new FermatSpiral(2 * PIXEL, 5),
            DetectorChain.photonCounting(1e5),
            0,
            Optional.empty(),
            2,
            2,
            1);
    assertThatThrownBy(() -> wide.make(0, Watch.SILENT))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("reduce the defocus");
  }

  /// No one looks, but there are hands.
  private record Threads(Workers workers) implements QuietWatch {}
}

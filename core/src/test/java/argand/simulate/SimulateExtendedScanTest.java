package argand.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import argand.array.ComplexField;
import argand.array.Fft2;
import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.RealField;
import argand.flow.Maker;
import argand.flow.Watch;
import argand.phantom.Layers;
import argand.phantom.Phantom;
import argand.phantom.Texture;
import argand.physics.Beam;
import argand.physics.Geometry;
import argand.physics.ZonePlate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class SimulateExtendedScanTest {
  private static final Beam BEAM = new Beam.XRays(8000);
  private static final int N = 32;
  private static final double PIXEL = BEAM.wavelength() * 5 / (N * 300e-6);
  private static final Phantom TEXTURE = new Texture(8 * PIXEL, 0.6, 1, 2, 5);
  private static final Phantom VACUUM = new Layers(List.of());

  private static SimulateExtendedScan scan(Phantom phantom, double photons, boolean noise) {
    return SimulateExtendedScan.of(
        new SimulateScan(
            BEAM,
            5,
            N,
            300e-6,
            Geometry.Regime.FAR_FIELD,
            OptionalDouble.empty(),
            phantom,
            new ZonePlate(100e-6, 300e-9, 30e-6, 1.5e-3, 0, 0),
            new RasterScan(2 * PIXEL, 3, 3, 0),
            noise ? DetectorChain.photonCounting(photons) : DetectorChain.ideal(photons),
            0,
            Optional.empty(),
            2,
            2,
            1));
  }

  private static float[] frame(Maker.Made made, int j) {
    var frame = new RealField(made.scan().frames().grid());
    made.scan().frames().read(j, frame);
    return frame.values();
  }

  /// √(Σ(a − b)² / Σb²)
  private static double distance(float[] a, float[] b) {
    double miss = 0;
    double all = 0;
    for (int i = 0; i < a.length; i++) {
      miss += Math.pow(a[i] - b[i], 2);
      all += Math.pow(b[i], 2);
    }
    return Math.sqrt(miss / all);
  }

  @Test
  void withoutExtrasThePlainFrames() {
    var extended = scan(TEXTURE, 1e6, false).make(0, Watch.SILENT);
    var plain = scan(TEXTURE, 1e6, false).plain().make(0, Watch.SILENT);
    assertThat(distance(frame(extended, 4), frame(plain, 4))).isLessThan(1e-6);
    assertThat(extended.truth().object().re()).isEqualTo(plain.truth().object().re());
  }

  @Test
  void slicesWithoutDistanceAreTheirProductAndWithDistanceAreNot() {
    var second = new Texture(8 * PIXEL, 0.6, 1, 2, 6);
    var together = scan(new Layers(List.of(TEXTURE, second)), 1e6, false).make(0, Watch.SILENT);
    var touching =
        scan(TEXTURE, 1e6, false).behind(new SliceBehind(second, 0)).make(0, Watch.SILENT);
    // both fade to vacuum at a rim that no view sees
    assertThat(distance(frame(touching, 4), frame(together, 4))).isLessThan(1e-3);
    double depth = 5.2 * PIXEL * PIXEL / BEAM.wavelength();
    var apart =
        scan(TEXTURE, 1e6, false).behind(new SliceBehind(second, 3 * depth)).make(0, Watch.SILENT);
    assertThat(distance(frame(apart, 4), frame(together, 4))).isGreaterThan(0.05);
    assertThat(apart.truth().slices().orElseThrow().distances()).containsExactly(3 * depth);
  }

  /// A wave of one frequency q is an eigenfunction of free space with the phase
  /// 2π z (√(1/λ² − q²) − 1/λ) ≈ −π λ z q².
  @Test
  void theGapTurnsPhasesAsFreeSpaceDoes() {
    var geometry = Geometry.farField(BEAM, 5, Grid.square(N, N, 300e-6));
    var window = geometry.sample();
    double z = 1e-3;
    var gap = VirtualInstrument.gap(geometry, window, z);
    double q = 3 * window.frequencyX();
    double phase = -Math.PI * BEAM.wavelength() * z * q * q;
    assertThat(gap.re(0, 3) * N * N).isCloseTo((float) Math.cos(phase), within(1e-4f));
    assertThat(gap.im(0, 3) * N * N).isCloseTo((float) Math.sin(phase), within(1e-4f));
  }

  @Test
  void aProbeThatWidensNarrowsItsCone() {
    var made = scan(VACUUM, 1e6, false).widening(0.2).make(0, Watch.SILENT);
    // in vacuum a frame is the pupil; magnified by s it is s times smaller
    double ratio = width(frame(made, 0)) / width(frame(made, 8));
    assertThat(ratio).isCloseTo(1.1 / 0.9, within(0.02));
  }

  private static double width(float[] frame) {
    double sum = 0;
    double squares = 0;
    for (int r = 0; r < N; r++) {
      for (int c = 0; c < N; c++) {
        double w = frame[r * N + c];
        sum += w;
        squares += w * (Math.pow(r - N / 2, 2) + Math.pow(c - N / 2, 2));
      }
    }
    return Math.sqrt(squares / sum);
  }

  @Test
  void partlyCoherentLightIsTheSumOfItsOrthogonalModes() {
    var light = new PartialCoherence(List.of(0.7, 0.2, 0.1), 3 * PIXEL);
    var made = scan(VACUUM, 1e6, false).coherence(light).make(0, Watch.SILENT);
    var modes = made.truth().probe().modes();
    // the frame cuts off the tails of the probe
    assertThat(modes.get(1).power() / 1e6).isCloseTo(0.2, within(0.01));
    assertThat(modes.get(2).power() / 1e6).isCloseTo(0.1, within(0.01));
    for (int m = 1; m < 3; m++) {
      assertThat(product(modes.get(0), modes.get(m))).isLessThan(0.01 * modes.get(0).power());
    }
    var coherent = scan(VACUUM, 1e6, false).make(0, Watch.SILENT);
    // a pixel integrates over its area, the truth's transform samples its middle: this much
    double sampling = distance(pattern(coherent.truth().probe().modes()), frame(coherent, 4));
    assertThat(distance(pattern(modes), frame(made, 4))).isLessThan(1.2 * sampling);
    assertThat(distance(pattern(modes), frame(coherent, 4))).isGreaterThan(1.4 * sampling);
  }

  /// Σ |F P_m|²
  private static float[] pattern(List<ComplexField> modes) {
    float[] sum = new float[N * N];
    for (var mode : modes) {
      var wave = mode.copy();
      new Fft2(N, N).forward(wave);
      float[] part = wave.intensity().values();
      for (int i = 0; i < sum.length; i++) {
        sum[i] += part[i];
      }
    }
    return sum;
  }

  /// |Σ a* b|
  private static double product(ComplexField a, ComplexField b) {
    double re = 0;
    double im = 0;
    for (int r = 0; r < N; r++) {
      for (int c = 0; c < N; c++) {
        re += a.re(r, c) * b.re(r, c) + a.im(r, c) * b.im(r, c);
        im += a.re(r, c) * b.im(r, c) - a.im(r, c) * b.re(r, c);
      }
    }
    return Math.hypot(re, im);
  }

  @Test
  void aBurstIsTheLongExposureInParts() {
    var shaken = scan(TEXTURE, 1e6, false);
    var burst = shaken.moving(new StageMotion(2 * PIXEL, 0, 5, true)).make(0, Watch.SILENT);
    var exposure = shaken.moving(new StageMotion(2 * PIXEL, 0, 5, false)).make(0, Watch.SILENT);
    assertThat(burst.scan().frames().count()).isEqualTo(45);
    assertThat(exposure.scan().frames().count()).isEqualTo(9);
    float[] sum = new float[N * N];
    for (int k = 20; k < 25; k++) {
      float[] one = frame(burst, k);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += one[i];
      }
    }
    assertThat(distance(sum, frame(exposure, 4))).isLessThan(1e-5);
    var nominal = burst.scan().positions();
    var stood = burst.truth().positions();
    assertThat(nominal.x()[20]).isEqualTo(nominal.x()[24]);
    assertThat(stood.x()[20]).isNotEqualTo(stood.x()[24]);
    double squares = 0;
    for (int j = 0; j < 45; j++) {
      squares += Math.pow((stood.x()[j] - nominal.x()[j]) / PIXEL, 2) / 45;
    }
    // the rms of 45 normal numbers is known to a tenth
    assertThat(Math.sqrt(squares)).isCloseTo(2, within(0.6));
  }

  @Test
  void aSweepBlursAcrossAndABandAlongTheRadius() {
    var still = scan(TEXTURE, 1e6, false).make(0, Watch.SILENT);
    var swept =
        scan(TEXTURE, 1e6, false)
            .moving(new StageMotion(0, 3 * PIXEL, 1, false))
            .make(0, Watch.SILENT);
    var band = scan(TEXTURE, 1e6, false).bandwidth(0.05).make(0, Watch.SILENT);
    // the disc of the pupil, which stays, holds most of the light
    assertThat(distance(frame(swept, 4), frame(still, 4))).isBetween(0.02, 1.0);
    assertThat(distance(frame(band, 4), frame(still, 4))).isBetween(0.005, 1.0);
    // a narrow band is nearly one energy
    var narrow = scan(TEXTURE, 1e6, false).bandwidth(1e-4).make(0, Watch.SILENT);
    assertThat(distance(frame(narrow, 4), frame(still, 4))).isLessThan(1e-3);
  }

  @Test
  void theTruthOfAThickSampleIsTheProductOfItsSlices() {
    var second = new Texture(8 * PIXEL, 0.6, 1, 2, 6);
    var truth =
        scan(TEXTURE, 1e6, false)
            .behind(new SliceBehind(second, 1e-5))
            .make(0, Watch.SILENT)
            .truth();
    ComplexField a = truth.slice(0).object();
    ComplexField b = truth.slice(1).object();
    float expected = a.re(20, 21) * b.re(20, 21) - a.im(20, 21) * b.im(20, 21);
    assertThat(truth.object().re(20, 21)).isEqualTo(expected);
  }

  @Test
  void aBandOfElectronsIsRefused() {
    var plain = scan(TEXTURE, 1e6, false).plain();
    var electrons =
        new SimulateScan(
            new Beam.Electrons(80_000),
            plain.distance(),
            plain.size(),
            plain.pixel(),
            plain.regime(),
            plain.focusDistance(),
            plain.phantom(),
            plain.optics(),
            plain.scan(),
            plain.detector(),
            0,
            Optional.empty(),
            2,
            2,
            1);
    var extended = SimulateExtendedScan.of(electrons);
    assertThatThrownBy(() -> extended.bandwidth(0.01))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("X-rays");
  }
}

package argand.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import argand.array.Grid;
import argand.array.InvalidInput;
import argand.data.Reconstruction;
import argand.data.Reconstruction.Origin;
import argand.data.ScanPositions;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final double PIXEL = 20e-9;
  private static final int SIDE = 160;

  /// Grains of 3.5 pixels: the narrowest, exp(−2π²σ²f²), are 1e-26 at Nyquist, so the specimen is
  /// band-limited.
  private final Specimen specimen = new Specimen(3, SIDE * PIXEL, 3.5 * PIXEL);

  private final Reconstruction truth = specimen.reconstruction(SIDE, PIXEL, 0);

  @Test
  void gaugeAndPlaceDoNotCount() {
    var moved = specimen.reconstruction(SIDE, PIXEL, 2.37);
    // Told as if it lay at 0: the comparison must find the 2.37 pixels, the ramp and the scale.
    var gauge = new Gauge(3, 1, 0.05, -0.08, 0, 0);
    var image = with(moved, gauge.inject(moved.object()), truth.origin());
    var quality = Comparison.between(image, truth);
    // The shift of 0.37 pixels of a cropped image leaves some 1e-4 of ringing.
    assertThat(quality.metrics().get("nrmse")).isLessThan(1e-3);
    assertThat(quality.metrics().get("phaseRms")).isLessThan(1e-3);
    assertThat(quality.metrics().get("ssim")).isGreaterThan(0.999);
    assertThat(quality.metrics().get("psnr")).isGreaterThan(60);
    assertThat(quality.metrics()).containsKeys("frcMean", "resolutionHalfBit");
    assertThat(quality.figures().get(Comparison.FIGURE)).hasSize(4);
    assertThat(quality.verdict()).singleElement().asString().contains("half period");
  }

  @Test
  void truthMayBeFinerAndLarger() {
    var fine = specimen.reconstruction(2 * SIDE + 40, PIXEL / 2, 0);
    var quality = Comparison.between(truth, fine);
    // Resampling is flat to 1e-3 in the band of the grains.
    assertThat(quality.metrics().get("nrmse")).isLessThan(3e-3);
  }

  @Test
  void positionsMayBeCountedFromElsewhere() {
    double[] y = truth.positions().y().clone();
    double[] x = truth.positions().x().clone();
    for (int j = 0; j < y.length; j++) {
      y[j] += 1e-3;
      x[j] -= 2e-3;
    }
    var elsewhere =
        new Reconstruction(
            truth.object(),
            truth.probe(),
            new ScanPositions(y, x),
            new Origin(truth.origin().y() + 1e-3, truth.origin().x() - 2e-3),
            truth.geometry(),
            0,
            truth.residuals(),
            truth.quality(),
            truth.source());
    assertThat(Comparison.between(elsewhere, truth).metrics().get("nrmse")).isLessThan(1e-4);
  }

  /// The control: another sample must look bad.
  @Test
  void anotherSampleDoesNotMatch() {
    var other = new Specimen(99, SIDE * PIXEL, 3.5 * PIXEL).reconstruction(SIDE, PIXEL, 0);
    var metrics = Comparison.between(other, truth).metrics();
    assertThat(metrics.get("nrmse")).isGreaterThan(0.3);
    assertThat(metrics.get("phaseRms")).isGreaterThan(0.3);
    assertThat(metrics.get("ssim")).isLessThan(0.6);
    assertThat(metrics.get("frcMean")).isLessThan(0.3);
    assertThat(metrics.getOrDefault("resolutionHalfBit", 1.0)).isGreaterThan(10 * PIXEL);
  }

  @Test
  void worksWithoutKnowingTheLight() {
    var a = Specimen.noisy(truth.object(), 0.01, 1);
    var metrics = Comparison.between(a, truth.object()).metrics();
    // Noise of 0.01 √2 on a field whose rms modulus is 0.5 … 1.
    assertThat(metrics.get("nrmse")).isBetween(0.01, 0.03);
  }

  @Test
  void halvesGiveAHalfPeriod() {
    var a = with(truth, Specimen.noisy(truth.object(), 0.05, 1), truth.origin());
    var b = with(truth, Specimen.noisy(truth.object(), 0.05, 2), truth.origin());
    var quality = Comparison.halves(a, b);
    // The spectrum of the grains falls below the noise at a few grain widths' frequency: between
    // 1.5 and 4 pixels.
    assertThat(quality.metrics().get("splitHalfResolution")).isBetween(1.5 * PIXEL, 5 * PIXEL);
    assertThat(quality.metrics().get("splitHalfFrcMean")).isBetween(0.1, 0.8);
    assertThat(quality.verdict().getFirst()).contains("half period").contains("½-bit");
  }

  @Test
  void aRampThatBothHalvesShareDoesNotCount() {
    var a = with(truth, Specimen.noisy(truth.object(), 0.05, 1), truth.origin());
    var b = with(truth, Specimen.noisy(truth.object(), 0.05, 2), truth.origin());
    var ramp = new Gauge(1, 0, 0.3, -0.4, 0, 0);
    var first = Comparison.halves(a, b).metrics();
    var second =
        Comparison.halves(
                with(a, ramp.inject(a.object()), a.origin()),
                with(b, ramp.inject(b.object()), b.origin()))
            .metrics();
    double flat = first.getOrDefault("splitHalfResolution", 0.0);
    double steep = second.getOrDefault("splitHalfResolution", 1.0);
    // Whole frequency steps are removed: up to half a step of the ramp is left.
    assertThat(steep).isCloseTo(flat, within(0.1 * flat));
  }

  @Test
  void fieldsThatDoNotMeetAreRefused() {
    var away = with(truth, truth.object(), new Origin(1, 1));
    assertThatThrownBy(() -> Comparison.between(away, truth))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("common part of the two images")
        .hasMessageContaining("same field");
  }

  @Test
  void illuminationKeepsToTheScannedField() {
    var lit = Illumination.lit(truth);
    assertThat(lit.at(SIDE / 2, SIDE / 2)).isTrue();
    assertThat(lit.at(2, 2)).isFalse();
    // A disc of radius 0.24 sides.
    assertThat((double) lit.count())
        .isCloseTo(Math.PI * 0.24 * 0.24 * SIDE * SIDE, within(0.1 * 0.18 * SIDE * SIDE));
  }

  @Test
  void largestRectangleOfAMask() {
    var grid = Grid.square(6, 8, 1e-8);
    boolean[] good = new boolean[48];
    for (int r = 1; r < 4; r++) {
      for (int c = 2; c < 7; c++) {
        good[r * 8 + c] = true;
      }
    }
    good[0] = true;
    good[5 * 8 + 3] = true;
    assertThat(Rectangle.within(new argand.array.Mask(grid, good)))
        .isEqualTo(new Rectangle(1, 2, 3, 5));
  }

  private static Reconstruction with(
      Reconstruction of, argand.array.ComplexField object, Origin origin) {
    return new Reconstruction(
        object,
        of.probe(),
        of.positions(),
        origin,
        of.geometry(),
        of.angle(),
        of.residuals(),
        of.quality(),
        of.source());
  }
}

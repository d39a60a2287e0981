package argand.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import argand.array.Grid;
import argand.data.ScanPositions;
import argand.physics.Beam;
import argand.physics.Geometry;
import argand.sampling.ProbeSize.Origin;
import org.junit.jupiter.api.Test;

class ScanPlanReferenceTest {
  @Test
  void electronsOf80KilovoltAt107Milliradian() {
    // Jiang et al., Nature 559, 343 (2018): 80 keV, 107 mrad, "0.39 Å" full period
    var limit = new ResolutionLimit(new Beam.Electrons(80e3).wavelength(), 0.107);
    assertThat(limit.fullPeriod()).isCloseTo(0.39e-10, within(0.005e-10));
    assertThat(limit.halfPeriod()).isEqualTo(limit.fullPeriod() / 2);
  }

  @Test
  void depthOfFieldOfTsai() {
    // Tsai et al. 2016: T = 5.2 δ²/λ; at 0.2 nm wavelength and 20 nm it is 10.4 µm
    var limit = new ResolutionLimit(0.2e-9, Math.asin(0.2e-9 / 40e-9));
    assertThat(limit.depthOfField()).isCloseTo(10.4e-6, within(1e-10));
  }

  @Test
  void areaOfDiscs() {
    // x = 1/2: (2/π)(π/3 − √3/4) = 2/3 − √3/(2π) = 0.39100
    var plan = plan(10, 5e-6);
    assertThat(plan.linearOverlap()).isCloseTo(0.5, within(1e-12));
    assertThat(plan.areaOverlap()).isCloseTo(0.391002, within(1e-6));
  }

  @Test
  void equationsOverUnknowns() {
    // hull a square of 45 µm, perimeter 180 µm, disc of 10 µm: 2025 + 900 + 25π µm²
    var plan = plan(10, 5e-6);
    double area = (2025 + 900 + 25 * Math.PI) * 1e-12;
    double pixel = plan.geometry().sample().pixelY();
    double expected = 100 * 64 * 64 / (2 * area / (pixel * pixel) + 2 * 64 * 64);
    assertThat(plan.overdetermination()).isCloseTo(expected, within(1e-6 * expected));
  }

  @Test
  void aHalfPeriodIsNearlyAPixel() {
    // λz/(NΔ) is λ/(2 tan θ); at 0.5 mrad sine and tangent agree to 1e-7
    var plan = plan(10, 5e-6);
    assertThat(plan.halfPeriod())
        .isCloseTo(plan.geometry().sample().pixelY(), within(1e-6 * plan.halfPeriod()));
  }

  /// A raster of n × n, a disc of 10 µm.
  private static ScanPlan plan(int n, double step) {
    double[] y = new double[n * n];
    double[] x = new double[n * n];
    for (int j = 0; j < n * n; j++) {
      y[j] = j / n * step;
      x[j] = j % n * step;
    }
    var geometry = Geometry.farField(new Beam.XRays(8000), 5, Grid.square(64, 64, 75e-6));
    var spacing = Spacing.of(new ScanPositions(y, x));
    double side = (n - 1) * step;
    double area = side * side + 4 * side * 5e-6 + Math.PI * 25e-12;
    return new ScanPlan(
        geometry,
        n * n,
        new ProbeSize(10e-6, 10e-6, 0, Origin.START_PROBE),
        spacing,
        area,
        64 * 64,
        1e6);
  }
}

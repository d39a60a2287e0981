package argand.physics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import argand.array.ComplexField;
import argand.array.Grid;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;

/// Propagators against diffraction problems with known answers.
class PropagatorReferenceTest {
  // Saleh & Teich, Fundamentals of Photonics, 2nd ed., equations 3.1-8, 3.1-9 and 3.1-11:
  // w(z) = w₀ √(1 + (z/z_R)²), R(z) = z (1 + (z_R/z)²), z_R = π w₀²/λ, Gouy phase atan(z/z_R).
  @Test
  void aGaussianBeamSpreadsAndBends() {
    double wavelength = 500e-9;
    double waist = 100e-6;
    double rayleigh = Math.PI * waist * waist / wavelength;
    double z = 1.2 * rayleigh;
    var grid = Grid.square(128, 128, 16e-6);
    var wave = field(grid, (y, x) -> Math.exp(-(y * y + x * x) / (waist * waist)));
    new AngularSpectrum(grid, wavelength, z).forward(wave);
    var expected = gaussian(grid, wavelength, waist, z);
    // non-paraxial terms are of order (λ/(π w₀))² = 3e-6, the window cuts exp(−(1024/156)²)
    assertThat(PropagatorLawTest.distance(wave, expected)).isLessThan(1e-5);
    // the control: another curvature or another Gouy phase would be seen
    assertThat(PropagatorLawTest.distance(wave, gaussian(grid, wavelength, waist, 1.01 * z)))
        .isGreaterThan(2e-3);
  }

  @Test
  void oneTransformGivesTheSameGaussianBeam() {
    double wavelength = 500e-9;
    double waist = 100e-6;
    double z = 3 * Math.PI * waist * waist / wavelength;
    var grid = Grid.square(128, 128, 12e-6);
    var wave = field(grid, (y, x) -> Math.exp(-(y * y + x * x) / (waist * waist)));
    double power = wave.power();
    var fresnel = new Fresnel(grid, wavelength, z);
    fresnel.forward(wave);
    var expected = gaussian(fresnel.to(), wavelength, waist, z);
    expected.scale(Math.sqrt(power / expected.power()));
    // the law itself is the paraxial one: only the window and single precision remain
    assertThat(PropagatorLawTest.distance(wave, expected)).isLessThan(2e-6);
  }

  // Born & Wolf, Principles of Optics, 7th ed., section 8.7.3: at the edge of the geometric shadow
  // of a half plane the intensity is 1/4; the first maximum is 1.370 at Fresnel's w = 1.217.
  @Test
  void behindAHalfPlaneTheEdgeHasAQuarterOfTheLight() {
    double wavelength = 1e-10;
    double pixel = 20e-9;
    int n = 2048;
    double z = 2e-3;
    var grid = new Grid(1, n, pixel, pixel);
    // a strip with edges at n/4 and 3n/4, repeated by the periodic grid: each of the two nearest
    // foreign edges, w = 65 away, adds to the amplitude at most 1/(√2 π w) (Cornu's spiral)
    var wave = new ComplexField(grid);
    for (int c = n / 4; c < 3 * n / 4; c++) {
      wave.set(0, c, 1, 0);
    }
    new AngularSpectrum(grid, wavelength, z).forward(wave);
    double unit = pixel * Math.sqrt(2 / (wavelength * z));
    double foreign = 2 / (Math.sqrt(2) * Math.PI * n / 2 * unit);
    // the edge lies between two pixels; their mean differs by the curvature there, below unit²
    double edge = (at(wave, 0, n / 4 - 1) + at(wave, 0, n / 4)) / 2;
    assertThat(edge).isCloseTo(0.25, within(2 * 0.5 * foreign + unit * unit));
    int brightest = n / 4;
    for (int c = n / 4; c < n / 4 + 1.5 / unit; c++) {
      brightest = at(wave, 0, c) > at(wave, 0, brightest) ? c : brightest;
    }
    assertThat(at(wave, 0, brightest)).isCloseTo(1.370, within(2 * 1.17 * foreign + unit * unit));
    // half a pixel, and what the foreign edges move a maximum of curvature about 1
    assertThat((brightest + 0.5 - n / 4) * unit).isCloseTo(1.217, within(unit + foreign));
  }

  // Born & Wolf, section 8.5.2: the Airy pattern [2 J₁(v)/v]² has its first zero at v = 1.220 π,
  // that is at the radius 1.220 λz/D, and its second maximum, 0.0175, at v = 1.635 π.
  @Test
  void aPinholeMakesTheAiryPattern() {
    double wavelength = 1e-10;
    double z = 10;
    double pixel = 31.25e-9;
    int n = 1024;
    double diameter = 64 * pixel;
    var grid = Grid.square(n, n, pixel);
    // each pixel carries the share of its area that is open
    var wave = field(grid, (y, x) -> open(y, x, pixel, diameter / 2));
    var far = new Fraunhofer(grid, wavelength, z);
    far.forward(wave);
    double step = far.to().pixelX() / (wavelength * z / diameter);
    int before = n / 2;
    while (wave.re(n / 2, before + 1) > 0) {
      before++;
    }
    double a = wave.re(n / 2, before);
    double b = wave.re(n / 2, before + 1);
    // linear between two samples: the curvature of J₁ there moves the zero by less than step²/8
    assertThat((before - n / 2 + a / (a - b)) * step).isCloseTo(1.220, within(step * step / 2));
    int second = before + 1;
    while (at(wave, n / 2, second + 1) > at(wave, n / 2, second)) {
      second++;
    }
    assertThat((second - n / 2) * step).isCloseTo(1.635, within(step / 2 + 5e-4));
    // the form factor of a pixel, sinc²(1.6/64), takes 0.2 % of it; that it falls between two
    // samples less
    assertThat(at(wave, n / 2, second) / at(wave, n / 2, n / 2)).isCloseTo(0.0175, within(1.5e-4));
  }

  // H. F. Talbot, Phil. Mag. 9, 401 (1836); Rayleigh, Phil. Mag. 11, 196 (1881): a grating of
  // period d shows itself again at 2d²/λ, and shifted by half a period at d²/λ.
  @Test
  void aGratingShowsItselfAtTheTalbotDistance() {
    double wavelength = 1e-10;
    double period = 1e-6;
    int pixels = 8;
    var grid = new Grid(1, 20 * pixels, period / pixels, period / pixels);
    var grating = new ComplexField(grid);
    var halfway = new ComplexField(grid);
    for (int c = 0; c < grid.columns(); c++) {
      grating.set(0, c, c % pixels < 3 ? 1 : 0, 0);
      halfway.set(0, c, (c + pixels / 2) % pixels < 3 ? 1 : 0, 0);
    }
    double talbot = 2 * period * period / wavelength;
    var wave = grating.copy();
    var half = new AngularSpectrum(grid, wavelength, talbot / 2);
    half.forward(wave);
    // the non-paraxial phase of the 4th order is 400 (λ/d)² = 4e-6
    assertThat(PropagatorLawTest.distance(wave, halfway)).isLessThan(1e-5);
    half.forward(wave);
    assertThat(PropagatorLawTest.distance(wave, grating)).isLessThan(1e-5);
    new AngularSpectrum(grid, wavelength, talbot / 4).forward(wave);
    assertThat(PropagatorLawTest.distance(wave, grating)).as("a quarter on").isGreaterThan(0.5);
  }

  // At z = NΔ²/λ both laws are sampled well and their grids are the same: they must agree.
  @Test
  void oneTransformAndTheAngularSpectrumAgreeWhereBothHold() {
    double wavelength = 1e-10;
    var grid = Grid.square(128, 128, 50e-9);
    double z = 128 * 50e-9 * 50e-9 / wavelength;
    // two blobs of unequal strength, off the centre
    var wave =
        field(
            grid,
            (y, x) ->
                Math.exp(-(sq(y - 4e-7) + sq(x + 3e-7)) / sq(4e-7))
                    + 0.6 * Math.exp(-(sq(y + 2e-7) + sq(x - 5e-7)) / sq(3e-7)));
    var spectrum = wave.copy();
    new AngularSpectrum(grid, wavelength, z).forward(spectrum);
    var fresnel = new Fresnel(grid, wavelength, z);
    fresnel.forward(wave);
    assertThat(fresnel.to().pixelX()).isCloseTo(50e-9, within(1e-20));
    // single precision, and tails of e⁻³⁰ at the edge of the window
    assertThat(PropagatorLawTest.distance(wave, spectrum)).isLessThan(2e-6);
  }

  private static double sq(double value) {
    return value * value;
  }

  private static ComplexField gaussian(Grid grid, double wavelength, double waist, double z) {
    double rayleigh = Math.PI * waist * waist / wavelength;
    double w = waist * Math.sqrt(1 + Math.pow(z / rayleigh, 2));
    double radius = z * (1 + Math.pow(rayleigh / z, 2));
    double gouy = Math.atan(z / rayleigh);
    var field = new ComplexField(grid);
    for (int r = 0; r < grid.rows(); r++) {
      for (int c = 0; c < grid.columns(); c++) {
        double y = (r - grid.rows() / 2) * grid.pixelY();
        double x = (c - grid.columns() / 2) * grid.pixelX();
        double rho2 = y * y + x * x;
        double amplitude = waist / w * Math.exp(-rho2 / (w * w));
        double phase = Math.PI * rho2 / (wavelength * radius) - gouy;
        field.set(
            r, c, (float) (amplitude * Math.cos(phase)), (float) (amplitude * Math.sin(phase)));
      }
    }
    return field;
  }

  private static ComplexField field(Grid grid, DoubleBinaryOperator amplitude) {
    var field = new ComplexField(grid);
    for (int r = 0; r < grid.rows(); r++) {
      for (int c = 0; c < grid.columns(); c++) {
        double y = (r - grid.rows() / 2) * grid.pixelY();
        double x = (c - grid.columns() / 2) * grid.pixelX();
        field.set(r, c, (float) amplitude.applyAsDouble(y, x), 0);
      }
    }
    return field;
  }

  /// Share of a pixel's area inside a disc, from 8 × 8 points.
  private static double open(double y, double x, double pixel, double radius) {
    int inside = 0;
    for (int i = 0; i < 64; i++) {
      double v = y + ((i / 8 + 0.5) / 8 - 0.5) * pixel;
      double u = x + ((i % 8 + 0.5) / 8 - 0.5) * pixel;
      if (v * v + u * u <= radius * radius) {
        inside++;
      }
    }
    return inside / 64.0;
  }

  private static double at(ComplexField wave, int row, int column) {
    return Math.pow(wave.re(row, column), 2) + Math.pow(wave.im(row, column), 2);
  }
}

package argand.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import argand.array.InvalidInput;
import argand.flow.Watch;
import argand.physics.Beam;
import argand.prepare.EstimateDose;
import argand.simulate.DetectorChain;
import argand.simulate.StandardCase;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DoseReferenceTest {
  /// Holton, J. Synchrotron Rad. 16, 133 (2009), 10.1107/S0909049509004361: 2000 photons of 1 Å on
  /// a square micrometre for a gray in a crystal that absorbs like water. NIST: μ_en/ρ of water is
  /// 4.944 cm²/g at 10 keV and 1.374 at 15 keV; on the straight line between their logarithms
  /// 2.507 at 12.398 keV.
  @Test
  void twoThousandPhotonsOnASquareMicrometreAreAGray() {
    var law = new AbsorbedDose(new Absorber.Coefficient(0.2507), 1, 1);
    assertThat(law.gray(2000e12, new Beam.XRays(12_398.42))).isCloseTo(1, within(0.01));
  }

  /// The same with the composition in place of the coefficient.
  @Test
  void waterByItsFormulaAbsorbsWhatWaterAbsorbs() {
    var law = new AbsorbedDose(new Absorber.Compound("H2O"), 1, 1);
    assertThat(law.gray(2000e12, new Beam.XRays(12_398.42))).isCloseTo(1, within(0.03));
    assertThatThrownBy(() -> law.gray(1, new Beam.Electrons(300e3)))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("electrons");
    assertThatThrownBy(() -> new Absorber.Compound("water")).isInstanceOf(InvalidInput.class);
  }

  /// A layer that absorbs the share 1 − exp(−μt) has that μ.
  @Test
  void anAbsorbedShareGivesTheCoefficient() {
    var layer = new Absorber.Layer(-Math.expm1(-0.25 * 1000 * 1e-4), 1e-4, 1000);
    assertThat(layer.massAbsorption(new Beam.XRays(8000))).isCloseTo(0.25, within(1e-12));
  }

  /// Of a simulated scan, whose photons are known: the planner against photons · views / field,
  /// within the 1 % that the issue asks for. A detector that sees half of them sees half the
  /// counts.
  @Test
  void theScanHasTheDoseOfItsPhotons() {
    double photons = StandardCase.photons(64);
    double half = 0.5 * photons;
    var seen =
        StandardCase.farField(64, DetectorChain.photonCounting(half), 1)
            .make(0, Watch.SILENT)
            .scan();
    var all =
        StandardCase.farField(64, DetectorChain.ideal(photons), 1).make(0, Watch.SILENT).scan();
    var plan = ScanPlan.of(seen);
    double through = ScanPlan.of(all).countsPerFrame() / photons;
    var law = new AbsorbedDose(new Absorber.Coefficient(0.25), 0.5, through);
    double expected = 0.25 * photons * 200 / plan.fieldArea() * 8000 * 1.602176634e-19;
    assertThat(law.gray(plan)).isCloseTo(expected, within(0.01 * expected));
    double blind = new AbsorbedDose(new Absorber.Coefficient(0.25), 1, through).gray(plan);
    assertThat(blind).as("without the efficiency").isLessThan(0.6 * expected);

    var step =
        new EstimateDose(
            new Absorber.Coefficient(0.25), 0.5, through, OptionalDouble.of(expected / 0.02), 0.1);
    String note = step.apply(seen, Watch.SILENT).source().notes().getLast();
    // −ln(0.9)/0.02 = 5.27
    assertThat(note).contains("dose of this scan").contains("5 such scans").contains("98.0 %");
  }

  @Test
  void electronsAreRefused() {
    var scan = StandardCase.farField(64, 1).make(0, Watch.SILENT).scan();
    var plan = ScanPlan.of(scan);
    var geometry =
        new argand.physics.Geometry(
            new Beam.Electrons(80e3),
            1,
            plan.geometry().detector(),
            plan.geometry().regime(),
            Double.POSITIVE_INFINITY);
    var electrons =
        new ScanPlan(
            geometry,
            plan.views(),
            plan.probe(),
            plan.spacing(),
            plan.fieldArea(),
            plan.goodPixels(),
            plan.countsPerFrame());
    assertThatThrownBy(() -> new AbsorbedDose(new Absorber.Coefficient(1), 1, 1).gray(electrons))
        .isInstanceOf(InvalidInput.class);
  }

  @Test
  void aDoseIsWrittenWithItsPrefix() {
    assertThat(AbsorbedDose.text(3.2e7)).isEqualTo("32.0 MGy");
    assertThat(AbsorbedDose.text(0.5)).isEqualTo("0.500 Gy");
    assertThat(AbsorbedDose.text(2e13)).isEqualTo("2.00e+04 GGy");
  }

  /// Ten fractions that leave 1/e in all: the undamaged signal comes back, the plain mean of the
  /// fractions is 37 % too low. 200 noise realisations: no bias, and the error is what it says.
  @Test
  void aFractionatedSeriesGivesTheUndamagedSignal() {
    var random = new SplittableRandom(5);
    int fractions = 10;
    double critical = 30e6;
    double undamaged = 40;
    double[] doses = new double[fractions];
    double[] sigma = new double[fractions];
    java.util.Arrays.fill(doses, critical / fractions);
    java.util.Arrays.fill(sigma, 0.5);
    double sum = 0;
    double square = 0;
    double said = 0;
    double plain = 0;
    int repeats = 200;
    for (int n = 0; n < repeats; n++) {
      double[] signal = new double[fractions];
      for (int k = 0; k < fractions; k++) {
        // mean of the curve over a fraction by Simpson's rule: not the formula that is fitted
        double a = Math.exp(-k / 10.0);
        double m = Math.exp(-(k + 0.5) / 10.0);
        double b = Math.exp(-(k + 1) / 10.0);
        signal[k] = undamaged * (a + 4 * m + b) / 6 + 0.5 * random.nextGaussian();
        plain += signal[k] / fractions / repeats;
      }
      var found = DamageCurve.through(doses, signal, sigma);
      sum += found.undamaged() - undamaged;
      square += Math.pow(found.undamaged() - undamaged, 2);
      said += found.sigma() / repeats;
    }
    double rms = Math.sqrt(square / repeats);
    assertThat(sum / repeats).isCloseTo(0, within(4 * rms / Math.sqrt(repeats)));
    assertThat(said).isCloseTo(rms, within(0.15 * rms)); // 1/√400 = 5 %, three of them
    assertThat(rms).isLessThan(0.02 * undamaged);
    assertThat(plain).as("negative control").isLessThan(0.7 * undamaged);

    double[] exact = new double[fractions];
    for (int k = 0; k < fractions; k++) {
      exact[k] = undamaged * 10 * (Math.exp(-k / 10.0) - Math.exp(-(k + 1) / 10.0));
    }
    var found = DamageCurve.through(doses, exact, sigma);
    assertThat(found.curve().criticalDose()).isCloseTo(critical, within(1e-4 * critical));
    assertThat(found.curve().usable(critical / 10, 0.1)).isEqualTo(1);
    assertThat(found.curve().remaining(critical)).isCloseTo(Math.exp(-1), within(1e-4));
  }
}

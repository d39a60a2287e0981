package argand.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import argand.array.InvalidInput;
import argand.array.Workers;
import argand.data.FluorescenceSpectra;
import argand.flow.Maker.MadeSpectra;
import argand.flow.QuietWatch;
import argand.flow.Watch;
import argand.physics.DetectorElement;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulateSpectraTest {
  private static final double MICROGRAM = 1e-5;

  /// No window, no air, no lost charge; dead time and pair resolution as given.
  static PulseDetector detector(double pairResolution, double deadTime) {
    return new PulseDetector(
        DetectorElement.SILICON,
        500e-6,
        0,
        0,
        0.1,
        Math.PI / 2,
        90,
        0.118,
        1e-7,
        0,
        pairResolution,
        deadTime,
        2048,
        -12,
        10.03,
        0,
        10,
        500);
  }

  private static MadeSpectra made(
      List<Deposit> deposits, double flux, double support, PulseDetector detector) {
    return new SimulateSpectra(deposits, 10_000, flux, 1, 1, 1, 1e-6, "Si3N4", support, detector, 5)
        .make(0, Watch.SILENT);
  }

  private static double counted(FluorescenceSpectra spectra, double fromEv, double toEv) {
    float[] counts = spectra.counts().spectrum(0);
    double sum = 0;
    for (int c = 0; c < counts.length; c++) {
      double ev = -12 + 10.03 * c;
      sum += ev > fromEv && ev < toEv ? counts[c] : 0;
    }
    return sum;
  }

  /// 1 µg/cm² of iron at 10 keV, by hand from Krause's yields: 5.1e5 photons of 1e10 into all
  /// directions ({@code QuantifyTest}), 0.1/4π of them seen: 4050 for 1e10 photons.
  @Test
  void countsAreThoseOfTheHand() {
    var one =
        made(List.of(new Deposit("Fe", MICROGRAM, Deposit.Form.EVEN)), 2e11, 0, detector(0, 0));
    // rounded tables: 8 % (QuantifyTest), noise 0.4 %
    assertThat(counted(one.spectra(), 6000, 7400)).isCloseTo(20 * 4050, within(0.08 * 20 * 4050));
    assertThat(one.truth().areas()[0][0]).isCloseTo(20 * 4050, within(0.1 * 20 * 4050));
  }

  /// A pulse blocks the next for 2 µs: n = R T/(1 + R τ), and the live time says so.
  @Test
  void deadTimeLosesWhatItShould() {
    var deposits = List.of(new Deposit("Fe", MICROGRAM, Deposit.Form.EVEN));
    double arriving = sum(made(deposits, 1e12, 0, detector(0, 0)).spectra());
    var slow = made(deposits, 1e12, 0, detector(0, 2e-6)).spectra();
    double expected = arriving / (1 + arriving * 2e-6);
    // Poisson of both, three times
    double noise = 3 * Math.sqrt(2 * expected);
    assertThat(sum(slow)).isBetween(expected - noise, expected + noise);
    assertThat(expected).isLessThan(arriving - 10 * noise); // the control: there is a loss
    assertThat(sum(slow) / slow.exposure().liveShare(0)).isCloseTo(arriving, within(2 * noise));
  }

  /// Of pulses that begin, 1 − e^{−Rτ} meet another within the pair resolution, and are counted at
  /// the sum of both energies.
  @Test
  void pilesUpWhatComesTogether() {
    var deposits = List.of(new Deposit("Ti", MICROGRAM, Deposit.Form.EVEN));
    var spectra = made(deposits, 1e12, 0, detector(4e-7, 1e-6)).spectra();
    double rate = sum(spectra) / spectra.exposure().liveTime().orElseThrow()[0];
    double share = counted(spectra, 8500, 10_500) / sum(spectra);
    double expected = -Math.expm1(-rate * 4e-7) * Math.exp(-rate * 4e-7 / 2);
    double noise = 3 * Math.sqrt(expected / sum(spectra));
    // threefold pile-up and escapes are of second order: a tenth of it
    assertThat(share).isCloseTo(expected, within(noise + 0.1 * expected));
    assertThat(counted(made(deposits, 1e12, 0, detector(0, 1e-6)).spectra(), 8500, 10_500))
        .isZero();
  }

  /// The share of escapes agrees with the formula of Reed and Ware, which knows only the front of a
  /// thick crystal.
  @Test
  void escapesAreThoseOfTheFormula() {
    var spectra =
        made(List.of(new Deposit("Ti", 20 * MICROGRAM, Deposit.Form.EVEN)), 1e12, 0, detector(0, 0))
            .spectra();
    double escaped = counted(spectra, 2500, 3500);
    double full = counted(spectra, 4200, 5300);
    double formula =
        DetectorElement.SILICON.escapes(4510).stream().mapToDouble(l -> l.crossSection()).sum();
    assertThat(escaped).isGreaterThan(1000);
    // noise 3 %, the mean over Kα and Kβ 3 %
    assertThat(escaped / full).isCloseTo(formula, within(0.08 * formula));
  }

  /// The elastic peak stands at the beam's energy, the Compton peak where Compton says, and is as
  /// wide as silicon and nitrogen make it: their electrons' momenta, some hundred eV at 20 keV.
  @Test
  void theBeamIsScattered() {
    var made =
        new SimulateSpectra(
                List.of(new Deposit("Ti", MICROGRAM, Deposit.Form.EVEN)),
                18_000,
                1e13,
                1,
                1,
                1,
                1e-6,
                "C",
                1e-3,
                detector(0, 0),
                5)
            .make(0, Watch.SILENT);
    double compton = 18_000 / (1 + 18_000 / 510_999.0);
    double top = 0;
    double at = 0;
    for (double ev = compton - 1500; ev < 17_750; ev += 20) {
      double here = counted(made.spectra(), ev - 60, ev + 60);
      at = here > top ? ev : at;
      top = Math.max(top, here);
    }
    // steps of 20 eV, noise of a few
    assertThat(at).isCloseTo(compton, within(45.0));
    // a line of this detector has σ = 97 eV here: windows of 120 eV in the middle and 250 eV beside
    // it would hold 0.464 and 0.024 of it, a twentieth
    assertThat(counted(made.spectra(), at - 310, at - 190)).isBetween(0.2 * top, 0.6 * top);
    assertThat(counted(made.spectra(), 17_850, 18_300)).isGreaterThan(1000);
  }

  @Test
  void threadsChangeNothing() {
    var how =
        new SimulateSpectra(
            List.of(
                new Deposit("Fe", MICROGRAM, Deposit.Form.PARTICLES),
                new Deposit("Cu", MICROGRAM, Deposit.Form.SPOTS),
                new Deposit("Ti", MICROGRAM, Deposit.Form.RAMP)),
            12_000,
            1e10,
            0.05,
            6,
            7,
            1e-6,
            "Si3N4",
            6.3e-4,
            detector(2e-7, 1e-6),
            3);
    var one = how.make(0, Watch.SILENT).spectra();
    try (var two = new Workers(2)) {
      var onTwo =
          new QuietWatch() {
            @Override
            public Workers workers() {
              return two;
            }
          };
      var again = how.make(0, onTwo).spectra();
      assertThat(again.counts().sum()).isEqualTo(one.counts().sum());
      assertThat(again.counts().spectrum(17)).isEqualTo(one.counts().spectrum(17));
    }
    assertThat(one.grid().orElseThrow().size()).isEqualTo(42);
  }

  /// Every form has the mean that was asked for.
  @Test
  void formsKeepTheirMean() {
    var grid = new argand.array.Grid(20, 30, 1e-6, 1e-6);
    for (var form : Deposit.Form.values()) {
      double[] map = new Deposit("Fe", 3e-5, form).map(grid, 4);
      double mean = java.util.Arrays.stream(map).average().orElseThrow();
      assertThat(mean).as(form.name()).isCloseTo(3e-5, within(1e-12));
    }
  }

  @Test
  void whatCannotBeCountedIsASentence() {
    assertThatThrownBy(
            () -> made(List.of(new Deposit("Fe", 1, Deposit.Form.EVEN)), 1e15, 0, detector(0, 0)))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("the photons that meet the detector");
    assertThatThrownBy(() -> new Deposit("Xx", 1, Deposit.Form.EVEN))
        .isInstanceOf(InvalidInput.class);
    assertThatThrownBy(
            () ->
                new SimulateSpectra(
                        List.of(new Deposit("He", 1, Deposit.Form.EVEN)),
                        5000,
                        1e9,
                        1,
                        1,
                        1,
                        1e-6,
                        "Si3N4",
                        0,
                        detector(0, 0),
                        1)
                    .make(0, Watch.SILENT))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("elements");
  }

  private static double sum(FluorescenceSpectra spectra) {
    double sum = 0;
    for (double value : spectra.counts().sum()) {
      sum += value;
    }
    return sum;
  }
}

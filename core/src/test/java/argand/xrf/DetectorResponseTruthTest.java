package argand.xrf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import argand.data.FluorescenceSpectra;
import argand.data.LineAreas;
import argand.flow.Maker.MadeSpectra;
import argand.flow.Watch;
import argand.physics.DetectorElement;
import argand.physics.LineGroup;
import argand.simulate.Deposit;
import argand.simulate.PulseDetector;
import argand.simulate.SimulateSpectra;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What detectors do to lines, drawn photon by photon, against formulas of the fit: tails and step
/// from charge lost near the front, sums of pulses that come together, scatter by moving electrons;
/// and backgrounds that are low orders.
class DetectorResponseTruthTest {
  private static final double MICROGRAM = 1e-5;

  private static PulseDetector detector(double lossDepth, double loss, double pairResolution) {
    return new PulseDetector(
        DetectorElement.SILICON,
        500e-6,
        8e-6,
        10e-3,
        0.1,
        Math.PI / 2,
        90,
        0.118,
        lossDepth,
        loss,
        pairResolution,
        1e-6,
        1400,
        -12,
        10.03,
        0,
        10,
        500);
  }

  private static MadeSpectra made(
      Map<String, Double> micrograms, double flux, int spectra, double support, PulseDetector d) {
    var deposits =
        micrograms.entrySet().stream()
            .map(e -> new Deposit(e.getKey(), e.getValue() * MICROGRAM, Deposit.Form.EVEN))
            .toList();
    return new SimulateSpectra(
            deposits, 12_000, flux, 0.5, 1, spectra, 1e-6, "Si3N4", support, d, 8)
        .make(0, Watch.SILENT);
  }

  private static FitLines fit(
      List<String> groups, List<ShapeParameter> refine, Background background, boolean pileUp) {
    var f = FitLines.of(groups);
    boolean tailed = refine.contains(ShapeParameter.SHORT_TAIL);
    return new FitLines(
        groups,
        f.each(),
        f.range(),
        tailed ? new PeakShape(100, 0.115, 0.02, 200, 0, 2000, 0) : f.shape(),
        refine,
        background,
        f.weights(),
        f.detector(),
        f.sample(),
        f.scatteringAngle(),
        pileUp,
        false,
        false);
  }

  private static double total(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }

  private static double found(LineAreas areas, String group) {
    return total(areas.areas()[areas.index(LineGroup.of(group))]);
  }

  private static double sigma(LineAreas areas, String group) {
    double square = 0;
    for (double s : areas.sigma()[areas.index(LineGroup.of(group))]) {
      square += s * s;
    }
    return Math.sqrt(square);
  }

  private static final Background SMOOTH = new Background.Smooth(400);

  private static final List<ShapeParameter> GAUSSIAN =
      List.of(ShapeParameter.ZERO, ShapeParameter.GAIN, ShapeParameter.NOISE, ShapeParameter.FANO);

  private static final List<ShapeParameter> TAILED =
      List.of(
          ShapeParameter.ZERO,
          ShapeParameter.GAIN,
          ShapeParameter.NOISE,
          ShapeParameter.FANO,
          ShapeParameter.SHORT_TAIL,
          ShapeParameter.SHORT_TAIL_LENGTH);

  /// Chromium over iron, found over true.
  private static double ratio(LineAreas areas, LineAreas truth) {
    return found(areas, "Cr K")
        / found(areas, "Fe K")
        * found(truth, "Fe K")
        / found(truth, "Cr K");
  }

  /// A detector that loses up to 0.3 of the charge in its first 0.2 µm: below iron lies a foot that
  /// no Gaussian has, and chromium of a tenth sits on it. There is no other background.
  @Test
  void tailsAreNotTakenForTheirNeighbour() {
    var made =
        made(Map.of("Cr", 0.3, "Fe", 3.0, "Cu", 1.0), 2e10, 20, 0, detector(2e-7, 0.3, 1e-9));
    var groups = List.of("Cr K", "Fe K", "Cu K");
    var tailed =
        fit(groups, TAILED, new Background.None(), false).apply(made.spectra(), Watch.SILENT);
    var plain =
        fit(groups, GAUSSIAN, new Background.None(), false).apply(made.spectra(), Watch.SILENT);
    // counts give 1.1 %, what the exponential tail is not like the drawn one about as much
    assertThat(ratio(tailed, made.truth())).isBetween(0.975, 1.025);
    assertThat(tailed.quality().metrics().get("reducedDeviance")).isLessThan(1.5);
    assertThat(tailed.quality().metrics().get("shortTail")).isBetween(0.005, 0.05);
    // the Gaussian part is what is left of all photons that lost no K photon
    assertThat(found(tailed, "Fe K") / found(made.truth(), "Fe K")).isBetween(0.96, 1.0);
    // the control
    assertThat(ratio(plain, made.truth())).isGreaterThan(1.08);
    assertThat(plain.quality().metrics().get("reducedDeviance")).isGreaterThan(3);
    // the smooth background takes the foot where tails are not asked for
    var smooth = fit(groups, GAUSSIAN, SMOOTH, false).apply(made.spectra(), Watch.SILENT);
    assertThat(ratio(smooth, made.truth())).isBetween(0.975, 1.025);
  }

  /// With 0.4 µs between pulses, Kα of vanadium twice is Kα of germanium within 15 eV.
  @Test
  void twoPhotonsAreNoElement() {
    var made = made(Map.of("V", 2.0, "Ni", 0.5), 2e11, 4, 0, detector(1e-7, 0, 4e-7));
    var groups = List.of("V K", "Ni K", "Ge K");
    var with = fit(groups, GAUSSIAN, SMOOTH, true).apply(made.spectra(), Watch.SILENT);
    var without = fit(groups, GAUSSIAN, SMOOTH, false).apply(made.spectra(), Watch.SILENT);
    assertThat(Math.abs(found(with, "Ge K"))).isLessThan(3 * sigma(with, "Ge K"));
    assertThat(found(without, "Ge K")).isGreaterThan(20 * sigma(without, "Ge K")); // the control
    double vanadium = found(made.truth(), "V K");
    assertThat(found(with, "V K")).isCloseTo(vanadium, within(2 * sigma(with, "V K")));
  }

  /// Zinc and germanium of 0.1 µg/cm² below the beam of 12 keV, scattered by 63 µg/cm² of silicon
  /// nitride; the Compton peak is as wide as its electrons make it.
  @Test
  void scatterIsNotTakenForLines() {
    var made =
        made(
            Map.of("Fe", 0.5, "Zn", 0.01, "Ge", 0.01),
            1e11,
            20,
            63 * MICROGRAM,
            detector(1e-7, 0, 1e-9));
    var lines = List.of("Fe K", "Zn K", "Ge K");
    var all = List.of("Fe K", "Zn K", "Ge K", "elastic", "Compton");
    var areas = fit(all, GAUSSIAN, SMOOTH, false).apply(made.spectra(), Watch.SILENT);
    for (String group : lines) {
      assertThat(found(areas, group))
          .as(group)
          .isCloseTo(found(made.truth(), group), within(3 * sigma(areas, group)));
    }
    assertThat(areas.quality().metrics().get("reducedDeviance")).isLessThan(1.3);
    // the control: a Compton peak that is left out, where no background hides it
    var elastic = List.of("Fe K", "Zn K", "Ge K", "elastic");
    var one =
        fit(elastic, GAUSSIAN, new Background.None(), false).apply(made.spectra(), Watch.SILENT);
    assertThat(one.quality().metrics().get("reducedDeviance")).isGreaterThan(1.5);
  }

  private static FitLines over(Background background, List<String> groups) {
    var f = FitLines.of(groups);
    return new FitLines(
        groups,
        f.each(),
        List.of(2000.0, 9000.0),
        f.shape(),
        f.refine(),
        background,
        f.weights(),
        f.detector(),
        f.sample(),
        f.scatteringAngle(),
        false,
        false,
        false);
  }

  private static final Map<String, Double> AREAS =
      Map.of("Ti K", 300.0, "Fe K", 3000.0, "Ni K", 200.0);

  private static final int SPECTRA = 200;

  private static double meanPull(Background background, FluorescenceSpectra spectra, String group) {
    var areas = over(background, List.of("Ti K", "Fe K", "Ni K")).apply(spectra, Watch.SILENT);
    int g = areas.index(LineGroup.of(group));
    double sum = 0;
    for (int j = 0; j < SPECTRA; j++) {
      sum += (areas.areas()[g][j] - AREAS.getOrDefault(group, 0.0)) / areas.sigma()[g][j];
    }
    return sum / SPECTRA;
  }

  /// A parabola, and an exponential of one, under lines: each is found by the background of its
  /// kind, in 200 spectra without bias (their mean pull scatters by 1/√200 = 0.07, and shares the
  /// error of the common calibration). A constant is the control.
  @Test
  void backgroundsOfLowOrder() {
    double[] parabola =
        VirtualDetector.expected(AREAS, ev -> 20 + 2e-3 * ev + 1.5e-7 * ev * ev, true);
    double[] exponential =
        VirtualDetector.expected(AREAS, ev -> 60 * Math.exp(-3e-4 * ev + 1e-8 * ev * ev), true);
    var one = VirtualDetector.counted(parabola, SPECTRA, 5);
    var other = VirtualDetector.counted(exponential, SPECTRA, 6);
    for (String group : AREAS.keySet()) {
      assertThat(meanPull(new Background.Polynomial(2), one, group))
          .as(group)
          .isBetween(-0.25, 0.25);
      assertThat(meanPull(new Background.Exponential(2), other, group))
          .as(group)
          .isBetween(-0.25, 0.25);
    }
    assertThat(meanPull(new Background.Polynomial(0), one, "Fe K")).isGreaterThan(1);
    assertThat(meanPull(new Background.Exponential(0), other, "Fe K")).isLessThan(-1);
  }
}

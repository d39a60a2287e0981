package argand.xrf;

import static org.assertj.core.api.Assertions.assertThat;

import argand.data.FluorescenceSpectra;
import argand.data.LineAreas;
import argand.data.RawFile;
import argand.file.ReadSpectra;
import argand.flow.Watch;
import argand.physics.DetectorElement;
import argand.physics.Layer;
import argand.physics.LineGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The multi-element standard of PyMca, 500 ppm of each element in what counts as 100 µm of water,
/// against PyMca 5.8.0 at its own settings (`reference-pymca.json`).
class PymcaStandardRealDataTest {
  private static final List<String> GROUPS =
      List.of(
          "Ar K", "Ca K", "Ti K", "V K", "Cr K", "Mn K", "Fe K", "Co K", "Ni K", "Cu K", "Zn K",
          "Zn L", "As K", "As L", "Se K", "Se L", "Sr K", "Sr L", "Cd L", "Sb L", "Tl L", "Tl M",
          "Pb L", "Pb M");

  static final EnergyDetector DETECTOR =
      new EnergyDetector(
          DetectorElement.SILICON,
          450e-6,
          List.of(
              new Layer("air", 1.4e-3, OptionalDouble.of(1.20479)),
              new Layer("Be", 8e-6, OptionalDouble.of(1850)),
              new Layer("Si", 45e-9, OptionalDouble.empty())),
          true);

  static final SampleLayer WATER =
      new SampleLayer(
          "H2O", 100e-6, OptionalDouble.of(1000), Math.toRadians(0.1), Math.toRadians(90));

  private static LineAreas found() {
    return fitted(GROUPS, new Background.Strip(10, 6000, 5), FitLines.Weights.COUNTS);
  }

  private static LineAreas fitted(
      List<String> groups, Background background, FitLines.Weights weights) {
    var how =
        new ReadSpectra(
            OptionalDouble.of(17_500),
            OptionalDouble.of(-492.773),
            OptionalDouble.of(5.02883),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            "auto");
    FluorescenceSpectra spectra =
        how.apply(new RawFile(SharedData.file("xrf-pymca-standard/XRFSpectrum.mca")), Watch.SILENT);
    assertThat(spectra.channels()).isEqualTo(4096);
    var fit =
        new FitLines(
            groups,
            FitLines.Each.COMMON,
            List.of(965.6, 16_605.3), // channels 290 … 3400
            PeakShape.of(78.1703, 0.120159),
            List.of(),
            background,
            weights,
            DETECTOR,
            Optional.of(WATER),
            Math.PI / 2,
            false,
            false,
            false);
    return fit.apply(spectra, Watch.SILENT);
  }

  private static final class Once {
    static final LineAreas FOUND = found();
  }

  /// Area and standard deviation of PyMca. As and Pb share a line (10.54 and 10.55 keV), Ar lies on
  /// the Lι line of Cd, and the M lines of Tl and Pb on each other: there the tables decide, which
  /// are
  /// others here.
  @ParameterizedTest
  @CsvSource({
    "Ca K, 9399.56, 155.4",
    "Ti K, 14834.39, 156.6",
    "V K, 18858.22, 178.4",
    "Cr K, 25082.96, 198.8",
    "Mn K, 31588.77, 217.3",
    "Fe K, 39997.31, 235.9",
    "Co K, 46931.96, 248.6",
    "Ni K, 58119.86, 268.6",
    "Cu K, 64989.83, 281.7",
    "Zn K, 75179.22, 297.0",
    "Se K, 108117.00, 364.3",
    "Sr K, 123937.69, 413.6",
    "Sb L, 6199.58, 188.8",
    "Tl L, 98825.55, 383.0"
  })
  void areasAreThoseOfPymca(String group, double area, double sigma) {
    int g = Once.FOUND.index(LineGroup.of(group));
    assertThat(Once.FOUND.areas()[g][0])
        .isBetween(
            area - Math.max(0.01 * area, 2 * sigma), area + Math.max(0.01 * area, 2 * sigma));
    // counts and fit are the same, so are the errors; what the choice of background adds comes on
    // top
    assertThat(Once.FOUND.sigma()[g][0]).isGreaterThan(0.98 * sigma);
  }

  @Test
  void whatShareALineHaveTheirSum() {
    double sum = 0;
    for (String group : List.of("As K", "Pb L")) {
      sum += Once.FOUND.areas()[Once.FOUND.index(LineGroup.of(group))][0];
    }
    assertThat(sum).isBetween(0.99 * 200_207, 1.01 * 200_207);
  }

  /// All are 500 ppm. Arsenic, whose line is lead's, is 7 % low and not among them.
  @ParameterizedTest
  @CsvSource({
    "Ca K, 0.15", "Ti K, 0.06", "V K, 0.06", "Cr K, 0.06", "Mn K, 0.06", "Fe K, 0.06",
    "Ni K, 0.06", "Cu K, 0.06", "Zn K, 0.06", "Se K, 0.06", "Sr K, 0.06", "As K, 0.08"
  })
  void massFractionsByCobalt(String group, double tolerance) {
    var quantified =
        new Quantify(new Reference.Fraction("Co K", 500e-6), DETECTOR, Optional.of(WATER))
            .apply(Once.FOUND, Watch.SILENT);
    var amount =
        quantified.amounts().stream().filter(a -> a.name().equals(group)).findFirst().orElseThrow();
    assertThat(amount.values()[0]).isBetween(500e-6 * (1 - tolerance), 500e-6 * (1 + tolerance));
    // the control: the ratio of the counts alone is a fifth of it
    if (group.equals("Ca K")) {
      double ratio =
          Once.FOUND.areas()[Once.FOUND.index(LineGroup.of(group))][0]
              / Once.FOUND.areas()[Once.FOUND.index(LineGroup.of("Co K"))][0];
      assertThat(ratio).isLessThan(0.25);
    }
  }

  /// Arsenic again, with lead's three subshells free and the smooth background: 478 ± 7 ppm. Its Kα
  /// is lead's Lα; how much of Lα belongs to Lβ and Lγ hangs on yields of which tables differ by a
  /// third (ω of L1 0.128 here, 0.093 in PyMca), and need not be known then.
  @Test
  void arsenicBesideFreeSubshellsOfLead() {
    var groups = new ArrayList<>(GROUPS);
    groups.remove("Pb L");
    groups.addAll(List.of("Pb L1", "Pb L2", "Pb L3"));
    var areas = fitted(groups, new Background.Smooth(400), FitLines.Weights.LIKELIHOOD);
    var metrics =
        new Quantify(new Reference.Fraction("Co K", 500e-6), DETECTOR, Optional.of(WATER))
            .apply(areas, Watch.SILENT)
            .quality()
            .metrics();
    assertThat(metrics.get("massFraction.AsK")).isBetween(470e-6, 530e-6);
    // the subshells are not what the tables say
    assertThat(metrics.getOrDefault("massFraction.PbL1", 0.0))
        .isGreaterThan(1.2 * metrics.getOrDefault("massFraction.PbL3", Double.NaN));
  }
}

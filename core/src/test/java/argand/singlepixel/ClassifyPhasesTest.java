package argand.singlepixel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.RealField;
import argand.data.Findings;
import argand.data.Findings.FoundMap;
import argand.data.Phases;
import argand.data.Planes;
import argand.data.Source;
import argand.data.StructuredScan;
import argand.flow.Watch;
import argand.physics.FluorescenceLines;
import argand.physics.LineGroup;
import argand.physics.Material;
import argand.singlepixel.ClassifyPhases.Compound;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Three stripes of known compounds, a band where LCO lies on LNO, and an empty border, with noise:
/// drawn as moles of metal and made into counts with the tables' cross sections.
class ClassifyPhasesTest {
  private static final Grid GRID = Grid.square(40, 40, 3e-8);
  private static final double BEAM_EV = 9000;
  private static final List<String> ELEMENTS = List.of("Mn", "Co", "Ni");
  private static final double[][] SHARES = {{0.2, 0.1, 0.7}, {0, 1, 0}, {0, 0, 1}};
  private static final List<Compound> CATHODE =
      List.of(
          new Compound("NMC", "LiNi0.7Mn0.2Co0.1O2"),
          new Compound("LCO", "LiCoO2"),
          new Compound("LNO", "LiNiO2"));

  /// 0 … 2 the stripes, 3 where 0.4 LCO lies on 0.6 LNO, −1 nothing.
  private static int region(int pixel) {
    int r = pixel / 40;
    int c = pixel % 40;
    if (r < 4 || r >= 36) {
      return -1;
    }
    return c < 12 ? 0 : c < 22 ? 1 : c < 32 ? 2 : 3;
  }

  private static StructuredScan scan(double noise) {
    var random = new SplittableRandom(5);
    var findings = Findings.NONE;
    for (int e = 0; e < 3; e++) {
      double perMole =
          FluorescenceLines.of(LineGroup.of(ELEMENTS.get(e) + " K"), BEAM_EV).stream()
                  .mapToDouble(FluorescenceLines.Line::crossSection)
                  .sum()
              * Material.of(ELEMENTS.get(e)).molarMass();
      var map = new RealField(GRID);
      var sigma = new RealField(GRID);
      for (int i = 0; i < GRID.size(); i++) {
        int region = region(i);
        double thick = 0.6 + 0.4 * Math.sin(i / 40 / 6.0);
        double moles =
            region < 0
                ? 0
                : region < 3 ? SHARES[region][e] : 0.4 * SHARES[1][e] + 0.6 * SHARES[2][e];
        map.values()[i] = (float) (perMole * (thick * moles + noise * random.nextGaussian()));
        sigma.values()[i] = (float) (perMole * noise);
      }
      findings =
          findings.with(new FoundMap(ELEMENTS.get(e) + " K", "counts", map, Optional.of(sigma)));
    }
    var light = new RealField(GRID);
    light.values()[0] = 1;
    return StructuredScan.of(Planes.of(List.of(light)), List.of(), Source.NONE)
        .withFindings(findings);
  }

  private static ClassifyPhases by(List<Compound> phases) {
    return new ClassifyPhases(phases, BEAM_EV, List.of(), 0.06, 0.9, 0.05);
  }

  private static double share(Phases found, int region, int label) {
    int all = 0;
    int like = 0;
    for (int i = 0; i < GRID.size(); i++) {
      if (region(i) == region) {
        all++;
        like += found.label()[i] == label ? 1 : 0;
      }
    }
    return (double) like / all;
  }

  @Test
  void eachPixelGetsItsCompoundAndMixedOnesThatOfMostMetal() {
    var scan = by(CATHODE).apply(scan(0.01), Watch.SILENT);
    var found = scan.findings().phases().orElseThrow();
    // where the stripes are thinnest, noise is a twentieth of the metal and a few are undecided
    for (int k = 0; k < 3; k++) {
      assertThat(share(found, k, k)).as(CATHODE.get(k).name()).isGreaterThan(0.97);
    }
    assertThat(share(found, -1, Phases.NOTHING)).isGreaterThan(0.99);
    // 0.4 : 0.6 of the metal, with errors of 6 %: LNO, or not decided; never NMC, whose ratios of
    // Ni
    // and Co are nearer than those of either
    assertThat(share(found, 3, 0)).isZero();
    assertThat(share(found, 3, 1)).isZero();
    assertThat(share(found, 3, 2) + share(found, 3, Phases.UNDECIDED)).isEqualTo(1);
    assertThat(scan.findings().quality().metrics().get("phaseMixed")).isBetween(0.18, 0.25);
    assertThat(found.phases().get(0).found()[0]).isBetween(0.195, 0.205);
    assertThat(found.phases().get(0).found()[1]).isBetween(0.095, 0.105);
  }

  /// The control: taken for one compound each, as nearest ratios have it, the band becomes NMC.
  @Test
  void theNearestSingleCompoundIsWrongWhereTwoLieOverEachOther() {
    var scan = scan(0.01);
    var amounts = ElementAmounts.of(scan, ELEMENTS, BEAM_EV, List.of());
    var fit = new CompoundFit(amounts, SHARES, 0.06);
    int wrong = 0;
    int all = 0;
    for (int i = 0; i < GRID.size(); i++) {
      if (region(i) == 3) {
        all++;
        wrong += fit.alone(i).compound() == 0 ? 1 : 0;
      }
    }
    assertThat((double) wrong / all).isGreaterThan(0.9);
  }

  /// Shares are measured: with the formula of NMC 622 they are still those of 721.
  @Test
  void theSharesDoNotFollowTheFormula() {
    var wrong =
        List.of(new Compound("NMC", "LiNi0.65Mn0.2Co0.15O2"), CATHODE.get(1), CATHODE.get(2));
    var found = by(wrong).apply(scan(0.01), Watch.SILENT).findings().phases().orElseThrow();
    assertThat(found.phases().get(0).found()[2]).isBetween(0.69, 0.71);
    assertThat(found.phases().get(0).found()[1]).isBetween(0.09, 0.11);
  }

  /// Counts are not amounts: an atom of Mn sends out fewer of them than one of Ni.
  @Test
  void countsWithoutTheirCrossSectionsGiveWrongShares() {
    var scan = scan(0);
    double[] sum = new double[3];
    for (int e = 0; e < 3; e++) {
      float[] map = scan.findings().map(ELEMENTS.get(e) + " K").orElseThrow().values().values();
      for (int i = 0; i < map.length; i++) {
        sum[e] += region(i) == 0 ? map[i] : 0;
      }
    }
    assertThat(sum[0] / (sum[0] + sum[1] + sum[2])).isLessThan(0.15);
    var right = by(CATHODE).apply(scan, Watch.SILENT).findings().phases().orElseThrow();
    assertThat(right.phases().get(0).found()[0])
        .isCloseTo(0.2, org.assertj.core.data.Offset.offset(1e-4));
  }

  @Test
  void slopesAreThoseOfTheFormulas() {
    var scan =
        new CorrelateElements(List.of())
            .apply(by(CATHODE).apply(scan(0.005), Watch.SILENT), Watch.SILENT);
    var metrics = scan.findings().quality().metrics();
    assertThat(metrics.get("NMCMnCoSlopeError")).isBetween(-0.03, 0.03);
    assertThat(metrics.get("NMCCoNiSlopeError")).isBetween(-0.03, 0.03);
    assertThat(metrics.get("NMCMnNiSlope")).isBetween(0.28, 0.292);
    // of all compounds together Co and Ni exclude each other
    assertThat(metrics.get("CoNiCorrelation")).isLessThan(-0.5);
    assertThat(metrics).doesNotContainKey("LCOCoNiSlope");
  }

  @Test
  void whatCannotBeToldApartIsRefused() {
    assertThatThrownBy(
            () ->
                by(List.of(CATHODE.get(1), new Compound("Co3O4", "Co3O4")))
                    .apply(scan(0.01), Watch.SILENT))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("two at least");
    assertThatThrownBy(
            () ->
                by(List.of(CATHODE.get(0), CATHODE.get(1), new Compound("Co3O4", "Co3O4")))
                    .apply(scan(0.01), Watch.SILENT))
        .hasMessageContaining("phases LCO and Co3O4")
        .hasMessageContaining("tell apart");
    assertThatThrownBy(
            () ->
                by(List.of(CATHODE.get(0), new Compound("alumina", "Al2O3")))
                    .apply(scan(0.01), Watch.SILENT))
        .hasMessageContaining("phase alumina");
    assertThatThrownBy(() -> new CorrelateElements(List.of()).apply(scan(0.01), Watch.SILENT))
        .hasMessageContaining("classifyPhases before");
  }
}

package argand.ptycho;

import static org.assertj.core.api.Assertions.assertThat;

import argand.array.RealField;
import argand.data.DiffractionScan;
import argand.data.Probe;
import argand.data.Quality;
import argand.data.Reconstruction;
import argand.flow.Maker;
import argand.flow.Watch;
import argand.metric.Comparison;
import argand.simulate.Fault;
import argand.simulate.FaultyScan;
import argand.simulate.StandardCase;
import argand.simulate.VariedCase;
import argand.simulate.VariedCase.Lighting;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Nothing is given but the measurement.
class AutoTruthTest {
  private static final int PASSES = 40;

  private static Reconstruction auto(DiffractionScan scan, int passes) {
    return Ptychography.of(new Auto(), passes).apply(scan, Watch.SILENT);
  }

  private static double nrmse(Quality quality) {
    return quality.metrics().getOrDefault("nrmse", Double.NaN);
  }

  private static String said(Reconstruction result) {
    return String.join(" ", result.quality().verdict());
  }

  private static Simulated small(double[] powers) {
    return Simulated.of(new Simulated.Setup(64, 100, 5, 3e5, false, 11), powers);
  }

  /// The figure by hand is that of maximum likelihood with the true number of modes.
  @Test
  void threeModesAreFoundWithin10PercentOfTheFigureByHand() {
    var sim = small(new double[] {0.7, 0.2, 0.1});
    var chosen = auto(sim.scan, PASSES);
    var byHand =
        Ptychography.of(MaximumLikelihood.DEFAULT, PASSES)
            .withModes(3)
            .apply(sim.scan, Watch.SILENT);
    assertThat(said(chosen)).contains("3 probe modes");
    assertThat(distance(chosen, sim)).isLessThan(1.1 * distance(byHand, sim));
    var one = Ptychography.of(MaximumLikelihood.DEFAULT, PASSES).apply(sim.scan, Watch.SILENT);
    assertThat(distance(chosen, sim)).isLessThan(0.8 * distance(one, sim));
  }

  /// Negative control: a measurement whose model is exact has one mode, and auto finds no more.
  @Test
  void oneModeIsLeftAlone() {
    var sim = small(new double[] {1});
    var chosen = auto(sim.scan, PASSES);
    assertThat(chosen.probe().modes()).hasSize(1);
    assertThat(said(chosen)).contains("no further probe modes");
    var byHand = Ptychography.of(MaximumLikelihood.DEFAULT, PASSES).apply(sim.scan, Watch.SILENT);
    assertThat(distance(chosen, sim)).isLessThan(1.1 * distance(byHand, sim));
  }

  @Test
  void aDriftingBeamIsRefinedAndASteadyOneIsNot() {
    var plain = StandardCase.farField(64, 5);
    var drifting = new FaultyScan(plain, List.of(new Fault.DriftingBeam(0.4, 3.3)));
    assertThat(
            AutoChoice.of(Ptychography.of(new Auto(), 1), scan(drifting), Watch.SILENT).sentence())
        .contains("the beam's intensity refined");
    assertThat(AutoChoice.of(Ptychography.of(new Auto(), 1), scan(plain), Watch.SILENT).sentence())
        .contains("the beam's intensity as stated");
  }

  @Test
  void fittedAndWithheldPixelsAreTheWholeFrame() {
    var scan = small(new double[] {1}).scan;
    var fitted = new RealField(scan.frames().grid());
    var asked = new RealField(scan.frames().grid());
    var other = new RealField(scan.frames().grid());
    Withheld.fitted(scan, 0.05, 3).frames().read(4, fitted);
    Withheld.asked(scan, 0.05, 3).frames().read(4, asked);
    Withheld.asked(scan, 0.05, 3).frames().read(5, other);
    int withheld = 0;
    int inBoth = 0;
    for (int i = 0; i < fitted.values().length; i++) {
      assertThat(Float.isNaN(fitted.values()[i])).isNotEqualTo(Float.isNaN(asked.values()[i]));
      withheld += Float.isNaN(fitted.values()[i]) ? 1 : 0;
      inBoth += Float.isNaN(asked.values()[i]) || Float.isNaN(other.values()[i]) ? 0 : 1;
    }
    assertThat(withheld).isBetween(150, 260); // 5 % of 4096 within four standard deviations
    assertThat(inBoth).isLessThan(30); // 0.25 %: other pixels in each view
  }

  /// The cases by which programs are compared, 128²; the best figures by hand stand beside them.
  @Tag("slow")
  @Test
  void theCasesOf128SquareAreWithin10PercentOfTheBestByHand() {
    var one = StandardCase.farField(128, 1).make(0, Watch.SILENT);
    for (int modes : new int[] {1, 3}) {
      var hand =
          Ptychography.of(MaximumLikelihood.DEFAULT, 100)
              .withModes(modes)
              .apply(one.scan(), Watch.SILENT);
      System.out.println(
          "128², by hand, " + modes + " modes: " + nrmse(Comparison.between(hand, one.truth())));
    }
    var chosen = auto(one.scan(), 100);
    double found = nrmse(Comparison.between(chosen, one.truth()));
    System.out.printf(Locale.ROOT, "128², auto: %.4f %s%n", found, said(chosen));
    assertThat(found).isLessThan(1.1 * 0.0164);
    var sim =
        Simulated.of(
            new Simulated.Setup(128, 200, 10, 1e6, false, 1), new double[] {0.7, 0.2, 0.1});
    var three = auto(sim.scan, 100);
    System.out.printf(
        Locale.ROOT, "128², 3 modes, auto: %.4f %s%n", distance(three, sim), said(three));
    assertThat(distance(three, sim)).isLessThan(1.1 * 0.0235);
  }

  /// Not among the cases auto was made on. By hand, the best of four methods and chains with what
  /// is
  /// true: 0.0227 and 0.0138. One mode hides wrong positions where three light the sample; without
  /// a
  /// second look 0.085, and without passes of rPIE first 0.021.
  @Tag("slow")
  @Test
  void threeModesAndWrongPositionsTogetherAreWithin10PercentOfTheBestByHand() {
    var pinhole = new VariedCase(Lighting.PINHOLE, 64, 100, 0.05, 1e7, 1, true, 36);
    assertWithin10Percent(pinhole, 0.0227);
    var zonePlate = new VariedCase(Lighting.ZONE_PLATE, 64, 100, 0.078, 1e6, 1, true, 25);
    assertWithin10Percent(zonePlate, 0.0138);
  }

  /// Of the 15 fresh cases of the benchmark's seed 2 the one that was missed: 1.28 × the best by
  /// hand,
  /// 0.0101 of LSQ-ML alone, when LSQ-ML could only have three tenths of the passes or all.
  @Tag("slow")
  @Test
  void modesOfADiffusedProbeHaveTimeToTakeShape() {
    var diffuser = new VariedCase(Lighting.DIFFUSER, 64, 100, 0.05, 1e7, 0, true, 214);
    var made = diffuser.maker().make(0, Watch.SILENT);
    var chosen = auto(made.scan(), 60);
    assertThat(said(chosen)).contains("in the end LSQ-ML for longer", "48 passes of LSQ-ML");
    assertThat(nrmse(Comparison.between(chosen, made.truth()))).isLessThan(1.1 * 0.0101);
    var brief = AutoChoice.after(LsqMl.DEFAULT, 60);
    var without = Ptychography.of(brief, 60).withModes(3).apply(made.scan(), Watch.SILENT);
    assertThat(nrmse(Comparison.between(without, made.truth())))
        .as("negative control")
        .isGreaterThan(1.2 * 0.0101);
  }

  private static void assertWithin10Percent(VariedCase one, double byHand) {
    var made = one.maker().make(0, Watch.SILENT);
    var chosen = auto(made.scan(), 60);
    assertThat(said(chosen)).contains("positions refined", "3 probe modes");
    assertThat(nrmse(Comparison.between(chosen, made.truth()))).isLessThan(1.1 * byHand);
  }

  private static DiffractionScan scan(Maker.OfScans maker) {
    return maker.make(0, Watch.SILENT).scan();
  }

  private static double distance(Reconstruction result, Simulated sim) {
    var truth =
        new Reconstruction(
            sim.object,
            Probe.of(sim.probe),
            sim.scan.positions(),
            result.origin(),
            sim.scan.geometry(),
            0,
            List.of(),
            Quality.NONE,
            sim.scan.source());
    return nrmse(Comparison.between(result, truth));
  }
}

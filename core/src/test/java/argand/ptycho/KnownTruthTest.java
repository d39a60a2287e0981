package argand.ptycho;

import static org.assertj.core.api.Assertions.assertThat;

import argand.array.ComplexField;
import argand.array.Workers;
import argand.data.Reconstruction;
import argand.flow.Maker.Made;
import argand.flow.Watch;
import argand.metric.Comparison;
import argand.physics.ZonePlate;
import argand.simulate.DetectorChain;
import argand.simulate.StandardCase;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How exactly object and probe come out where everything else is as it should be, and in how many
/// passes.
class KnownTruthTest {
  private static final Made BRIGHT =
      StandardCase.farField(64, DetectorChain.photonCounting(1.5e6), 1).make(0, Watch.SILENT);

  /// 128², 200 views, no noise, the true probe; the bound allows 200 passes.
  @Test
  void withoutNoiseAndWithTheTrueProbeTheObjectIsExact() {
    assertThat(exact(1)).isLessThan(1e-3);
  }

  /// Negative control: a probe that is a hundredth too strong in one column, too weak in the next.
  @Test
  void aProbeThatIsNotTheTrueOneIsNotExact() {
    assertThat(exact(1.01)).isGreaterThan(3e-3);
  }

  private static double exact(double factor) {
    int n = factor == 1 ? 128 : 64;
    var sim = Simulated.of(new Simulated.Setup(n, 200, 0.078 * n, 0, false, 7));
    var probe = sim.probe.copy();
    for (int r = 0; r < n; r++) {
      for (int c = 0; c < n; c++) {
        float f = (float) Math.pow(factor, c % 2 == 0 ? 1 : -1);
        probe.set(r, c, f * probe.re(r, c), f * probe.im(r, c));
      }
    }
    var windows = new Windows(sim.scan.positions(), sim.scan.geometry().sample(), true, 0);
    var model = new PtychoModel(sim.scan, windows, 1);
    var method = new Rpie(0.1, 1, 1, 0, 0);
    var object = new ComplexField(windows.object()).setAll(1, 0);
    var state = method.start(model, object, List.of(probe));
    var engine = method.engine(model, Constraints.NONE, Workers.ONE);
    for (int k = 0; k < 60; k++) {
      state.residuals().add(engine.iterate(state));
    }
    return Agreeing.nrmse(state.object(), sim.object, windows, sim.probe);
  }

  /// Object and probe from a start probe without stop and astigmatism, whose size or defocus is 30
  /// %
  /// wrong, at 10⁶ photons a frame.
  @ParameterizedTest
  @CsvSource({"1, 1.3", "1, 0.7", "1.3, 1", "0.7, 1"})
  void epieFindsObjectAndProbeFromAWrongStart(double size, double defocus) {
    var found = from(size, defocus, 1);
    assertThat(nrmse(found, BRIGHT)).isLessThan(0.02);
    assertThat(correlation(found)).isGreaterThan(0.98);
  }

  /// Negative control: the same start, kept.
  @Test
  void aWrongProbeThatIsKeptFindsNeither() {
    var kept = from(1, 1.3, 0);
    assertThat(nrmse(kept, BRIGHT)).isGreaterThan(0.1);
    assertThat(correlation(kept)).isLessThan(0.9);
  }

  private static Reconstruction from(double size, double defocus, double probeStep) {
    var lens = (ZonePlate) StandardCase.farField(64, 1).optics();
    var wrong =
        new ZonePlate(
            lens.diameter(), size * lens.outerZone(), 0, size * defocus * lens.defocus(), 0, 0);
    return Ptychography.of(new Epie(0.3, 0.3 * probeStep), 100)
        .withProbe(new ProbeStart.Optics(wrong))
        .apply(BRIGHT.scan(), Watch.SILENT);
  }

  /// |⟨P, truth⟩| / (‖P‖ ‖truth‖) after removing shift and ramp.
  private static double correlation(Reconstruction found) {
    var truth = BRIGHT.truth().probe().modes().getFirst();
    var quality = Comparison.between(found.probe().modes().getFirst(), truth);
    double nrmse = quality.metrics().getOrDefault("nrmse", Double.NaN);
    return Math.sqrt(Math.max(0, 1 - nrmse * nrmse));
  }

  private static double nrmse(Reconstruction found, Made made) {
    return Comparison.between(found, made.truth()).metrics().getOrDefault("nrmse", Double.NaN);
  }

  /// To the error of 40 passes of ePIE. Measured: 0.0293; LSQ-ML 0.0245 after 20 passes, and 0.0435
  /// after 8.
  @Test
  void leastSquaresStepsNeedHalfThePassesOfEpie() {
    var made = StandardCase.farField(64, 1).make(0, Watch.SILENT);
    double goal = nrmse(after(new Epie(1, 1), 40, made), made);
    assertThat(nrmse(after(LsqMl.DEFAULT, 20, made), made)).isLessThan(goal);
    assertThat(nrmse(after(new Epie(1, 1), 20, made), made)).isGreaterThan(goal);
  }

  private static Reconstruction after(PtychoMethod method, int passes, Made made) {
    return Ptychography.of(method, passes).apply(made.scan(), Watch.SILENT);
  }
}

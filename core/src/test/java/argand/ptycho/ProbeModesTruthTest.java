package argand.ptycho;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import argand.array.ComplexField;
import argand.data.Reconstruction;
import argand.flow.Watch;
import argand.metric.Comparison;
import argand.simulate.DetectorChain;
import argand.simulate.StandardCase;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Three incoherent modes with 70, 20 and 10 % of the power are found again; one mode cannot
/// explain the same data.
class ProbeModesTruthTest {
  private static final double[] POWERS = {0.7, 0.2, 0.1};
  private static final Simulated SIM =
      Simulated.of(new Simulated.Setup(64, 120, 4, 1e6, false, 7), POWERS);

  private static Reconstruction with(int modes) {
    return with(new Epie(1, 1), modes);
  }

  private static Reconstruction with(PtychoMethod method, int modes) {
    return Ptychography.of(method, 100).withModes(modes).apply(SIM.scan, Watch.SILENT);
  }

  private static double nrmse(Reconstruction found) {
    var windows = new Windows(SIM.scan.positions(), SIM.scan.geometry().sample(), true, 0);
    return Agreeing.nrmse(found.object(), SIM.object, windows, SIM.probe);
  }

  /// Measured: 0.017 and powers within 0.016 with three modes, 0.041 with one.
  @Test
  void threeModesReachNrmse002AndOneFailsAtTwiceThat() {
    var three = with(3);
    assertThat(nrmse(three)).isLessThan(0.02);
    for (int m = 0; m < 3; m++) {
      assertThat(three.quality().metrics().get("modePower" + (m + 1)))
          .isCloseTo(POWERS[m], within(0.03));
    }
    var one = with(1);
    assertThat(nrmse(one)).isGreaterThan(2 * nrmse(three));
    assertThat(one.quality().metrics()).doesNotContainKey("modePower1");
  }

  /// Measured: 0.0097, powers within 0.008; with one step for all modes and no momentum of the
  /// probe
  /// 0.045 and 0.25.
  @Test
  void maximumLikelihoodReachesNrmse0012AndPowersWithin002() {
    var three = with(LsqMl.DEFAULT, 3);
    assertThat(nrmse(three)).isLessThan(0.012);
    for (int m = 0; m < 3; m++) {
      assertThat(three.quality().metrics().get("modePower" + (m + 1)))
          .isCloseTo(POWERS[m], within(0.02));
    }
  }

  /// Many photons, and modes of which the data have but one: the weak ones find light where the
  /// first has none. Measured: 0.0103; without the two limits of {@link LsqMl} the run stops at
  /// pass
  /// 52 with a residual of 21. It is the limit on weak modes that holds it: alone it does as well.
  /// One mode: 0.0189.
  @Test
  void weakModesDoNotRunAwayAtHighCounts() {
    var made = StandardCase.farField(64, DetectorChain.photonCounting(1e6), 1);
    var scan = made.make(0, Watch.SILENT);
    var result = Ptychography.of(LsqMl.DEFAULT, 60).withModes(3).apply(scan.scan(), Watch.SILENT);
    assertThat(Comparison.between(result, scan.truth()).metrics().get("nrmse")).isLessThan(0.012);
  }

  @Test
  void modesComeOutOrthogonalAndSorted() {
    var first = SIM.probe.copy();
    var modes = ProbeModes.started(first, 4, 0.05, 3);
    assertThat(modes).hasSize(4);
    modes.get(3).scale(3); // now stronger than its neighbours
    mix(modes.get(0), modes.get(2));
    var windows = new Windows(SIM.scan.positions(), SIM.scan.geometry().sample(), true, 0);
    var model = new PtychoModel(SIM.scan, windows, 1);
    var state = new PtychoState(model, SIM.object.copy(), modes, List.of(), List.of());
    double power = modes.stream().mapToDouble(ComplexField::power).sum();
    ProbeModes.orthogonalize(state);
    assertThat(modes.stream().mapToDouble(ComplexField::power).sum())
        .isCloseTo(power, within(1e-5 * power));
    for (int m = 1; m < modes.size(); m++) {
      assertThat(modes.get(m).power()).isLessThanOrEqualTo(modes.get(m - 1).power());
      for (int n = 0; n < m; n++) {
        // sums of 64² products in single precision fields
        assertThat(overlap(modes.get(m), modes.get(n))).isLessThan(1e-6 * power);
      }
    }
  }

  /// b ← b + a: no longer orthogonal
  private static void mix(ComplexField a, ComplexField b) {
    for (int i = 0; i < a.re().length; i++) {
      b.re()[i] += a.re()[i];
      b.im()[i] += a.im()[i];
    }
  }

  private static double overlap(ComplexField a, ComplexField b) {
    double re = 0;
    double im = 0;
    for (int r = 0; r < a.grid().rows(); r++) {
      for (int c = 0; c < a.grid().columns(); c++) {
        re += (double) a.re(r, c) * b.re(r, c) + (double) a.im(r, c) * b.im(r, c);
        im += (double) a.re(r, c) * b.im(r, c) - (double) a.im(r, c) * b.re(r, c);
      }
    }
    return Math.hypot(re, im);
  }
}

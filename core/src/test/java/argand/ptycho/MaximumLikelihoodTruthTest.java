package argand.ptycho;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import argand.array.Workers;
import argand.data.DiffractionScan;
import argand.data.Quality;
import argand.data.Reconstruction;
import argand.data.ScanPositions;
import argand.flow.Watch;
import argand.metric.Comparison;
import argand.simulate.DetectorChain;
import argand.simulate.SimulateScan;
import argand.simulate.StandardCase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What the likelihood of the counts is worth: where photons are plenty, and above all where they
/// are few.
class MaximumLikelihoodTruthTest {
  private static SimulateScan photons(int size, double perFrame) {
    var s = StandardCase.farField(size, 1);
    return new SimulateScan(
        s.beam(),
        s.distance(),
        s.size(),
        s.pixel(),
        s.regime(),
        s.focusDistance(),
        s.phantom(),
        s.optics(),
        s.scan(),
        DetectorChain.photonCounting(1.5 * perFrame), // two thirds pass the sample
        s.positionError(),
        s.startProbe(),
        s.oversampling(),
        s.refinement(),
        s.seed());
  }

  private static Quality after(PtychoMethod method, int passes, SimulateScan maker) {
    var made = maker.make(0, Watch.SILENT);
    return Comparison.between(solved(method, passes, made.scan()), made.truth());
  }

  private static Reconstruction solved(PtychoMethod method, int passes, DiffractionScan scan) {
    return Ptychography.of(method, passes).apply(scan, Watch.SILENT);
  }

  /// Measured: 0.0177 after 30 passes from the wrong probe, 0.0165 after 40, 0.0160 after 100; the
  /// best method that
  /// imposes amplitudes ends at 0.0184.
  @Test
  void standardCaseReachesNrmse00175In40Passes() {
    var quality = after(MaximumLikelihood.DEFAULT, 40, StandardCase.farField(128, 1));
    assertThat(quality.metrics().get("nrmse")).isLessThanOrEqualTo(0.0175);
  }

  @Tag("slow")
  @Test
  void standardCaseReachesNrmse00165In100Passes() {
    var quality = after(MaximumLikelihood.DEFAULT, 100, StandardCase.farField(128, 1));
    assertThat(quality.metrics().get("nrmse")).isLessThanOrEqualTo(0.0165);
  }

  /// Negative control: the same steps towards the wrong likelihood. Measured: 0.0213.
  @Tag("slow")
  @Test
  void amplitudesWithoutShotNoiseDoNot() {
    var amplitude = new MaximumLikelihood(Likelihood.AMPLITUDE, 0.1, 1, 0, 8);
    var quality = after(amplitude, 100, StandardCase.farField(128, 1));
    assertThat(quality.metrics().get("nrmse")).isGreaterThan(0.0184);
  }

  /// Ten thousand photons a frame. Measured half periods: ePIE 123 nm, maximum likelihood 111 nm,
  /// NRMSE 0.133 and 0.100; the pixel is 81 nm.
  @Test
  void atTenThousandPhotonsAFrameTheResolutionIsTenPercentBetterThanThatOfEpie() {
    var few = photons(128, 1e4);
    var epie = after(new Epie(1, 1), 60, few).metrics();
    var likelihood = after(MaximumLikelihood.DEFAULT, 60, few).metrics();
    double coarse = epie.getOrDefault("resolutionHalfBit", Double.NaN);
    double fine = likelihood.getOrDefault("resolutionHalfBit", Double.NaN);
    assertThat(coarse / fine).isGreaterThanOrEqualTo(1.1);
    assertThat(likelihood.getOrDefault("nrmse", Double.NaN))
        .isLessThan(0.8 * epie.getOrDefault("nrmse", Double.NaN));
  }

  /// Negative control: frames at the positions of others.
  @Test
  void framesInTheWrongOrderHoldNothing() {
    var made = photons(64, 1e4).make(0, Watch.SILENT);
    var p = made.scan().positions();
    int n = p.count();
    double[] y = new double[n];
    double[] x = new double[n];
    for (int j = 0; j < n; j++) {
      y[j] = p.y()[j * 7 % n]; // 200 views: 7 has no factor in common with it
      x[j] = p.x()[j * 7 % n];
    }
    var scan = made.scan();
    var wrong =
        new DiffractionScan(
            scan.geometry(),
            new ScanPositions(y, x),
            scan.frames(),
            scan.mask(),
            scan.probe(),
            scan.source());
    var found = Comparison.between(solved(MaximumLikelihood.DEFAULT, 20, wrong), made.truth());
    assertThat(found.metrics().get("nrmse")).isGreaterThan(0.3);
  }

  /// 64², near 60 photons a pixel in a frame. What a prior of the right kind is worth is little
  /// where the data say enough; what too strong a one costs is seen at once.
  @Test
  void smoothnessSmoothes() {
    var sim = Simulated.of(new Simulated.Setup(64, 60, 5, 2e4, false, 7));
    double free = roughness(sim, 0);
    double damped = roughness(sim, 1);
    double flat = roughness(sim, 1e4);
    assertThat(damped).isLessThan(0.9 * free);
    assertThat(flat).isLessThan(0.1 * free);
  }

  private static double roughness(Simulated sim, double smoothness) {
    var method = new MaximumLikelihood(Likelihood.POISSON, 0.1, 1, smoothness, 8);
    var object = solved(method, 20, sim.scan).object();
    return new Smoothness(1, Workers.ONE).curvature(object);
  }

  /// Measured: NRMSE 0.0153 and powers within 0.027 of the truth after 100 passes (ePIE: 0.0173 and
  /// 0.021); one mode: 0.04.
  @Test
  void threeModesReachNrmse0016AndOneFailsAtTwiceThat() {
    double[] powers = {0.7, 0.2, 0.1};
    var sim = Simulated.of(new Simulated.Setup(64, 120, 4, 1e6, false, 7), powers);
    var verb = Ptychography.of(MaximumLikelihood.DEFAULT, 100);
    var found = verb.withModes(3).apply(sim.scan, Watch.SILENT);
    assertThat(nrmse(found, sim)).isLessThan(0.016);
    for (int m = 0; m < powers.length; m++) {
      assertThat(found.quality().metrics().get("modePower" + (m + 1)))
          .isCloseTo(powers[m], within(0.03));
    }
    assertThat(nrmse(verb.apply(sim.scan, Watch.SILENT), sim)).isGreaterThan(0.032);
  }

  private static double nrmse(Reconstruction found, Simulated sim) {
    var windows = new Windows(sim.scan.positions(), sim.scan.geometry().sample(), true, 0);
    return Agreeing.nrmse(found.object(), sim.object, windows, sim.probe);
  }
}

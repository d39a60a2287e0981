package argand.ptycho;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import argand.array.ComplexField;
import argand.data.Probe;
import argand.data.Quality;
import argand.data.Reconstruction;
import argand.file.ResultWriter;
import argand.flow.Maker.Made;
import argand.flow.Watch;
import argand.metric.Comparison;
import argand.phantom.Phantom;
import argand.phantom.Texture;
import argand.physics.Beam;
import argand.physics.ZonePlate;
import argand.ptycho.ProbeStart.FromResult;
import argand.ptycho.ProbeStart.FromResult.Chromatic;
import argand.simulate.SimulateScan;
import argand.simulate.StandardCase;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The same zone plate and sample at neighbouring energies, the plate moved so that the sample
/// stays
/// as far behind the focus.
class CarriedProbeTruthTest {
  private static final int N = 64;

  /// Passes of a cold start.
  private static final int COLD = 20;

  /// rPIE whose steps begin at what they have fallen to after COLD passes, about.
  private static final Rpie COOL = new Rpie(0.1, 1, 0.3, 0.3, 10);

  @TempDir Path folder;

  private static Made at(double energyEv) {
    return at(energyEv, StandardCase.farField(N, 1).phantom(), 1);
  }

  private static Made at(double energyEv, Phantom phantom, long seed) {
    var s = StandardCase.farField(N, 1);
    return new SimulateScan(
            new Beam.XRays(energyEv),
            s.distance(),
            s.size(),
            s.pixel(),
            s.regime(),
            s.focusDistance(),
            phantom,
            s.optics(),
            s.scan(),
            s.detector(),
            0,
            s.startProbe(),
            2,
            2,
            seed)
        .make(0, Watch.SILENT);
  }

  private static final Made FIRST = at(8000);

  private static FromResult from(Path file, Chromatic optics, double moved) {
    return new FromResult(file, optics, OptionalDouble.empty(), moved, false);
  }

  /// |⟨a, b⟩| / (‖a‖ ‖b‖)
  private static double overlap(ComplexField a, ComplexField b) {
    double re = 0;
    double im = 0;
    for (int r = 0; r < N; r++) {
      for (int c = 0; c < N; c++) {
        re += a.re(r, c) * b.re(r, c) + a.im(r, c) * b.im(r, c);
        im += a.im(r, c) * b.re(r, c) - a.re(r, c) * b.im(r, c);
      }
    }
    return Math.hypot(re, im) / Math.sqrt(a.power() * b.power());
  }

  private static Reconstruction lit(ComplexField probe, Made made) {
    return new Reconstruction(
        probe,
        Probe.of(probe),
        made.truth().positions(),
        made.truth().origin(),
        made.scan().geometry(),
        0,
        List.of(),
        Quality.NONE,
        made.scan().source());
  }

  /// Ten per cent more energy: the carried probe of the zone plate is the true one, in pixels a
  /// tenth smaller. As of an optics of fixed focus, or as it was, it is not.
  @Test
  void aZonePlatesProbeIsCarriedToAnotherEnergy() {
    var made = at(8800);
    ComplexField truth = made.truth().probe().modes().getFirst();
    var lens = (ZonePlate) StandardCase.farField(N, 1).optics();
    var old = FIRST.truth().probe().modes().getFirst();
    double found = CarriedProbe.defocus(old, FIRST.scan().geometry().beam().wavelength());
    // a tenth of the depth of focus would hardly be seen; astigmatism widens the waist
    assertThat(found).isCloseTo(lens.defocus(), within(0.1 * lens.defocus()));
    var rule = from(Path.of("unused"), Chromatic.ZONE_PLATE, 0);
    var fixed = from(Path.of("unused"), Chromatic.FIXED_FOCUS, 0);
    double right = overlap(rule.carried(FIRST.truth(), made.scan()), truth);
    double wrong = overlap(fixed.carried(FIRST.truth(), made.scan()), truth);
    // measured: 0.9991, 0.916, 0.910
    assertThat(right).isGreaterThan(0.99);
    assertThat(wrong).isLessThan(right - 0.03);
    assertThat(overlap(old, truth)).as("negative control").isLessThan(right - 0.03);
  }

  /// f = DΔr/λ: where the plate is not moved, its focus moves by f₂ − f₁ towards the sample.
  @Test
  void theFocusOfAZonePlateMovesWithTheEnergy() {
    var plate = new ZonePlate(100e-6, 50e-9, 0, 0, 0, 0);
    double first = plate.focalLength(new Beam.XRays(8000));
    assertThat(plate.focalLength(new Beam.XRays(8800))).isCloseTo(1.1 * first, within(1e-12));

    var made = at(8040);
    var lens =
        new ZonePlate(100e-6, 2.5 * FIRST.scan().geometry().sample().pixelY(), 0, 6e-3, 0, 0);
    double move = -2e-3;
    var moved = new ZonePlate(lens.diameter(), lens.outerZone(), 0, 4e-3, 0, 0);
    var old = lens.probe(FIRST.scan().geometry().beam(), FIRST.scan().geometry().sample());
    var expected = moved.probe(made.scan().geometry().beam(), made.scan().geometry().sample());
    var rule = from(Path.of("unused"), Chromatic.ZONE_PLATE, move);
    assertThat(overlap(rule.carried(lit(old, FIRST), made.scan()), expected)).isGreaterThan(0.98);
    var stayed = from(Path.of("unused"), Chromatic.ZONE_PLATE, 0);
    assertThat(overlap(stayed.carried(lit(old, FIRST), made.scan()), expected)).isLessThan(0.95);
  }

  /// Four energies 80 eV apart over the edge at 8120 eV, all light and sample changing; against the
  /// best cold start there is, described optics whose defocus is a fifth wrong (the mean frame
  /// needs
  /// ten passes more). With the object carried, and steps that begin where those of the run before
  /// had fallen to, half the passes end nearer to the truth. The negative control carries the probe
  /// alone: even the true one is no help, because what takes the passes is the object.
  @Test
  void aWarmStartNeedsHalfThePasses() {
    var mean = overStack(4, 80, 8120);
    assertThat(mean.warm).isLessThan(mean.cold);
    assertThat(mean.probeOnly).as("negative control").isGreaterThan(1.05 * mean.cold);
  }

  /// Thirty energies 40 eV apart, edge at 8600 eV. Passes to the error of 20 cold ones, measured on
  /// the mean: 5.3; to their residual 9.9; by maximum likelihood 15 and 17 of 30.
  @Tag("slow")
  @Test
  void aWarmStartNeedsHalfThePassesOverThirtyEnergies() {
    var mean = overStack(30, 40, 8600);
    assertThat(mean.warm).isLessThan(mean.cold);
    assertThat(mean.probeOnly).as("negative control").isGreaterThan(1.05 * mean.cold);
  }

  /// The engines that weigh shot noise, over three of these energies. LSQ-ML begins compact, with
  /// momentum
  /// that follows for one pass instead of four, since there is little left to go; maximum
  /// likelihood
  /// with a preconditioner that trusts the object where little light falls, too. Negative control:
  /// as they are from a cold start, momentum leads away, and the rim takes as long as ever.
  @Test
  void aWarmStartNeedsHalfThePassesByShotNoiseToo() {
    assertHalf(3, 80, 8120, true);
  }

  /// Thirty energies 40 eV apart, at most of which the sample hardly changes and any momentum will
  /// do.
  @Tag("slow")
  @Test
  void aWarmStartNeedsHalfThePassesByShotNoiseTooOverThirtyEnergies() {
    assertHalf(30, 40, 8600, false);
  }

  private void assertHalf(int energies, double step, double edge, boolean controlled) {
    var leastSquares =
        overStack(energies, step, edge, LsqMl.DEFAULT, COLD, compact(0.5), compact(0.8));
    assertThat(leastSquares.warm.nrmse).isLessThan(leastSquares.cold.nrmse);
    assertThat(leastSquares.warm.residual).isLessThan(leastSquares.cold.residual);
    var cold = MaximumLikelihood.DEFAULT;
    var likelihood =
        overStack(
            energies,
            step,
            edge,
            cold,
            30,
            new MaximumLikelihood(Likelihood.POISSON, 0.01, 1, 0, 8),
            cold);
    // level after 7 passes or so; from then on it follows the noise
    assertThat(likelihood.warm.nrmse).isLessThan(1.01 * likelihood.cold.nrmse);
    assertThat(likelihood.warm.residual).isLessThan(likelihood.cold.residual);
    if (controlled) {
      assertThat(leastSquares.asCold.nrmse)
          .as("negative control")
          .isGreaterThan(leastSquares.cold.nrmse);
      assertThat(likelihood.asCold.residual)
          .as("negative control")
          .isGreaterThan(likelihood.cold.residual);
    }
  }

  private record Errors(double nrmse, double residual) {
    static Errors of(Reconstruction found, Made made) {
      var metrics = found.quality().metrics();
      return new Errors(
          CarriedProbeTruthTest.nrmse(found, made),
          requireNonNull(metrics.get("relativeAmplitudeError")));
    }

    Errors plus(Errors other, double factor) {
      return new Errors(nrmse + factor * other.nrmse, residual + factor * other.residual);
    }
  }

  /// Means of a cold start after all passes, of what the energy before left after half of them, and
  /// of the same by the method of the cold start.
  private record Halves(Errors cold, Errors warm, Errors asCold) {}

  private Halves overStack(
      int energies,
      double step,
      double edge,
      PtychoMethod cold,
      int passes,
      PtychoMethod warm,
      PtychoMethod asCold) {
    var mean = new Halves(new Errors(0, 0), new Errors(0, 0), new Errors(0, 0));
    var before = run(new ProbeStart.FromFile(), cold, passes, stained(8000, edge, 1));
    double share = 1.0 / (energies - 1);
    for (int e = 1; e < energies; e++) {
      Path kept = folder.resolve(passes + "-" + e + ".h5");
      ResultWriter.write(kept, before, "", "");
      var next = stained(8000 + step * e, edge, 1 + e);
      var begun = run(new ProbeStart.FromFile(), cold, passes, next);
      var other = run(withObject(kept), asCold, passes / 2, next);
      before = run(withObject(kept), warm, passes / 2, next);
      mean =
          new Halves(
              mean.cold.plus(Errors.of(begun, next), share),
              mean.warm.plus(Errors.of(before, next), share),
              mean.asCold.plus(Errors.of(other, next), share));
    }
    return mean;
  }

  private static LsqMl compact(double momentum) {
    return new LsqMl(Batching.COMPACT, 10, Likelihood.POISSON, 0.1, 1, 0, momentum, momentum, 0);
  }

  /// NRMSE after COLD passes of a cold start, and after half of them from what the energy before
  /// left.
  private record Means(double cold, double warm, double probeOnly) {}

  private Means overStack(int energies, double step, double edge) {
    double[] sums = new double[3];
    var begin = stained(8000, edge, 1);
    var before = run(new ProbeStart.FromFile(), Rpie.DEFAULT, COLD, begin);
    for (int e = 1; e < energies; e++) {
      Path kept = folder.resolve(e + ".h5");
      ResultWriter.write(kept, before, "", "");
      var next = stained(8000 + step * e, edge, 1 + e);
      sums[0] += nrmse(run(new ProbeStart.FromFile(), Rpie.DEFAULT, COLD, next), next);
      var alone = from(kept, Chromatic.ZONE_PLATE, 0);
      sums[2] += nrmse(run(alone, Rpie.DEFAULT, COLD / 2, next), next);
      before = run(withObject(kept), COOL, COLD / 2, next);
      sums[1] += nrmse(before, next);
    }
    int count = energies - 1;
    return new Means(sums[0] / count, sums[1] / count, sums[2] / count);
  }

  /// The standard sample, whose darkest parts darken by two thirds and whose phase dips at an edge
  /// 60 eV wide; noise of its own.
  private static Made stained(double energyEv, double edge, long seed) {
    double t = 1 / (1 + Math.exp(-(energyEv - edge) / 60));
    var texture = (Texture) StandardCase.farField(N, 1).phantom();
    return at(
        energyEv, new Texture(texture.period(), 0.6 - 0.25 * t, 1, 2 - 3.2 * t * (1 - t), 1), seed);
  }

  private static FromResult withObject(Path file) {
    return new FromResult(file, Chromatic.ZONE_PLATE, OptionalDouble.empty(), 0, true);
  }

  private static double nrmse(Reconstruction found, Made made) {
    return requireNonNull(Comparison.between(found, made.truth()).metrics().get("nrmse"));
  }

  private static Reconstruction run(ProbeStart start, PtychoMethod method, int passes, Made made) {
    return Ptychography.of(method, passes).withProbe(start).apply(made.scan(), Watch.SILENT);
  }

  /// The true object and probe carried by 5 % of energy explain the new frames nearly as the true
  /// ones there do. As it was, pixel for pixel, the object does not: its pixels have shrunk.
  @Test
  void theObjectIsCarriedIntoTheNewPixels() {
    var made = at(8400);
    var windows = new Windows(made.scan().positions(), made.scan().geometry().sample(), true, 0);
    var model = new PtychoModel(made.scan(), windows, 1);
    var probe =
        from(Path.of("unused"), Chromatic.ZONE_PLATE, 0).carried(FIRST.truth(), made.scan());
    var object = CarriedObject.of(FIRST.truth(), windows);
    double right = error(model, object, probe, made);
    var same = new ComplexField(windows.object()).setAll(1, 0);
    var old = FIRST.truth().object();
    for (int r = 0; r < Math.min(same.grid().rows(), old.grid().rows() - 1); r++) {
      for (int c = 0; c < Math.min(same.grid().columns(), old.grid().columns() - 1); c++) {
        same.set(r, c, old.re(r + 1, c + 1), old.im(r + 1, c + 1));
      }
    }
    double wrong = error(model, same, probe, made);
    assertThat(right).isLessThan(0.25 * wrong);
  }

  private static double error(
      PtychoModel model, ComplexField object, ComplexField probe, Made made) {
    var lit = probe.copy();
    double counts = model.counts() / model.count();
    double passed = CarriedObject.transmission(object, probe, model.windows());
    lit.scale(Math.sqrt(counts / (passed * probe.power())));
    return model.relativeAmplitudeError(object, List.of(lit), Watch.SILENT.workers());
  }

  /// p = λ z/(N Δ) with λ = h c/E, in SI units of 2019.
  @Test
  void thePixelFollowsTheEnergyExactly() {
    for (double energy : new double[] {8000, 8040, 9160}) {
      double wavelength = 6.62607015e-34 * 299792458 / (energy * 1.602176634e-19);
      var s = StandardCase.farField(N, 1);
      double pixel = wavelength * s.distance() / (N * s.pixel());
      assertThat(at(energy).scan().geometry().sample().pixelY())
          .isCloseTo(pixel, within(1e-12 * pixel));
    }
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertThatThrownBy(
            () -> from(folder.resolve("no.h5"), Chromatic.PINHOLE, 0).start(FIRST.scan()))
        .hasMessageContaining("no.h5");
  }

  /// In the middle of its own grid nothing changes.
  @Test
  void theSameEnergyGivesTheSameProbe() {
    var same = from(Path.of("unused"), Chromatic.FIXED_FOCUS, 0);
    var truth = FIRST.truth().probe().modes().getFirst();
    assertThat(overlap(same.carried(FIRST.truth(), FIRST.scan()), truth)).isGreaterThan(0.999);
  }
}

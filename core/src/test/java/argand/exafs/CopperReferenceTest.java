package argand.exafs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import argand.exafs.TransformWindow.Shape;
import argand.spectro.NormalizedSpectrum;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A measured foil against what Larch made of it.
class CopperReferenceTest {
  private static int highest(double[] values) {
    int best = 0;
    for (int i = 0; i < values.length; i++) {
      best = values[i] > values[best] ? i : best;
    }
    return best;
  }

  private static double[] magnitudes(double kWeight, RadialTransform transform) {
    var foil = CopperFoil.pymca();
    var normalized = NormalizedSpectrum.of(foil);
    var reduction = new Autobk(1, kWeight).reduction(foil.energyEv(), normalized.e0Ev());
    double[] chi = reduction.chi(foil.values(), normalized.edgeStep());
    return RadialTransform.magnitudes(transform.forward(chi, 10));
  }

  private static RadialTransform hanning(double from, double to) {
    return new RadialTransform(new TransformWindow(Shape.HANNING, from, to, 1), 2);
  }

  /// Larch 0.9.58 with autobk(rbkg 1, kweight 2) and xftf(kweight 2, kmin 3, kmax 12, dk 1,
  /// hanning): E₀ 8981.11 eV, step 2.8728, |χ(R)| up to 3.386 at 2.240 Å. E₀ is one of the measured
  /// energies and R one of the same grid, so both must be the same; step and maximum depend on
  /// where windows end and on how splines are held: 0.5 %.
  @Test
  void edgeStepAndPeakAreThoseOfLarch() {
    var normalized = NormalizedSpectrum.of(CopperFoil.pymca());
    assertThat(normalized.e0Ev()).isEqualTo(8981.11);
    assertThat(normalized.edgeStep() / 2.8728).isCloseTo(1, within(0.005));
    double[] found = magnitudes(2, hanning(3, 12));
    int at = highest(found);
    assertThat(RadialTransform.r(at)).isCloseTo(2.240, within(0.001));
    assertThat(found[at] / 3.386).isCloseTo(1, within(0.005));
  }

  /// The control: other weights of background and transform are told apart by that bound.
  @Test
  void otherWindowsAndWeightsWouldBeSeen() {
    for (var other :
        List.of(
            magnitudes(2, hanning(3, 13)),
            magnitudes(2, hanning(2, 12)),
            magnitudes(2, new RadialTransform(new TransformWindow(Shape.KAISER, 3, 12, 1), 2)))) {
      double top = other[highest(other)];
      assertThat(Math.abs(top / 3.386 - 1)).isGreaterThan(0.005);
    }
  }

  /// Larch's documentation, first example of feffit: Cu at room temperature, FEFF's first path,
  /// autobk(rbkg 1, kweight 2), Kaiser window, k 3 … 17, dk 4, weight 2, R 1.4 … 3.0: N S₀² 0.93056
  /// of the path's 12 neighbours, ΔE₀ 4.358 ± 0.511 eV, σ² 0.00867 ± 0.00031 Å², ΔR −0.0060 ±
  /// 0.0026 Å. Both are least squares of the same model, apart from what belongs to the
  /// backgrounds;
  /// a tenth of Larch's errors is allowed, and for the errors themselves, which come by another
  /// way, a factor of two. N S₀² goes as one over the step of the edge, for which the Larch of that
  /// example does not give its number; ours, 2.837, is that of Larch 0.9.58 for this file, and the
  /// whole of Larch's error is allowed.
  @Test
  void aFitWithATableOfFeffGivesWhatLarchPublished() {
    var foil = CopperFoil.shared("cu_metal_rt.xdi");
    var normalized = NormalizedSpectrum.of(foil);
    var reduction = new Autobk(1, 2).reduction(foil.energyEv(), normalized.e0Ev());
    var transform = new RadialTransform(new TransformWindow(Shape.KAISER, 3, 17, 4), 2);
    var table = Scattering.feff("Cu–Cu", CopperFoil.lines("feffcu01.dat"));
    assertThat(table.distance()).isEqualTo(2.5478);
    assertThat(table.neighbours()).isEqualTo(12);
    var fit = new ShellFit(reduction, transform, 1.4, 3.0, List.of(table));
    var found =
        fit.fit(
            foil.values(), Optional.empty(), normalized.edgeStep(), fit.start(), ShellFit.Free.ALL);
    var shell = found.shells().getFirst();
    assertThat(found.converged()).isTrue();
    assertThat(shell.neighbours() / 12).isCloseTo(0.93056, within(0.039));
    assertThat(found.shiftEv()).isCloseTo(4.358, within(0.511 / 10));
    assertThat(shell.disorder()).isCloseTo(0.00867, within(0.00031 / 10));
    assertThat(shell.distance() - 2.5478).isCloseTo(-0.0060, within(0.0026 / 10));
    assertThat(shell.distanceSigma() / 0.0026).isBetween(0.5, 2.0);
    assertThat(found.independent()).isCloseTo(15.26, within(0.01));
    assertThat(found.rFactor()).isCloseTo(0.00272, within(0.0008));
  }

  /// Amplitude and phase out of the foil at 10 K, whose nearest neighbours are at 2.5477 Å (lattice
  /// 3.603 Å), used at room temperature, where the lattice is 3.6149 Å and so R 2.5561 Å. Another
  /// beamline, another step of the monochromator. The fit knows no third cumulant, which makes R of
  /// a
  /// warm metal short by about 0.01 Å (Larch's fit above: 2.5418); ± 0.02 Å. Disorder: Cu grows by
  /// 0.0051 … 0.0056 Å² between the two as an Einstein crystal of 240 … 230 K; ± 0.0005 Å² about
  /// the middle.
  @Test
  void aFoilAtTenKelvinServesAsStandardForOneAtRoomTemperature() {
    var cold = CopperFoil.shared("cu_metal_10K.xdi");
    var warm = CopperFoil.shared("cu_metal_rt.xdi");
    var transform = hanning(3, 14);
    var coldEdge = NormalizedSpectrum.of(cold);
    var standard =
        MeasuredShell.of(
            "Cu–Cu",
            new Autobk(1, 2)
                .reduction(cold.energyEv(), coldEdge.e0Ev())
                .chi(cold.values(), coldEdge.edgeStep()),
            transform,
            new TransformWindow(Shape.HANNING, 1.6, 2.8, 0.2),
            2.5477,
            12);
    var warmEdge = NormalizedSpectrum.of(warm);
    var fit =
        new ShellFit(
            new Autobk(1, 2).reduction(warm.energyEv(), warmEdge.e0Ev()),
            transform,
            1.6,
            2.8,
            List.of(standard));
    var found =
        fit.fit(
            warm.values(), Optional.empty(), warmEdge.edgeStep(), fit.start(), ShellFit.Free.ALL);
    var shell = found.shells().getFirst();
    assertThat(shell.distance()).isCloseTo(2.5561, within(0.02));
    assertThat(shell.disorder()).isCloseTo(0.0053, within(0.0005));
    assertThat(shell.neighbours()).isCloseTo(12, within(1.2));
  }
}

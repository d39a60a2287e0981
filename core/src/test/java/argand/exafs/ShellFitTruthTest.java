package argand.exafs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import argand.array.InvalidInput;
import argand.data.Spectrum;
import argand.exafs.TransformWindow.Shape;
import argand.phantom.FineStructure;
import argand.spectro.NormalizedSpectrum;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Distances in spectra of known lattices, with amplitudes and phases out of a standard that was
/// measured colder, with noise of its own and the edge elsewhere; six shells in the sample, two in
/// the fit.
class ShellFitTruthTest {
  private static final double A = 4.445e-10;
  private static final double NOISE = 0.0015;
  private static final RadialTransform TRANSFORM =
      new RadialTransform(new TransformWindow(Shape.HANNING, 3, 11, 1), 2);

  private record Two(FittedExafs found) {
    FittedShell oxygen() {
      return found.shells().get(0);
    }

    FittedShell metal() {
      return found.shells().get(1);
    }
  }

  private static double[] chi(Spectrum spectrum) {
    var normalized = NormalizedSpectrum.of(spectrum);
    return new Autobk(1, 2)
        .reduction(spectrum.energyEv(), normalized.e0Ev())
        .chi(spectrum.values(), normalized.edgeStep());
  }

  /// @param distance as it is believed to be in the standard [Å]
  private static List<Scattering> standard(double oxygen, double metal) {
    double[] chi = chi(MnO.spectrum("standard", new FineStructure(6544.4, A, 0.7), 3e-4, 99));
    return List.of(
        MeasuredShell.of(
            "Mn–O", chi, TRANSFORM, new TransformWindow(Shape.HANNING, 1.0, 2.25, 0.2), oxygen, 6),
        MeasuredShell.of(
            "Mn–Mn",
            chi,
            TRANSFORM,
            new TransformWindow(Shape.HANNING, 2.25, 3.3, 0.2),
            metal,
            12));
  }

  private static final List<Scattering> STANDARD = standard(2.2225, 3.1431);

  private static Two fit(Spectrum spectrum, List<Scattering> shells) {
    var normalized = NormalizedSpectrum.of(spectrum);
    var reduction = new Autobk(1, 2).reduction(spectrum.energyEv(), normalized.e0Ev());
    var fit = new ShellFit(reduction, TRANSFORM, 1.1, 3.2, shells);
    var variance = spectrum.sigma().map(s -> Arrays.stream(s).map(v -> v * v).toArray());
    return new Two(
        fit.fit(
            spectrum.values(), variance, normalized.edgeStep(), fit.start(), ShellFit.Free.ALL));
  }

  private static Two sample(double lattice, long seed) {
    return fit(MnO.spectrum("sample", new FineStructure(6544, lattice, 1), NOISE, seed), STANDARD);
  }

  private static double z(FittedShell longer, FittedShell shorter) {
    return (longer.distance() - shorter.distance())
        / Math.hypot(longer.distanceSigma(), shorter.distanceSigma());
  }

  private static double edge(Spectrum spectrum) {
    return NormalizedSpectrum.of(spectrum).e0Ev();
  }

  @Test
  void bothShellsAreFoundAndOnePercentIsToldApart() {
    var small = sample(A, 1);
    var large = sample(1.01 * A, 2);
    assertThat(small.oxygen().distance()).isCloseTo(2.2225, within(0.02));
    assertThat(small.metal().distance()).isCloseTo(3.1431, within(0.03));
    assertThat(large.oxygen().distance()).isCloseTo(1.01 * 2.2225, within(0.02));
    assertThat(large.metal().distance()).isCloseTo(1.01 * 3.1431, within(0.03));
    assertThat(z(large.oxygen(), small.oxygen())).isGreaterThan(2);
    assertThat(z(large.metal(), small.metal())).isGreaterThan(2);
    // 0.3 of σ² at room temperature more than in the standard
    assertThat(small.oxygen().disorder())
        .isCloseTo(0.3 * 0.0075, within(3 * small.oxygen().disorderSigma()));
    assertThat(small.oxygen().neighbours())
        .isCloseTo(6, within(3 * small.oxygen().neighboursSigma()));
  }

  /// To half an eV. Energies stand 1 eV apart and the white line pulls at the steepest rise.
  @Test
  void theEdgeIsFound() {
    assertThat(edge(MnO.spectrum("sample", new FineStructure(6544, A, 1), NOISE, 1)))
        .isCloseTo(6544, within(0.5));
    assertThat(edge(MnO.spectrum("sample", new FineStructure(6547, A, 1), NOISE, 1)))
        .isCloseTo(6547, within(0.5));
  }

  /// The control: what is equal is not told apart, in any of ten pairs by more than 3 σ and in most
  /// by less than 2.
  @Test
  void equalSamplesAreNotToldApart() {
    int beyond = 0;
    for (int seed = 0; seed < 10; seed++) {
      var one = sample(A, 100 + seed);
      var other = sample(A, 200 + seed);
      double z = z(one.metal(), other.metal());
      assertThat(Math.abs(z)).isLessThan(3);
      beyond += Math.abs(z) > 2 ? 1 : 0;
    }
    assertThat(beyond).isLessThanOrEqualTo(1);
  }

  /// The control: phases of the other element, distances of the standard that are wrong, and the
  /// bare peak of |χ(R)| are each beyond the bound that the fit keeps.
  @Test
  void wrongPhasesGiveWrongDistances() {
    var spectrum = MnO.spectrum("sample", new FineStructure(6544, A, 1), NOISE, 1);
    var oxygen = STANDARD.get(0);
    var metal = STANDARD.get(1);
    var swapped =
        List.of(
            new Scattering(
                "Mn–O",
                6,
                2.2225,
                metal.k(),
                metal.amplitude(),
                metal.phase(),
                metal.real(),
                metal.path()),
            metal);
    var wrong = fit(spectrum, swapped);
    assertThat(Math.abs(wrong.oxygen().distance() - 2.2225)).isGreaterThan(0.02);
    assertThat(wrong.found.rFactor()).isGreaterThan(5 * fit(spectrum, STANDARD).found.rFactor());
    var believed = fit(spectrum, standard(2.3, 3.1431));
    assertThat(Math.abs(believed.oxygen().distance() - 2.2225)).isGreaterThan(0.06);
    double[] magnitudes = RadialTransform.magnitudes(TRANSFORM.forward(chi(spectrum), 2.25));
    int top = 0;
    for (int m = RadialTransform.between(1, 2)[0]; m < magnitudes.length; m++) {
      top = magnitudes[m] > magnitudes[top] ? m : top;
    }
    assertThat(2.2225 - RadialTransform.r(top)).isBetween(0.2, 0.7);
    assertThat(oxygen.distance()).isEqualTo(2.2225);
  }

  /// The scatter of 60 fits against the error that each states, where noise outweighs what the
  /// model lacks, with the variance known and without; of 60 the standard deviation is known to
  /// 9 %, and errors are widened by the root of χ², which is somewhat above 1 here.
  @Test
  void statedErrorsAreThoseOfTheScatter() {
    int n = 60;
    double[] values = new double[n];
    double[] stated = new double[2];
    for (int i = 0; i < n; i++) {
      var spectrum = MnO.spectrum("s", new FineStructure(6544, A, 1), 0.006, 1000 + i);
      var unknown = Spectrum.of("s", spectrum.energyEv(), spectrum.values(), spectrum.quantity());
      var one = fit(spectrum, STANDARD).metal();
      values[i] = one.distance();
      stated[0] += one.distanceSigma() / n;
      stated[1] += fit(unknown, STANDARD).metal().distanceSigma() / n;
    }
    double mean = Arrays.stream(values).average().orElseThrow();
    double scatter =
        Math.sqrt(Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / (n - 1));
    assertThat(stated[0] / scatter).isBetween(0.8, 1.4);
    assertThat(stated[1] / scatter).isBetween(0.8, 1.4);
  }

  @Test
  void whatCannotBeFittedIsRefused() {
    var spectrum = MnO.spectrum("sample", new FineStructure(6544, A, 1), NOISE, 1);
    var reduction = new Autobk(1, 2).reduction(spectrum.energyEv(), 6544);
    var beyond = new RadialTransform(new TransformWindow(Shape.HANNING, 3, 16, 1), 2);
    assertThatThrownBy(() -> new ShellFit(reduction, beyond, 1, 3, STANDARD))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("where the energies end");
    var narrow = new ShellFit(reduction, TRANSFORM, 1.5, 2.2, STANDARD);
    assertThatThrownBy(
            () ->
                narrow.fit(
                    spectrum.values(), Optional.empty(), 1, narrow.start(), ShellFit.Free.ALL))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("a fit of 7 numbers");
    double[] early = Arrays.copyOf(spectrum.energyEv(), 50);
    assertThatThrownBy(() -> new Autobk(1, 2).reduction(early, 6544))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("above the edge");
    assertThatThrownBy(() -> Scattering.feff("Mn–O", List.of("k mu", "1 2")))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("feffNNNN.dat");
  }
}

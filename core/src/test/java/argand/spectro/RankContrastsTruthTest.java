package argand.spectro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import argand.array.Grid;
import argand.array.RealField;
import argand.data.EnergyStack;
import argand.data.Findings;
import argand.data.Planes;
import argand.data.Quantity;
import argand.data.Source;
import argand.data.Spectrum;
import argand.flow.Watch;
import argand.multivariate.PairSums;
import argand.phantom.OscillatorAtom;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Two states of iron as oscillators, whose f₁ and f₂ are a pair by their form: phase before the
/// edge
/// against optical density on it.
class RankContrastsTruthTest {
  private static final OscillatorAtom TWO = iron(707.8, 0.32, 709.9, 0.1);
  private static final OscillatorAtom THREE = iron(708.3, 0.08, 709.6, 0.34);

  /// Optical density of f₂ = 1 at 1 eV.
  private static final double AMOUNT = 14;

  private static OscillatorAtom iron(double e1, double g1, double e2, double g2) {
    return new OscillatorAtom(
        14,
        List.of(new OscillatorAtom.Shell(709, 4, 1.5)),
        List.of(new OscillatorAtom.Line(e1, g1 / 5, 1), new OscillatorAtom.Line(e2, g2 / 5, 1.2)));
  }

  private static double density(OscillatorAtom atom, double ev) {
    return AMOUNT * atom.f2(ev) / ev;
  }

  /// φ = −2πδt/λ and OD = 4πβt/λ.
  private static double phase(OscillatorAtom atom, double ev) {
    return -AMOUNT * atom.f1(ev) / ev / 2;
  }

  private static Spectrum reference(String name, OscillatorAtom atom) {
    double[] energy = IntStream.range(0, 1201).mapToDouble(i -> 660 + 0.1 * i).toArray();
    double[] values = java.util.Arrays.stream(energy).map(ev -> density(atom, ev)).toArray();
    return Spectrum.of(name, energy, values, Quantity.OPTICAL_DENSITY);
  }

  private static EnergyStack ranked(double first) {
    var empty = new RealField(Grid.square(1, 1, 1e-6));
    var stack =
        EnergyStack.of(
                new double[] {700, 710},
                Planes.of(List.of(empty, empty)),
                Quantity.OPTICAL_DENSITY,
                Source.NONE)
            .withFindings(Findings.NONE.with(reference("Fe2", TWO)).with(reference("Fe3", THREE)));
    return new RankContrasts(
            List.of(), List.of(), 1, 0.1, List.of(first, 720.0), OptionalDouble.of(0.1))
        .apply(stack, Watch.SILENT);
  }

  @Test
  void phaseIsThatOfTheOscillators() {
    var contrast = ranked(690).findings().quality().figures().getOrDefault("Contrast", List.of());
    var curve = contrast.get(1);
    double worst = 0;
    double most = 0;
    for (int e = 0; e < curve.x().length; e++) {
      double truth = phase(TWO, curve.x()[e]) - phase(THREE, curve.x()[e]);
      worst = Math.max(worst, Math.abs(curve.y()[e] - truth));
      most = Math.max(most, Math.abs(truth));
    }
    // lines through points a tenth of a width apart, and the tails beyond 660 … 780 eV
    assertThat(worst / most).isLessThan(0.02);
  }

  /// Row SPE-24: the phase map before the edge goes with the truth as well as that of optical
  /// density
  /// does, for the dose that was said.
  @Test
  void theDoseThatIsSavedIsThatOfCountedMaps() {
    var found = ranked(690).findings().quality().metrics();
    double on = found.getOrDefault("densityEnergy", Double.NaN);
    double quiet = found.getOrDefault("preEdgeEnergy", Double.NaN);
    double ratio = found.getOrDefault("preEdgeDoseRatio", Double.NaN);
    double photons = 400;
    double dose = photons * on * -Math.expm1(-mean(on));
    double few = ratio * dose / (quiet * -Math.expm1(-mean(quiet)));
    double byDensity = correlation(on, photons, false);
    double byPhase = correlation(quiet, few, true);
    assertThat(byPhase).isCloseTo(byDensity, within(0.02));
    // here it is thirteen times the dose of optical density; for the same dose phase tells less
    assertThat(ratio).isBetween(10.0, 18.0);
    assertThat(correlation(quiet, few / ratio, true)).isLessThan(byDensity - 0.2);
  }

  private static double mean(double ev) {
    return 0.1 + (density(TWO, ev) + density(THREE, ev)) / 2;
  }

  /// Of a map of as much of either with the truth, errors as those of shot noise.
  private static double correlation(double ev, double photons, boolean phase) {
    var random = new SplittableRandom(3);
    int n = 20_000;
    float[] truth = new float[n];
    float[] seen = new float[n];
    for (int i = 0; i < n; i++) {
      truth[i] = i % 2;
      var atom = i % 2 == 0 ? TWO : THREE;
      double left = photons * Math.exp(-0.1 - density(atom, ev));
      double value = phase ? phase(atom, ev) : density(atom, ev);
      double sigma = Math.sqrt(phase ? 1 / (2 * left) : 2 / left);
      seen[i] = (float) (value + sigma * random.nextGaussian());
    }
    return Math.abs(PairSums.of(truth, seen, i -> true).correlation());
  }

  @Test
  void whatCannotBeIsSaid() {
    assertThatThrownBy(() -> ranked(708)).hasMessageContaining("different already at 708.0 eV");
  }
}

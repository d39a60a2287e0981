package argand.spectro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import argand.data.Spectrum;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/// Few counts and thick matter: fits to counts are unbiased with right errors where fits to
/// logarithms are not.
class CountsTruthTest {
  /// 60 quanta before particles of an optical density up to 3.4: two quanta at the white line.
  @Test
  void countsNeedNoLogarithm() {
    var made = new XanesCase(128, NickelSpectra.made(), 60, 1.9, 0, 50, 5);
    var byCounts = Unmix.plain().apply(made.counts(), Found.WATCH);
    var byLogs = Unmix.plain().apply(made.densities(), Found.WATCH);
    var counts = Found.in(made, byCounts);
    var logs = Found.in(made, byLogs);
    // a third is 2300 pixels: coverage is known to 0.010; in the weakest one the error is 0.4, many
    // fractions stand at 0 or 1, and the error stated without the bound is too large
    for (int third = 1; third < 3; third++) {
      assertThat(counts.covered()[third]).isCloseTo(0.683, within(0.04));
      assertThat(counts.pull()[third]).isCloseTo(0, within(0.1));
    }
    // the edge step where it is above 0.8, over the truth: 2900 pixels of error 0.07
    assertThat(thickness(made, byCounts)).isCloseTo(1, within(0.01));
    assertThat(Math.abs(thickness(made, byLogs) - 1)).isGreaterThan(0.02);
  }

  private static double thickness(XanesCase made, argand.data.EnergyStack result) {
    float[] t = Found.map(result, "thickness");
    double found = 0;
    double truth = 0;
    for (int i = 0; i < t.length; i++) {
      if (made.jump.values()[i] > 0.8) {
        found += t[i];
        truth += made.jump.values()[i];
      }
    }
    return found / truth;
  }

  /// A shift of the energy scale by 0.4 eV: found in every pixel with its error; not looked for, it
  /// passes for another mixture.
  @Test
  void shiftsOfTheEnergyAreFoundWithTheirErrors() {
    var plain = new XanesCase(64, NickelSpectra.made(), 50000, 0.9, 0, 10, 6);
    double shift = 0.4;
    List<Spectrum> moved =
        plain.spectra.stream()
            .map(
                s -> {
                  double[] energy = s.energyEv().clone();
                  for (int i = 0; i < energy.length; i++) {
                    energy[i] -= shift;
                  }
                  return Spectrum.of(s.name(), energy, s.values(), s.quantity());
                })
            .toList();
    // references that are 0.4 eV too low: the data are shifted by +0.4 eV against them
    var stack = plain.densities();
    for (var s : moved) {
      stack = stack.withFindings(stack.findings().with(s));
    }
    var p = Unmix.plain();
    var fit =
        new Unmix(
            p.references(),
            p.spectra(),
            p.constraint(),
            p.background(),
            p.range(),
            p.exclude(),
            p.weights(),
            p.mostAmount(),
            OptionalDouble.of(1.5),
            p.prior());
    var with = fit.apply(stack, Found.WATCH);
    float[] found = Found.map(with, "energy shift");
    float[] sigma = Found.sigma(with, "energy shift");
    double[] sum = new double[2];
    double[] square = new double[2];
    int[] count = new int[2];
    int[] covered = new int[2];
    for (int i = 0; i < found.length; i++) {
      if (plain.counts(i)) {
        double pull = (found[i] - shift) / sigma[i];
        int strong = plain.jump.values()[i] > 0.45 ? 1 : 0;
        sum[strong] += pull;
        square[strong] += pull * pull;
        count[strong]++;
        covered[strong] += Math.abs(pull) < 1 ? 1 : 0;
      }
    }
    var shifted = Found.in(plain, with);
    var fixed = Found.in(plain, Unmix.plain().apply(stack, Found.WATCH));
    // 917 strong and 725 weak pixels: the mean of the pulls is known to 0.04, their width to 0.03,
    // coverage to 0.017. By the curvature at δ alone the width is 1.28 in the weak ones.
    for (int strong = 0; strong < 2; strong++) {
      assertThat(sum[strong] / count[strong]).isCloseTo(0, within(0.15));
      assertThat(Math.sqrt(square[strong] / count[strong])).isCloseTo(1, within(0.08));
      assertThat(covered[strong] / (double) count[strong]).isCloseTo(0.683, within(0.05));
    }
    assertThat(shifted.bias()).isCloseTo(0, within(0.01));
    assertThat(Math.abs(fixed.bias())).isGreaterThan(0.03);
    assertThat(with.findings().map("energy shift").orElseThrow().unit()).isEqualTo("eV");
  }
}

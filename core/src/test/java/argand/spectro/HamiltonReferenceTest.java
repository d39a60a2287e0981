package argand.spectro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import argand.array.InvalidInput;
import argand.data.Findings;
import argand.data.Quantity;
import argand.data.Spectrum;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Hamilton's test: critical values of tables, and how often it cries wolf.
class HamiltonReferenceTest {
  /// The 95 % points of F: F(1, 10) = 4.965, F(2, 20) = 3.493, F(5, 60) = 2.368 (Abramowitz &
  /// Stegun,
  /// table 26.9).
  @Test
  void criticalValuesAreThoseOfTheTables() {
    int[][] cases = {{1, 10}, {2, 20}, {5, 60}};
    double[] f = {4.965, 3.493, 2.368};
    for (int i = 0; i < 3; i++) {
      int more = cases[i][0];
      int freedom = cases[i][1];
      double ratio = 1 + more * f[i] / freedom;
      double chance = HamiltonTest.chance(freedom + 8, 8, 1, 8 - more, ratio);
      // the tables have three decimals: F ± 0.0005 is P ± 2.5e-5 and less
      assertThat(chance).isCloseTo(0.05, within(5e-5));
    }
    // I_x(1/2, 1/2) = (2/π) asin √x; I_x(1, b) = 1 − (1 − x)^b
    assertThat(HamiltonTest.incompleteBeta(0.3, 0.5, 0.5))
        .isCloseTo(2 / Math.PI * Math.asin(Math.sqrt(0.3)), within(1e-12));
    assertThat(HamiltonTest.incompleteBeta(0.9, 1, 7))
        .isCloseTo(1 - Math.pow(0.1, 7), within(1e-12));
    assertThatThrownBy(() -> HamiltonTest.chance(10, 3, 1, 3, 2)).isInstanceOf(InvalidInput.class);
  }

  /// A reference that is not in the sample is called needed in one case of twenty; one that is, in
  /// nearly all; a plain comparison of residuals would always take it.
  @Test
  void superfluousReferencesAreSeldomBelieved() {
    double[] energies = NickelSpectra.energies();
    var a = NickelSpectra.made("A", 8341, 0.75);
    var b = NickelSpectra.made("B", 8343.5, 0.6);
    var c = NickelSpectra.made("C", 8346, 0.3);
    var random = new Random(4);
    int believed = 0;
    int seen = 0;
    int smaller = 0;
    int trials = 800;
    for (int trial = 0; trial < trials; trial++) {
      double[] pure = new double[energies.length];
      double[] mixed = new double[energies.length];
      for (int e = 0; e < energies.length; e++) {
        double noise = 0.02 * random.nextGaussian();
        double two = 0.4 * XanesCase.value(a, energies[e]) + 0.6 * XanesCase.value(b, energies[e]);
        pure[e] = two + noise;
        mixed[e] = 0.9 * two + 0.1 * XanesCase.value(c, energies[e]) + noise;
      }
      believed += chance(energies, pure, List.of(a, b), c) < 0.05 ? 1 : 0;
      smaller += chance(energies, pure, List.of(a, b), c) < 1 ? 1 : 0;
      seen += chance(energies, mixed, List.of(a, b), c) < 0.05 ? 1 : 0;
    }
    // binomial: 40 ± 6.2
    assertThat(believed).isBetween(22, 58);
    assertThat(seen).isGreaterThan(trials * 9 / 10);
    assertThat(smaller).isEqualTo(trials);
  }

  private static double chance(
      double[] energies, double[] values, List<Spectrum> two, Spectrum third) {
    var data = Spectrum.of("data", energies, values, Quantity.NORMALIZED);
    var three = List.of(two.get(0), two.get(1), third);
    return HamiltonTest.chance(fit(data, three), fit(data, two));
  }

  private static SpectrumFit fit(Spectrum data, List<Spectrum> references) {
    return SpectrumFit.of(data, references, Unmix.Constraint.FREE, List.of(), List.of(), List.of());
  }

  /// As a verb: the mean of a stack made of two of three references.
  @Test
  void theVerbNamesWhatIsNeeded() {
    var made = new XanesCase(32, NickelSpectra.made(), 20000, 0.9, 0, 4, 3);
    var stack = made.densities();
    Findings findings =
        stack
            .findings()
            .with(NickelSpectra.made("C", 8347, 0.2))
            .with(NickelSpectra.made("D", 8338, 0.2));
    var verb =
        new ChooseReferences(
            Optional.empty(),
            List.of(),
            List.of(),
            3,
            Unmix.Constraint.NON_NEGATIVE,
            Optional.empty(),
            List.of(),
            0.05);
    var found = verb.apply(stack.withFindings(findings), Found.WATCH).findings();
    assertThat(found.quality().metrics().get("combinations")).isEqualTo(14);
    assertThat(found.quality().verdict().getFirst())
        .contains(" A + ", " B (R")
        .doesNotContain(" C");
    assertThat(found.spectra()).extracting(Spectrum::name).contains("mean", "fit of mean");
  }
}

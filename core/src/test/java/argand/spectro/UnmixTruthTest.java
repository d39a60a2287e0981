package argand.spectro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import argand.data.EnergyStack;
import argand.data.Planes;
import argand.data.Quantity;
import argand.inverse.TotalVariation;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Fractions of two nickel phases in a noisy stack of 256² × 60 that drifted by up to 3 px, 9000
/// quanta, 5 % structure of the beam, the drift known: NiO and LiNiO₂ as measured.
class UnmixTruthTest {
  private static XanesCase made;
  private static EnergyStack stack;

  @BeforeAll
  static void make() {
    made = new XanesCase(256, NickelSpectra.measured(), 9000, 0.9, 3, 10, 1);
    stack = made.densities();
  }

  private static Unmix background(Integer... exponents) {
    var p = Unmix.plain();
    return new Unmix(
        p.references(),
        p.spectra(),
        p.constraint(),
        Optional.of(List.of(exponents)),
        p.range(),
        p.exclude(),
        p.weights(),
        p.mostAmount(),
        p.shift(),
        p.prior());
  }

  /// Each pixel by itself is as good as its counts allow, and no better: nothing is gained by
  /// blurring. With 26 000 pixels of error 0.03 the mean is known to 0.0002, a coverage of a third
  /// to 0.005.
  @Test
  void eachPixelReachesTheCramerRaoBound() {
    var found = Found.in(made, Unmix.plain().apply(stack, Found.WATCH));
    assertThat(found.rms() / found.bound()).isBetween(0.95, 1.05);
    assertThat(found.bound()).isBetween(0.025, 0.04);
    assertThat(found.bias()).isCloseTo(0, within(0.001));
    for (int third = 0; third < 3; third++) {
      assertThat(found.covered()[third]).isBetween(0.65, 0.71);
      assertThat(found.pull()[third]).isCloseTo(0, within(0.1));
    }
    // a background that does not know how the matrix absorbs is biased by more than that
    var flat = Found.in(made, background(0).apply(stack, Found.WATCH));
    assertThat(Math.abs(flat.bias())).isGreaterThan(0.001);
    // and errors from the two amounts alone, as if they were independent, are no errors
    var result = Unmix.plain().apply(stack, Found.WATCH);
    float[] naive = independent(result);
    var wrong = Found.in(made, Found.map(result, "fraction of LiNiO2"), naive);
    assertThat(wrong.covered()[2]).isLessThan(0.65);
  }

  private static float[] independent(EnergyStack result) {
    float[] a = Found.map(result, "amount of NiO");
    float[] b = Found.map(result, "amount of LiNiO2");
    float[] sa = Found.sigma(result, "amount of NiO");
    float[] sb = Found.sigma(result, "amount of LiNiO2");
    float[] sigma = new float[a.length];
    for (int i = 0; i < a.length; i++) {
      sigma[i] = (float) (Math.hypot(a[i] * sb[i], b[i] * sa[i]) / Math.pow(a[i] + b[i], 2));
    }
    return sigma;
  }

  /// With neighbours: the bounds of the case are 0.015, 0.026 at borders and 0.005 of bias there.
  @Test
  @Tag("slow")
  void smoothFractionsKeepTheirEdgesAndTheirMean() {
    var result =
        Unmix.plain()
            .with(new Prior.TotalVariation(2, OptionalDouble.empty(), 200))
            .apply(stack, Found.WATCH);
    var found = Found.in(made, result);
    assertThat(found.rms()).isLessThan(0.010);
    assertThat(found.borderRms()).isLessThan(0.021);
    assertThat(found.borderBias()).isCloseTo(0, within(0.005));
    // maps smoothed by themselves, each amount by its total variation, do worse at every weight
    double best = 1;
    double bestBorder = 1;
    for (double weight : new double[] {0.005, 0.01, 0.02, 0.04}) {
      var plain = mapsSmoothed(weight);
      best = Math.min(best, plain.rms());
      bestBorder = Math.min(bestBorder, plain.borderRms());
    }
    assertThat(best).isGreaterThan(1.3 * found.rms());
    assertThat(bestBorder).isGreaterThan(1.2 * found.borderRms());
  }

  private static Found mapsSmoothed(double weight) {
    var each = Unmix.plain().apply(stack, Found.WATCH);
    float[][] z = {
      Found.map(each, "amount of NiO").clone(), Found.map(each, "amount of LiNiO2").clone()
    };
    new TotalVariation(256, 256, new double[] {weight, weight}, 0, 200)
        .apply(z, 1, Found.WATCH.workers());
    float[] fraction = new float[z[0].length];
    for (int i = 0; i < fraction.length; i++) {
      fraction[i] = z[1][i] / (z[0][i] + z[1][i]);
    }
    return Found.in(made, fraction, Found.sigma(each, "fraction of LiNiO2"));
  }

  /// The same maps whatever the number of threads.
  @Test
  void threadsChangeNothing() {
    var all = Unmix.plain().apply(stack, Found.WATCH);
    var one = Unmix.plain().apply(stack, argand.flow.Watch.SILENT);
    assertThat(Found.map(one, "fraction of NiO")).isEqualTo(Found.map(all, "fraction of NiO"));
    assertThat(Found.map(one, "reduced chi-square"))
        .isEqualTo(Found.map(all, "reduced chi-square"));
  }

  /// χ² of a right model is 1; of one without the matrix it is not.
  @Test
  void chiSquareTellsARightModelFromAWrongOne() {
    double right = mean(Unmix.plain().apply(stack, Found.WATCH));
    assertThat(right).isCloseTo(1, within(0.03));
    assertThat(mean(background().apply(stack, Found.WATCH))).isGreaterThan(1.5);
  }

  private static double mean(EnergyStack result) {
    float[] chi = Found.map(result, "reduced chi-square");
    double sum = 0;
    int count = 0;
    for (int i = 0; i < chi.length; i++) {
      if (made.counts(i)) {
        sum += chi[i];
        count++;
      }
    }
    return sum / count;
  }

  /// Without noise the answer is the truth, to the single precision of the stack, and any weights
  /// will do.
  @Test
  void withoutNoiseFractionsAreExact() {
    var clean =
        Planes.computed(
            stack.images(),
            (e, first, length, into, offset) -> {
              var s = made.spectra;
              double energy = made.energies[e];
              double a = new ReferenceSpline(s.get(0)).at(new double[] {energy})[0];
              double b = new ReferenceSpline(s.get(1)).at(new double[] {energy})[0];
              for (int i = 0; i < length; i++) {
                into[offset + i] =
                    (float)
                        (a * made.amounts[0].values()[first + i]
                            + b * made.amounts[1].values()[first + i]
                            + 0.3 * Math.pow(energy / 8300, -3));
              }
            });
    var exact =
        Unmix.plain()
            .apply(
                stack.withImages(clean, Optional.empty(), Quantity.OPTICAL_DENSITY), Found.WATCH);
    var found = Found.in(made, exact);
    // 2⁻²⁴ of optical densities up to 1.5, times the bound over the noise (3 for √60 energies)
    assertThat(found.rms()).isLessThan(5e-6);
  }
}

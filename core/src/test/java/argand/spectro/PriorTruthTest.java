package argand.spectro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import argand.array.Grid;
import argand.array.RealField;
import argand.data.EnergyStack;
import argand.data.Planes;
import argand.data.Quantity;
import argand.data.Source;
import argand.data.Spectrum;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Three phases in 48² pixels, sloping and with a sharp border between two parts, in matter that
/// ends: both priors against the fit of each pixel, and what they do where there is no noise.
class PriorTruthTest {
  private static final int N = 48;
  private static final List<Spectrum> SPECTRA =
      List.of(
          NickelSpectra.made("A", 8341, 0.75),
          NickelSpectra.made("B", 8343.5, 0.6),
          NickelSpectra.made("C", 8346.5, 0.3));

  private static double fraction(int k, int r, int c) {
    double b = (c < N / 2 ? 0.2 : 0.5) + 0.2 * r / N;
    double third = 0.1 + 0.1 * c / N;
    return k == 0 ? 1 - b - third : k == 1 ? b : third;
  }

  private static double thickness(int r, int c) {
    double square = Math.pow((r - 23.5) / 20, 2) + Math.pow((c - 23.5) / 22, 2);
    return 0.9 * Math.sqrt(Math.max(0, 1 - square));
  }

  private static EnergyStack stack(double noise) {
    var random = new Random(11);
    double[] energies = NickelSpectra.energies();
    var planes = new ArrayList<RealField>();
    for (double energy : energies) {
      var plane = new RealField(new Grid(N, N, 1e-7, 1e-7));
      for (int i = 0; i < N * N; i++) {
        double value = 0.3 * Math.pow(energy / 8300, -3) + noise * random.nextGaussian();
        for (int k = 0; k < 3; k++) {
          value +=
              thickness(i / N, i % N)
                  * fraction(k, i / N, i % N)
                  * XanesCase.value(SPECTRA.get(k), energy);
        }
        plane.values()[i] = (float) value;
      }
      planes.add(plane);
    }
    var stack = EnergyStack.of(energies, Planes.of(planes), Quantity.OPTICAL_DENSITY, Source.NONE);
    for (var s : SPECTRA) {
      stack = stack.withFindings(stack.findings().with(s));
    }
    return stack;
  }

  /// Root mean square error of all three fractions where the edge step is above 0.15.
  private static double error(EnergyStack result) {
    double sum = 0;
    int count = 0;
    for (int k = 0; k < 3; k++) {
      float[] f = Found.map(result, "fraction of " + SPECTRA.get(k).name());
      for (int i = 0; i < f.length; i++) {
        if (thickness(i / N, i % N) > 0.15) {
          sum += Math.pow(f[i] - fraction(k, i / N, i % N), 2);
          count++;
        }
      }
    }
    return Math.sqrt(sum / count);
  }

  private static double error(EnergyStack stack, Prior prior) {
    return error(Unmix.plain().with(prior).apply(stack, Found.WATCH));
  }

  private static Prior variation(int order) {
    return new Prior.TotalVariation(order, OptionalDouble.of(1), 150);
  }

  @Test
  void neighboursHelpEachOther() {
    var noisy = stack(0.04);
    double alone = error(noisy, new Prior.None());
    double second = error(noisy, variation(2));
    double first = error(noisy, variation(1));
    double amounts = error(noisy, new Prior.AmountVariation(1, 50));
    assertThat(alone).isBetween(0.05, 0.2);
    assertThat(second).isLessThan(0.35 * alone);
    assertThat(first).isLessThan(0.5 * alone);
    // what the fit of other programs must reach: 0.8 of the error of least squares
    assertThat(amounts).isLessThan(0.8 * alone);
    assertThat(second).isLessThan(amounts);
  }

  /// Fractions add up to 1 and are not negative; the amounts are their shares of the thickness.
  @Test
  void fractionsStayFractions() {
    var result = Unmix.plain().with(variation(2)).apply(stack(0.05), Found.WATCH);
    float[] t = Found.map(result, "thickness");
    for (int i = 0; i < t.length; i++) {
      double sum = 0;
      for (var s : SPECTRA) {
        float f = Found.map(result, "fraction of " + s.name())[i];
        assertThat(f).isGreaterThanOrEqualTo(0);
        assertThat((double) Found.map(result, "amount of " + s.name())[i])
            .isCloseTo(f * t[i], within(1e-6));
        sum += f;
      }
      assertThat(sum).isCloseTo(1, within(1e-5));
    }
  }

  /// Without noise nothing is smoothed away: the weight of the data grows without limit.
  @Test
  void withoutNoisePriorsChangeNothing() {
    var clean = stack(1e-5);
    double alone = error(clean, new Prior.None());
    assertThat(error(clean, variation(2))).isLessThan(alone + 5e-4);
    assertThat(error(clean, new Prior.AmountVariation(1, 50))).isLessThan(alone + 5e-4);
  }
}

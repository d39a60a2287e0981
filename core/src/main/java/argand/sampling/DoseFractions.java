package argand.sampling;

import argand.array.Check;
import argand.array.InvalidInput;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/// A measurement in several parts, one after the other, each of which damages the sample further.
///
/// A signal that fades as exp(−D/D_c) is seen by a part that begins at D_a and ends at D_b as its
/// mean, s = D_c (exp(−D_a/D_c) − exp(−D_b/D_c)) / (D_b − D_a).
///
/// @param doses of the parts in their order [Gy]
public record DoseFractions(double[] doses) {
  private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;
  private static final int FEWEST = 3;

  public DoseFractions {
    Check.atLeast("number of fractions", doses.length, FEWEST);
    for (int k = 0; k < doses.length; k++) {
      if (!(doses[k] > 0 && doses[k] < Double.POSITIVE_INFINITY)) {
        throw new InvalidInput("dose of fraction " + (k + 1), doses[k] + " Gy", "above 0", "");
      }
    }
  }

  public double total() {
    return Arrays.stream(doses).sum();
  }

  /// What is left in each part of a signal that began as 1.
  public double[] left(double criticalDose) {
    double[] left = new double[doses.length];
    double begun = 0;
    for (int k = 0; k < left.length; k++) {
      double x = doses[k] / criticalDose;
      left[k] = Math.exp(-begun / criticalDose) * -Math.expm1(-x) / x;
      begun += doses[k];
    }
    return left;
  }

  /// The critical dose [Gy] at which a misfit of what is left is least: golden section in its
  /// logarithm, from a tenth of the smallest part to a thousand times the whole.
  public double criticalDose(ToDoubleFunction<double[]> misfit) {
    double low = Math.log(0.1 * Arrays.stream(doses).min().orElseThrow());
    double high = Math.log(1000 * total());
    while (high - low > 1e-9) {
      double a = high - GOLDEN * (high - low);
      double b = low + GOLDEN * (high - low);
      if (misfit.applyAsDouble(left(Math.exp(a))) < misfit.applyAsDouble(left(Math.exp(b)))) {
        high = b;
      } else {
        low = a;
      }
    }
    return Math.exp((low + high) / 2);
  }
}

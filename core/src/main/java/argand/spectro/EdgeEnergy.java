package argand.spectro;

import argand.array.InvalidInput;
import java.util.Arrays;

/// Where an absorption edge stands, in one spectrum.
public final class EdgeEnergy {
  private EdgeEnergy() {}

  /// A slope counts as steep above this share of the range of slopes.
  private static final double STEEP = 0.6;

  /// The steepest rise: the measured energy with the greatest central difference among those whose
  /// neighbours are steep too, so that neither a glitch nor the ends win. Spectra with two rises of
  /// nearly the same slope (iron and nickel foils, CuO) may answer with either; give the energy
  /// where that matters.
  ///
  /// @throws InvalidInput with fewer than five energies, or when nothing rises
  public static double steepest(double[] energyEv, double[] values) {
    return energyEv[steepestIndex(energyEv, values)];
  }

  /// The steepest rise between two energies.
  static double steepest(double[] energyEv, double[] values, double from, double to) {
    int first = 0;
    int last = energyEv.length - 1;
    while (first < last && energyEv[first] < from) {
      first++;
    }
    while (last > first && energyEv[last] > to) {
      last--;
    }
    // the windows of a sparse scan may leave little between them
    if (last - first < 4) {
      first = Math.max(0, first - 2);
      last = Math.min(energyEv.length - 1, last + 2);
    }
    return steepest(
        Arrays.copyOfRange(energyEv, first, last + 1), Arrays.copyOfRange(values, first, last + 1));
  }

  private static int steepestIndex(double[] energyEv, double[] values) {
    int n = energyEv.length;
    if (n < 5) {
      throw new InvalidInput("a search for the edge", "of " + n + " energies", "at least 5", "");
    }
    int found = steepest(slopes(energyEv, values), n);
    if (!(values[Math.min(n - 1, found + 1)] > values[Math.max(0, found - 1)])) {
      throw new InvalidInput(
          "the edge",
          "not to be found: nothing rises around " + energyEv[found] + " eV",
          "a spectrum that rises at its edge",
          "give the edge energy");
    }
    return found;
  }

  /// Central differences, one-sided at the ends.
  static double[] slopes(double[] x, double[] y) {
    int n = x.length;
    double[] slope = new double[n];
    for (int i = 0; i < n; i++) {
      int a = Math.max(0, i - 1);
      int b = Math.min(n - 1, i + 1);
      slope[i] = (y[b] - y[a]) / (x[b] - x[a]);
    }
    return slope;
  }

  private static int steepest(double[] slope, int n) {
    int edge = Math.max(3, (int) (0.02 * n));
    if (n < 2 * edge + 3) {
      edge = 1;
    }
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int i = edge; i < n - edge; i++) {
      low = Math.min(low, slope[i]);
      high = Math.max(high, slope[i]);
    }
    double share = n > 20 ? STEEP : STEEP / 2;
    for (int round = 0; round < 3; round++) {
      int best = -1;
      double limit = low + share * (high - low);
      for (int i = edge; i < n - edge; i++) {
        boolean company = slope[i - 1] > limit && slope[i + 1] > limit;
        if (slope[i] > limit && company && (best < 0 || slope[i] > slope[best])) {
          best = i;
        }
      }
      if (best >= 0) {
        return best;
      }
      share /= 2;
    }
    int best = edge;
    for (int i = edge; i < n - edge; i++) {
      best = slope[i] > slope[best] ? i : best;
    }
    return best;
  }

  /// Where a normalized spectrum first comes to `height` for good: the last crossing before its
  /// maximum, linear between the energies.
  ///
  /// @return NaN where it does not
  public static double crossing(double[] energyEv, double[] normalized, double height) {
    int top = 0;
    for (int e = 1; e < normalized.length; e++) {
      top = normalized[e] > normalized[top] ? e : top;
    }
    for (int e = top; e > 0; e--) {
      if (normalized[e] >= height && normalized[e - 1] < height) {
        double t = (height - normalized[e - 1]) / (normalized[e] - normalized[e - 1]);
        return energyEv[e - 1] + t * (energyEv[e] - energyEv[e - 1]);
      }
    }
    return Double.NaN;
  }

  /// The integral method: a sharp step at E₀ would have the same area between E₁ and E₂, E₀ = E₂ −
  /// ∫ n dE, by trapezia; n is normalized absorption.
  public static double integral(double[] energyEv, double[] normalized, double from, double to) {
    double[] weights = trapezia(energyEv, from, to);
    double area = 0;
    for (int e = 0; e < weights.length; e++) {
      area += weights[e] * normalized[e];
    }
    return to - area;
  }

  /// Weights w with ∫ y dE = Σ w_e y_e between two energies, y linear between the energies.
  static double[] trapezia(double[] energyEv, double from, double to) {
    double[] weights = new double[energyEv.length];
    for (int e = 0; e + 1 < energyEv.length; e++) {
      double a = Math.max(from, energyEv[e]);
      double b = Math.min(to, energyEv[e + 1]);
      if (a < b) {
        double h = energyEv[e + 1] - energyEv[e];
        double middle = ((a + b) / 2 - energyEv[e]) / h;
        weights[e] += (b - a) * (1 - middle);
        weights[e + 1] += (b - a) * middle;
      }
    }
    return weights;
  }
}

package argand.spectro;

import argand.array.InvalidInput;
import java.util.Arrays;

/// Where an absorption edge stands, in one spectrum.
public final class EdgeEnergy {
  private EdgeEnergy() {}

  /// A slope counts as steep above this share of the range of slopes.
  private static final double STEEP = 0.6;

  /// Points looked at on either side of the steepest unsmoothed one.
  private static final int AROUND = 75;

  /// The steepest rise: the energy with the greatest slope, by differences smoothed with a
  /// Lorentzian of three energy steps, among those whose neighbours are steep too, so that neither
  /// a glitch nor the ends win. (What Larch calls `find_e0`; here too the answer is one of the
  /// measured energies.)
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
    double step = typicalStep(energyEv);
    int rough = steepest(slopes(energyEv, values), n);
    int from = Math.max(n > 20 ? 3 : 0, rough - AROUND);
    int to = Math.min(n - (n > 20 ? 3 : 0), rough + AROUND);
    if (rough < 0.05 * n) {
      from = Math.max(n > 20 ? 3 : 0, rough - 20);
      to = n - (n > 20 ? 3 : 0);
    }
    double[] e = Arrays.copyOfRange(energyEv, from, to);
    double[] y = Arrays.copyOfRange(values, from, to);
    double usual = Math.max(0.01, Math.min(1, step));
    double[] smooth = lorentzian(e, slopes(e, y), usual, 3 * usual);
    int found = from + steepest(smooth, e.length);
    if (!(values[Math.min(n - 1, found + 1)] > values[Math.max(0, found - 1)])) {
      throw new InvalidInput(
          "the edge",
          "not to be found: nothing rises around " + energyEv[found] + " eV",
          "a spectrum that rises at its edge",
          "give the edge energy");
    }
    return found;
  }

  /// The mean of the ten smallest steps but the smallest hundredth.
  static double typicalStep(double[] energyEv) {
    double[] steps = new double[energyEv.length - 1];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = energyEv[i + 1] - energyEv[i];
    }
    Arrays.sort(steps);
    int skip = energyEv.length / 100;
    int last = Math.min(steps.length, skip + 10);
    double sum = 0;
    for (int i = skip; i < last; i++) {
      sum += steps[i] / (last - skip);
    }
    return sum;
  }

  /// Second-order central differences over the number of the point, one over the other.
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

  /// Smoothing on an even grid of spacing `step` by a Lorentzian of half width `width`, ends
  /// continued.
  private static double[] lorentzian(double[] x, double[] y, double step, double width) {
    int n = 1 + (int) ((x[x.length - 1] - x[0]) / step + 0.1);
    double[] even = new double[n];
    for (int i = 0; i < n; i++) {
      even[i] = Interpolation.linear(x, y, Math.min(x[x.length - 1], x[0] + i * step));
    }
    int reach = Math.max(10, (int) Math.ceil(10 * width / step));
    double[] kernel = new double[reach + 1];
    double all = 0;
    for (int k = 0; k <= reach; k++) {
      kernel[k] = 1 / (1 + (k * step / width) * (k * step / width));
      all += (k == 0 ? 1 : 2) * kernel[k];
    }
    double[] smooth = new double[n];
    double[] place = new double[n];
    for (int i = 0; i < n; i++) {
      place[i] = x[0] + i * step;
      for (int k = -reach; k <= reach; k++) {
        smooth[i] += kernel[Math.abs(k)] * even[Math.max(0, Math.min(n - 1, i + k))] / all;
      }
    }
    double[] back = new double[x.length];
    for (int i = 0; i < back.length; i++) {
      back[i] = Interpolation.linear(place, smooth, x[i]);
    }
    return back;
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

package argand.spectro;

import argand.array.InvalidInput;
import argand.data.EnergyStack;
import argand.data.Quantity;
import argand.data.Spectrum;
import argand.inverse.BoundedQuadratic;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/// Non-negative amounts of references, and a free constant and slope where images are not
/// normalized, by least squares at the energies of a stack that lie in the window and within every
/// reference. References are interpolated linearly.
///
/// @param columns references first, at all energies of the stack
/// @param used energies of the fit
record RegionFit(double[][] columns, int references, int[] used) {
  /// What was fitted to one spectrum.
  ///
  /// @param parts amount times reference at all energies
  record Fitted(
      double[] amounts, double[][] parts, double[] sum, double[] residual, double rSquared) {}

  static RegionFit of(
      EnergyStack stack, List<Spectrum> references, OptionalDouble from, OptionalDouble to) {
    double[] energy = stack.energyEv();
    boolean background = stack.quantity() != Quantity.NORMALIZED && !references.isEmpty();
    double[][] columns = new double[references.size() + (background ? 2 : 0)][energy.length];
    for (int k = 0; k < references.size(); k++) {
      columns[k] = interpolated(references.get(k), energy);
    }
    if (background) {
      double middle = (energy[0] + energy[energy.length - 1]) / 2;
      for (int e = 0; e < energy.length; e++) {
        columns[references.size()][e] = 1;
        columns[references.size() + 1][e] = (energy[e] - middle) / middle;
      }
    }
    int[] used =
        IntStream.range(0, energy.length)
            .filter(
                e ->
                    energy[e] >= from.orElse(0)
                        && energy[e] <= to.orElse(Double.MAX_VALUE)
                        && Arrays.stream(columns).allMatch(c -> Double.isFinite(c[e])))
            .toArray();
    if (used.length <= columns.length) {
      throw new InvalidInput(
          "the number of energies of the fit that all references cover",
          used.length,
          "more than " + columns.length + ", the number of references and background terms",
          "");
    }
    return new RegionFit(columns, references.size(), used);
  }

  private static double[] interpolated(Spectrum spectrum, double[] energy) {
    double[] x = spectrum.energyEv();
    double[] y = spectrum.values();
    double[] at = new double[energy.length];
    for (int e = 0; e < at.length; e++) {
      int right = Arrays.binarySearch(x, energy[e]);
      if (right >= 0) {
        at[e] = y[right];
        continue;
      }
      right = -right - 1;
      if (right == 0 || right == x.length) {
        at[e] = Double.NaN;
        continue;
      }
      double t = (energy[e] - x[right - 1]) / (x[right] - x[right - 1]);
      at[e] = y[right - 1] + t * (y[right] - y[right - 1]);
    }
    return at;
  }

  Fitted to(double[] y) {
    double[] x = solve(y);
    double[][] parts = new double[references][y.length];
    double[] sum = new double[y.length];
    double[] residual = new double[y.length];
    for (int e = 0; e < y.length; e++) {
      for (int k = 0; k < columns.length; k++) {
        sum[e] += x[k] * columns[k][e];
        if (k < references) {
          parts[k][e] = x[k] * columns[k][e];
        }
      }
      residual[e] = y[e] - sum[e];
    }
    double mean = 0;
    for (int e : used) {
      mean += y[e] / used.length;
    }
    double left = 0;
    double all = 0;
    for (int e : used) {
      left += residual[e] * residual[e];
      all += (y[e] - mean) * (y[e] - mean);
    }
    return new Fitted(
        Arrays.copyOf(x, references), parts, sum, residual, all > 0 ? 1 - left / all : 0);
  }

  private double[] solve(double[] y) {
    int n = columns.length;
    double[] gram = new double[n * n];
    double[] right = new double[n];
    for (int a = 0; a < n; a++) {
      for (int e : used) {
        right[a] += columns[a][e] * y[e];
      }
      for (int b = 0; b < n; b++) {
        for (int e : used) {
          gram[a * n + b] += columns[a][e] * columns[b][e];
        }
      }
    }
    double[] x = new double[n];
    if (!BoundedQuadratic.nonNegative(n, references).solve(gram, right, x)) {
      throw new InvalidInput(
          "the references of the fit",
          "sums of each other at the energies of the images",
          "references that differ",
          "leave one out");
    }
    return x;
  }
}

package argand.spectro;

import argand.data.Spectrum;
import argand.inverse.BoundedQuadratic;
import java.util.ArrayList;
import java.util.List;

/// One spectrum as a linear combination of references and a background, exactly under its
/// constraint.
///
/// @param references their names
/// @param amounts of the references, then of the background columns
/// @param sigma standard deviations of the amounts, without the constraint; from the spectrum's own
///     errors where it has them, else from the residual
/// @param covariance of all amounts, [k · n + l], as they were left free
/// @param residual Σ w (y − fit)², w = 1/σ² where the spectrum has errors, else 1
/// @param rFactor Σ (y − fit)²/Σ y²
/// @param points number of energies in the fit
/// @param parameters number of free amounts: one less where they add up to 1
/// @param fitted the combination, at the energies of the fit
public record SpectrumFit(
    List<String> references,
    double[] amounts,
    double[] sigma,
    double[] covariance,
    double residual,
    double rFactor,
    int points,
    int parameters,
    Spectrum fitted) {
  /// @param background exponents of the background columns
  /// @param range first and last energy [eV]; all where it is empty
  /// @param exclude windows to leave out [eV]
  public static SpectrumFit of(
      Spectrum spectrum,
      List<Spectrum> references,
      Unmix.Constraint constraint,
      List<Integer> background,
      List<Double> range,
      List<List<Double>> exclude) {
    int[] used = FitColumns.energies(spectrum.energyEv(), range, exclude);
    var columns = new FitColumns(references, spectrum.energyEv(), used, background);
    int q = columns.count();
    int n = columns.references();
    var sums = new NormalEquations(q);
    double[] row = new double[q];
    for (int e = 0; e < used.length; e++) {
      row(columns, e, row);
      sums.add(weight(spectrum, used[e]), row, spectrum.values()[used[e]]);
    }
    sums.complete();
    var solver =
        switch (constraint) {
          case FREE -> BoundedQuadratic.unconstrained(q);
          case NON_NEGATIVE -> BoundedQuadratic.nonNegative(q, n);
          case SUM_TO_ONE -> BoundedQuadratic.simplex(q, n);
        };
    double[] x = new double[q];
    solver.solve(sums.g, sums.c, x);
    double[] fit = new double[used.length];
    double weighted = 0;
    double rest = 0;
    double square = 0;
    for (int e = 0; e < used.length; e++) {
      row(columns, e, row);
      for (int k = 0; k < q; k++) {
        fit[e] += row[k] * x[k];
      }
      double y = spectrum.values()[used[e]];
      weighted += weight(spectrum, used[e]) * (y - fit[e]) * (y - fit[e]);
      rest += (y - fit[e]) * (y - fit[e]);
      square += y * y;
    }
    int parameters = constraint == Unmix.Constraint.SUM_TO_ONE ? q - 1 : q;
    double[] covariance = covariance(sums, q, spectrum, weighted, used.length - parameters);
    double[] sigma = new double[q];
    for (int k = 0; k < q; k++) {
      sigma[k] = Math.sqrt(covariance[k * q + k]);
    }
    return new SpectrumFit(
        columns.names(),
        x,
        sigma,
        covariance,
        weighted,
        rest / square,
        used.length,
        parameters,
        Spectrum.of("fit of " + spectrum.name(), columns.energyEv(), fit, spectrum.quantity()));
  }

  private static double[] covariance(
      NormalEquations sums, int q, Spectrum spectrum, double weighted, int freedom) {
    var plain = BoundedQuadratic.unconstrained(q);
    plain.solve(sums.g, sums.c, new double[q]);
    double[] covariance = new double[q * q];
    plain.covariance(sums.g, covariance);
    double noise = spectrum.sigma().isPresent() ? 1 : weighted / freedom;
    for (int i = 0; i < covariance.length; i++) {
      covariance[i] *= noise;
    }
    return covariance;
  }

  /// f_k = x_k/Σ_l x_l of the references and σ(f_k)² = gᵀCg, g_l = (δ_kl − f_k)/Σ x. Where
  /// amounts add up to 1 by constraint this is an upper bound, since C knows of no constraint.
  ///
  /// @return fractions and their standard deviations
  double[][] fractions() {
    int n = references.size();
    int q = amounts.length;
    double sum = 0;
    for (int k = 0; k < n; k++) {
      sum += amounts[k];
    }
    double[] fraction = new double[n];
    double[] error = new double[n];
    for (int k = 0; k < n; k++) {
      fraction[k] = amounts[k] / sum;
      double square = 0;
      for (int a = 0; a < n; a++) {
        for (int b = 0; b < n; b++) {
          double ga = ((a == k ? 1 : 0) - fraction[k]) / sum;
          double gb = ((b == k ? 1 : 0) - fraction[k]) / sum;
          square += ga * gb * covariance[a * q + b];
        }
      }
      error[k] = Math.sqrt(Math.max(0, square));
    }
    return new double[][] {fraction, error};
  }

  private static void row(FitColumns columns, int e, double[] row) {
    for (int k = 0; k < row.length; k++) {
      row[k] = columns.column(k)[e];
    }
  }

  private static double weight(Spectrum spectrum, int e) {
    return spectrum.sigma().map(s -> 1 / (s[e] * s[e])).orElse(1.0);
  }

  /// χ²/(n − p), where the spectrum has errors.
  public double reducedChiSquare() {
    return residual / (points - parameters);
  }

  /// The fits of all combinations of 1 … `most` references, the smallest residual for each freedom
  /// first.
  ///
  /// @throws argand.array.InvalidInput where references cannot be told apart
  public static List<SpectrumFit> combinations(
      Spectrum spectrum,
      List<Spectrum> references,
      int most,
      Unmix.Constraint constraint,
      List<Integer> background,
      List<Double> range,
      List<List<Double>> exclude) {
    var fits = new ArrayList<SpectrumFit>();
    for (long set = 1; set < 1L << references.size(); set++) {
      if (Long.bitCount(set) > most) {
        continue;
      }
      var some = new ArrayList<Spectrum>();
      for (int k = 0; k < references.size(); k++) {
        if ((set >> k & 1) == 1) {
          some.add(references.get(k));
        }
      }
      fits.add(of(spectrum, some, constraint, background, range, exclude));
    }
    fits.sort(
        java.util.Comparator.comparingDouble(SpectrumFit::reducedChiSquare)
            .thenComparing(fit -> fit.references().size()));
    return fits;
  }

  /// As text for a person: `0.672 ± 0.012 Au3_Cl_aq + 0.328 ± 0.012 Au_sulphide`.
  String words() {
    var words = new ArrayList<String>();
    for (int k = 0; k < references.size(); k++) {
      words.add(
          String.format(
              java.util.Locale.ROOT, "%.3f ± %.3f %s", amounts[k], sigma[k], references.get(k)));
    }
    return String.join(" + ", words);
  }
}

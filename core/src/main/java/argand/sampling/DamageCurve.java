package argand.sampling;

import argand.array.Check;

/// How a signal fades with dose: S(D) = S₀ exp(−D/D_c).
///
/// @param criticalDose D_c, at which 1/e is left [Gy]
public record DamageCurve(double criticalDose) {
  public DamageCurve {
    Check.within("criticalDose", criticalDose, 1e-6, 1e30, "Gy");
  }

  /// What is left after this dose [Gy], 0 … 1.
  public double remaining(double dose) {
    return Math.exp(-dose / criticalDose);
  }

  /// Dose at which this share of the signal is lost [Gy]: −D_c ln(1 − lost).
  public double doseUntil(double lost) {
    Check.within("share of the signal that may be lost", lost, 1e-9, 0.999999, "");
    return -criticalDose * Math.log1p(-lost);
  }

  /// How many repeats of this dose [Gy] each can be used until this share of the signal is lost.
  public long usable(double doseOfEach, double lost) {
    return (long) Math.floor(doseUntil(lost) / doseOfEach * (1 + 1e-12));
  }

  /// A damage curve through a series of fractions, carried back to where nothing was damaged.
  ///
  /// @param undamaged S₀
  /// @param sigma standard deviation of S₀, that of D_c included
  public record ZeroDose(double undamaged, double sigma, DamageCurve curve) {}

  /// Least squares through a dose-fractionated series: linear in S₀, D_c searched.
  ///
  /// @param doses of the fractions [Gy], one after the other
  /// @param signal mean signal of each
  /// @param sigma its standard deviation
  public static ZeroDose through(double[] doses, double[] signal, double[] sigma) {
    Check.same("number of signals", signal.length, doses.length);
    Check.same("number of standard deviations", sigma.length, doses.length);
    for (double one : sigma) {
      Check.within("standard deviation of a signal", one, Double.MIN_NORMAL, 1e300, "");
    }
    var fractions = new DoseFractions(doses);
    double critical = fractions.criticalDose(left -> fit(left, signal, sigma)[1]);
    double undamaged = fit(fractions.left(critical), signal, sigma)[0];
    return new ZeroDose(
        undamaged, deviation(critical, undamaged, fractions, sigma), new DamageCurve(critical));
  }

  /// S₀ and χ² where this much is left in each fraction.
  private static double[] fit(double[] left, double[] signal, double[] sigma) {
    double top = 0;
    double bottom = 0;
    double square = 0;
    for (int k = 0; k < left.length; k++) {
      double weight = 1 / (sigma[k] * sigma[k]);
      top += weight * left[k] * signal[k];
      bottom += weight * left[k] * left[k];
      square += weight * signal[k] * signal[k];
    }
    return new double[] {top / bottom, square - top * top / bottom};
  }

  /// Of S₀, from the normal matrix of (S₀, ln D_c); the derivative along ln D_c by differences.
  private static double deviation(
      double critical, double undamaged, DoseFractions fractions, double[] sigma) {
    double step = 1e-4;
    double[] shape = fractions.left(critical);
    double[] up = fractions.left(critical * Math.exp(step));
    double[] down = fractions.left(critical * Math.exp(-step));
    double ss = 0;
    double sd = 0;
    double dd = 0;
    for (int k = 0; k < shape.length; k++) {
      double weight = 1 / (sigma[k] * sigma[k]);
      double slope = undamaged * (up[k] - down[k]) / (2 * step);
      ss += weight * shape[k] * shape[k];
      sd += weight * shape[k] * slope;
      dd += weight * slope * slope;
    }
    return Math.sqrt(dd / (ss * dd - sd * sd));
  }
}

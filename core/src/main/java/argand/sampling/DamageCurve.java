package argand.sampling;

import argand.array.Check;
import argand.array.InvalidInput;

/// How a signal fades with dose: S(D) = S₀ exp(−D/D_c).
///
/// @param criticalDose D_c, at which 1/e is left [Gy]
public record DamageCurve(double criticalDose) {
  private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

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

  /// Least squares through a dose-fractionated series. A fraction that begins at D_a and ends at
  /// D_b
  /// saw the mean of the curve,
  ///
  ///     S̄ = S₀ D_c (exp(−D_a/D_c) − exp(−D_b/D_c)) / (D_b − D_a),
  ///
  /// which is linear in S₀; D_c is searched by golden section in its logarithm, from a tenth of a
  /// fraction to a thousand times the whole dose.
  ///
  /// @param doses of the fractions [Gy], one after the other
  /// @param signal mean signal of each
  /// @param sigma its standard deviation
  public static ZeroDose through(double[] doses, double[] signal, double[] sigma) {
    Check.same("number of signals", signal.length, doses.length);
    Check.same("number of standard deviations", sigma.length, doses.length);
    Check.atLeast("number of fractions", doses.length, 3);
    double total = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int k = 0; k < doses.length; k++) {
      if (!(doses[k] > 0 && sigma[k] > 0)) {
        throw new InvalidInput(
            "fraction " + k,
            doses[k] + " Gy ± " + sigma[k],
            "a dose and a standard deviation above 0",
            "");
      }
      total += doses[k];
      least = Math.min(least, doses[k]);
    }
    double low = Math.log(0.1 * least);
    double high = Math.log(1000 * total);
    while (high - low > 1e-9) {
      double a = high - GOLDEN * (high - low);
      double b = low + GOLDEN * (high - low);
      if (fit(Math.exp(a), doses, signal, sigma)[1] < fit(Math.exp(b), doses, signal, sigma)[1]) {
        high = b;
      } else {
        low = a;
      }
    }
    double critical = Math.exp((low + high) / 2);
    double undamaged = fit(critical, doses, signal, sigma)[0];
    return new ZeroDose(
        undamaged, deviation(critical, undamaged, doses, sigma), new DamageCurve(critical));
  }

  /// S₀ and χ² for this D_c.
  private static double[] fit(double critical, double[] doses, double[] signal, double[] sigma) {
    double[] shape = shape(critical, doses);
    double top = 0;
    double bottom = 0;
    double square = 0;
    for (int k = 0; k < doses.length; k++) {
      double weight = 1 / (sigma[k] * sigma[k]);
      top += weight * shape[k] * signal[k];
      bottom += weight * shape[k] * shape[k];
      square += weight * signal[k] * signal[k];
    }
    return new double[] {top / bottom, square - top * top / bottom};
  }

  /// Mean of exp(−D/D_c) over each fraction.
  private static double[] shape(double critical, double[] doses) {
    double[] shape = new double[doses.length];
    double begun = 0;
    for (int k = 0; k < shape.length; k++) {
      double x = doses[k] / critical;
      shape[k] = Math.exp(-begun / critical) * -Math.expm1(-x) / x;
      begun += doses[k];
    }
    return shape;
  }

  /// Of S₀, from the normal matrix of (S₀, ln D_c); the derivative along ln D_c by differences.
  private static double deviation(
      double critical, double undamaged, double[] doses, double[] sigma) {
    double step = 1e-4;
    double[] shape = shape(critical, doses);
    double[] up = shape(critical * Math.exp(step), doses);
    double[] down = shape(critical * Math.exp(-step), doses);
    double ss = 0;
    double sd = 0;
    double dd = 0;
    for (int k = 0; k < doses.length; k++) {
      double weight = 1 / (sigma[k] * sigma[k]);
      double slope = undamaged * (up[k] - down[k]) / (2 * step);
      ss += weight * shape[k] * shape[k];
      sd += weight * shape[k] * slope;
      dd += weight * slope * slope;
    }
    return Math.sqrt(dd / (ss * dd - sd * sd));
  }
}

package argand.spectro;

import argand.Paper;
import argand.array.Check;
import argand.array.InvalidInput;

/// Whether more parameters describe a spectrum better than by chance.
///
/// Of two fits of the same n points, the one with m parameters having the residual S and a simpler
/// one, with b of them left out, S₀ ≥ S: were the b superfluous, the ratio S/S₀ would be that small
/// or smaller with the probability
///
///     P = I_{S/S₀}((n − m)/2, b/2)
///
/// I the regularised incomplete beta function. It is the F test with F = (S₀ − S)(n − m)/(S b).
/// Points
/// must be independent: n is at most the range of energies over their resolution.
@Paper(
    value =
        "Hamilton, Significance tests on the crystallographic R factor, Acta Cryst. 18, 502 (1965)",
    doi = "10.1107/S0365110X65001081")
public final class HamiltonTest {
  private static final double STILL = 1e-15;
  private static final int MOST_TERMS = 10000;

  private HamiltonTest() {}

  /// P for these two fits: below 0.05 the better one is taken to be really better.
  public static double chance(SpectrumFit better, SpectrumFit simpler) {
    Check.same("points of the fits", simpler.points(), better.points());
    return chance(
        better.points(),
        better.parameters(),
        better.residual(),
        simpler.parameters(),
        simpler.residual());
  }

  /// @param points n
  /// @param parameters m
  /// @param residual S
  /// @param fewer m − b
  /// @param simplerResidual S₀
  public static double chance(
      int points, int parameters, double residual, int fewer, double simplerResidual) {
    if (fewer >= parameters || points <= parameters) {
      throw new InvalidInput(
          "the fits to compare",
          fewer + " and " + parameters + " parameters for " + points + " points",
          "fewer parameters in the first, more points than parameters",
          "");
    }
    if (simplerResidual <= residual) {
      return 1;
    }
    double a = (points - parameters) / 2.0;
    double b = (parameters - fewer) / 2.0;
    return incompleteBeta(residual / simplerResidual, a, b);
  }

  /// I_x(a, b) by the continued fraction 8.17.22 of the NIST Digital Library of Mathematical
  /// Functions, evaluated after Lentz.
  static double incompleteBeta(double x, double a, double b) {
    if (x <= 0 || x >= 1) {
      return x <= 0 ? 0 : 1;
    }
    if (x > (a + 1) / (a + b + 2)) {
      return 1 - incompleteBeta(1 - x, b, a);
    }
    double front =
        Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x))
            / a;
    double c = 1;
    double d = 1 / away(1 - (a + b) * x / (a + 1));
    double value = d;
    for (int m = 1; m < MOST_TERMS; m++) {
      double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
      d = 1 / away(1 + even * d);
      c = away(1 + even / c);
      value *= d * c;
      double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
      d = 1 / away(1 + odd * d);
      c = away(1 + odd / c);
      double factor = d * c;
      value *= factor;
      if (Math.abs(factor - 1) < STILL) {
        break;
      }
    }
    return front * value;
  }

  private static double away(double value) {
    return Math.abs(value) < 1e-300 ? 1e-300 : value;
  }

  /// ln Γ for half and whole numbers and all other x > 0: Stirling's series above 10, recurrence
  /// below (DLMF 5.11.1, 5.5.1).
  static double logGamma(double x) {
    double shift = 0;
    double z = x;
    while (z < 10) {
      shift -= Math.log(z);
      z++;
    }
    double r = 1 / (z * z);
    double series = (1.0 / 12 - r * (1.0 / 360 - r * (1.0 / 1260 - r * (1.0 / 1680)))) / z;
    return shift + (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI) + series;
  }
}

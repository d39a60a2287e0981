package argand.exafs;

import argand.array.Check;
import argand.array.InvalidInput;

/// What a function is multiplied by before its Fourier transform, so that its ends do not ring: 1
/// between two places, and down to 0 over a taper around each.
///
/// @param from middle of the rise
/// @param to middle of the fall
/// @param taper width of rise and fall; for {@link Shape#KAISER} also the sharpness of the whole
public record TransformWindow(Shape shape, double from, double to, double taper) {
  /// How it falls.
  public enum Shape {
    /// sin² and cos² within the tapers, 1 between.
    HANNING,
    /// Straight lines within the tapers, 1 between.
    PARZEN,
    /// (I₀(β √(1 − u²)) − 1)/(I₀(β) − 1) with u from −1 to 1 over the whole window and β the taper:
    /// a
    /// bell, nowhere flat.
    KAISER
  }

  public TransformWindow {
    Check.within("taper", taper, 1e-3, 100, "");
    if (!(from >= 0 && to > from)) {
      throw new InvalidInput(
          "the window of a transform", from + " … " + to, "rising, from 0 on", "");
    }
  }

  /// The weight at x; a window that would begin before 0 begins there.
  public double at(double x) {
    double first = Math.max(0, from - taper / 2);
    double last = to + taper / 2;
    if (x < first || x > last) {
      return 0;
    }
    if (shape == Shape.KAISER) {
      double u = (2 * x - first - last) / (last - first);
      return (bessel(taper * Math.sqrt(Math.max(0, 1 - u * u))) - 1) / (bessel(taper) - 1);
    }
    double rise = Math.min(1, (x - first) / (from + taper / 2 - first));
    double fall = Math.min(1, (last - x) / taper);
    return shape == Shape.PARZEN
        ? Math.min(rise, fall)
        : Math.pow(Math.sin(Math.PI / 2 * rise) * Math.sin(Math.PI / 2 * fall), 2);
  }

  /// Where it ends.
  double end() {
    return to + taper / 2;
  }

  /// I₀, the modified Bessel function, by its power series (Abramowitz & Stegun 9.6.10).
  private static double bessel(double x) {
    double term = 1;
    double sum = 1;
    for (int k = 1; term > 1e-17 * sum; k++) {
      term *= x * x / (4.0 * k * k);
      sum += term;
    }
    return sum;
  }
}

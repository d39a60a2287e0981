package argand.spectro;

import argand.array.Check;
import argand.array.InvalidInput;
import argand.array.NotAKnotSpline;
import argand.data.Spectrum;
import java.util.Locale;

/// A reference spectrum between its points: a {@link NotAKnotSpline}, never beyond its ends.
final class ReferenceSpline {
  private final String name;
  private final double[] x;
  private final NotAKnotSpline spline;

  ReferenceSpline(Spectrum spectrum) {
    Check.atLeast("points of reference " + spectrum.name(), spectrum.energyEv().length, 2);
    name = spectrum.name();
    x = spectrum.energyEv();
    double[] y = spectrum.values();
    for (int i = 0; i < y.length; i++) {
      if (!Double.isFinite(y[i])) {
        throw new InvalidInput(
            "reference " + name, y[i] + " at " + x[i] + " eV", "a finite value", "");
      }
    }
    spline = new NotAKnotSpline(x, y);
  }

  String name() {
    return name;
  }

  /// The value at each energy [eV].
  ///
  /// @throws InvalidInput beyond its ends
  double[] at(double[] energyEv) {
    double[] values = new double[energyEv.length];
    for (int e = 0; e < values.length; e++) {
      mustCover(energyEv[e], energyEv[e]);
      values[e] = spline.at(energyEv[e]);
    }
    return values;
  }

  /// values[e] ← the value, and slopes[e] ← the first derivative, at each energy less `shift`.
  void shifted(double[] energyEv, double shift, double[] values, double[] slopes) {
    for (int e = 0; e < energyEv.length; e++) {
      values[e] = spline.at(energyEv[e] - shift);
      slopes[e] = spline.slope(energyEv[e] - shift);
    }
  }

  /// @throws InvalidInput unless the reference reaches over all of these energies
  void mustCover(double leastEv, double mostEv) {
    if (leastEv < x[0] || mostEv > x[x.length - 1]) {
      throw new InvalidInput(
          "reference " + name,
          String.format(Locale.ROOT, "from %.6g to %.6g eV", x[0], x[x.length - 1]),
          String.format(Locale.ROOT, "one over all of %.6g … %.6g eV", leastEv, mostEv),
          "or leave energies out with range or exclude");
    }
  }
}

package argand.physics;

import java.util.ArrayList;
import java.util.List;

/// A cubic polynomial c₀ + c₁s + c₂s² + c₃s³ over one interval, s = (E − from)/(to − from): what
/// lies
/// between measured points.
public record CubicPiece(double fromEv, double toEv, double c0, double c1, double c2, double c3)
    implements SpectralPiece {
  /// Smooth through points: at each the slope of the parabola through it and its two neighbours, so
  /// that every piece is linear in the values. The error falls with the third power of the
  /// distances
  /// at least, that of straight lines with the second.
  ///
  /// @param ev rising, three at least
  public static List<CubicPiece> through(double[] ev, double[] values) {
    double[] slopes = slopes(ev, values);
    var pieces = new ArrayList<CubicPiece>(ev.length - 1);
    for (int k = 0; k + 1 < ev.length; k++) {
      double h = ev[k + 1] - ev[k];
      double m0 = h * slopes[k];
      double m1 = h * slopes[k + 1];
      double rise = values[k + 1] - values[k];
      pieces.add(
          new CubicPiece(
              ev[k], ev[k + 1], values[k], m0, 3 * rise - 2 * m0 - m1, m0 + m1 - 2 * rise));
    }
    return pieces;
  }

  /// Straight lines through points.
  ///
  /// @param ev rising, two at least
  public static List<CubicPiece> lines(double[] ev, double[] values) {
    var pieces = new ArrayList<CubicPiece>(ev.length - 1);
    for (int k = 0; k + 1 < ev.length; k++) {
      pieces.add(new CubicPiece(ev[k], ev[k + 1], values[k], values[k + 1] - values[k], 0, 0));
    }
    return pieces;
  }

  private static double[] slopes(double[] ev, double[] values) {
    int last = ev.length - 1;
    double[] slopes = new double[ev.length];
    for (int k = 1; k < last; k++) {
      double before = ev[k] - ev[k - 1];
      double after = ev[k + 1] - ev[k];
      double left = (values[k] - values[k - 1]) / before;
      double right = (values[k + 1] - values[k]) / after;
      slopes[k] = (after * left + before * right) / (before + after);
    }
    slopes[0] = 2 * (values[1] - values[0]) / (ev[1] - ev[0]) - slopes[1];
    slopes[last] =
        2 * (values[last] - values[last - 1]) / (ev[last] - ev[last - 1]) - slopes[last - 1];
    return slopes;
  }

  private double at(double s) {
    return c0 + s * (c1 + s * (c2 + s * c3));
  }

  @Override
  public double value(double ev) {
    return at((ev - fromEv) / (toEv - fromEv));
  }

  /// Closed form, for energies near by: M_0 = ln|(b − E)/(a − E)|, M_k = 1/k + σ M_{k−1} with σ =
  /// s(E).
  @Override
  public double cauchy(double ev) {
    double h = toEv - fromEv;
    double sigma = (ev - fromEv) / h;
    double zero = SpectralPiece.logarithm(fromEv, toEv, ev);
    double one = 1 + sigma * zero;
    double two = 1.0 / 2 + sigma * one;
    double three = 1.0 / 3 + sigma * two;
    return c0 * zero + c1 * one + c2 * two + c3 * three;
  }
}

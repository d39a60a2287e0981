package argand.physics;

import java.util.Arrays;
import java.util.TreeSet;

/// Damped oscillators, whose absorption and refraction are known in closed form: with
///
///     χ(E) = Σ s/(E₀² − E² − iΓE)
///
/// analytic in the upper half plane, f₁ = −Re χ and f₂ = Im χ of an ensemble without free
/// electrons.
/// Energies and widths as at the carbon K edge.
final class Oscillators {
  private static final double[][] LINES = {
    {285.1, 1.0, 1}, {288.5, 0.8, 0.6}, {293, 3, 2}, {303, 8, 2}
  };

  private Oscillators() {}

  static double f1(double ev) {
    double sum = 0;
    for (double[] line : LINES) {
      double d = line[0] * line[0] - ev * ev;
      double g = line[1] * ev;
      sum -= line[0] * line[1] * line[2] * d / (d * d + g * g);
    }
    return sum;
  }

  static double f2(double ev) {
    double sum = 0;
    for (double[] line : LINES) {
      double d = line[0] * line[0] - ev * ev;
      double g = line[1] * ev;
      sum += line[0] * line[1] * line[2] * g / (d * d + g * g);
    }
    return sum;
  }

  /// 270 … 330 eV in steps, outside 1 % of the energy.
  static double[] nodes(double step) {
    var nodes = new TreeSet<Double>();
    for (int i = 0; i * step <= 60 + 1e-9; i++) {
      nodes.add(270 + i * step);
    }
    for (double ev = 0.1; ev < 270; ev *= 1.01) {
      nodes.add(ev);
    }
    for (double ev = 330 * 1.01; ev < 1e6; ev *= 1.01) {
      nodes.add(ev);
    }
    return nodes.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /// 601 energies that are no nodes.
  static double[] asked() {
    double[] ev = new double[601];
    for (int i = 0; i < ev.length; i++) {
      ev[i] = 269.963 + 0.1 * i;
    }
    return ev;
  }

  /// Largest and rms difference over the range of the truth.
  record Errors(double worst, double rms) {
    static Errors of(double[] found, double[] truth) {
      double range =
          Arrays.stream(truth).max().orElseThrow() - Arrays.stream(truth).min().orElseThrow();
      double worst = 0;
      double squares = 0;
      for (int i = 0; i < truth.length; i++) {
        double d = Math.abs(found[i] - truth[i]);
        worst = Math.max(worst, d);
        squares += d * d;
      }
      return new Errors(worst / range, Math.sqrt(squares / truth.length) / range);
    }
  }
}

package argand.physics;

import java.util.Arrays;
import java.util.Optional;

/// A measured phase spectrum against what the optical density beside it demands.
///
///     φ_i = Σ_k A_ik OD_k + c₀ + c₁ t_i + error,   t = λ/λ̄ − 1                   (1)
///
/// A is the Kramers–Kronig matrix, c₀ and c₁ hold what absorption at these energies cannot know:
/// the
/// phase of all electrons that do not take part in the edge, the thickness, and the zero of the
/// phase.
/// They are fitted; the resonance is not scaled, so that a wrong size of either is seen.
///
/// @param energyEv of all that follows
/// @param predicted with the fitted c₀ and c₁ [rad]
/// @param rms of measured less predicted [rad]
/// @param noise what of it the variances of both spectra explain [rad]; absent without them
/// @param scale factor on A OD that fits best; 1 where both are of one size
public record PhaseFromAbsorption(
    double[] energyEv,
    double[] measured,
    double[] predicted,
    double rms,
    Optional<Double> noise,
    double scale) {

  /// Compares both at the energies of the matrix.
  ///
  /// @param sigmaDensity standard deviations of the optical density; likewise of the phase
  public static PhaseFromAbsorption of(
      KramersKronigMatrix matrix,
      double[] density,
      Optional<double[]> sigmaDensity,
      double[] phase,
      Optional<double[]> sigmaPhase) {
    double[] resonance = matrix.phase(density);
    double[] ev = matrix.energiesEv();
    double[][] smooth = smooth(ev);
    double[] rest = subtract(phase, resonance, 1);
    double[] predicted = subtract(phase, residual(rest, smooth), 1);
    double squares = 0;
    for (int i = 0; i < ev.length; i++) {
      squares += Math.pow(phase[i] - predicted[i], 2);
    }
    double rms = Math.sqrt(squares / ev.length);
    // the part of the resonance that no smooth phase explains, on the same part of the measurement
    double[] r = residual(resonance, smooth);
    double[] m = residual(phase, smooth);
    double scale = dot(r, m) / dot(r, r);
    Optional<Double> noise =
        sigmaDensity.flatMap(od -> sigmaPhase.map(ph -> noise(matrix.rows(), od, ph, smooth)));
    return new PhaseFromAbsorption(ev, phase, predicted, rms, noise, scale);
  }

  /// `rms` over the range of the measured phase.
  public double misfit() {
    return rms / range(measured);
  }

  /// `noise` over the range of the measured phase.
  public Optional<Double> noiseShare() {
    return noise.map(n -> n / range(measured));
  }

  /// What remains of a spectrum when c₀ + c₁ t is fitted to it.
  private static double[] residual(double[] y, double[][] smooth) {
    double[] rest = y.clone();
    for (double[] column : smooth) {
      double c = dot(rest, column) / dot(column, column);
      rest = subtract(rest, column, c);
    }
    return rest;
  }

  /// 1 and t, made orthogonal.
  private static double[][] smooth(double[] ev) {
    double[] one = new double[ev.length];
    Arrays.fill(one, 1);
    double[] t = Arrays.stream(ev).map(e -> 1 / e).toArray();
    double mean = Arrays.stream(t).average().orElseThrow();
    for (int i = 0; i < t.length; i++) {
      t[i] = t[i] / mean - 1;
    }
    return new double[][] {one, t};
  }

  /// rms over the energies of what errors leave of the difference once c₀ and c₁ are fitted.
  private static double noise(
      double[][] rows, double[] density, double[] phase, double[][] smooth) {
    int n = rows.length;
    double sum = 0;
    for (int k = 0; k < n; k++) {
      double[] column = new double[n];
      for (int i = 0; i < n; i++) {
        column[i] = density[k] * rows[i][k];
      }
      double[] rest = residual(column, smooth);
      sum += dot(rest, rest) + phase[k] * phase[k] * (n - smooth.length) / n;
    }
    return Math.sqrt(sum / n);
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double[] subtract(double[] a, double[] b, double factor) {
    double[] c = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      c[i] = a[i] - factor * b[i];
    }
    return c;
  }

  private static double range(double[] y) {
    return Arrays.stream(y).max().orElseThrow() - Arrays.stream(y).min().orElseThrow();
  }
}

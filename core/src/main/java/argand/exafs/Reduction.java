package argand.exafs;

import java.util.Arrays;

/// From μ(E) to χ(k), as {@link Autobk} found it for some energies and an edge: matrices, because
/// the way is linear.
public final class Reduction {
  private final double[] energyEv;
  private final double e0Ev;
  private final int first;
  private final double[][] chi;
  private final double[][] spline;
  private final double[][] knots;

  Reduction(
      double[] energyEv,
      double e0Ev,
      int first,
      double[][] chi,
      double[][] spline,
      double[][] knots) {
    this.energyEv = energyEv;
    this.e0Ev = e0Ev;
    this.first = first;
    this.chi = chi;
    this.spline = spline;
    this.knots = knots;
  }

  /// Edge energy [eV].
  public double e0Ev() {
    return e0Ev;
  }

  /// Wave numbers n 0.05 Å⁻¹, from 0.
  public double[] waveNumbers() {
    double[] k = new double[chi.length];
    for (int n = 0; n < k.length; n++) {
      k[n] = RadialTransform.k(n);
    }
    return k;
  }

  /// χ at the wave numbers.
  ///
  /// @param mu at all energies
  /// @param step of the edge, in the unit of μ
  public double[] chi(double[] mu, double step) {
    double[] out = Linear.times(chi, mu);
    for (int n = 0; n < out.length; n++) {
      out[n] /= step;
    }
    return out;
  }

  /// μ₀ at all energies, μ itself below the edge.
  public double[] background(double[] mu) {
    double[] out = mu.clone();
    double[] above = Arrays.copyOfRange(mu, first, mu.length);
    System.arraycopy(Linear.times(spline, Linear.times(knots, above)), 0, out, first, above.length);
    return out;
  }

  /// Rows that give the product of `rows` with χ (times the step) from μ.
  double[][] after(double[][] rows) {
    return Linear.times(rows, chi);
  }

  /// The widest step between wave numbers measured above half of the last [Å⁻¹].
  double widestStep() {
    double end = PhotoElectron.waveNumber(energyEv[energyEv.length - 1] - e0Ev);
    double widest = 0;
    for (int i = first; i + 1 < energyEv.length; i++) {
      double k = PhotoElectron.waveNumber(energyEv[i] - e0Ev);
      double next = PhotoElectron.waveNumber(energyEv[i + 1] - e0Ev);
      widest = k > end / 2 ? Math.max(widest, next - k) : widest;
    }
    return widest;
  }

  int energies() {
    return energyEv.length;
  }

  int count() {
    return chi.length;
  }
}

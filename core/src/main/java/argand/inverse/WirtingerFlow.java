package argand.inverse;

import argand.Paper;
import argand.array.Check;
import java.util.SplittableRandom;

/// Wirtinger flow: x from b = |A x|², for any linear A with m rows and n columns.
///
///     κ   = mean ‖row of A‖² / n,   ρ² = Σ b / (m κ)                              (1)
///     z₀  = leading eigenvector of A* diag(b) A, of length ρ                       (2)
///     z   ← z − μ_k / (ρ² κ² m) · A* [ (|A z|² − b) A z ],
///           μ_k = min(1 − exp(−k/330), μ)                                          (3)
///
/// (2) by power iterations. ‖row‖² is measured with random vectors. With coded patterns m ≥ 8n is
/// mostly enough; below 6n it ends elsewhere.
@Paper(
    value =
        "E. J. Candès, X. Li, M. Soltanolkotabi, Phase retrieval via Wirtinger flow: theory and"
            + " algorithms, IEEE Trans. Inf. Theory 61, 1985 (2015)",
    doi = "10.1109/TIT.2015.2399924")
public final class WirtingerFlow {
  private static final double WARM_UP = 330;
  private static final int PROBES = 4;

  private final LinearOperator a;
  private final double[] b;
  private final double step;
  private final double kappa;
  private final double power;
  private final ComplexVector image;
  private final ComplexVector slope;

  /// @param b measured intensities, one for each row
  /// @param step μ, at most 0.4
  public WirtingerFlow(LinearOperator a, double[] b, double step) {
    Check.same("intensities", b.length, a.rows());
    Check.within("step", step, 1e-6, 1, "");
    this.a = a;
    this.b = b.clone();
    this.step = step;
    image = ComplexVector.zeros(a.rows());
    slope = ComplexVector.zeros(a.columns());
    var random = new SplittableRandom(1);
    double rows = 0;
    for (int k = 0; k < PROBES; k++) {
      a.apply(ComplexVector.random(a.columns(), random), image);
      rows += image.power() / PROBES;
    }
    kappa = rows / ((double) a.rows() * a.columns()); // (1)
    double sum = 0;
    for (double one : b) {
      sum += one;
    }
    power = sum / (a.rows() * kappa);
  }

  /// (2)
  ///
  /// @param seed of the vector that the power iterations start with
  public ComplexVector start(int iterations, long seed) {
    var z = ComplexVector.random(a.columns(), new SplittableRandom(seed));
    for (int k = 0; k < iterations; k++) {
      a.apply(z, image);
      weigh(b, 0);
      a.applyAdjoint(image, z);
      z.setScaled(1 / Math.sqrt(z.power()));
    }
    z.setScaled(Math.sqrt(power / z.power()));
    return z;
  }

  /// (3)
  ///
  /// @param k number of steps taken before
  /// @return Σ(|A z|² − b)² / Σb² before the step
  public double step(ComplexVector z, int k) {
    a.apply(z, image);
    double misfit = 0;
    double all = 0;
    for (int i = 0; i < b.length; i++) {
      double difference = image.re()[i] * image.re()[i] + image.im()[i] * image.im()[i] - b[i];
      misfit += difference * difference;
      all += b[i] * b[i];
    }
    weigh(b, 1);
    a.applyAdjoint(image, slope);
    double mu = Math.min(1 - Math.exp(-(k + 1) / WARM_UP), step);
    z.add(-mu / (power * kappa * kappa * a.rows()), slope);
    return misfit / all;
  }

  /// u ← b u, or (|u|² − b) u
  private void weigh(double[] by, int minus) {
    for (int i = 0; i < by.length; i++) {
      double x = image.re()[i];
      double y = image.im()[i];
      double w = minus == 0 ? by[i] : x * x + y * y - by[i];
      image.re()[i] = w * x;
      image.im()[i] = w * y;
    }
  }
}

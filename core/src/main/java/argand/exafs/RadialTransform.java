package argand.exafs;

/// The Fourier transform of χ(k) to χ(R), in the custom of IFEFFIT and Larch:
///
/// 1. χ(R) = (δk/√π) Σ_n k_n^w W(k_n) χ(k_n) exp(−2i k_n R), k_n = n δk
/// 2. back, over R ≥ 0 only: χ̃(k) = (2 δR/√π) Σ_m Ω(R_m) χ(R_m) exp(+2i k R_m), whose real part is
///    the filtered k^w W χ and whose magnitude is its envelope
///
/// with δk = 0.05 Å⁻¹ and δR = π/(2048 δk) = 0.0307 Å. Peaks of |χ(R)| lie some 0.3 to 0.5 Å before
/// the distances, because the phase of the scattering turns with k.
///
/// @param window over k [Å⁻¹]
/// @param weight exponent w
public record RadialTransform(TransformWindow window, double weight) {
  /// Step of the grid of wave numbers [Å⁻¹].
  public static final double STEP_K = 0.05;

  /// Step of the grid of distances [Å].
  public static final double STEP_R = Math.PI / (2048 * STEP_K);

  /// The n-th wave number [Å⁻¹].
  public static double k(int n) {
    return n * STEP_K;
  }

  /// The m-th distance [Å].
  public static double r(int m) {
    return m * STEP_R;
  }

  /// Numbers of the distances between two [Å].
  static int[] between(double from, double to) {
    int first = (int) Math.ceil(from / STEP_R - 1e-9);
    int last = (int) Math.floor(to / STEP_R + 1e-9);
    int[] all = new int[Math.max(0, last - first + 1)];
    for (int m = 0; m < all.length; m++) {
      all[m] = first + m;
    }
    return all;
  }

  /// k^w W(k) at the first `count` wave numbers.
  double[] weights(int count) {
    double[] weights = new double[count];
    for (int n = 0; n < count; n++) {
      weights[n] = Math.pow(k(n), weight) * window.at(k(n));
    }
    return weights;
  }

  /// What χ at the first `count` wave numbers is multiplied by: rows 2m and 2m + 1 are real and
  /// imaginary part at the m-th of some distances.
  double[][] rows(int count, int[] distances) {
    double[] weights = weights(count);
    double[][] rows = new double[2 * distances.length][count];
    for (int m = 0; m < distances.length; m++) {
      for (int n = 0; n < count; n++) {
        double turn = 2 * k(n) * r(distances[m]);
        double scale = STEP_K / Math.sqrt(Math.PI) * weights[n];
        rows[2 * m][n] = scale * Math.cos(turn);
        rows[2 * m + 1][n] = -scale * Math.sin(turn);
      }
    }
    return rows;
  }

  /// Real and imaginary part in turn at the distances 0 … `farthest` [Å].
  ///
  /// @param chi at the wave numbers n δk
  public double[] forward(double[] chi, double farthest) {
    double[][] rows = rows(chi.length, between(0, farthest));
    double[] out = new double[rows.length];
    for (int m = 0; m < rows.length; m++) {
      out[m] = Linear.dot(rows[m], chi);
    }
    return out;
  }

  /// |χ(R)| of what {@link #forward} gave.
  public static double[] magnitudes(double[] parts) {
    double[] all = new double[parts.length / 2];
    for (int m = 0; m < all.length; m++) {
      all[m] = Math.hypot(parts[2 * m], parts[2 * m + 1]);
    }
    return all;
  }

  /// Step 2: real and imaginary part in turn at the first `count` wave numbers.
  ///
  /// @param parts from the distance 0 on, as {@link #forward} gives
  public static double[] back(double[] parts, TransformWindow over, int count) {
    double[] out = new double[2 * count];
    for (int n = 0; n < count; n++) {
      for (int m = 0; m < parts.length / 2; m++) {
        double scale = 2 * STEP_R / Math.sqrt(Math.PI) * over.at(r(m));
        double cosine = Math.cos(2 * k(n) * r(m));
        double sine = Math.sin(2 * k(n) * r(m));
        out[2 * n] += scale * (parts[2 * m] * cosine - parts[2 * m + 1] * sine);
        out[2 * n + 1] += scale * (parts[2 * m] * sine + parts[2 * m + 1] * cosine);
      }
    }
    return out;
  }

  /// 2 Δk ΔR/π + 1: how many numbers a window of distances can hold (Stern, Phys. Rev. B 48, 9825,
  /// 1993).
  public double independentPoints(double fromR, double toR) {
    return 2 * (window.to() - window.from()) * (toR - fromR) / Math.PI + 1;
  }
}

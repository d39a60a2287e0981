package argand.spectro;

import argand.data.PixelBlocks;
import argand.data.SharedNoise;
import java.util.Arrays;

/// The covariance of a weighted fit to values whose noise is shared between energies: with the
/// weights W of the fit, C = (AᵀWA)⁻¹ and F = C AᵀW,
///
///     cov x_kl = Σ_e F′_ke F′_le var y_e
///
/// F′ what F is for independent values ({@link SharedNoise}). The fit itself stays what it is: it
/// is without bias, though with all of the covariance in its weights it could be a little better.
final class SharedCovariance {
  private final FitColumns columns;
  private final SharedNoise noise;
  private final int[] used;
  private final int all;
  private final int q;

  SharedCovariance(FitColumns columns, SharedNoise noise) {
    this.columns = columns;
    this.noise = noise;
    used = columns.used();
    all = noise.count();
    q = columns.count();
  }

  /// What one worker needs.
  final class Desk {
    private final float[] variance = new float[all * PixelBlocks.SIZE];
    private final double[] model = new double[all];
    private final double[][] functionals = new double[q][all];

    /// A block of pixels comes next.
    void read(int first, int length) {
      for (int e = 0; e < all; e++) {
        noise.independent().read(e, first, length, variance, e * PixelBlocks.SIZE);
      }
    }

    /// covariance ← that of pixel first + i.
    ///
    /// @param weights of the fit, `[energy of the fit · SIZE + i]`
    /// @param x what it found without bounds
    /// @param covariance (AᵀWA)⁻¹ before
    void replace(int first, int i, float[] weights, double[] x, double[] covariance) {
      for (double[] f : functionals) {
        Arrays.fill(f, 0);
      }
      Arrays.fill(model, 0);
      for (int n = 0; n < used.length; n++) {
        int e = used[n];
        double weight = weights[n * PixelBlocks.SIZE + i];
        for (int l = 0; l < q; l++) {
          double a = columns.column(l)[n];
          model[e] += a * x[l];
          for (int k = 0; k < q; k++) {
            functionals[k][e] += covariance[k * q + l] * a * weight;
          }
        }
      }
      noise.pullBack(first + i, model, functionals);
      for (int k = 0; k < q; k++) {
        for (int l = 0; l <= k; l++) {
          double sum = 0;
          for (int e = 0; e < all; e++) {
            double product = functionals[k][e] * functionals[l][e];
            sum += product == 0 ? 0 : product * variance[e * PixelBlocks.SIZE + i];
          }
          covariance[k * q + l] = sum;
          covariance[l * q + k] = sum;
        }
      }
    }
  }

  Desk desk() {
    return new Desk();
  }
}

package argand.register;

import argand.array.Workers;
import argand.array.kernel.Dot;
import argand.inverse.Cholesky;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;

/// A stack of aligned images as a few maps times spectra: z_e(x) ≈ b_e + Σ_k s_k(e) a_k(x), the
/// best of its rank by weighted least squares. No reference spectra are needed.
///
/// (1) over pixels that are known in all images, C_ef = Σ_x √(ω_e ω_f) (z_e − b_e)(z_f − b_f),
///     b_e their mean; its first eigenvectors over √ω_e are the spectra;
/// (2) the maps by least squares in each pixel over the images in which it is known; NaN where they
///     are too few.
///
/// @param spectra [k][e], Σ_e ω_e s_j s_k = δ_jk
/// @param offsets b_e
/// @param maps [k][pixel]
record LowRank(double[][] spectra, double[] offsets, float[][] maps) {
  private static final int BLOCK = 2048;

  /// @param images [e][pixel], NaN where not known
  /// @param ofImage ω_e
  static LowRank of(float[][] images, double[] ofImage, int components, Workers workers) {
    int count = images.length;
    int pixels = images[0].length;
    int blocks = (pixels + BLOCK - 1) / BLOCK;
    double[][] sums = new double[blocks][count * count + count + 1];
    workers.forEach(blocks, (block, worker) -> moments(images, block * BLOCK, sums[block]));
    double[] total = new double[count * count + count + 1];
    for (double[] one : sums) {
      for (int i = 0; i < total.length; i++) {
        total[i] += one[i];
      }
    }
    double weight = total[count * count + count];
    double[] mean = new double[count];
    for (int e = 0; e < count; e++) {
      mean[e] = weight > 0 ? total[count * count + e] / weight : 0;
    }
    var c = new DMatrixRMaj(count, count);
    for (int e = 0; e < count; e++) {
      for (int f = 0; f < count; f++) {
        int at = Math.min(e, f) * count + Math.max(e, f);
        c.set(e, f, Math.sqrt(ofImage[e] * ofImage[f]) * (total[at] - weight * mean[e] * mean[f]));
      }
    }
    double[][] spectra = leading(c, components);
    for (double[] spectrum : spectra) {
      for (int e = 0; e < count; e++) {
        spectrum[e] /= Math.sqrt(ofImage[e]);
      }
    }
    float[][] maps = new float[components][pixels];
    workers.forEach(
        blocks,
        (block, worker) -> maps(images, mean, ofImage, spectra, block * BLOCK, pixels, maps));
    return new LowRank(spectra, mean, maps);
  }

  /// Σ z_e z_f for e ≤ f, Σ z_e and their number over the pixels of a block that all images know.
  private static void moments(float[][] images, int first, double[] into) {
    int count = images.length;
    int last = Math.min(images[0].length, first + BLOCK);
    float[][] z = new float[count][last - first];
    int n = 0;
    for (int i = first; i < last; i++) {
      boolean known = true;
      for (int e = 0; e < count && known; e++) {
        known = !Float.isNaN(images[e][i]);
      }
      if (known) {
        for (int e = 0; e < count; e++) {
          z[e][n] = images[e][i];
        }
        n++;
      }
    }
    float[] ones = new float[n];
    Arrays.fill(ones, 1);
    for (int e = 0; e < count; e++) {
      for (int f = e; f < count; f++) {
        into[e * count + f] = Dot.of(z[e], 0, z[f], 0, n);
      }
      into[count * count + e] = Dot.of(z[e], 0, ones, 0, n);
    }
    into[count * count + count] = n;
  }

  private static double[][] leading(DMatrixRMaj c, int components) {
    int count = c.numRows;
    var eigen = DecompositionFactory_DDRM.eig(count, true, true);
    if (!eigen.decompose(c.copy())) {
      throw new IllegalStateException("the covariance of the images has no eigenvectors");
    }
    var order = new Integer[count];
    Arrays.setAll(order, i -> i);
    Arrays.sort(
        order,
        (i, j) ->
            Double.compare(eigen.getEigenvalue(j).getReal(), eigen.getEigenvalue(i).getReal()));
    double[][] spectra = new double[components][count];
    for (int k = 0; k < components; k++) {
      var vector = eigen.getEigenVector(order[k]);
      double sign = 0;
      for (int e = 0; e < count; e++) {
        sign += vector.get(e);
      }
      for (int e = 0; e < count; e++) {
        spectra[k][e] = sign < 0 ? -vector.get(e) : vector.get(e);
      }
    }
    return spectra;
  }

  private static void maps(
      float[][] images,
      double[] mean,
      double[] ofImage,
      double[][] spectra,
      int first,
      int pixels,
      float[][] maps) {
    int count = images.length;
    int k = spectra.length;
    double[] right = new double[k];
    double[][] normal = new double[k][k];
    for (int i = first; i < Math.min(pixels, first + BLOCK); i++) {
      int known = 0;
      Arrays.fill(right, 0);
      for (int e = 0; e < count; e++) {
        if (!Float.isNaN(images[e][i])) {
          known++;
          double z = ofImage[e] * (images[e][i] - mean[e]);
          for (int j = 0; j < k; j++) {
            right[j] += spectra[j][e] * z;
          }
        }
      }
      if (known < count) {
        // Where images are missing the spectra are no longer orthonormal.
        missing(images, i, ofImage, spectra, normal);
        var cholesky = new Cholesky(normal);
        if (known >= Math.max(k + 1, count / 2) && cholesky.dependent() < 0) {
          System.arraycopy(cholesky.solve(right), 0, right, 0, k);
        } else {
          Arrays.fill(right, Double.NaN);
        }
      }
      for (int j = 0; j < k; j++) {
        maps[j][i] = (float) right[j];
      }
    }
  }

  private static void missing(
      float[][] images, int i, double[] ofImage, double[][] spectra, double[][] normal) {
    int k = spectra.length;
    for (int j = 0; j < k; j++) {
      for (int l = 0; l < k; l++) {
        double sum = 0;
        for (int e = 0; e < images.length; e++) {
          sum += Float.isNaN(images[e][i]) ? 0 : ofImage[e] * spectra[j][e] * spectra[l][e];
        }
        normal[j][l] = sum;
      }
    }
  }
}

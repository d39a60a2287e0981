package argand.register;

import argand.array.ComplexField;
import argand.array.Fft2;
import argand.array.Grid;
import argand.array.RealField;
import argand.array.Workers;

/// Weights the spatial frequencies of an image by what the drift of a stack tells of a pattern that
/// stays with the detector.
///
/// At a frequency q such a pattern is 1 in image e, and a map with spectrum s_k is
/// s_k(e) exp(−2πi q·d_e). The part of it that no mixture of the maps can imitate,
/// (1) I(q) = min_c Σ_e ω_e |1 − Σ_k c_k s_k(e) exp(−2πi q·d_e)|² / Σ_e ω_e,
/// is what the stack says of the pattern at q: 0 where displacements are short beside 1/q, or all
/// across it. There noise and what the model lacks go into pattern and maps multiplied by 1/I, and
/// with opposite signs: images of low contrast, before an edge, would be drawn to the pattern.
/// (2) W(q) = I/(I + λ).
final class DriftFilter {
  /// λ. Displacements of a drift that follows the energy are off by 0.026, 0.017, 0.014, 0.014 px
  /// with 0, 0.01, 0.1, 0.3.
  private static final double HALF = 0.1;

  private final Grid grid;
  private final float[] keep;

  private DriftFilter(Grid grid, float[] keep) {
    this.grid = grid;
    this.keep = keep;
  }

  /// @param at [e]: displacement of image e down and right, in its elements 1 and 2 [pixels]
  /// @param spectra [k][e]
  /// @param ofImage ω_e
  static DriftFilter of(
      Grid grid, double[][] at, double[][] spectra, double[] ofImage, Workers workers) {
    double[][] vectors = orthonormal(spectra, ofImage);
    int count = at.length;
    double[][] across = new double[2 * grid.columns()][count];
    for (int c = 0; c < grid.columns(); c++) {
      for (int e = 0; e < count; e++) {
        double phase = 2 * Math.PI * signed(c, grid.columns()) * at[e][2];
        across[2 * c][e] = Math.cos(phase);
        across[2 * c + 1][e] = Math.sin(phase);
      }
    }
    float[] keep = new float[grid.size()];
    workers.forEach(
        grid.rows(),
        (r, worker) -> {
          double[][] down = new double[2][count];
          double[] cosine = new double[count];
          double[] sine = new double[count];
          for (int e = 0; e < count; e++) {
            double phase = 2 * Math.PI * signed(r, grid.rows()) * at[e][1];
            down[0][e] = Math.cos(phase);
            down[1][e] = Math.sin(phase);
          }
          for (int c = 0; c < grid.columns(); c++) {
            double[] re = across[2 * c];
            double[] im = across[2 * c + 1];
            for (int e = 0; e < count; e++) {
              cosine[e] = down[0][e] * re[e] - down[1][e] * im[e];
              sine[e] = down[0][e] * im[e] + down[1][e] * re[e];
            }
            double known = determined(vectors, cosine, sine);
            keep[r * grid.columns() + c] = (float) (known / (known + HALF));
          }
        });
    return new DriftFilter(grid, keep);
  }

  /// @param image without NaN
  RealField of(RealField image) {
    var field = new ComplexField(grid);
    int columns = grid.columns();
    for (int r = 0; r < grid.rows(); r++) {
      System.arraycopy(image.values(), r * columns, field.re(), r * field.pitch(), columns);
    }
    var fft = new Fft2(grid.rows(), columns);
    fft.transform(field);
    for (int r = 0; r < grid.rows(); r++) {
      for (int c = 0; c < columns; c++) {
        field.re()[r * field.pitch() + c] *= keep[r * columns + c];
        field.im()[r * field.pitch() + c] *= keep[r * columns + c];
      }
    }
    fft.transformBack(field);
    var filtered = new RealField(grid);
    for (int r = 0; r < grid.rows(); r++) {
      for (int c = 0; c < columns; c++) {
        filtered.set(r, c, field.re(r, c) / grid.size());
      }
    }
    return filtered;
  }

  private static double signed(int i, int n) {
    return (i < (n + 1) / 2 ? i : i - n) / (double) n;
  }

  /// The spectra made orthonormal under the weights, times the root of these; the last is that of
  /// the pattern.
  private static double[][] orthonormal(double[][] spectra, double[] ofImage) {
    int count = ofImage.length;
    double total = 0;
    for (double w : ofImage) {
      total += w;
    }
    double[][] vectors = new double[spectra.length + 1][count];
    for (int e = 0; e < count; e++) {
      vectors[spectra.length][e] = Math.sqrt(ofImage[e] / total);
    }
    for (int k = 0; k < spectra.length; k++) {
      double whole = 0;
      for (int e = 0; e < count; e++) {
        vectors[k][e] = spectra[k][e] * Math.sqrt(ofImage[e]);
        whole += vectors[k][e] * vectors[k][e];
      }
      for (int j = 0; j < k; j++) {
        double share = dot(vectors[j], vectors[k]);
        for (int e = 0; e < count; e++) {
          vectors[k][e] -= share * vectors[j][e];
        }
      }
      double size = dot(vectors[k], vectors[k]);
      double scale = size > 1e-12 * whole ? 1 / Math.sqrt(size) : 0;
      for (int e = 0; e < count; e++) {
        vectors[k][e] *= scale;
      }
    }
    return vectors;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /// (1): orthonormal spectra stay so under phases that are the same for all of them.
  private static double determined(double[][] vectors, double[] cosine, double[] sine) {
    double[] still = vectors[vectors.length - 1];
    double known = 1;
    for (int k = 0; k < vectors.length - 1; k++) {
      double re = 0;
      double im = 0;
      for (int e = 0; e < still.length; e++) {
        double product = vectors[k][e] * still[e];
        re += product * cosine[e];
        im += product * sine[e];
      }
      known -= re * re + im * im;
    }
    return Math.max(0, known);
  }
}

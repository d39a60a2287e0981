package argand.multivariate;

import argand.Paper;
import argand.array.Check;
import argand.array.Workers;
import java.util.Arrays;

/// Points as sums of few non-negative spectra with non-negative amounts, x_i ≈ Σ_k t_ki μ_k: least
///
///     F = ½ Σ |x_i − Σ_k t_ki μ_k|² + λ_s Σ t_ki + λ_c ½ Σ |μ_k − μ⁰_k|²                   (1)
///
/// with spectra of length one. λ_s makes amounts sparse; λ_c keeps the spectra close to those they
/// start from, which are the means of clusters, and so keeps them spectra of what is there.
/// Negative values are noise and are fitted like others.
///
/// @param spectra μ, one in each row
/// @param amounts t, one array for each spectrum over all points
/// @param misfit √(2F/(n E)) of the first term alone, after each iteration
public record NonNegativeFactors(double[][] spectra, float[][] amounts, double[] misfit) {
  private static final int PARTS = 64;
  private static final int INNER = 3;
  private static final double TINY = 1e-12;

  /// How spectra and amounts are improved.
  @Paper(
      value =
          "R. Mak et al., Faraday Discuss. 171, 357–371 (2014); A. Cichocki, A.-H. Phan,"
              + " IEICE Trans. Fundam. E92-A, 708–721 (2009)",
      doi = "10.1039/C4FD00023D")
  public enum Update {
    /// One spectrum or amount after the other by its exact minimum, cut off at zero (HALS).
    HALS,
    /// By the ratio of both sides of the gradient; never leaves zero, needs non-negative points.
    MULTIPLICATIVE
  }

  /// What is asked for.
  ///
  /// @param sparsity λ_s in units of the points' root mean square value
  /// @param similarity λ_c in units of n times their mean square length
  public record Terms(Update update, int iterations, double sparsity, double similarity) {
    public Terms {
      Check.within("iterations", iterations, 1, 100_000, "");
      Check.within("sparsity", sparsity, 0, 1e3, "");
      Check.within("similarity", similarity, 0, 1e3, "");
    }
  }

  /// @param start μ⁰; negative values count as zero
  public static NonNegativeFactors of(
      Points points, double[][] start, Terms terms, Workers workers) {
    var run = new Run(points, start, terms, workers);
    double[] misfit = new double[terms.iterations()];
    for (int k = 0; k < misfit.length; k++) {
      misfit[k] = run.iterate(k == 0);
    }
    return new NonNegativeFactors(run.spectra, run.amounts, misfit);
  }

  /// The iteration: one reading of the points, amounts first, then spectra.
  private static final class Run {
    private final Points points;
    private final Terms terms;
    private final Workers workers;
    private final int k;
    private final int features;
    private final double[][] spectra;
    private final double[][] origin;
    private final float[][] amounts;
    private final double sparsity;
    private final double similarity;

    Run(Points points, double[][] start, Terms terms, Workers workers) {
      this.points = points;
      this.terms = terms;
      this.workers = workers;
      this.k = start.length;
      this.features = points.features();
      this.spectra = new double[k][];
      for (int c = 0; c < k; c++) {
        spectra[c] = Arrays.stream(start[c]).map(v -> Math.max(v, TINY)).toArray();
        toUnit(spectra[c]);
      }
      this.origin = Arrays.stream(spectra).map(double[]::clone).toArray(double[][]::new);
      this.amounts = new float[k][points.count()];
      double square = square();
      this.sparsity = terms.sparsity() * Math.sqrt(square / points.count() / features);
      this.similarity = terms.similarity() * square;
    }

    private double square() {
      double[] sums = new double[points.blocks()];
      points.forEach(
          workers,
          (block, first, length, values, worker) -> {
            for (int f = 0; f < features; f++) {
              for (int i = 0; i < length; i++) {
                double v = values[f * Points.BLOCK + i];
                sums[block] += v * v;
              }
            }
          });
      return Arrays.stream(sums).sum();
    }

    /// The sums over points that spectra are made of.
    private final class Sums {
      final double[][] cross = new double[k][features];
      final double[][] gram = new double[k][k];
      double squares;
    }

    double iterate(boolean first) {
      double[][] inner = new double[k][k];
      for (int a = 0; a < k; a++) {
        for (int b = 0; b < k; b++) {
          inner[a][b] = dot(spectra[a], spectra[b]);
        }
      }
      int parts = Math.min(PARTS, points.blocks());
      var sums = new Sums[parts];
      float[][] buffers = new float[workers.threads()][];
      workers.forEach(
          parts,
          (part, worker) -> {
            if (buffers[worker] == null) {
              buffers[worker] = new float[features * Points.BLOCK];
            }
            int from = (int) ((long) part * points.blocks() / parts);
            int end = (int) ((long) (part + 1) * points.blocks() / parts);
            var sum = new Sums();
            for (int block = from; block < end; block++) {
              int at = block * Points.BLOCK;
              int length = Math.min(Points.BLOCK, points.count() - at);
              points.read(at, length, buffers[worker]);
              block(at, length, buffers[worker], inner, first, sum);
            }
            sums[part] = sum;
          });
      var total = new Sums();
      for (var sum : sums) {
        for (int a = 0; a < k; a++) {
          for (int f = 0; f < features; f++) {
            total.cross[a][f] += sum.cross[a][f];
          }
          for (int b = 0; b < k; b++) {
            total.gram[a][b] += sum.gram[a][b];
          }
        }
        total.squares += sum.squares;
      }
      update(total);
      return Math.sqrt(total.squares / points.count() / features);
    }

    private void block(
        int at, int length, float[] values, double[][] inner, boolean first, Sums sum) {
      // b_k ← μ_k · x
      float[][] b = new float[k][length];
      for (int f = 0; f < features; f++) {
        int base = f * Points.BLOCK;
        for (int c = 0; c < k; c++) {
          float m = (float) spectra[c][f];
          float[] row = b[c];
          for (int i = 0; i < length; i++) {
            row[i] += m * values[base + i];
          }
        }
      }
      if (terms.update() == Update.HALS || first) {
        hals(at, length, b, inner);
      } else {
        multiply(at, length, b, inner);
      }
      float[] rest = new float[length];
      for (int f = 0; f < features; f++) {
        int base = f * Points.BLOCK;
        System.arraycopy(values, base, rest, 0, length);
        for (int c = 0; c < k; c++) {
          float m = (float) spectra[c][f];
          float[] t = amounts[c];
          double cross = 0;
          for (int i = 0; i < length; i++) {
            rest[i] -= m * t[at + i];
            cross += (double) t[at + i] * values[base + i];
          }
          sum.cross[c][f] += cross;
        }
        for (int i = 0; i < length; i++) {
          sum.squares += (double) rest[i] * rest[i];
        }
      }
      for (int a = 0; a < k; a++) {
        for (int c = 0; c <= a; c++) {
          double gram = 0;
          for (int i = 0; i < length; i++) {
            gram += (double) amounts[a][at + i] * amounts[c][at + i];
          }
          sum.gram[a][c] += gram;
          if (a != c) {
            sum.gram[c][a] += gram;
          }
        }
      }
    }

    /// t_k ← max(0, (μ_k·x − Σ_{l≠k} μ_k·μ_l t_l − λ_s) / |μ_k|²), a few times over all k.
    private void hals(int at, int length, float[][] b, double[][] inner) {
      float[] sum = new float[length];
      for (int round = 0; round < INNER; round++) {
        for (int c = 0; c < k; c++) {
          for (int i = 0; i < length; i++) {
            sum[i] = b[c][i] - (float) sparsity;
          }
          for (int l = 0; l < k; l++) {
            if (l != c) {
              float g = (float) inner[c][l];
              float[] t = amounts[l];
              for (int i = 0; i < length; i++) {
                sum[i] -= g * t[at + i];
              }
            }
          }
          float own = (float) (1 / Math.max(inner[c][c], TINY));
          float[] t = amounts[c];
          for (int i = 0; i < length; i++) {
            t[at + i] = Math.max(0, sum[i] * own);
          }
        }
      }
    }

    /// t ← t (μᵀx) / (μᵀμ t + λ_s)
    private void multiply(int at, int length, float[][] b, double[][] inner) {
      double[] t = new double[k];
      for (int i = 0; i < length; i++) {
        for (int c = 0; c < k; c++) {
          t[c] = amounts[c][at + i];
        }
        for (int c = 0; c < k; c++) {
          double below = sparsity + TINY;
          for (int l = 0; l < k; l++) {
            below += inner[c][l] * t[l];
          }
          amounts[c][at + i] = (float) (t[c] * Math.max(0, b[c][i]) / below);
        }
      }
    }

    /// Spectra from the sums over points, then to length one with the amounts in turn.
    private void update(Sums sums) {
      if (terms.update() == Update.HALS) {
        for (int round = 0; round < INNER; round++) {
          for (int c = 0; c < k; c++) {
            double own = Math.max(sums.gram[c][c] + similarity, TINY);
            for (int f = 0; f < features; f++) {
              double value = sums.cross[c][f] + similarity * origin[c][f];
              for (int l = 0; l < k; l++) {
                value -= l == c ? 0 : sums.gram[c][l] * spectra[l][f];
              }
              spectra[c][f] = Math.max(TINY, value / own);
            }
          }
        }
      } else {
        for (int f = 0; f < features; f++) {
          double[] old = new double[k];
          for (int c = 0; c < k; c++) {
            old[c] = spectra[c][f];
          }
          for (int c = 0; c < k; c++) {
            double below = similarity * old[c] + TINY;
            for (int l = 0; l < k; l++) {
              below += sums.gram[c][l] * old[l];
            }
            double above = Math.max(0, sums.cross[c][f]) + similarity * origin[c][f];
            spectra[c][f] = Math.max(TINY, old[c] * above / below);
          }
        }
      }
      for (int c = 0; c < k; c++) {
        float length = (float) toUnit(spectra[c]);
        float[] t = amounts[c];
        for (int i = 0; i < t.length; i++) {
          t[i] *= length;
        }
      }
    }

    private static double toUnit(double[] spectrum) {
      double length = Math.sqrt(dot(spectrum, spectrum));
      for (int f = 0; f < spectrum.length; f++) {
        spectrum[f] /= length;
      }
      return length;
    }

    private static double dot(double[] a, double[] b) {
      double sum = 0;
      for (int f = 0; f < a.length; f++) {
        sum += a[f] * b[f];
      }
      return sum;
    }
  }
}

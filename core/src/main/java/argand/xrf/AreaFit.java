package argand.xrf;

import argand.array.kernel.SpectralSums;
import argand.inverse.Cholesky;
import java.util.Arrays;

/// The areas of many spectra by one factorisation: all that is not linear stays as the sum of the
/// spectra has it.
///
///     x = (AᵀWA + S)⁻¹ AᵀW y = P y                                           (1)
///     var x_g = Σ_c P_gc² y_c + [(AᵀWA + S)⁻¹ S (AᵀWA + S)⁻¹]_gg s²           (2)
///
/// A holds the groups of lines and what the background may do, W = 1/μ̄ the weights of the mean
/// spectrum, S how smooth the background is to be, s the counts of the spectrum over those of the
/// mean. The weights know nothing of the noise of the single spectrum, so that (1) has no bias
/// however few its counts are, and (2), with the counts themselves as their variance, none either.
///
/// Areas below zero are found again where they may not be (3): the least of the same quadratic with
/// x ≥ 0 for the groups, from x alone, since AᵀWy = (AᵀWA + S) x. Their errors stay those of (2).
final class AreaFit {
  /// Spectra that go through the sums together.
  static final int BLOCK = 64;

  private final int channels;
  private final int groups;
  private final int unknowns;
  private final double[][] h;
  private final float[][] rows;
  private final float[][] squares;
  private final double[] prior;
  private final boolean nonNegative;

  /// @param columns groups, then what else is fitted
  /// @param weight W
  /// @param s S, unknowns × unknowns
  AreaFit(Column[] columns, int groups, double[] weight, double[][] s, boolean nonNegative) {
    this.channels = weight.length;
    this.groups = groups;
    this.unknowns = columns.length;
    this.nonNegative = nonNegative;
    h = new double[unknowns][unknowns];
    for (int i = 0; i < unknowns; i++) {
      for (int j = 0; j <= i; j++) {
        h[i][j] = Column.product(columns[i], columns[j], weight) + s[i][j];
        h[j][i] = h[i][j];
      }
      h[i][i] *= 1 + 1e-12;
    }
    double[][] inverse = new Cholesky(h, 0).inverse();
    prior = new double[groups];
    for (int g = 0; g < groups; g++) {
      for (int i = 0; i < unknowns; i++) {
        for (int j = 0; j < unknowns; j++) {
          prior[g] += inverse[g][i] * s[i][j] * inverse[g][j];
        }
      }
    }
    int wanted = nonNegative ? unknowns : groups;
    rows = new float[wanted][channels];
    squares = new float[groups][channels];
    double[] row = new double[channels];
    for (int i = 0; i < wanted; i++) {
      Arrays.fill(row, 0);
      for (int j = 0; j < unknowns; j++) {
        columns[j].addTo(row, inverse[i][j]);
      }
      for (int c = 0; c < channels; c++) {
        double p = row[c] * weight[c];
        rows[i][c] = (float) p;
        if (i < groups) {
          squares[i][c] = (float) (p * p);
        }
      }
    }
  }

  /// What one thread needs.
  final class Buffers {
    final float[] counts = new float[channels * BLOCK];
    final float[][] found = new float[rows.length][BLOCK];
    final float[][] variance = new float[groups][BLOCK];
    final double[] levels = new double[BLOCK];
    final double[] x = new double[unknowns];
  }

  /// Areas and their standard deviations of a block of spectra.
  ///
  /// @param at number of the first
  /// @param spectra of whole spectra, one behind the other
  /// @param stride channels of a whole spectrum
  /// @param first channel of the fit
  /// @param background to be subtracted from each, one behind the other; empty for none
  /// @param meanCounts of the mean spectrum in the channels of the fit
  void fit(
      Buffers buffers,
      int at,
      int length,
      float[] spectra,
      int stride,
      int first,
      float[] background,
      double meanCounts,
      double[][] areas,
      double[][] sigma) {
    float[] counts = buffers.counts;
    for (int j = 0; j < length; j++) {
      int from = j * stride + first;
      double sum = 0;
      for (int c = 0; c < channels; c++) {
        float y = spectra[from + c];
        counts[c * BLOCK + j] = y;
        sum += y;
      }
      buffers.levels[j] = sum / meanCounts;
    }
    SpectralSums.project(counts, BLOCK, squares, length, buffers.variance, 0);
    if (background.length > 0) {
      for (int j = 0; j < length; j++) {
        for (int c = 0; c < channels; c++) {
          counts[c * BLOCK + j] -= background[j * channels + c];
        }
      }
    }
    SpectralSums.project(counts, BLOCK, rows, length, buffers.found, 0);
    for (int j = 0; j < length; j++) {
      boolean negative = false;
      for (int g = 0; g < groups; g++) {
        areas[g][at + j] = buffers.found[g][j];
        double level = buffers.levels[j];
        sigma[g][at + j] =
            Math.sqrt(Math.max(0, buffers.variance[g][j]) + prior[g] * level * level);
        negative |= buffers.found[g][j] < 0;
      }
      if (nonNegative && negative) {
        for (int i = 0; i < unknowns; i++) {
          buffers.x[i] = buffers.found[i][j];
        }
        constrain(buffers.x);
        for (int g = 0; g < groups; g++) {
          areas[g][at + j] = buffers.x[g];
        }
      }
    }
  }

  /// (3) by an active set: the most negative area is held at zero until none is negative; one whose
  /// slope then points upwards is let go.
  private void constrain(double[] x) {
    double[] b = new double[unknowns];
    for (int i = 0; i < unknowns; i++) {
      for (int k = 0; k < unknowns; k++) {
        b[i] += h[i][k] * x[k];
      }
    }
    boolean[] held = new boolean[unknowns];
    for (int turn = 0; turn < 4 * groups; turn++) {
      int worst = -1;
      for (int g = 0; g < groups; g++) {
        if (!held[g] && x[g] < 0 && (worst < 0 || x[g] < x[worst])) {
          worst = g;
        }
      }
      if (worst >= 0) {
        held[worst] = true;
      } else {
        int release = released(held, b, x);
        if (release < 0) {
          return;
        }
        held[release] = false;
      }
      solve(held, b, x);
    }
    for (int g = 0; g < groups; g++) {
      x[g] = Math.max(0, x[g]);
    }
  }

  private int released(boolean[] held, double[] b, double[] x) {
    int release = -1;
    double most = 0;
    for (int g = 0; g < groups; g++) {
      if (held[g]) {
        double slope = b[g];
        for (int k = 0; k < unknowns; k++) {
          slope -= h[g][k] * x[k];
        }
        if (slope > most + 1e-9 * Math.abs(b[g])) {
          most = slope;
          release = g;
        }
      }
    }
    return release;
  }

  private void solve(boolean[] held, double[] b, double[] x) {
    int[] free = new int[unknowns];
    int n = 0;
    for (int i = 0; i < unknowns; i++) {
      if (!held[i]) {
        free[n++] = i;
      }
    }
    double[][] part = new double[n][n];
    double[] right = new double[n];
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < n; k++) {
        part[i][k] = h[free[i]][free[k]];
      }
      right[i] = b[free[i]];
    }
    double[] found = new Cholesky(part, 0).solve(right);
    Arrays.fill(x, 0);
    for (int i = 0; i < n; i++) {
      x[free[i]] = found[i];
    }
  }
}

package argand.inverse;

import argand.Paper;
import argand.array.Check;
import java.util.Arrays;

/// What was seen through a known spread, m(s) = Σ_r h(r) c(s + r) and counting noise, sharpened by
/// the most likely c ≥ 0, from coarse to fine:
///
///     c ← c/(Hᵀ1) · Hᵀ(m/(H c))
///
/// c is kept on a margin around the image too, from which h brings light in, so that nothing rings
/// at the border (Bertero & Boccacci, Astron. Astrophys. 437, 369 (2005),
/// 10.1051/0004-6361:20052717).
/// Each step keeps Σ H c = Σ m. What is finer than the noise allows comes last, so iterations stop
/// when the misfit is what the noise explains, Σ (m − H c)²/v ≤ n (discrepancy principle).
@Paper(
    value =
        "Lucy, An iterative technique for the rectification of observed distributions, Astron. J. 79, 745 (1974)",
    doi = "10.1086/111605")
public final class RichardsonLucy {
  private final double[] spread;
  private final int reach;
  private final int rows;
  private final int columns;
  private final int wide;
  private final double[] weight;

  /// What was found.
  ///
  /// @param sharp the image without its margin
  /// @param iterations that it took
  /// @param misfit Σ (m − H c)²/(n v) at the end
  public record Found(double[] sharp, int iterations, double misfit) {}

  /// @param spread h over (2 reach + 1)² pixels, row by row, of sum 1
  public RichardsonLucy(double[] spread, int reach, int rows, int columns) {
    Check.same("pixels of the spread", spread.length, (2 * reach + 1) * (2 * reach + 1));
    this.spread = spread;
    this.reach = reach;
    this.rows = rows;
    this.columns = columns;
    wide = columns + 2 * reach;
    double[] ones = new double[rows * columns];
    Arrays.fill(ones, 1);
    weight = back(ones);
  }

  /// @param seen m ≥ 0
  /// @param variance v of each pixel
  /// @param most iterations
  public Found sharpened(double[] seen, double[] variance, int most) {
    double mean = Arrays.stream(seen).average().orElse(0);
    double[] c = new double[(rows + 2 * reach) * wide];
    Arrays.fill(c, Math.max(mean, 1e-12));
    double[] ratio = new double[seen.length];
    double misfit = Double.POSITIVE_INFINITY;
    int iteration = 0;
    for (; iteration < most; iteration++) {
      double[] expected = through(c);
      misfit = 0;
      for (int i = 0; i < seen.length; i++) {
        double miss = seen[i] - expected[i];
        misfit += miss * miss / (variance[i] * seen.length);
        ratio[i] = expected[i] > 0 ? seen[i] / expected[i] : 0;
      }
      if (misfit <= 1) {
        break;
      }
      double[] change = back(ratio);
      for (int i = 0; i < c.length; i++) {
        c[i] = weight[i] > 1e-9 ? c[i] * change[i] / weight[i] : 0;
      }
    }
    double[] sharp = new double[rows * columns];
    for (int r = 0; r < rows; r++) {
      System.arraycopy(c, (r + reach) * wide + reach, sharp, r * columns, columns);
    }
    return new Found(sharp, iteration, misfit);
  }

  /// H c
  private double[] through(double[] c) {
    double[] seen = new double[rows * columns];
    int side = 2 * reach + 1;
    for (int r = 0; r < rows; r++) {
      for (int y = 0; y < side; y++) {
        for (int x = 0; x < side; x++) {
          double h = spread[y * side + x];
          int from = (r + y) * wide + x;
          for (int k = 0; h != 0 && k < columns; k++) {
            seen[r * columns + k] += h * c[from + k];
          }
        }
      }
    }
    return seen;
  }

  /// Hᵀ m
  private double[] back(double[] m) {
    double[] c = new double[(rows + 2 * reach) * wide];
    int side = 2 * reach + 1;
    for (int r = 0; r < rows; r++) {
      for (int y = 0; y < side; y++) {
        for (int x = 0; x < side; x++) {
          double h = spread[y * side + x];
          int to = (r + y) * wide + x;
          for (int k = 0; h != 0 && k < columns; k++) {
            c[to + k] += h * m[r * columns + k];
          }
        }
      }
    }
    return c;
  }
}

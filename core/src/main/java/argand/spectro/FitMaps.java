package argand.spectro;

import argand.array.Grid;
import argand.array.RealField;
import argand.array.Workers;
import argand.data.Findings;
import argand.data.Findings.FoundMap;
import argand.data.PixelBlocks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What a fit of every pixel found, NaN where nothing was found.
final class FitMaps {
  /// The standard deviation of a fraction of which nothing is known but that it is between 0 and 1.
  static final double IGNORANCE = 1 / Math.sqrt(12);

  /// Below this many of its own standard deviations an amount of matter is none.
  private static final double LEAST_MATTER = 3;

  private final Grid grid;
  private final List<String> names;
  final float[][] amount;
  final float[][] amountSigma;
  final float[][] fraction;
  final float[][] fractionSigma;
  final float[] total;
  final float[] totalSigma;
  final float[] error;
  final float[] rFactor;
  final float[] chiSquare;
  final float[] support;

  /// All unknown.
  FitMaps(Grid grid, List<String> names, Workers workers) {
    this(grid, names, Float.NaN, workers);
  }

  /// For one who sets or clears every pixel.
  static FitMaps unfilled(Grid grid, List<String> names, Workers workers) {
    return new FitMaps(grid, names, 0, workers);
  }

  private FitMaps(Grid grid, List<String> names, float before, Workers workers) {
    this.grid = grid;
    this.names = names;
    int n = names.size();
    float[][] all = new float[4 * n + 6][];
    workers.forEach(
        all.length,
        (plane, worker) -> {
          all[plane] = new float[grid.size()];
          if (before != 0) {
            Arrays.fill(all[plane], before);
          }
        });
    amount = Arrays.copyOfRange(all, 0, n);
    amountSigma = Arrays.copyOfRange(all, n, 2 * n);
    fraction = Arrays.copyOfRange(all, 2 * n, 3 * n);
    fractionSigma = Arrays.copyOfRange(all, 3 * n, 4 * n);
    total = all[4 * n];
    totalSigma = all[4 * n + 1];
    error = all[4 * n + 2];
    rFactor = all[4 * n + 3];
    chiSquare = all[4 * n + 4];
    support = all[4 * n + 5];
  }

  Grid grid() {
    return grid;
  }

  List<String> names() {
    return names;
  }

  /// Amounts x of the references at one pixel and what follows from them. With S = Σ x_k and
  /// f_k = x_k/S,
  ///
  ///     σ²(f_k) = (C_kk − 2 f_k Σ_l C_kl + f_k² Σ_lm C_lm)/S²
  ///
  /// @param x amounts; what stands behind the references is not looked at
  /// @param c covariance as it is without bounds, rows of `stride` values
  /// @param bound whether an amount stands at a bound
  void set(int pixel, double[] x, double[] c, int stride, boolean bound) {
    int n = amount.length;
    double sum = 0;
    double variance = 0;
    for (int k = 0; k < n; k++) {
      sum += x[k];
      for (int l = 0; l < n; l++) {
        variance += c[k * stride + l];
      }
    }
    total[pixel] = (float) sum;
    totalSigma[pixel] = (float) Math.sqrt(variance);
    double worst = 0;
    for (int k = 0; k < n; k++) {
      amount[k][pixel] = (float) x[k];
      amountSigma[k][pixel] = (float) Math.sqrt(c[k * stride + k]);
      if (sum > 0) {
        double f = x[k] / sum;
        double row = 0;
        for (int l = 0; l < n; l++) {
          row += c[k * stride + l];
        }
        double own = Math.max(0, c[k * stride + k] - 2 * f * row + f * f * variance);
        double sigma = Math.sqrt(own) / sum;
        fraction[k][pixel] = (float) f;
        fractionSigma[k][pixel] = (float) sigma;
        worst = Math.max(worst, sigma);
      }
    }
    boolean determined = sum > LEAST_MATTER * Math.sqrt(variance) && worst < IGNORANCE;
    support[pixel] = determined ? bound ? 0.5f : 1 : 0;
  }

  /// A run of pixels: what they are and what is made of it, all arrays with the same index, so that
  /// the loops over them are vectorised.
  static final class Block {
    final float[][] amounts;
    final float[] rest = new float[PixelBlocks.SIZE];
    final float[] squares = new float[PixelBlocks.SIZE];
    private final float[] total = new float[PixelBlocks.SIZE];
    private final float[] noise = new float[PixelBlocks.SIZE];
    private final float[] made = new float[PixelBlocks.SIZE];
    private final float[] share = new float[PixelBlocks.SIZE];
    private final float[] worst = new float[PixelBlocks.SIZE];

    Block(int references) {
      amounts = new float[references][PixelBlocks.SIZE];
    }
  }

  /// The same for a run of pixels whose covariance is that of one noise.
  ///
  /// @param b amounts, Σ r² and Σ y²
  /// @param c covariance for noise 1, rows of `stride` values
  /// @param energies of the fit with `stride` columns
  void set(int first, int length, Block b, boolean[] bound, double[] c, int stride, int energies) {
    int n = amount.length;
    float perFreedom = 1f / (energies - stride);
    Arrays.fill(b.total, 0);
    Arrays.fill(b.worst, 0);
    for (int k = 0; k < n; k++) {
      add(b.amounts[k], b.total, length);
      System.arraycopy(b.amounts[k], 0, amount[k], first, length);
    }
    for (int i = 0; i < length; i++) {
      b.noise[i] = (float) Math.sqrt(b.rest[i] * perFreedom);
    }
    double variance = 0;
    for (int k = 0; k < n; k++) {
      double row = 0;
      for (int l = 0; l < n; l++) {
        row += c[k * stride + l];
      }
      variance += row;
    }
    for (int k = 0; k < n; k++) {
      double row = 0;
      for (int l = 0; l < n; l++) {
        row += c[k * stride + l];
      }
      scale(b.noise, (float) Math.sqrt(c[k * stride + k]), b.made, length);
      System.arraycopy(b.made, 0, amountSigma[k], first, length);
      shares(b.amounts[k], b.total, b.share, length);
      System.arraycopy(b.share, 0, fraction[k], first, length);
      errors(b, (float) c[k * stride + k], (float) row, (float) variance, length);
      System.arraycopy(b.made, 0, fractionSigma[k], first, length);
    }
    System.arraycopy(b.total, 0, total, first, length);
    float ofTotal = (float) Math.sqrt(variance);
    scale(b.noise, ofTotal, b.made, length);
    System.arraycopy(b.made, 0, totalSigma, first, length);
    for (int i = 0; i < length; i++) {
      boolean determined =
          b.total[i] > LEAST_MATTER * ofTotal * b.noise[i] && b.worst[i] < IGNORANCE;
      support[first + i] = determined ? bound[i] ? 0.5f : 1 : 0;
    }
    scale(b.rest, 1f / energies, b.made, length);
    System.arraycopy(b.made, 0, error, first, length);
    for (int i = 0; i < length; i++) {
      b.made[i] = b.rest[i] / b.squares[i];
    }
    System.arraycopy(b.made, 0, rFactor, first, length);
  }

  private static void add(float[] values, float[] to, int length) {
    for (int i = 0; i < length; i++) {
      to[i] += values[i];
    }
  }

  private static void scale(float[] values, float factor, float[] into, int length) {
    for (int i = 0; i < length; i++) {
      into[i] = values[i] * factor;
    }
  }

  /// NaN where the total is below zero.
  private static void shares(float[] amount, float[] total, float[] into, int length) {
    for (int i = 0; i < length; i++) {
      into[i] = amount[i] / total[i] + 0f * (float) Math.sqrt(total[i]);
    }
  }

  private static void errors(Block b, float own, float row, float all, int length) {
    for (int i = 0; i < length; i++) {
      float f = b.share[i];
      float square = Math.max(0f, own + f * (all * f - 2 * row));
      float sigma = (float) Math.sqrt(square) * b.noise[i] / b.total[i];
      b.made[i] = sigma;
      b.worst[i] = Math.max(b.worst[i], sigma);
    }
  }

  /// NaN: nothing is known of this pixel.
  void clear(int pixel) {
    for (float[][] planes :
        new float[][][] {
          amount,
          amountSigma,
          fraction,
          fractionSigma,
          {total, totalSigma, error, rFactor, chiSquare, support}
        }) {
      for (float[] plane : planes) {
        plane[pixel] = Float.NaN;
      }
    }
  }

  /// Whether the fractions of this pixel mean something.
  boolean determined(int pixel) {
    return support[pixel] > 0;
  }

  /// Adds all to the findings.
  Findings into(Findings findings, boolean noiseKnown) {
    var all = new ArrayList<FoundMap>();
    for (int k = 0; k < names.size(); k++) {
      all.add(map("amount of " + names.get(k), amount[k], amountSigma[k]));
      all.add(map("fraction of " + names.get(k), fraction[k], fractionSigma[k]));
    }
    all.add(map("thickness", total, totalSigma));
    all.add(FoundMap.of("fitting error", "", new RealField(grid, error)));
    all.add(FoundMap.of("R-factor", "", new RealField(grid, rFactor)));
    if (noiseKnown) {
      all.add(FoundMap.of("reduced chi-square", "", new RealField(grid, chiSquare)));
    }
    all.add(FoundMap.of("support", "", new RealField(grid, support)));
    for (var map : all) {
      findings = findings.with(map);
    }
    return findings;
  }

  private FoundMap map(String name, float[] values, float[] sigma) {
    return new FoundMap(
        name, "", new RealField(grid, values), Optional.of(new RealField(grid, sigma)));
  }

  /// Root mean square over the determined pixels; NaN where there are none.
  double rms(float[] values, Workers workers) {
    double[] sums =
        sums(
            workers,
            (i, sum) -> {
              sum[0] += (double) values[i] * values[i];
              sum[1]++;
            });
    return Math.sqrt(sums[0] / sums[1]);
  }

  /// Mean over the determined pixels, weighted by the thickness; NaN where there are none.
  double mean(float[] values, Workers workers) {
    double[] sums =
        sums(
            workers,
            (i, sum) -> {
              sum[0] += (double) values[i] * total[i];
              sum[1] += total[i];
            });
    return sums[0] / sums[1];
  }

  private interface Term {
    void add(int pixel, double[] sum);
  }

  /// Two sums over the determined pixels, block by block.
  private double[] sums(Workers workers, Term term) {
    int blocks = PixelBlocks.count(total.length);
    double[][] parts = new double[blocks][2];
    workers.forEach(
        blocks,
        (block, worker) -> {
          int first = block * PixelBlocks.SIZE;
          int last = Math.min(total.length, first + PixelBlocks.SIZE);
          for (int i = first; i < last; i++) {
            if (determined(i)) {
              term.add(i, parts[block]);
            }
          }
        });
    double[] sums = new double[2];
    for (double[] part : parts) {
      sums[0] += part[0];
      sums[1] += part[1];
    }
    return sums;
  }
}

package argand.singlepixel;

import argand.Paper;
import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.RealField;
import argand.data.BucketSignal;
import argand.data.Planes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The inverse for masks of two levels that are rows of a Hadamard matrix (Sylvester's order,
/// h_k(j)
/// = (−1)^bits(k ∧ j) over the M pixels row by row, M a power of two), in any order, with or
/// without
/// their complements, all or some:
///
/// 1. y = m S + s d c_k, m and d mean and half difference of the levels, s = ±1 for a mask and its
///    complement, S all light, c_k the transform of the image;
/// 2. S from pairs of complements; without, from Σ_k c_k = M x(0) with an empty first pixel; where
///    patterns are missing as well, from the mean signal;
/// 3. x = Σ c_k h_k / M by a fast transform of M log₂ M additions; coefficients not measured are 0.
///
/// Every pixel has the same error, √(Σ σ²(c_k)) / M: noise is spread over all. That of S, which all
/// pixels share, is not in it.
@Paper(
    value =
        "Sloane & Harwit, Masks for Hadamard transform optics, and weighing designs, Appl. Opt. 15,"
            + " 107 (1976)",
    doi = "10.1364/AO.15.000107")
public record HadamardInverse() implements PatternMethod {
  /// Share of the difference of the levels by which a value may miss its level.
  private static final double SHARP = 0.01;

  /// Which mask a pattern is.
  private record Mask(int index, int sign, double mean, double half) {}

  /// All masks of the levels 0 and 1 but the even one, which says nothing of the image.
  ///
  /// @param complements whether each is followed by its complement
  public static Planes patterns(Grid grid, boolean complements) {
    powerOfTwo(grid);
    var planes = new ArrayList<RealField>();
    for (int k = 1; k < grid.size(); k++) {
      for (int sign = 1; sign >= (complements ? -1 : 1); sign -= 2) {
        var plane = new RealField(grid);
        for (int j = 0; j < grid.size(); j++) {
          plane.values()[j] = sign * walsh(k, j) > 0 ? 1 : 0;
        }
        planes.add(plane);
      }
    }
    return Planes.of(planes);
  }

  private static void powerOfTwo(Grid grid) {
    if (Integer.bitCount(grid.size()) != 1) {
      throw new InvalidInput(
          "the number of pixels of Hadamard patterns", grid.size(), "a power of two", "");
    }
  }

  private static int walsh(int k, int j) {
    return (Integer.bitCount(k & j) & 1) == 0 ? 1 : -1;
  }

  @Override
  public Maps solve(Problem p) {
    var a = p.operator();
    powerOfTwo(a.grid());
    var masks = new Mask[a.count()];
    for (int i = 0; i < masks.length; i++) {
      masks[i] = recognised(a.row(i), i);
    }
    var maps = new ArrayList<Map>();
    for (var signal : p.signals()) {
      maps.add(image(a.grid(), masks, signal));
    }
    return new Maps(maps, List.of());
  }

  private static Mask recognised(float[] row, int pattern) {
    double low = row[0];
    double high = row[0];
    for (float value : row) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    double mean = (low + high) / 2;
    double half = (high - low) / 2;
    int sign = row[0] > mean ? 1 : -1;
    int index = 0;
    for (int bit = 1; bit < row.length; bit <<= 1) {
      index |= row[bit] > mean == row[0] > mean ? 0 : bit;
    }
    for (int j = 0; j < row.length; j++) {
      double told = mean + sign * half * walsh(index, j);
      if (!(Math.abs(row[j] - told) <= 2 * SHARP * half)) {
        throw new InvalidInput(
            "pattern " + pattern,
            "no mask of a Hadamard matrix",
            "two levels in the order of a Walsh function",
            "pseudoInverse or plainVariation take any patterns");
      }
    }
    return new Mask(index, sign, mean, half);
  }

  private static Map image(Grid grid, Mask[] masks, BucketSignal signal) {
    int size = grid.size();
    double all = allLight(size, masks, signal.values());
    double[] sum = new double[size];
    double[] variance = new double[size];
    int[] times = new int[size];
    for (int i = 0; i < masks.length; i++) {
      var mask = masks[i];
      sum[mask.index()] += (signal.values()[i] - mask.mean() * all) / (mask.sign() * mask.half());
      double sigma = signal.sigma()[i] / mask.half();
      variance[mask.index()] += sigma * sigma;
      times[mask.index()]++;
    }
    double[] c = new double[size];
    c[0] = all;
    double square = 0;
    for (int k = 1; k < size; k++) {
      if (times[k] > 0) {
        c[k] = sum[k] / times[k];
        square += variance[k] / ((double) times[k] * times[k]);
      }
    }
    transform(c);
    var image = new RealField(grid);
    for (int j = 0; j < size; j++) {
      image.values()[j] = (float) (c[j] / size);
    }
    var sigma = new RealField(grid);
    Arrays.fill(sigma.values(), (float) (Math.sqrt(square) / size));
    return new Map(image, Optional.of(sigma), "none: Hadamard transform", Double.NaN, Double.NaN);
  }

  /// Line 2.
  private static double allLight(int size, Mask[] masks, double[] y) {
    double[][] total = new double[2][size];
    int[][] times = new int[2][size];
    double mean = 0;
    for (int i = 0; i < masks.length; i++) {
      int side = masks[i].sign() > 0 ? 0 : 1;
      total[side][masks[i].index()] += y[i] / masks[i].mean();
      times[side][masks[i].index()]++;
      mean += y[i] / masks[i].mean() / masks.length;
    }
    double pairs = 0;
    int count = 0;
    int single = 0;
    for (int k = 1; k < size; k++) {
      if (times[0][k] > 0 && times[1][k] > 0) {
        pairs += (total[0][k] / times[0][k] + total[1][k] / times[1][k]) / 2;
        count++;
      }
      single += times[0][k] == 1 && times[1][k] == 0 ? 1 : 0;
    }
    if (count > 0) {
      return pairs / count;
    }
    if (single < size - 1) {
      return mean;
    }
    // y/m = S + (d/m) c, Σ_{k>0} c = −S
    double ratio = masks[0].half() / masks[0].mean();
    return mean * masks.length / (masks.length - ratio);
  }

  /// Sums with all Walsh functions, in place.
  static void transform(double[] x) {
    for (int half = 1; half < x.length; half <<= 1) {
      for (int start = 0; start < x.length; start += 2 * half) {
        for (int k = start; k < start + half; k++) {
          double a = x[k];
          double b = x[k + half];
          x[k] = a + b;
          x[k + half] = a - b;
        }
      }
    }
  }
}

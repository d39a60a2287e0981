package argand.singlepixel;

import argand.Paper;
import argand.array.Check;
import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.RealField;
import argand.array.Workers;
import argand.data.Curve;
import argand.data.Planes;
import argand.metric.Ssim;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;

/// How good a set of patterns is, before any sample is exposed.
///
/// Two dependences bear one name in the paper. As printed, δ is the mean correlation of *patterns*
/// (rows of A) over their pixels; as described, it is that of *pixels* (columns of A) over the
/// patterns. The first says whether two exposures are alike, the second whether two pixels can be
/// told apart; only the second falls with the number of patterns.
@Paper(
    value =
        "Li, Chen, Ratner, Blu, Pianetta & Liu, Nanoscale chemical imaging with structured X-ray"
            + " illumination, Proc. Natl. Acad. Sci. 120, e2314542120 (2023)",
    doi = "10.1073/pnas.2314542120")
public final class PatternAnalysis {
  /// Share of the mean singular value below which nothing counts.
  private static final double SMALL = 1e-6;

  private final Grid grid;
  private final float[][] rows;

  /// @param patterns read once where they do not lie in memory
  public PatternAnalysis(Planes patterns) {
    grid = patterns.grid();
    rows = SensingOperator.rows(patterns);
  }

  /// δ as printed: mean over all pairs of the first `count` patterns of their correlation over the
  /// pixels, (|Σ z_i|² − n)/(n (n − 1)) with z_i of mean 0 and length 1.
  public double rowDependence(int count) {
    Check.within("number of patterns", count, 2, rows.length, "");
    double[] sum = new double[grid.size()];
    for (int i = 0; i < count; i++) {
      double[] z = standard(series(i));
      for (int k = 0; k < sum.length; k++) {
        sum[k] += z[k];
      }
    }
    double square = 0;
    for (double s : sum) {
      square += s * s;
    }
    return (square - count) / ((double) count * (count - 1));
  }

  /// Mean |correlation| over the first `count` patterns of pairs of pixels, those of `targets`
  /// evenly spaced ones with all others. With n independent patterns it is √(2/πn) by chance alone.
  public double pixelDependence(int count, int targets) {
    Check.within("number of patterns", count, 3, rows.length, "");
    Check.within("number of target pixels", targets, 1, grid.size(), "");
    double[][] all = standardPixels(count);
    double sum = 0;
    for (int t = 0; t < targets; t++) {
      int target = target(t, targets);
      for (int k = 0; k < all.length; k++) {
        sum += k == target ? 0 : Math.abs(product(all[k], all[target]));
      }
    }
    return sum / ((double) targets * (all.length - 1));
  }

  /// The dependence map: column t belongs to the t-th of `targets` evenly spaced pixels, and holds
  /// its correlation with every other pixel, the nearest first.
  public RealField dependenceMap(int count, int targets) {
    Check.within("number of patterns", count, 3, rows.length, "");
    Check.within("number of target pixels", targets, 1, grid.size(), "");
    double[][] all = standardPixels(count);
    var map = new RealField(Grid.square(grid.size() - 1, targets, grid.pixelY()));
    for (int t = 0; t < targets; t++) {
      int target = target(t, targets);
      int row = target / grid.columns();
      int column = target % grid.columns();
      int[] near =
          IntStream.range(0, grid.size())
              .filter(k -> k != target)
              .boxed()
              .sorted(
                  Comparator.comparingInt(
                      k -> square(k / grid.columns() - row) + square(k % grid.columns() - column)))
              .mapToInt(Integer::intValue)
              .toArray();
      for (int k = 0; k < near.length; k++) {
        map.set(k, t, (float) product(all[near[k]], all[target]));
      }
    }
    return map;
  }

  private int target(int t, int targets) {
    return (int) ((t + 0.5) * grid.size() / targets);
  }

  private static int square(int x) {
    return x * x;
  }

  /// δ as printed and mean |pixel correlation| against the number of patterns.
  public List<Curve> dependenceCurves(int[] counts, int targets) {
    double[] n = Arrays.stream(counts).asDoubleStream().toArray();
    return List.of(
        new Curve(
            "δ of patterns",
            "patterns",
            "mean r",
            n,
            Arrays.stream(counts).mapToDouble(this::rowDependence).toArray()),
        new Curve(
            "of pixels",
            "patterns",
            "mean |r|",
            n,
            Arrays.stream(counts).mapToDouble(c -> pixelDependence(c, targets)).toArray()));
  }

  /// Structural similarity of A⁺A x and x, −1 … 1: how much of a test image these patterns carry.
  public double invertibility(int count, RealField test, Workers workers) {
    Check.within("number of patterns", count, 1, rows.length, "");
    var planes =
        Planes.of(IntStream.range(0, count).mapToObj(i -> new RealField(grid, rows[i])).toList());
    var a = SensingOperator.of(planes);
    var back = new PseudoInverse.Factor(a, SMALL, workers).image(a.apply(test.values(), workers));
    return Ssim.of(back, test, test.max() - test.min());
  }

  /// The same for several numbers of patterns, which share one factorisation L Lᵀ of all products:
  /// that of the first n patterns is its upper left corner, and so is L⁻¹y.
  ///
  /// @param counts rising
  public double[] invertibility(int[] counts, RealField test, Workers workers) {
    int all = counts[counts.length - 1];
    Check.within("number of patterns", all, 1, rows.length, "");
    var gram = Gram.of(rows, all, workers);
    double trace = 0;
    for (int i = 0; i < all; i++) {
      trace += gram.get(i, i);
    }
    double[] y = new double[all];
    for (int i = 0; i < all; i++) {
      gram.add(i, i, SMALL * SMALL * trace / all);
      for (int k = 0; k < grid.size(); k++) {
        y[i] += (double) rows[i][k] * test.values()[k];
      }
    }
    var cholesky = DecompositionFactory_DDRM.chol(all, true);
    if (!cholesky.decompose(gram)) {
      throw new InvalidInput("the set of patterns", "singular", "patterns that differ", "");
    }
    var lower = cholesky.getT(null);
    for (int i = 0; i < all; i++) {
      for (int j = 0; j < i; j++) {
        y[i] -= lower.get(i, j) * y[j];
      }
      y[i] /= lower.get(i, i);
    }
    double[] similar = new double[counts.length];
    workers.forEach(
        counts.length,
        (c, worker) -> {
          int n = counts[c];
          double[] z = Arrays.copyOf(y, n);
          for (int i = n - 1; i >= 0; i--) {
            z[i] /= lower.get(i, i);
            for (int j = 0; j < i; j++) {
              z[j] -= lower.get(i, j) * z[i];
            }
          }
          double[] sum = new double[grid.size()];
          for (int i = 0; i < n; i++) {
            for (int k = 0; k < sum.length; k++) {
              sum[k] += z[i] * rows[i][k];
            }
          }
          var back = new RealField(grid);
          for (int k = 0; k < sum.length; k++) {
            back.values()[k] = (float) sum[k];
          }
          similar[c] = Ssim.of(back, test, test.max() - test.min());
        });
    return similar;
  }

  /// How the light of one pixel changes from pattern to pattern, over its mean.
  public double[] pixelCurve(int row, int column) {
    double[] curve = new double[rows.length];
    double mean = 0;
    for (int i = 0; i < curve.length; i++) {
      curve[i] = rows[i][row * grid.columns() + column];
      mean += curve[i] / curve.length;
    }
    for (int i = 0; i < curve.length; i++) {
      curve[i] /= mean;
    }
    return curve;
  }

  /// Pearson's correlation of two curves.
  public static double correlation(double[] a, double[] b) {
    Check.same("length of the second curve", b.length, a.length);
    return product(standard(a), standard(b));
  }

  /// The `count` patterns that together span most, in the order in which they add to it: each time
  /// the one whose part outside of those chosen is longest (pivoted Cholesky of the centred Gram
  /// matrix, which maximises its determinant greedily).
  public int[] best(int count) {
    Check.within("number of patterns to choose", count, 1, rows.length, "");
    int n = rows.length;
    double[] mean = new double[grid.size()];
    for (float[] row : rows) {
      for (int k = 0; k < mean.length; k++) {
        mean[k] += (double) row[k] / n;
      }
    }
    double[] rest = new double[n];
    for (int i = 0; i < n; i++) {
      rest[i] = gram(i, i, mean);
    }
    double[][] factor = new double[count][n];
    int[] chosen = new int[count];
    for (int step = 0; step < count; step++) {
      int most = 0;
      for (int i = 1; i < n; i++) {
        most = rest[i] > rest[most] ? i : most;
      }
      if (!(rest[most] > 0)) {
        throw new InvalidInput(
            "the number of independent patterns", step, "at least " + count, "choose fewer");
      }
      chosen[step] = most;
      double root = Math.sqrt(rest[most]);
      for (int i = 0; i < n; i++) {
        double value = gram(i, most, mean);
        for (int before = 0; before < step; before++) {
          value -= factor[before][i] * factor[before][most];
        }
        factor[step][i] = value / root;
        rest[i] -= factor[step][i] * factor[step][i];
      }
      rest[most] = Double.NEGATIVE_INFINITY;
    }
    return chosen;
  }

  private double gram(int i, int j, double[] mean) {
    double sum = 0;
    for (int k = 0; k < mean.length; k++) {
      sum += (rows[i][k] - mean[k]) * (rows[j][k] - mean[k]);
    }
    return sum;
  }

  private double[] series(int pattern) {
    double[] series = new double[grid.size()];
    for (int k = 0; k < series.length; k++) {
      series[k] = rows[pattern][k];
    }
    return series;
  }

  private double[][] standardPixels(int count) {
    double[][] all = new double[grid.size()][count];
    for (int i = 0; i < count; i++) {
      for (int k = 0; k < all.length; k++) {
        all[k][i] = rows[i][k];
      }
    }
    for (int k = 0; k < all.length; k++) {
      all[k] = standard(all[k]);
    }
    return all;
  }

  /// Less its mean, over its length; 0 where it does not vary.
  private static double[] standard(double[] series) {
    double mean = Arrays.stream(series).average().orElse(0);
    double[] z = new double[series.length];
    double square = 0;
    for (int i = 0; i < z.length; i++) {
      z[i] = series[i] - mean;
      square += z[i] * z[i];
    }
    double length = square > 0 ? Math.sqrt(square) : 1;
    for (int i = 0; i < z.length; i++) {
      z[i] /= length;
    }
    return z;
  }

  private static double product(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}

package argand.multivariate;

import argand.Paper;
import argand.array.Workers;
import java.util.Arrays;
import java.util.SplittableRandom;

/// How well groups are told apart: of each point (b − a)/max(a, b), a its mean distance from the
/// others of its group, b that from the points of the nearest other group; 1 is well apart, 0 on
/// the
/// border, below 0 in the wrong group.
@Paper(
    value = "P. J. Rousseeuw, J. Comput. Appl. Math. 20, 53–65 (1987)",
    doi = "10.1016/0377-0427(87)90125-7")
public final class Silhouette {
  /// The number of distances goes as its square.
  private static final int SAMPLE = 2000;

  private static final int MOST = 8;
  private static final int STARTS = 10;

  private Silhouette() {}

  /// Mean over the points of groups of more than one; for small numbers of points only.
  public static double of(Points points, int[] label, int count, Workers workers) {
    int n = points.count();
    int features = points.features();
    double[][] x = new double[n][features];
    points.forEach(
        workers,
        (block, first, length, values, worker) -> {
          for (int i = 0; i < length; i++) {
            for (int f = 0; f < features; f++) {
              x[first + i][f] = values[f * Points.BLOCK + i];
            }
          }
        });
    int[] members = new int[count];
    for (int k : label) {
      members[k]++;
    }
    double[] silhouette = new double[n];
    workers.forEach(n, (i, worker) -> silhouette[i] = silhouette(x, i, label, members));
    return Arrays.stream(silhouette).average().orElse(0);
  }

  private static double silhouette(double[][] x, int i, int[] label, int[] members) {
    if (members[label[i]] < 2) {
      return 0;
    }
    double[] sum = new double[members.length];
    for (int j = 0; j < x.length; j++) {
      double square = 0;
      for (int f = 0; f < x[i].length; f++) {
        double d = x[i][f] - x[j][f];
        square += d * d;
      }
      sum[label[j]] += Math.sqrt(square);
    }
    double own = sum[label[i]] / (members[label[i]] - 1);
    double other = Double.POSITIVE_INFINITY;
    for (int k = 0; k < sum.length; k++) {
      if (k != label[i] && members[k] > 0) {
        other = Math.min(other, sum[k] / members[k]);
      }
    }
    return Double.isInfinite(other) ? 0 : (other - own) / Math.max(own, other);
  }

  /// The number of k-means clusters from 2 to 8 whose silhouette over a sample is greatest.
  static int best(Points points, long seed, Workers workers) {
    var sample = points.sample(SAMPLE, seed);
    int best = 1;
    double greatest = Double.NEGATIVE_INFINITY;
    for (int k = 2; k <= Math.min(MOST, sample.count() - 1); k++) {
      var random = new SplittableRandom(seed + k);
      Partition least = null;
      for (int r = 0; r < STARTS; r++) {
        var start = Lloyd.start(sample, k, random, workers);
        var tried = new Lloyd(sample, start, false, workers).run(100, 0);
        if (least == null || tried.inertia() < least.inertia()) {
          least = tried;
        }
      }
      double silhouette = of(sample, java.util.Objects.requireNonNull(least).label(), k, workers);
      if (silhouette > greatest) {
        greatest = silhouette;
        best = k;
      }
    }
    return best;
  }
}

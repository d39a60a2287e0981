package argand.multivariate;

import argand.Paper;
import argand.array.Check;
import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// Whether quantities of few things go together, by their ranks alone, and how probable that is by
/// chance: by permutations, so that nothing need be normal and few things are no trouble.
///
/// Spearman: ρ is Pearson's coefficient of the ranks. Kruskal and Wallis:
/// H = 12/(n(n + 1)) Σ_g n_g (r̄_g − (n + 1)/2)² over groups, equal values with their mean rank.
/// p = (1 + permutations that are as extreme)/(1 + permutations).
///
/// @param statistic ρ, or H
/// @param chance p; not below 1/(1 + permutations)
@Paper(
    value =
        "Kruskal & Wallis, Use of ranks in one-criterion variance analysis, J. Am. Stat. Assoc. 47,"
            + " 583 (1952)",
    doi = "10.1080/01621459.1952.10483441")
public record RankTest(double statistic, double chance) {
  private static final int PERMUTATIONS = 20_000;

  /// Equal for rounding.
  private static final double SAME = 1e-9;

  private interface Statistic {
    double of(double[] ranks);
  }

  /// ρ of two quantities of the same things; two-sided.
  public static RankTest spearman(double[] x, double[] y, long seed) {
    Check.same("length of the second quantity", y.length, x.length);
    Check.atLeast("things", x.length, 3);
    double[] a = centred(ranks(x));
    double[] b = centred(ranks(y));
    double scale = Math.sqrt(dot(a, a) * dot(b, b));
    if (scale == 0) {
      return new RankTest(0, 1);
    }
    double rho = dot(a, b) / scale;
    double chance = chance(b, ranks -> Math.abs(dot(a, ranks) / scale), Math.abs(rho), seed);
    return new RankTest(rho, chance);
  }

  /// H of one quantity in groups.
  ///
  /// @param group 0, 1, … of each
  public static RankTest kruskal(double[] values, int[] group, long seed) {
    Check.same("groups", group.length, values.length);
    Check.atLeast("things", values.length, 3);
    int groups = Arrays.stream(group).max().orElse(0) + 1;
    double[] size = new double[groups];
    for (int one : group) {
      size[one]++;
    }
    Statistic h =
        ranks -> {
          double[] sum = new double[groups];
          for (int i = 0; i < ranks.length; i++) {
            sum[group[i]] += ranks[i];
          }
          double total = 0;
          for (int g = 0; g < groups; g++) {
            double off = size[g] == 0 ? 0 : sum[g] / size[g] - (ranks.length + 1) / 2.0;
            total += size[g] * off * off;
          }
          return 12 * total / (ranks.length * (ranks.length + 1.0));
        };
    double[] ranks = ranks(values);
    double found = h.of(ranks);
    return new RankTest(found, chance(ranks, h, found, seed));
  }

  private static double chance(double[] ranks, Statistic statistic, double found, long seed) {
    var random = new SplittableRandom(seed);
    double[] shuffled = ranks.clone();
    int extreme = 0;
    for (int k = 0; k < PERMUTATIONS; k++) {
      for (int i = shuffled.length - 1; i > 0; i--) {
        int j = random.nextInt(i + 1);
        double swap = shuffled[i];
        shuffled[i] = shuffled[j];
        shuffled[j] = swap;
      }
      extreme += statistic.of(shuffled) >= found - SAME ? 1 : 0;
    }
    return (1.0 + extreme) / (1 + PERMUTATIONS);
  }

  /// 1 … n, equal values with the mean of their ranks.
  private static double[] ranks(double[] values) {
    int[] order =
        IntStream.range(0, values.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> values[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] ranks = new double[values.length];
    for (int i = 0; i < order.length; ) {
      int end = i;
      while (end + 1 < order.length && values[order[end + 1]] == values[order[i]]) {
        end++;
      }
      for (int k = i; k <= end; k++) {
        ranks[order[k]] = (i + end) / 2.0 + 1;
      }
      i = end + 1;
    }
    return ranks;
  }

  private static double[] centred(double[] ranks) {
    double mean = (ranks.length + 1) / 2.0;
    return Arrays.stream(ranks).map(r -> r - mean).toArray();
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}

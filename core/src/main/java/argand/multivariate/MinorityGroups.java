package argand.multivariate;

import argand.Param;
import argand.array.Check;
import argand.array.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/// Small groups of points that are like each other and unlike all others, among very many points
/// that are read a few times, block by block.
///
/// 1. Principal directions of all points; what noise leaves in the others is σ² in each. A mixture
///    of normal distributions over the scores of a sample is the majority.
/// 2. A point is strange when it lies far from the principal directions, or where the majority's
///    density at its scores is low; half of the candidates are the strangest in the one way, half
///    in the other.
/// 3. The candidates are put into groups (a Gaussian mixture of the number with the least BIC, over
///    their own principal directions). Tails of noise have no common direction: their mean lies in
///    the majority. A group whose mean lies `separation` standard deviations or more away from it
///    is a minority.
/// 4. To the scores come those along the minorities' own directions, at right angles to the
///    principal ones; in this space majority and minorities are one mixture, and two rounds of
///    expectation and maximization over all points give each point to one of its parts.
///
/// @param label 0 for the majority, 1 … for the minorities, the smallest first
/// @param groups the minorities in that order
public record MinorityGroups(int[] label, List<Group> groups) {
  /// One of them.
  ///
  /// @param mean of its points
  /// @param members number of its points
  /// @param separation of its mean from the majority, in standard deviations of a point
  public record Group(double[] mean, int members, double separation) {}

  /// What is asked for.
  public record Search(
      @Param(value = "share of all points that are looked at closely", byDefault = "0.003")
          double candidates,
      @Param(
              value = "standard deviations of a point by which a group must lie apart",
              byDefault = "4")
          double separation,
      @Param(value = "largest share of all points that is a minority", byDefault = "0.02")
          double largest,
      @Param(value = "normal distributions that the majority is made of", byDefault = "8")
          int majority) {
    public Search {
      Check.within("candidates", candidates, 1e-6, 0.2, "");
      Check.within("separation", separation, 1, 100, "");
      Check.within("largest", largest, 1e-6, 0.5, "");
      Check.within("majority", majority, 1, 64, "");
    }

    public static Search defaults() {
      return new Search(0.003, 4, 0.02, 8);
    }
  }

  private static final int SAMPLE = 50_000;
  private static final int DIRECTIONS = 8;
  private static final int MOST_GROUPS = 8;
  private static final int MOST_CANDIDATES = 100_000;
  private static final int FEWEST = 8;
  private static final int ROUNDS = 2;

  public static MinorityGroups of(Points points, Search search, long seed, Workers workers) {
    double[] ones = new double[points.features()];
    Arrays.fill(ones, 1);
    var eigen = Eigenspectra.of(points, true, ones, workers);
    int d = Math.clamp(SignificantComponents.of(eigen, false).indicator(), 1, DIRECTIONS);
    d = Math.min(d, points.features());
    var sample = points.sample(SAMPLE, seed);
    var majority =
        large(
            new GaussianMixture(OptionalInt.of(search.majority()), 60)
                .parts(eigen.scores(sample, d), search.majority(), seed, workers),
            search.largest());
    var strange = new Strangeness(eigen, d, majority);
    strange.limit(sample, search.candidates(), workers);
    var candidates = candidates(points, strange, workers);
    var found = groups(candidates, strange, search, seed, workers);
    if (found.isEmpty()) {
      return new MinorityGroups(new int[points.count()], List.of());
    }
    return assigned(points, eigen, d, majority, found, candidates, search, workers);
  }

  /// Without parts that are themselves as small as a minority.
  private static GaussianMixture.Parts large(GaussianMixture.Parts all, double share) {
    int[] kept =
        IntStream.range(0, all.logShare().length)
            .filter(k -> all.logShare()[k] >= Math.log(share))
            .toArray();
    if (kept.length == 0) {
      return all;
    }
    return new GaussianMixture.Parts(
        Arrays.stream(kept).mapToDouble(k -> all.logShare()[k]).toArray(),
        Arrays.stream(kept).mapToObj(k -> all.gaussians()[k]).toArray(Gaussian[]::new));
  }

  /// The strange points; where these are too many, evenly some of them.
  private static Points candidates(Points points, Strangeness strange, Workers workers) {
    boolean[] is = new boolean[points.count()];
    strange.forEach(points, workers, (i, off, in) -> is[i] = strange.isStrange(off, in));
    int count = 0;
    for (boolean one : is) {
      count += one ? 1 : 0;
    }
    int step = Math.max(1, (count + MOST_CANDIDATES - 1) / MOST_CANDIDATES);
    int[] chosen = new int[(count + step - 1) / step];
    int seen = 0;
    for (int i = 0; i < is.length; i++) {
      if (is[i] && seen++ % step == 0) {
        chosen[(seen - 1) / step] = i;
      }
    }
    return gathered(points, chosen);
  }

  /// These points held in memory.
  private static Points gathered(Points points, int[] chosen) {
    float[][] values = new float[points.features()][Math.max(1, chosen.length)];
    float[] buffer = new float[points.features() * Points.BLOCK];
    int i = 0;
    while (i < chosen.length) {
      int first = chosen[i] / Points.BLOCK * Points.BLOCK;
      int length = Math.min(Points.BLOCK, points.count() - first);
      points.read(first, length, buffer);
      for (; i < chosen.length && chosen[i] < first + length; i++) {
        for (int f = 0; f < values.length; f++) {
          values[f][i] = buffer[f * Points.BLOCK + chosen[i] - first];
        }
      }
    }
    return Points.of(values);
  }

  /// A minority among the candidates: its mean there, and which candidates it holds.
  private record Seen(double[] mean, int[] label, int number, double separation) {}

  private static List<Seen> groups(
      Points candidates, Strangeness strange, Search search, long seed, Workers workers) {
    var seen = new ArrayList<Seen>();
    if (candidates.count() < 2 * FEWEST) {
      return seen;
    }
    double[] ones = new double[candidates.features()];
    Arrays.fill(ones, 1);
    var own = Eigenspectra.of(candidates, true, ones, workers);
    int d = Math.min(candidates.features(), MOST_GROUPS);
    var scores = own.scores(candidates, d);
    var partition = new GaussianMixture(OptionalInt.empty(), 100).of(scores, seed, workers);
    double[][] means = Partition.centres(candidates, partition.label(), partition.count(), workers);
    int[] members = new int[partition.count()];
    for (int k : partition.label()) {
      members[k]++;
    }
    for (int k = 0; k < means.length; k++) {
      if (members[k] >= FEWEST) {
        double separation = strange.separation(means[k]);
        if (separation >= search.separation()) {
          seen.add(new Seen(means[k], partition.label(), k, separation));
        }
      }
    }
    return seen;
  }

  private static MinorityGroups assigned(
      Points points,
      Eigenspectra eigen,
      int d,
      GaussianMixture.Parts majority,
      List<Seen> found,
      Points candidates,
      Search search,
      Workers workers) {
    var wider = widened(eigen, d, found);
    int all = wider.vectors().length;
    double noise = floor(eigen, d);
    int bulk = majority.gaussians().length;
    int parts = bulk + found.size();
    var gaussians = new Gaussian[parts];
    double[] logShare = Arrays.copyOf(majority.logShare(), parts);
    for (int k = 0; k < bulk; k++) {
      gaussians[k] = wider(majority.gaussians()[k], all, noise);
    }
    var scores = wider.scores(candidates, all);
    for (int g = 0; g < found.size(); g++) {
      int members = 0;
      for (int k : found.get(g).label()) {
        members += k == found.get(g).number() ? 1 : 0;
      }
      gaussians[bulk + g] = gaussian(scores, found.get(g), noise, workers);
      logShare[bulk + g] = Math.log(Math.max(1.0, members) / points.count());
    }
    var start = new GaussianMixture.Parts(logShare, gaussians);
    int[] label =
        new GaussianMixture(OptionalInt.of(parts), ROUNDS)
            .improved(wider.scores(points, all), start, workers);
    return ranked(points, label, bulk, found, search, workers);
  }

  /// With noise alone along the further directions, which lie at right angles to all that differs
  /// in
  /// the majority.
  private static Gaussian wider(Gaussian part, int all, double noise) {
    int d = part.mean().length;
    double[][] covariance = new double[all][all];
    for (int r = 0; r < all; r++) {
      for (int c = 0; r < d && c < d; c++) {
        covariance[r][c] = part.covariance()[r][c];
      }
      if (r >= d) {
        covariance[r][r] = noise;
      }
    }
    return Gaussian.of(Arrays.copyOf(part.mean(), all), covariance, 0.1 * noise);
  }

  private static double floor(Eigenspectra eigen, int d) {
    double rest = 0;
    for (int k = d; k < eigen.values().length; k++) {
      rest += eigen.values()[k];
    }
    return rest / Math.max(1, eigen.values().length - d);
  }

  /// The principal directions and, at right angles to them, those of the minorities.
  private static Eigenspectra widened(Eigenspectra eigen, int d, List<Seen> found) {
    var directions = new ArrayList<double[]>();
    for (int k = 0; k < d; k++) {
      directions.add(eigen.vectors()[k]);
    }
    for (var group : found) {
      double[] v = new double[eigen.mean().length];
      double before = 0;
      for (int f = 0; f < v.length; f++) {
        v[f] = group.mean()[f] - eigen.mean()[f];
        before += v[f] * v[f];
      }
      for (double[] u : directions) {
        double dot = 0;
        for (int f = 0; f < v.length; f++) {
          dot += u[f] * v[f];
        }
        for (int f = 0; f < v.length; f++) {
          v[f] -= dot * u[f];
        }
      }
      double square = 0;
      for (double x : v) {
        square += x * x;
      }
      if (square > 1e-6 * before && directions.size() < v.length) {
        double length = Math.sqrt(square);
        directions.add(Arrays.stream(v).map(x -> x / length).toArray());
      }
    }
    return new Eigenspectra(
        eigen.mean(),
        eigen.weight(),
        directions.toArray(double[][]::new),
        eigen.values(),
        eigen.points());
  }

  /// Mean and covariance of a group's candidates, which at least noise makes wide.
  private static Gaussian gaussian(Points scores, Seen group, double noise, Workers workers) {
    int d = scores.features();
    double[][] sums = new double[1 + d][d + 1];
    float[] buffer = new float[d * Points.BLOCK];
    double[] x = new double[d];
    for (int block = 0; block < scores.blocks(); block++) {
      int first = block * Points.BLOCK;
      int length = Math.min(Points.BLOCK, scores.count() - first);
      scores.read(first, length, buffer);
      for (int i = 0; i < length; i++) {
        if (group.label()[first + i] == group.number()) {
          for (int f = 0; f < d; f++) {
            x[f] = buffer[f * Points.BLOCK + i];
            sums[d][f] += x[f];
          }
          sums[d][d]++;
          for (int r = 0; r < d; r++) {
            for (int c = 0; c < d; c++) {
              sums[r][c] += x[r] * x[c];
            }
          }
        }
      }
    }
    double n = sums[d][d];
    double[] mean = new double[d];
    for (int f = 0; f < d; f++) {
      mean[f] = sums[d][f] / n;
    }
    double[][] covariance = new double[d][d];
    for (int r = 0; r < d; r++) {
      for (int c = 0; c < d; c++) {
        covariance[r][c] = sums[r][c] / n - mean[r] * mean[c];
      }
      covariance[r][r] = Math.max(covariance[r][r], noise);
    }
    return Gaussian.of(mean, covariance, 0.1 * noise);
  }

  /// Minorities that stayed small, smallest first; one that grew is part of the majority.
  private static MinorityGroups ranked(
      Points points, int[] label, int bulk, List<Seen> found, Search search, Workers workers) {
    int[] members = new int[bulk + found.size()];
    for (int k : label) {
      members[k]++;
    }
    var order = new ArrayList<Integer>();
    for (int g = 0; g < found.size(); g++) {
      int n = members[bulk + g];
      if (n > 0 && n <= search.largest() * points.count()) {
        order.add(g);
      }
    }
    order.sort(Comparator.comparingInt(g -> members[bulk + g]));
    int[] name = new int[members.length];
    for (int rank = 0; rank < order.size(); rank++) {
      name[bulk + order.get(rank)] = rank + 1;
    }
    for (int i = 0; i < label.length; i++) {
      label[i] = name[label[i]];
    }
    double[][] means = Partition.centres(points, label, order.size() + 1, workers);
    var groups = new ArrayList<Group>();
    for (int rank = 0; rank < order.size(); rank++) {
      int g = order.get(rank);
      groups.add(new Group(means[rank + 1], members[bulk + g], found.get(g).separation()));
    }
    return new MinorityGroups(label, List.copyOf(groups));
  }
}

package argand.multivariate;

import argand.Paper;
import argand.Param;
import argand.array.Check;
import argand.array.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;

/// Ward's hierarchical clusters: always the two groups are joined whose joining adds least to the
/// sum of squared distances from the means,
///
///     Δ(a, b) = n_a n_b / (n_a + n_b) · |c_a − c_b|².                                      (1)
///
/// More than a thousand points are first put into five hundred small groups by k-means, and these
/// are joined with their weights. Without a number of clusters, the tree is cut where the step from
/// one joining to the next is greatest on a logarithmic scale, between 2 and 8 groups.
@Paper(value = "J. H. Ward, J. Am. Stat. Assoc. 58, 236–244 (1963)", doi = "10.2307/2282967")
public record Hierarchical(
    @Param("number of clusters; without it, where the tree's joinings jump most, from 2 to 8")
        OptionalInt clusters)
    implements Clustering {
  private static final int EXACT = 1000;
  private static final int SMALL_GROUPS = 500;
  private static final int SAMPLE = 20_000;
  private static final int MOST = 8;

  public Hierarchical {
    clusters.ifPresent(k -> Check.within("clusters", k, 1, SMALL_GROUPS, ""));
  }

  @Override
  public Partition of(Points points, long seed, Workers workers) {
    clusters.ifPresent(k -> KMeans.enough(points, k));
    int[] leaf = new int[points.count()];
    double[][] centres;
    double[] weight;
    if (points.count() <= EXACT) {
      centres = new double[points.count()][];
      for (int i = 0; i < leaf.length; i++) {
        leaf[i] = i;
        centres[i] = Lloyd.point(points, i);
      }
      weight = new double[leaf.length];
      Arrays.fill(weight, 1);
    } else {
      var sample = points.sample(SAMPLE, seed);
      var start = Lloyd.start(sample, SMALL_GROUPS, new SplittableRandom(seed), workers);
      var small = new Lloyd(sample, start, false, workers).run(15, 1e-3);
      var all = new Lloyd(points, small.centres(), false, workers);
      all.run(1, 1);
      System.arraycopy(all.run(1, 1).label(), 0, leaf, 0, leaf.length);
      centres = Partition.centres(points, leaf, SMALL_GROUPS, workers);
      weight = new double[SMALL_GROUPS];
      for (int of : leaf) {
        weight[of]++;
      }
    }
    var tree = new Tree(centres, weight);
    int k = clusters.orElseGet(tree::jump);
    int[] group = tree.cut(k);
    int[] label = new int[leaf.length];
    for (int i = 0; i < label.length; i++) {
      label[i] = group[leaf[i]];
    }
    double[][] means = Partition.centres(points, label, k, workers);
    return Partition.ordered(label, means, tree.inertia(k), 1);
  }

  /// The joinings, least first, by chains of nearest neighbours: what is nearest to each other is
  /// joined at once, which for (1) gives the same tree as always joining the least.
  private static final class Tree {
    private record Joining(int a, int b, double height) {}

    private final int leaves;
    private final List<Joining> joinings = new ArrayList<>();

    Tree(double[][] leafCentres, double[] leafWeight) {
      // Leaves without points take no part: they are joined to the first for nothing.
      double[][] centre = Arrays.stream(leafCentres).map(double[]::clone).toArray(double[][]::new);
      double[] weight = leafWeight.clone();
      leaves = centre.length;
      boolean[] alive = new boolean[leaves];
      int first = 0;
      while (weight[first] == 0) {
        first++;
      }
      int living = 0;
      for (int i = 0; i < leaves; i++) {
        alive[i] = weight[i] > 0;
        living += alive[i] ? 1 : 0;
        if (!alive[i]) {
          joinings.add(new Joining(first, i, 0));
        }
      }
      var chain = new ArrayList<Integer>();
      while (living > 1) {
        if (chain.isEmpty()) {
          int any = 0;
          while (!alive[any]) {
            any++;
          }
          chain.add(any);
        }
        int last = chain.getLast();
        int before = chain.size() > 1 ? chain.get(chain.size() - 2) : -1;
        int near = before;
        double least = before >= 0 ? cost(centre, weight, last, before) : Double.POSITIVE_INFINITY;
        for (int i = 0; i < leaves; i++) {
          if (alive[i] && i != last) {
            double cost = cost(centre, weight, last, i);
            if (cost < least) {
              least = cost;
              near = i;
            }
          }
        }
        if (near != before) {
          chain.add(near);
          continue;
        }
        chain.removeLast();
        chain.removeLast();
        joinings.add(new Joining(last, near, least));
        for (int f = 0; f < centre[last].length; f++) {
          centre[last][f] =
              (weight[last] * centre[last][f] + weight[near] * centre[near][f])
                  / (weight[last] + weight[near]);
        }
        weight[last] += weight[near];
        alive[near] = false;
        living--;
      }
      joinings.sort(Comparator.comparingDouble(Joining::height));
    }

    /// (1)
    private static double cost(double[][] centre, double[] weight, int a, int b) {
      double square = 0;
      for (int f = 0; f < centre[a].length; f++) {
        double d = centre[a][f] - centre[b][f];
        square += d * d;
      }
      return weight[a] * weight[b] / (weight[a] + weight[b]) * square;
    }

    /// Group of each leaf when `k` groups are left.
    int[] cut(int k) {
      int[] parent = new int[leaves];
      Arrays.setAll(parent, i -> i);
      for (int j = 0; j < leaves - k; j++) {
        parent[root(parent, joinings.get(j).b())] = root(parent, joinings.get(j).a());
      }
      int[] name = new int[leaves];
      Arrays.fill(name, -1);
      int[] group = new int[leaves];
      int names = 0;
      for (int i = 0; i < leaves; i++) {
        int root = root(parent, i);
        if (name[root] < 0) {
          name[root] = names++;
        }
        group[i] = name[root];
      }
      return group;
    }

    private static int root(int[] parent, int i) {
      int at = i;
      while (parent[at] != at) {
        parent[at] = parent[parent[at]];
        at = parent[at];
      }
      return at;
    }

    /// Sum of the costs of the joinings down to `k` groups.
    double inertia(int k) {
      double sum = 0;
      for (int j = 0; j < leaves - k; j++) {
        sum += joinings.get(j).height();
      }
      return sum;
    }

    int jump() {
      int best = 1;
      double greatest = 0;
      for (int k = 2; k <= Math.min(MOST, joinings.size()); k++) {
        // Joining number leaves − k leads from k groups to k − 1.
        double next = joinings.get(leaves - k).height();
        double before = leaves - k > 0 ? joinings.get(leaves - k - 1).height() : 0;
        double ratio = next / Math.max(before, 1e-300);
        if (ratio > greatest) {
          greatest = ratio;
          best = k;
        }
      }
      return best;
    }
  }
}

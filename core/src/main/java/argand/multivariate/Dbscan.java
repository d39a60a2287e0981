package argand.multivariate;

import argand.Paper;
import argand.Param;
import argand.array.Check;
import argand.array.InvalidInput;
import argand.array.Workers;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/// Groups of any form: points that are dense enough, and what is close to them. A point with at
/// least `neighbours` points (itself among them) within the radius is a core; cores within the
/// radius of each other are one group, other points belong to the group of the first core within
/// the radius, or to none.
///
/// Points lie in cells of side radius/√features, so that those of one cell are neighbours and only
/// cells nearby are to be searched: at most four features.
@Paper(
    value =
        "M. Ester, H.-P. Kriegel, J. Sander, X. Xu, Proc. 2nd Int. Conf. Knowledge Discovery and"
            + " Data Mining, 226–231 (1996)",
    doi = "10.5555/3001460.3001507")
public record Dbscan(
    @Param(
            "radius of a neighbourhood, in the unit of the features; without it, from the distances"
                + " of the points of a sample from their neighbours")
        OptionalDouble radius,
    @Param(value = "points that make a neighbourhood dense", byDefault = "8") int neighbours)
    implements Clustering {
  private static final int MOST_FEATURES = 4;
  private static final int SAMPLE = 1000;
  private static final int CELLS = 1 << 15;

  public Dbscan {
    radius.ifPresent(r -> Check.within("radius", r, 1e-12, 1e12, ""));
    Check.within("neighbours", neighbours, 2, 1_000_000, "");
  }

  @Override
  public Partition of(Points points, long seed, Workers workers) {
    if (points.features() > MOST_FEATURES) {
      throw new InvalidInput(
          "the number of features for DBSCAN",
          points.features(),
          "at most " + MOST_FEATURES,
          "cluster on up to four principal components or on a map");
    }
    KMeans.enough(points, neighbours);
    double[][] x = held(points, workers);
    double r = radius.orElseGet(() -> elbow(x, points.sample(SAMPLE, seed), workers));
    var cells = new Cells(x, r);
    boolean[] core = new boolean[x.length];
    workers.forEach(
        (x.length + Points.BLOCK - 1) / Points.BLOCK,
        (block, worker) -> {
          int end = Math.min(x.length, (block + 1) * Points.BLOCK);
          for (int i = block * Points.BLOCK; i < end; i++) {
            core[i] = cells.hasNeighbours(i, neighbours);
          }
        });
    int[] label = cells.groups(core);
    int count = Arrays.stream(label).max().orElse(-1) + 1;
    return Partition.ordered(label, Partition.centres(points, label, count, workers), 0, 1);
  }

  private static double[][] held(Points points, Workers workers) {
    double[][] x = new double[points.count()][points.features()];
    points.forEach(
        workers,
        (block, first, length, values, worker) -> {
          for (int i = 0; i < length; i++) {
            for (int f = 0; f < x[0].length; f++) {
              x[first + i][f] = values[f * Points.BLOCK + i];
            }
          }
        });
    return x;
  }

  /// Distances from the `neighbours`-th neighbour, sorted: where they bend most, which is farthest
  /// below the line from the least to the 98th hundredth.
  private double elbow(double[][] x, Points sample, Workers workers) {
    int n = sample.count();
    double[] distance = new double[n];
    double[][] at = held(sample, workers);
    workers.forEach(n, (i, worker) -> distance[i] = neighbour(x, at[i]));
    Arrays.sort(distance);
    int last = (int) (0.98 * (n - 1));
    int bend = last;
    double most = 0;
    for (int i = 0; i <= last; i++) {
      double line = distance[0] + (distance[last] - distance[0]) * i / Math.max(1, last);
      if (line - distance[i] > most) {
        most = line - distance[i];
        bend = i;
      }
    }
    double found = distance[bend];
    if (!(found > 0)) {
      throw new InvalidInput(
          "the radius of DBSCAN",
          "not to be found: most points have " + neighbours + " others at the same place",
          "a radius",
          "give radius");
    }
    return found;
  }

  private double neighbour(double[][] x, double[] from) {
    double[] least = new double[neighbours];
    Arrays.fill(least, Double.POSITIVE_INFINITY);
    for (double[] to : x) {
      double square = square(from, to);
      if (square < least[neighbours - 1]) {
        int at = neighbours - 1;
        while (at > 0 && least[at - 1] > square) {
          least[at] = least[at - 1];
          at--;
        }
        least[at] = square;
      }
    }
    return Math.sqrt(least[neighbours - 1]);
  }

  private static double square(double[] a, double[] b) {
    double square = 0;
    for (int f = 0; f < a.length; f++) {
      square += (a[f] - b[f]) * (a[f] - b[f]);
    }
    return square;
  }

  /// Points by the cell that they lie in.
  private static final class Cells {
    private final double[][] x;
    private final double squareRadius;
    private final int[][] members;
    private final int[] cellOf;
    private final int[][] near;

    Cells(double[][] x, double radius) {
      this.x = x;
      this.squareRadius = radius * radius;
      int d = x[0].length;
      double side = radius / Math.sqrt(d);
      double[] low = new double[d];
      Arrays.fill(low, Double.POSITIVE_INFINITY);
      for (double[] point : x) {
        for (int f = 0; f < d; f++) {
          low[f] = Math.min(low[f], point[f]);
        }
      }
      long[] key = new long[x.length];
      for (int i = 0; i < x.length; i++) {
        for (int f = 0; f < d; f++) {
          double cell = Math.floor((x[i][f] - low[f]) / side);
          if (cell >= CELLS) {
            throw new InvalidInput(
                "the radius of DBSCAN",
                radius + ", more than " + CELLS + " times less than the points' spread",
                "a larger radius",
                "");
          }
          key[i] |= (long) cell << 16 * f;
        }
      }
      int[] order =
          IntStream.range(0, x.length)
              .boxed()
              .sorted(Comparator.comparingLong(i -> key[i]))
              .mapToInt(Integer::intValue)
              .toArray();
      var numbers = new HashMap<Long, Integer>();
      var found = new java.util.ArrayList<int[]>();
      cellOf = new int[x.length];
      for (int from = 0; from < order.length; ) {
        int to = from;
        while (to < order.length && key[order[to]] == key[order[from]]) {
          cellOf[order[to++]] = found.size();
        }
        numbers.put(key[order[from]], found.size());
        found.add(Arrays.copyOfRange(order, from, to));
        from = to;
      }
      members = found.toArray(int[][]::new);
      near = new int[members.length][];
      int reach = (int) Math.ceil(Math.sqrt(d));
      for (int c = 0; c < near.length; c++) {
        near[c] = near(key[members[c][0]], numbers, d, reach);
      }
    }

    /// Cells that hold points and may lie within the radius of this one, itself first.
    private static int[] near(long key, Map<Long, Integer> numbers, int d, int reach) {
      int span = 2 * reach + 1;
      int all = (int) Math.pow(span, d);
      var cells = IntStream.builder();
      cells.add(java.util.Objects.requireNonNull(numbers.get(key)));
      for (int code = 0; code < all; code++) {
        long other = 0;
        boolean inside = true;
        for (int f = 0, left = code; f < d; f++, left /= span) {
          long cell = (key >> 16 * f & 0xffff) + left % span - reach;
          inside &= cell >= 0 && cell < CELLS;
          other |= cell << 16 * f;
        }
        Integer number = inside && other != key ? numbers.get(other) : null;
        if (number != null) {
          cells.add(number);
        }
      }
      return cells.build().toArray();
    }

    boolean hasNeighbours(int i, int wanted) {
      int found = members[cellOf[i]].length;
      for (int n = 1; n < near[cellOf[i]].length && found < wanted; n++) {
        for (int j : members[near[cellOf[i]][n]]) {
          if (square(x[i], x[j]) <= squareRadius && ++found >= wanted) {
            break;
          }
        }
      }
      return found >= wanted;
    }

    int[] groups(boolean[] core) {
      int[] group = new int[members.length];
      Arrays.fill(group, -1);
      int groups = 0;
      int[] stack = new int[members.length];
      for (int c = 0; c < members.length; c++) {
        if (group[c] >= 0 || !anyCore(c, core)) {
          continue;
        }
        int depth = 0;
        stack[depth++] = c;
        group[c] = groups;
        while (depth > 0) {
          int at = stack[--depth];
          for (int other : near[at]) {
            if (group[other] < 0 && touch(at, other, core)) {
              group[other] = groups;
              stack[depth++] = other;
            }
          }
        }
        groups++;
      }
      int[] label = new int[x.length];
      for (int i = 0; i < label.length; i++) {
        label[i] = core[i] ? group[cellOf[i]] : border(i, core, group);
      }
      return label;
    }

    private boolean anyCore(int cell, boolean[] core) {
      for (int i : members[cell]) {
        if (core[i]) {
          return true;
        }
      }
      return false;
    }

    private boolean touch(int a, int b, boolean[] core) {
      for (int i : members[a]) {
        if (core[i]) {
          for (int j : members[b]) {
            if (core[j] && square(x[i], x[j]) <= squareRadius) {
              return true;
            }
          }
        }
      }
      return false;
    }

    private int border(int i, boolean[] core, int[] group) {
      for (int cell : near[cellOf[i]]) {
        for (int j : members[cell]) {
          if (core[j] && square(x[i], x[j]) <= squareRadius) {
            return group[cell];
          }
        }
      }
      return -1;
    }
  }
}

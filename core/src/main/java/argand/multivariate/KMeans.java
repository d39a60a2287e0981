package argand.multivariate;

import argand.Paper;
import argand.Param;
import argand.array.Check;
import argand.array.InvalidInput;
import argand.array.Workers;
import java.util.OptionalInt;
import java.util.SplittableRandom;

/// k-means: groups whose points are as close to their common mean as can be, Σ|x − c|² least.
///
/// Several starts by k-means++ are tried on a sample; the best one goes on over all points until no
/// point in ten thousand changes its group. With the angle as distance the points are first divided
/// by their lengths and so are the means: 2 − 2 cos of the angle between two spectra, which does
/// not
/// see how thick a sample is.
@Paper(
    value =
        "D. Arthur, S. Vassilvitskii, k-means++: the advantages of careful seeding, Proc. 18th"
            + " ACM-SIAM Symp. Discrete Algorithms, 1027–1035 (2007)",
    doi = "10.5555/1283383.1283494")
public record KMeans(
    @Param("number of clusters; without it, the number of greatest silhouette from 2 to 8")
        OptionalInt clusters,
    @Param(value = "starts that are tried", byDefault = "8") int restarts,
    @Param(value = "most iterations", byDefault = "200") int iterations,
    @Param(value = "what is far", byDefault = "euclidean") Distance distance)
    implements Clustering {
  /// Points that starts are tried on.
  private static final int SAMPLE = 20_000;

  private static final int SAMPLE_ITERATIONS = 40;
  private static final double STILL = 1e-4;

  /// How far two points are from each other.
  public enum Distance {
    EUCLIDEAN,
    /// Between their directions as seen from the origin.
    ANGLE
  }

  public KMeans {
    clusters.ifPresent(k -> Check.within("clusters", k, 1, 1000, ""));
    Check.within("restarts", restarts, 1, 1000, "");
    Check.within("iterations", iterations, 1, 1_000_000, "");
  }

  /// So many clusters, all else by default.
  public static KMeans of(int clusters) {
    return new KMeans(OptionalInt.of(clusters), 8, 200, Distance.EUCLIDEAN);
  }

  @Override
  public Partition of(Points points, long seed, Workers workers) {
    boolean angle = distance == Distance.ANGLE;
    var seen = angle ? points.directions() : points;
    int k = clusters.orElseGet(() -> Silhouette.best(seen, seed, workers));
    enough(points, k);
    var sample = seen.sample(SAMPLE, seed);
    var random = new SplittableRandom(seed);
    double[][] best = new double[0][];
    double least = Double.POSITIVE_INFINITY;
    for (int r = 0; r < restarts; r++) {
      var start = Lloyd.start(sample, k, random, workers);
      var tried = new Lloyd(sample, start, angle, workers).run(SAMPLE_ITERATIONS, 0);
      if (tried.inertia() < least) {
        least = tried.inertia();
        best = tried.centres();
      }
    }
    double still = points.count() <= SAMPLE ? 0 : STILL;
    var all = new Lloyd(seen, best, angle, workers).run(iterations, still);
    double[][] centres = angle ? Partition.centres(points, all.label(), k, workers) : all.centres();
    return Partition.ordered(all.label(), centres, all.inertia(), all.iterations());
  }

  static void enough(Points points, int clusters) {
    if (points.count() < clusters) {
      throw new InvalidInput(
          "the number of points to be put into clusters",
          points.count(),
          "at least " + clusters + ", the number of clusters",
          "");
    }
  }
}

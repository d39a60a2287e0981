package argand.multivariate;

import argand.Paper;
import argand.Param;
import argand.array.Check;
import argand.array.InvalidInput;
import argand.array.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;

/// A mixture of normal distributions of full covariance, by expectation and maximization, on a
/// sample
/// from six starts (k-means, k-means on features of one variance, random) and from the best of them
/// over all points: groups may be long, of different size, and reach into each other. Each point
/// goes to the distribution that it most probably comes from.
///
///     r_ik = π_k N(x_i; μ_k, Σ_k) / Σ_l π_l N(x_i; μ_l, Σ_l)                              (1)
///     π_k = Σ_i r_ik / n,  μ_k = Σ_i r_ik x_i / Σ_i r_ik,  Σ_k likewise                   (2)
///
/// A ten-thousandth of the mean variance is added to every covariance's diagonal. Without a number
/// of clusters, that from 1 to 8 of the least BIC = −2 ln L + p ln n over a sample.
@Paper(
    value = "A. P. Dempster, N. M. Laird, D. B. Rubin, J. R. Stat. Soc. B 39, 1–38 (1977)",
    doi = "10.1111/j.2517-6161.1977.tb01600.x")
public record GaussianMixture(
    @Param("number of clusters; without it, the number of least BIC from 1 to 8")
        OptionalInt clusters,
    @Param(value = "most iterations", byDefault = "200") int iterations)
    implements Clustering {
  /// Covariances of more features cost more than they tell.
  private static final int MOST_FEATURES = 32;

  private static final int SAMPLE = 5000;
  private static final int MOST = 8;
  private static final int RANDOM_STARTS = 4;
  private static final double FLOOR = 1e-4;

  /// Gain of the log-likelihood for a point at which it stops.
  private static final double STILL = 1e-6;

  public GaussianMixture {
    clusters.ifPresent(k -> Check.within("clusters", k, 1, 1000, ""));
    Check.within("iterations", iterations, 1, 1_000_000, "");
  }

  @Override
  public Partition of(Points points, long seed, Workers workers) {
    if (points.features() > MOST_FEATURES) {
      throw new InvalidInput(
          "the number of features for a Gaussian mixture",
          points.features(),
          "at most " + MOST_FEATURES,
          "cluster on some principal components");
    }
    int k = clusters.orElseGet(() -> best(points.sample(SAMPLE, seed), seed, workers));
    KMeans.enough(points, k);
    var fit = fit(points, k, seed, workers);
    return Partition.ordered(
        fit.label,
        Partition.centres(points, fit.label, k, workers),
        -2 * fit.logLikelihood,
        fit.iterations);
  }

  /// The fitted distributions.
  Parts parts(Points points, int k, long seed, Workers workers) {
    return fit(points, k, seed, workers).parts;
  }

  /// The most probable distribution of each point, after no more than `iterations` from these.
  int[] improved(Points points, Parts start, Workers workers) {
    return improve(points, start, floor(points, workers), workers).label;
  }

  /// −2 ln L + p ln n of the fitted mixture.
  double bic(Points points, int k, long seed, Workers workers) {
    int d = points.features();
    double parameters = k - 1 + (double) k * d + k * d * (d + 1) / 2.0;
    return -2 * fit(points, k, seed, workers).logLikelihood + parameters * Math.log(points.count());
  }

  private int best(Points sample, long seed, Workers workers) {
    int best = 1;
    double least = Double.POSITIVE_INFINITY;
    for (int k = 1; k <= Math.min(MOST, sample.count() / (sample.features() + 1)); k++) {
      double bic = bic(sample, k, seed, workers);
      if (bic < least) {
        least = bic;
        best = k;
      }
    }
    return best;
  }

  private record Fit(int[] label, double logLikelihood, int iterations, Parts parts) {}

  private Fit fit(Points points, int k, long seed, Workers workers) {
    int d = points.features();
    var sample = points.sample(SAMPLE, seed);
    double floor = floor(sample, workers);
    Fit best = null;
    for (int[] start : starts(sample, k, seed, workers)) {
      double[][] sums = total(k, d, sample, hard(sample, start, k, workers));
      var tried = improve(sample, parts(sums, d, sample.count(), floor), floor, workers);
      if (best == null || tried.logLikelihood > best.logLikelihood) {
        best = tried;
      }
    }
    var found = java.util.Objects.requireNonNull(best);
    return points.count() == sample.count() ? found : improve(points, found.parts, floor, workers);
  }

  /// Labels to begin with: groups of k-means, of k-means on features of one variance, and what lies
  /// nearest to some random points of these.
  private static List<int[]> starts(Points sample, int k, long seed, Workers workers) {
    var even = even(sample, variances(sample, workers));
    var starts = new ArrayList<int[]>();
    starts.add(KMeans.of(k).of(sample, seed, workers).label());
    starts.add(KMeans.of(k).of(even, seed, workers).label());
    var random = new SplittableRandom(seed);
    for (int r = 0; r < RANDOM_STARTS; r++) {
      var centres = Lloyd.start(even, k, random, workers);
      starts.add(new Lloyd(even, centres, false, workers).run(1, 1).label());
    }
    return starts;
  }

  private static double[] variances(Points points, Workers workers) {
    double[] mean = points.mean(workers);
    double[][] square = new double[points.blocks()][points.features()];
    points.forEach(
        workers,
        (block, first, length, values, worker) -> {
          for (int f = 0; f < mean.length; f++) {
            for (int i = 0; i < length; i++) {
              double x = values[f * Points.BLOCK + i] - mean[f];
              square[block][f] += x * x;
            }
          }
        });
    double[] variance = new double[mean.length];
    for (double[] of : square) {
      for (int f = 0; f < variance.length; f++) {
        variance[f] += of[f] / points.count();
      }
    }
    return variance;
  }

  private static Points even(Points points, double[] variance) {
    return new Points() {
      @Override
      public int count() {
        return points.count();
      }

      @Override
      public int features() {
        return points.features();
      }

      @Override
      public void read(int first, int length, float[] into) {
        points.read(first, length, into);
        for (int f = 0; f < variance.length; f++) {
          float scale = (float) (1 / Math.sqrt(Math.max(variance[f], 1e-30)));
          for (int i = 0; i < length; i++) {
            into[f * BLOCK + i] *= scale;
          }
        }
      }
    };
  }

  private Fit improve(Points points, Parts start, double floor, Workers workers) {
    int d = points.features();
    int[] label = new int[points.count()];
    var parts = start;
    double before = Double.NEGATIVE_INFINITY;
    int iteration = 0;
    while (true) {
      var step = step(points, parts, label, workers);
      iteration++;
      if (iteration >= iterations || step.logLikelihood - before < STILL * points.count()) {
        return new Fit(label, step.logLikelihood, iteration, parts);
      }
      before = step.logLikelihood;
      parts = parts(step.sums, d, points.count(), floor);
    }
  }

  /// FLOOR times the mean variance of the features.
  private static double floor(Points points, Workers workers) {
    double mean = Arrays.stream(variances(points, workers)).average().orElse(0);
    return Math.max(FLOOR * mean, 1e-30);
  }

  /// The distributions and the logarithms of their shares.
  record Parts(double[] logShare, Gaussian[] gaussians) {
    double logDensity(double[] x) {
      double most = Double.NEGATIVE_INFINITY;
      double[] log = new double[gaussians.length];
      for (int k = 0; k < log.length; k++) {
        log[k] = logShare[k] + gaussians[k].logDensity(x);
        most = Math.max(most, log[k]);
      }
      double sum = 0;
      for (double one : log) {
        sum += Math.exp(one - most);
      }
      return most + Math.log(sum);
    }
  }

  /// (2) from weighted sums 1, x, x xᵀ.
  private static Parts parts(double[][] sums, int d, int n, double floor) {
    var gaussians = new Gaussian[sums.length];
    double[] logShare = new double[sums.length];
    for (int k = 0; k < sums.length; k++) {
      double weight = Math.max(sums[k][0], 1e-9);
      double[] mean = new double[d];
      for (int f = 0; f < d; f++) {
        mean[f] = sums[k][1 + f] / weight;
      }
      double[][] covariance = new double[d][d];
      for (int r = 0; r < d; r++) {
        for (int c = 0; c <= r; c++) {
          covariance[r][c] = sums[k][1 + d + r * d + c] / weight - mean[r] * mean[c];
          covariance[c][r] = covariance[r][c];
        }
      }
      gaussians[k] = Gaussian.of(mean, covariance, floor);
      logShare[k] = Math.log(weight / n);
    }
    return new Parts(logShare, gaussians);
  }

  private record Passed(double[][] sums, double logLikelihood) {}

  /// (1), the sums for (2), and ln L of the parts as they were.
  private static Passed step(Points points, Parts parts, int[] label, Workers workers) {
    int k = parts.gaussians.length;
    int d = points.features();
    double[][][] sums = new double[points.blocks()][][];
    double[] likelihood = new double[points.blocks()];
    points.forEach(
        workers,
        (block, first, length, values, worker) -> {
          double[][] sum = new double[k][1 + d + d * d];
          double[] x = new double[d];
          double[] log = new double[k];
          for (int i = 0; i < length; i++) {
            for (int f = 0; f < d; f++) {
              x[f] = values[f * Points.BLOCK + i];
            }
            int best = 0;
            for (int c = 0; c < k; c++) {
              log[c] = parts.logShare[c] + parts.gaussians[c].logDensity(x);
              best = log[c] > log[best] ? c : best;
            }
            label[first + i] = best;
            double most = log[best];
            double all = 0;
            for (int c = 0; c < k; c++) {
              log[c] = Math.exp(log[c] - most);
              all += log[c];
            }
            likelihood[block] += most + Math.log(all);
            for (int c = 0; c < k; c++) {
              add(sum[c], log[c] / all, x);
            }
          }
          sums[block] = sum;
        });
    return new Passed(total(k, d, points, sums), Arrays.stream(likelihood).sum());
  }

  /// sum ← sum + weight · (1, x, lower half of x xᵀ)
  private static void add(double[] sum, double weight, double[] x) {
    int d = x.length;
    sum[0] += weight;
    for (int r = 0; r < d; r++) {
      double w = weight * x[r];
      sum[1 + r] += w;
      for (int c = 0; c <= r; c++) {
        sum[1 + d + r * d + c] += w * x[c];
      }
    }
  }

  private static double[][][] hard(Points points, int[] label, int k, Workers workers) {
    int d = points.features();
    double[][][] sums = new double[points.blocks()][][];
    points.forEach(
        workers,
        (block, first, length, values, worker) -> {
          double[][] sum = new double[k][1 + d + d * d];
          double[] x = new double[d];
          for (int i = 0; i < length; i++) {
            for (int f = 0; f < d; f++) {
              x[f] = values[f * Points.BLOCK + i];
            }
            add(sum[label[first + i]], 1, x);
          }
          sums[block] = sum;
        });
    return sums;
  }

  /// The sums of all blocks, in their order.
  private static double[][] total(int k, int d, Points points, double[][][] sums) {
    double[][] total = new double[k][1 + d + d * d];
    for (int block = 0; block < points.blocks(); block++) {
      for (int c = 0; c < k; c++) {
        for (int j = 0; j < total[c].length; j++) {
          total[c][j] += sums[block][c][j];
        }
      }
    }
    return total;
  }
}

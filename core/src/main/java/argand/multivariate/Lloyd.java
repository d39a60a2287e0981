package argand.multivariate;

import argand.array.Workers;
import java.util.Arrays;
import java.util.SplittableRandom;

/// The two halves of Lloyd's iteration over points of any number, and the start of k-means++.
///
/// 1. each point goes to the nearest centre, the first of equal ones;
/// 2. each centre goes to the mean of its points; one without points goes to the point farthest
///    from its own.
///
/// Sums of a block are kept while none of its labels changes.
final class Lloyd {
  private static final int TILE = 256;

  private final Points points;
  private final Workers workers;

  /// Centres of length one, for points of length one: the mean direction.
  private final boolean directions;

  private final double[][] centres;
  private final int[] label;
  private final float[] distance;
  private final double[][][] sums;
  private final double[] blockInertia;
  private final int[] blockMoved;

  Lloyd(Points points, double[][] start, boolean directions, Workers workers) {
    this.points = points;
    this.workers = workers;
    this.directions = directions;
    this.centres = Arrays.stream(start).map(double[]::clone).toArray(double[][]::new);
    this.label = new int[points.count()];
    this.distance = new float[points.count()];
    Arrays.fill(label, -1);
    this.sums = new double[points.blocks()][][];
    this.blockInertia = new double[points.blocks()];
    this.blockMoved = new int[points.blocks()];
  }

  /// Iterates until no more than `still` of all points change their centre.
  Partition run(int iterations, double still) {
    int k = 0;
    long moved;
    do {
      moved = assign();
      k++;
      if (moved > 0) {
        update();
      }
    } while (k < iterations && moved > still * points.count());
    return new Partition(label, centres, inertia(), k);
  }

  double inertia() {
    return Arrays.stream(blockInertia).sum();
  }

  /// Number of points that went elsewhere.
  long assign() {
    int features = points.features();
    float[][] near = new float[centres.length][features];
    for (int k = 0; k < near.length; k++) {
      for (int f = 0; f < features; f++) {
        near[k][f] = (float) centres[k][f];
      }
    }
    float[][][] room = new float[workers.threads()][near.length][TILE];
    points.forEach(
        workers,
        (block, first, length, values, worker) -> {
          int moved = 0;
          double sum = 0;
          for (int from = 0; from < length; from += TILE) {
            int tile = Math.min(TILE, length - from);
            squares(values, from, tile, near, room[worker]);
            for (int i = 0; i < tile; i++) {
              int best = nearest(room[worker], i);
              float d = room[worker][best][i];
              int at = first + from + i;
              moved += label[at] == best ? 0 : 1;
              label[at] = best;
              distance[at] = d;
              sum += d;
            }
          }
          blockMoved[block] = moved;
          blockInertia[block] = sum;
          if (moved > 0 || sums[block] == null) {
            sums[block] = sums(first, length, values);
          }
        });
    long moved = 0;
    for (int of : blockMoved) {
      moved += of;
    }
    return moved;
  }

  private static int nearest(float[][] squares, int i) {
    int best = 0;
    for (int k = 1; k < squares.length; k++) {
      if (squares[k][i] < squares[best][i]) {
        best = k;
      }
    }
    return best;
  }

  /// into[k][i] ← |x_{from + i} − c_k|²
  static void squares(float[] values, int from, int length, float[][] centres, float[][] into) {
    for (float[] row : into) {
      Arrays.fill(row, 0, length, 0);
    }
    for (int f = 0; f < centres[0].length; f++) {
      int base = f * Points.BLOCK + from;
      for (int k = 0; k < centres.length; k++) {
        float c = centres[k][f];
        float[] row = into[k];
        for (int i = 0; i < length; i++) {
          float d = values[base + i] - c;
          row[i] += d * d;
        }
      }
    }
  }

  /// Sum of each feature and number of points, for each centre.
  private double[][] sums(int first, int length, float[] values) {
    int features = points.features();
    double[][] sum = new double[centres.length][features + 1];
    double[] one = new double[centres.length];
    for (int f = 0; f < features; f++) {
      Arrays.fill(one, 0);
      for (int i = 0; i < length; i++) {
        one[label[first + i]] += values[f * Points.BLOCK + i];
      }
      for (int k = 0; k < one.length; k++) {
        sum[k][f] = one[k];
      }
    }
    for (int i = 0; i < length; i++) {
      sum[label[first + i]][features]++;
    }
    return sum;
  }

  void update() {
    int features = points.features();
    for (int k = 0; k < centres.length; k++) {
      double[] mean = new double[features];
      double members = 0;
      for (double[][] sum : sums) {
        members += sum[k][features];
        for (int f = 0; f < features; f++) {
          mean[f] += sum[k][f];
        }
      }
      if (members == 0) {
        centres[k] = farthest();
        continue;
      }
      double square = 0;
      for (int f = 0; f < features; f++) {
        mean[f] /= members;
        square += mean[f] * mean[f];
      }
      if (directions && square > 0) {
        for (int f = 0; f < features; f++) {
          mean[f] /= Math.sqrt(square);
        }
      }
      centres[k] = mean;
    }
  }

  private double[] farthest() {
    int far = 0;
    for (int i = 1; i < distance.length; i++) {
      far = distance[i] > distance[far] ? i : far;
    }
    distance[far] = 0;
    return point(points, far);
  }

  /// One point's features.
  static double[] point(Points points, int i) {
    float[] one = new float[points.features() * Points.BLOCK];
    points.read(i, 1, one);
    double[] features = new double[points.features()];
    for (int f = 0; f < features.length; f++) {
      features[f] = one[f * Points.BLOCK];
    }
    return features;
  }

  /// k-means++: the first centre is any point, each further one a point drawn with a probability
  /// that goes as its squared distance from the nearest centre so far.
  static double[][] start(Points points, int clusters, SplittableRandom random, Workers workers) {
    int n = points.count();
    double[][] centres = new double[clusters][];
    double[] square = new double[n];
    Arrays.fill(square, Double.POSITIVE_INFINITY);
    int chosen = random.nextInt(n);
    for (int k = 0; k < clusters; k++) {
      centres[k] = point(points, chosen);
      float[][] newest = {floats(centres[k])};
      points.forEach(
          workers,
          (block, first, length, values, worker) -> {
            float[][] to = new float[1][length];
            squares(values, 0, length, newest, to);
            for (int i = 0; i < length; i++) {
              square[first + i] = Math.min(square[first + i], to[0][i]);
            }
          });
      double target = random.nextDouble() * Arrays.stream(square).sum();
      chosen = 0;
      double sum = square[0];
      while (sum < target && chosen < n - 1) {
        sum += square[++chosen];
      }
    }
    return centres;
  }

  static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}

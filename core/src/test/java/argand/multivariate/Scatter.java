package argand.multivariate;

import java.util.SplittableRandom;

/// Points of known groups.
///
/// @param features one array for each feature
/// @param group of each point
record Scatter(float[][] features, int[] group) {
  Points points() {
    return Points.of(features);
  }

  /// Normal distributions: means, and the root of each covariance (a lower triangle).
  static Scatter normal(int[] members, double[][] mean, double[][][] root, long seed) {
    int n = 0;
    for (int m : members) {
      n += m;
    }
    int d = mean[0].length;
    var scatter = new Scatter(new float[d][n], new int[n]);
    var random = new SplittableRandom(seed);
    for (int i = 0; i < n; i++) {
      // Groups take turns by their shares, so that no block of points holds one of them alone.
      int k = 0;
      long at = i * 7919L % n;
      while (at >= members[k]) {
        at -= members[k++];
      }
      scatter.group[i] = k;
      double[] z = random.doubles(d).map(u -> random.nextGaussian()).toArray();
      for (int r = 0; r < d; r++) {
        double x = mean[k][r];
        for (int c = 0; c <= r; c++) {
          x += root[k][r][c] * z[c];
        }
        scatter.features[r][i] = (float) x;
      }
    }
    return scatter;
  }

  /// Four round groups of standard deviation 1 in a plane, 8 apart.
  static Scatter four(int members, long seed) {
    double[][] one = {{1}, {0, 1}};
    return normal(
        new int[] {members, members, members, members},
        new double[][] {{0, 0}, {8, 0}, {0, 9}, {8, 10}},
        new double[][][] {one, one, one, one},
        seed);
  }

  /// Two half circles that reach into each other, with a little noise.
  static Scatter moons(int members, double noise, long seed) {
    var scatter = new Scatter(new float[2][2 * members], new int[2 * members]);
    var random = new SplittableRandom(seed);
    for (int i = 0; i < 2 * members; i++) {
      double angle = Math.PI * random.nextDouble();
      int k = i % 2;
      scatter.group[i] = k;
      double x = k == 0 ? Math.cos(angle) : 1 - Math.cos(angle);
      double y = k == 0 ? Math.sin(angle) : 0.5 - Math.sin(angle);
      scatter.features[0][i] = (float) (x + noise * random.nextGaussian());
      scatter.features[1][i] = (float) (y + noise * random.nextGaussian());
    }
    return scatter;
  }
}

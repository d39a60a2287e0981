package argand.multivariate;

import argand.array.Workers;
import java.util.Arrays;

/// How far a point lies from what most points are: from their principal directions, and from where
/// the scores along these are dense.
final class Strangeness {
  private final Eigenspectra eigen;
  private final int d;
  private final GaussianMixture.Parts majority;
  private final double noise;
  private double offLimit;
  private double inLimit;

  Strangeness(Eigenspectra eigen, int d, GaussianMixture.Parts majority) {
    this.eigen = eigen;
    this.d = d;
    this.majority = majority;
    double rest = 0;
    int features = eigen.values().length;
    for (int k = d; k < features; k++) {
      rest += eigen.values()[k];
    }
    this.noise = Math.max(rest / Math.max(1, features - d), 1e-300);
  }

  /// Sets what half of this share of a sample exceeds, in each of the two ways.
  void limit(Points sample, double share, Workers workers) {
    double[] off = new double[sample.count()];
    double[] in = new double[sample.count()];
    forEach(
        sample,
        workers,
        (i, offOf, inOf) -> {
          off[i] = offOf;
          in[i] = inOf;
        });
    Arrays.sort(off);
    Arrays.sort(in);
    int place = (int) Math.floor((1 - share / 2) * (off.length - 1));
    offLimit = off[place];
    inLimit = in[place];
  }

  boolean isStrange(double off, double in) {
    return off > offLimit || in > inLimit;
  }

  interface Each {
    /// @param off squared distance from the directions over σ²
    /// @param in negative logarithm of the majority's density
    void point(int i, double off, double in);
  }

  void forEach(Points points, Workers workers, Each each) {
    int features = points.features();
    float[][] v = new float[d][];
    for (int k = 0; k < d; k++) {
      v[k] = Lloyd.floats(eigen.vectors()[k]);
    }
    points.forEach(
        workers,
        (block, first, length, values, worker) -> {
          float[][] scores = new float[d][length];
          float[] square = new float[length];
          for (int f = 0; f < features; f++) {
            float m = (float) eigen.mean()[f];
            int base = f * Points.BLOCK;
            for (int i = 0; i < length; i++) {
              float x = values[base + i] - m;
              values[base + i] = x;
              square[i] += x * x;
            }
            for (int k = 0; k < d; k++) {
              float w = v[k][f];
              float[] row = scores[k];
              for (int i = 0; i < length; i++) {
                row[i] += w * values[base + i];
              }
            }
          }
          double[] x = new double[d];
          for (int i = 0; i < length; i++) {
            double off = square[i];
            for (int k = 0; k < d; k++) {
              x[k] = scores[k][i];
              off -= x[k] * x[k];
            }
            each.point(first + i, off / noise, -majority.logDensity(x));
          }
        });
  }

  /// Distance of a point from the directions and from the nearest of the majority's parts, in
  /// standard deviations.
  double separation(double[] point) {
    double[] x = new double[d];
    double off = 0;
    for (int f = 0; f < point.length; f++) {
      double z = point[f] - eigen.mean()[f];
      off += z * z;
      for (int k = 0; k < d; k++) {
        x[k] += eigen.vectors()[k][f] * z;
      }
    }
    for (double score : x) {
      off -= score * score;
    }
    double near = Double.POSITIVE_INFINITY;
    for (var gaussian : majority.gaussians()) {
      near = Math.min(near, gaussian.mahalanobisSquared(x));
    }
    return Math.sqrt(Math.max(0, off) / noise + near);
  }
}

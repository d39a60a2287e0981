package argand.multivariate;

import argand.array.Workers;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/// Points in groups, numbered so that the mean feature of the groups' centres rises.
///
/// @param label for each point its group, 0 … count − 1, or −1 for none
/// @param centres mean of the points of each group
/// @param inertia sum of the squared distances of the points from their centres
/// @param iterations that it took
public record Partition(int[] label, double[][] centres, double inertia, int iterations) {
  public int count() {
    return centres.length;
  }

  /// The groups that labels tell, in the order of the mean features of their centres.
  ///
  /// @param label for each point its group, 0 … count − 1, each with one point at least, or −1
  public static Partition of(Points points, int[] label, int count, Workers workers) {
    double[][] centres = centres(points, label, count, workers);
    double[] inertia = new double[points.blocks()];
    points.forEach(
        workers,
        (block, first, length, values, worker) -> {
          for (int i = 0; i < length; i++) {
            for (int f = 0; f < points.features() && label[first + i] >= 0; f++) {
              double d = values[f * Points.BLOCK + i] - centres[label[first + i]][f];
              inertia[block] += d * d;
            }
          }
        });
    return ordered(label.clone(), centres, Arrays.stream(inertia).sum(), 1);
  }

  /// With groups in the order of the mean features of their centres.
  static Partition ordered(int[] label, double[][] centres, double inertia, int iterations) {
    int[] order =
        IntStream.range(0, centres.length)
            .boxed()
            .sorted(Comparator.comparingDouble(k -> Arrays.stream(centres[k]).sum()))
            .mapToInt(Integer::intValue)
            .toArray();
    int[] place = new int[order.length];
    double[][] sorted = new double[order.length][];
    for (int k = 0; k < order.length; k++) {
      place[order[k]] = k;
      sorted[k] = centres[order[k]];
    }
    for (int i = 0; i < label.length; i++) {
      label[i] = label[i] < 0 ? -1 : place[label[i]];
    }
    return new Partition(label, sorted, inertia, iterations);
  }

  /// Means of labelled points; a group without points has NaN.
  static double[][] centres(Points points, int[] label, int count, Workers workers) {
    double[][][] sums = new double[points.blocks()][][];
    int features = points.features();
    points.forEach(
        workers,
        (block, first, length, values, worker) -> {
          double[][] sum = new double[count][features + 1];
          for (int i = 0; i < length; i++) {
            if (label[first + i] >= 0) {
              sum[label[first + i]][features]++;
            }
          }
          for (int f = 0; f < features; f++) {
            for (int i = 0; i < length; i++) {
              if (label[first + i] >= 0) {
                sum[label[first + i]][f] += values[f * Points.BLOCK + i];
              }
            }
          }
          sums[block] = sum;
        });
    double[][] centres = new double[count][features];
    double[] members = new double[count];
    for (double[][] sum : sums) {
      for (int k = 0; k < count; k++) {
        members[k] += sum[k][features];
        for (int f = 0; f < features; f++) {
          centres[k][f] += sum[k][f];
        }
      }
    }
    for (int k = 0; k < count; k++) {
      for (int f = 0; f < features; f++) {
        centres[k][f] /= members[k];
      }
    }
    return centres;
  }
}

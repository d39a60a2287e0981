package argand.sampling;

import argand.data.ScanPositions;
import argand.metric.ConvexHull;
import java.util.Arrays;
import java.util.List;

/// How the positions of a scan lie to each other.
///
/// @param nearest median distance from a position to the nearest other one [m]; 0 for a single
///     position
/// @param area of the convex hull of the positions [m²]
/// @param perimeter of the hull [m]
/// @param raster whether the positions repeat on a regular grid
public record Spacing(double nearest, double area, double perimeter, boolean raster) {
  private static final int ASKED = 500;

  /// Fewer positions than that show no pattern.
  private static final int FEWEST_OF_A_RASTER = 16;

  /// Part of a step by which neighbours on a grid may differ.
  private static final double JITTER = 0.08;

  public static Spacing of(ScanPositions positions) {
    int count = positions.count();
    if (count == 1) {
      return new Spacing(0, 0, 0, false);
    }
    double[][] points = new double[count][];
    Arrays.setAll(points, j -> new double[] {positions.y()[j], positions.x()[j]});
    var hull = ConvexHull.of(points);
    double[][] neighbours = neighbours(points);
    double nearest = median(neighbours);
    return new Spacing(
        nearest,
        ConvexHull.area(hull),
        ConvexHull.perimeter(hull),
        count >= FEWEST_OF_A_RASTER && repeats(neighbours, JITTER * nearest));
  }

  /// The larger of the distance to the nearest neighbour and √(area for each position): a scan of
  /// dense lines far apart is as sparse as its lines [m].
  public double step(int count) {
    return Math.max(nearest, Math.sqrt(area / count));
  }

  /// From some positions to their nearest other one (y, x) [m].
  private static double[][] neighbours(double[][] points) {
    int every = Math.max(1, points.length / ASKED);
    double[][] vectors = new double[(points.length + every - 1) / every][];
    for (int k = 0; k < vectors.length; k++) {
      double[] from = points[k * every];
      double best = Double.POSITIVE_INFINITY;
      for (double[] to : points) {
        double y = to[0] - from[0];
        double x = to[1] - from[1];
        double square = y * y + x * x;
        if (to != from && square < best) {
          best = square;
          vectors[k] = new double[] {y, x};
        }
      }
    }
    return vectors;
  }

  private static double median(double[][] vectors) {
    double[] lengths = Arrays.stream(vectors).mapToDouble(v -> Math.hypot(v[0], v[1])).toArray();
    Arrays.sort(lengths);
    return lengths[lengths.length / 2];
  }

  /// On a grid, nine of ten positions find their neighbour along one of two directions; on a spiral
  /// the directions turn.
  private static boolean repeats(double[][] vectors, double tolerance) {
    var rest = List.of(vectors);
    for (int direction = 0; direction < 2; direction++) {
      List<double[]> unlike = rest;
      for (double[] candidate : rest) {
        var others = rest.stream().filter(v -> !alike(v, candidate, tolerance)).toList();
        unlike = others.size() < unlike.size() ? others : unlike;
      }
      rest = unlike;
    }
    return rest.size() <= vectors.length / 10;
  }

  private static boolean alike(double[] a, double[] b, double tolerance) {
    return Math.hypot(a[0] - b[0], a[1] - b[1]) <= tolerance
        || Math.hypot(a[0] + b[0], a[1] + b[1]) <= tolerance;
  }
}

package argand.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// The convex hull of points (row, column), by Andrew's monotone chain.
public final class ConvexHull {
  private ConvexHull() {}

  /// Corners in one sense of rotation.
  public static List<double[]> of(double[][] points) {
    double[][] sorted = points.clone();
    Arrays.sort(
        sorted, Comparator.<double[]>comparingDouble(p -> p[0]).thenComparingDouble(p -> p[1]));
    List<double[]> hull = new ArrayList<>();
    chain(sorted, hull);
    List<double[]> back = new ArrayList<>();
    double[][] reversed = Arrays.asList(sorted).reversed().toArray(double[][]::new);
    chain(reversed, back);
    hull.removeLast();
    back.removeLast();
    hull.addAll(back);
    return hull;
  }

  private static void chain(double[][] points, List<double[]> chain) {
    for (double[] p : points) {
      while (chain.size() > 1 && turn(chain.get(chain.size() - 2), chain.getLast(), p) <= 0) {
        chain.removeLast();
      }
      chain.add(p);
    }
  }

  /// True inside and on the border.
  public static boolean holds(List<double[]> corners, double row, double column) {
    if (corners.size() < 3) {
      return false;
    }
    double[] p = {row, column};
    for (int i = 0; i < corners.size(); i++) {
      if (turn(corners.get(i), corners.get((i + 1) % corners.size()), p) < 0) {
        return false;
      }
    }
    return true;
  }

  /// Area inside, in the square of the points' unit; 0 on a line.
  public static double area(List<double[]> corners) {
    double twice = 0;
    for (int i = 0; i < corners.size(); i++) {
      double[] a = corners.get(i);
      double[] b = corners.get((i + 1) % corners.size());
      twice += a[0] * b[1] - b[0] * a[1];
    }
    return Math.abs(twice) / 2;
  }

  /// Length of the border; of points on a line, there and back.
  public static double perimeter(List<double[]> corners) {
    double length = 0;
    for (int i = 0; i < corners.size(); i++) {
      double[] a = corners.get(i);
      double[] b = corners.get((i + 1) % corners.size());
      length += Math.hypot(b[0] - a[0], b[1] - a[1]);
    }
    return length;
  }

  private static double turn(double[] a, double[] b, double[] c) {
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
  }
}

package argand.ptycho;

import argand.array.ComplexField;
import argand.array.Workers;

/// A dislike of objects that are not smooth, R = λ Σ |O(r+1,c) − O(r,c)|² + |O(r,c+1) − O(r,c)|².
final class Smoothness {
  private final double weight;
  private final Workers workers;

  /// @param weight λ [counts]
  Smoothness(double weight, Workers workers) {
    this.weight = weight;
    this.workers = workers;
  }

  /// slope ← slope − ½ ∂R/∂O*
  void addTo(ComplexField slope, ComplexField object) {
    if (weight == 0) {
      return;
    }
    float half = (float) (weight / 2);
    int rows = object.grid().rows();
    workers.forEach(
        rows,
        (r, worker) -> {
          add(slope.re(), object.re(), object, r, half);
          add(slope.im(), object.im(), object, r, half);
        });
  }

  private static void add(float[] into, float[] of, ComplexField field, int r, float factor) {
    int rows = field.grid().rows();
    int columns = field.grid().columns();
    int row = r * field.pitch();
    int above = (r == 0 ? 0 : -field.pitch());
    int below = (r == rows - 1 ? 0 : field.pitch());
    for (int c = 0; c < columns; c++) {
      int i = row + c;
      int left = c == 0 ? i : i - 1;
      int right = c == columns - 1 ? i : i + 1;
      into[i] += factor * (of[i + above] + of[i + below] + of[left] + of[right] - 4 * of[i]);
    }
  }

  /// d²R/dt² along O + t D, the same at every t.
  double curvature(ComplexField direction) {
    return curvature(direction, direction);
  }

  /// ∂²R/∂s∂t of O + s A + t B, the same everywhere.
  double curvature(ComplexField a, ComplexField b) {
    if (weight == 0) {
      return 0;
    }
    int rows = a.grid().rows();
    int columns = a.grid().columns();
    double[] sums = new double[rows];
    workers.forEach(
        rows,
        (r, worker) -> {
          for (int c = 0; c < columns; c++) {
            int i = r * a.pitch() + c;
            if (r < rows - 1) {
              sums[r] += product(a, b, i, i + a.pitch());
            }
            if (c < columns - 1) {
              sums[r] += product(a, b, i, i + 1);
            }
          }
        });
    double sum = 0;
    for (double one : sums) {
      sum += one;
    }
    return 2 * weight * sum;
  }

  /// Re (a_k − a_i)* (b_k − b_i)
  private static double product(ComplexField a, ComplexField b, int i, int k) {
    double re = (double) (a.re()[k] - a.re()[i]) * (b.re()[k] - b.re()[i]);
    return re + (double) (a.im()[k] - a.im()[i]) * (b.im()[k] - b.im()[i]);
  }
}

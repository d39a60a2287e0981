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
    if (weight == 0) {
      return 0;
    }
    int rows = direction.grid().rows();
    int columns = direction.grid().columns();
    double[] sums = new double[rows];
    workers.forEach(
        rows,
        (r, worker) -> {
          for (int c = 0; c < columns; c++) {
            int i = r * direction.pitch() + c;
            if (r < rows - 1) {
              sums[r] += square(direction, i, i + direction.pitch());
            }
            if (c < columns - 1) {
              sums[r] += square(direction, i, i + 1);
            }
          }
        });
    double sum = 0;
    for (double one : sums) {
      sum += one;
    }
    return 2 * weight * sum;
  }

  private static double square(ComplexField f, int i, int k) {
    double re = f.re()[k] - f.re()[i];
    double im = f.im()[k] - f.im()[i];
    return re * re + im * im;
  }
}

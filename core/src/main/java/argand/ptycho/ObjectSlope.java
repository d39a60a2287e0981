package argand.ptycho;

import argand.array.ComplexField;
import argand.array.Grid;
import argand.array.Workers;
import java.util.Arrays;

/// How steep an object is down and to the right [1/px]: central differences of eighth order,
///
///     ∂O/∂r ≈ Σ_k c_k (O(r + k) − O(r − k)),    c = 4/5, −1/5, 4/105, −1/280
///
/// right to 1 % up to half the Nyquist frequency and falling beyond, where there is more noise than
/// light. Beyond the rim the object goes on as it ends.
final class ObjectSlope {
  private static final float[] WEIGHTS = {4 / 5f, -1 / 5f, 4 / 105f, -1 / 280f};

  private final Workers workers;
  private final ComplexField down;
  private final ComplexField right;

  ObjectSlope(Grid object, Workers workers) {
    this.workers = workers;
    down = new ComplexField(object);
    right = new ComplexField(object);
  }

  ComplexField down() {
    return down;
  }

  ComplexField right() {
    return right;
  }

  /// Takes the slopes of this object.
  void take(ComplexField object) {
    workers.forEach(
        object.grid().rows(),
        (r, worker) -> {
          setDown(object.re(), down.re(), r, object);
          setDown(object.im(), down.im(), r, object);
          setRight(object.re(), right.re(), r, object);
          setRight(object.im(), right.im(), r, object);
        });
  }

  private static void setDown(float[] from, float[] to, int r, ComplexField of) {
    int last = of.grid().rows() - 1;
    int columns = of.grid().columns();
    int at = r * of.pitch();
    Arrays.fill(to, at, at + columns, 0);
    for (int k = 1; k <= WEIGHTS.length; k++) {
      int above = Math.max(r - k, 0) * of.pitch();
      int below = Math.min(r + k, last) * of.pitch();
      float weight = WEIGHTS[k - 1];
      for (int c = 0; c < columns; c++) {
        to[at + c] += weight * (from[below + c] - from[above + c]);
      }
    }
  }

  private static void setRight(float[] from, float[] to, int r, ComplexField of) {
    int last = of.grid().columns() - 1;
    int at = r * of.pitch();
    for (int c = 0; c <= last; c++) {
      float sum = 0;
      for (int k = 1; k <= WEIGHTS.length; k++) {
        sum += WEIGHTS[k - 1] * (from[at + Math.min(c + k, last)] - from[at + Math.max(c - k, 0)]);
      }
      to[at + c] = sum;
    }
  }
}

package argand.ptycho;

import argand.array.ComplexField;
import argand.array.Workers;
import argand.array.kernel.Overlap;
import argand.array.kernel.RealWindow;
import argand.array.kernel.Window;
import java.util.Arrays;

/// What a batch of views asks of the object: numerator Σ P* χ and weight Σ|P|², summed in strips of
/// object rows, each over the views in their order, and the direction made of them.
final class BatchObject {
  private static final int STRIP_ROWS = 16;

  private final Windows windows;
  private final Workers workers;
  private final ComplexField numerator;
  private final float[] weight;
  private final int strips;
  private final float[] peaks;

  BatchObject(Windows windows, Workers workers) {
    this.windows = windows;
    this.workers = workers;
    numerator = new ComplexField(windows.object());
    weight = new float[numerator.re().length];
    strips = (windows.object().rows() + STRIP_ROWS - 1) / STRIP_ROWS;
    peaks = new float[strips];
  }

  /// Both sums ← 0
  void clear() {
    numerator.setAll(0, 0);
    Arrays.fill(weight, 0);
  }

  /// Sums over the views of a batch.
  ///
  /// @param views numbers of the views
  /// @param room with probes and changes of view k of the batch in its slot k
  void sum(int[] views, LsqMlRoom room) {
    workers.forEach(strips, (strip, worker) -> sum(strip, views, room));
  }

  private void sum(int strip, int[] views, LsqMlRoom room) {
    int first = strip * STRIP_ROWS;
    int last = Math.min(windows.object().rows(), first + STRIP_ROWS);
    int pitch = numerator.pitch();
    Arrays.fill(numerator.re(), first * pitch, last * pitch, 0);
    Arrays.fill(numerator.im(), first * pitch, last * pitch, 0);
    Arrays.fill(weight, first * pitch, last * pitch, 0);
    for (int k = 0; k < views.length; k++) {
      int row = windows.row(views[k]);
      int column = windows.column(views[k]);
      int from = Math.max(first, row);
      int to = Math.min(last, row + windows.frame().rows());
      for (int m = 0; m < room.modes() && from < to; m++) {
        Overlap.add(
            Window.of(room.probe(k, m), from - row, 0),
            Window.of(room.change(k, m), from - row, 0),
            Window.of(numerator, from, column),
            new RealWindow(weight, from * pitch + column, pitch),
            to - from,
            windows.frame().columns());
      }
    }
  }

  /// this ← this + factor · numerator of the batch, + weight of the batch
  void add(BatchObject batch, float factor) {
    each(
        (from, to) -> {
          for (int i = from; i < to; i++) {
            numerator.re()[i] += factor * batch.numerator.re()[i];
            numerator.im()[i] += factor * batch.numerator.im()[i];
            weight[i] += batch.weight[i];
          }
        });
  }

  /// into ← keep · into + numerator / √(weight² + (δ max weight)²)
  void direction(float delta, float keep, ComplexField into) {
    int pitch = numerator.pitch();
    workers.forEach(
        strips,
        (strip, worker) -> {
          float peak = 0;
          for (int i = from(strip) * pitch; i < from(strip + 1) * pitch; i++) {
            peak = Math.max(peak, weight[i]);
          }
          peaks[strip] = peak;
        });
    float peak = 0;
    for (float one : peaks) {
      peak = Math.max(peak, one);
    }
    float floor = Math.max(Float.MIN_NORMAL, delta * peak * delta * peak);
    each(
        (from, to) -> {
          for (int i = from; i < to; i++) {
            float share = 1 / (float) Math.sqrt(weight[i] * weight[i] + floor);
            into.re()[i] = keep * into.re()[i] + numerator.re()[i] * share;
            into.im()[i] = keep * into.im()[i] + numerator.im()[i] * share;
          }
        });
  }

  /// object ← object + factor · direction
  void step(ComplexField object, ComplexField direction, float factor) {
    each(
        (from, to) -> {
          for (int i = from; i < to; i++) {
            object.re()[i] += factor * direction.re()[i];
            object.im()[i] += factor * direction.im()[i];
          }
        });
  }

  private interface Pixels {
    void run(int from, int to);
  }

  private void each(Pixels pixels) {
    int pitch = numerator.pitch();
    workers.forEach(
        strips, (strip, worker) -> pixels.run(from(strip) * pitch, from(strip + 1) * pitch));
  }

  private int from(int strip) {
    return Math.min(windows.object().rows(), strip * STRIP_ROWS);
  }
}

package argand.ptycho;

import argand.array.ComplexField;
import argand.array.Workers;
import argand.array.kernel.Overlap;
import argand.array.kernel.RealWindow;
import argand.array.kernel.Window;
import java.util.Arrays;
import java.util.List;

/// The object that fits all exit waves best, in the sense of least squares:
///
///     O ← (Σ_j P* ψ_j + κ O) / (Σ_j |P|² + κ),   κ = 1e-4 max Σ_j |P|²
///
/// Both sums run over the modes of the probe too.
/// κ keeps the object where no light fell. Strips of object rows are summed in parallel, each over
/// its views in their order.
final class ObjectOverlap {
  /// Few enough to stay in the cache of a core, enough of them to keep every thread busy.
  private static final int STRIP_ROWS = 16;

  private static final float INERTIA = 1e-4f;

  private final Windows windows;
  private final Workers workers;
  private final ComplexField numerator;
  private final float[] weight;
  private final int strips;
  private final float[] peaks;

  ObjectOverlap(Windows windows, Workers workers) {
    this.windows = windows;
    this.workers = workers;
    numerator = new ComplexField(windows.object());
    weight = new float[numerator.re().length];
    strips = (windows.object().rows() + STRIP_ROWS - 1) / STRIP_ROWS;
    peaks = new float[strips];
  }

  void update(PtychoState state, List<MovedProbes> probes) {
    workers.forEach(strips, (strip, worker) -> sum(strip, state, probes));
    float peak = 0;
    for (float one : peaks) {
      peak = Math.max(peak, one);
    }
    float inertia = INERTIA * peak;
    int columns = windows.object().columns();
    workers.forEach(
        strips,
        (strip, worker) -> {
          int first = strip * STRIP_ROWS;
          Overlap.divide(
              Window.of(state.object(), first, 0),
              Window.of(numerator, first, 0),
              weights(first, 0),
              inertia,
              last(strip) - first,
              columns);
        });
  }

  private void sum(int strip, PtychoState state, List<MovedProbes> probes) {
    int first = strip * STRIP_ROWS;
    int last = last(strip);
    int pitch = numerator.pitch();
    Arrays.fill(numerator.re(), first * pitch, last * pitch, 0);
    Arrays.fill(numerator.im(), first * pitch, last * pitch, 0);
    Arrays.fill(weight, first * pitch, last * pitch, 0);
    int height = windows.frame().rows();
    for (int j = 0; j < windows.count(); j++) {
      int from = Math.max(first, windows.row(j));
      int to = Math.min(last, windows.row(j) + height);
      if (from < to) {
        int inside = from - windows.row(j);
        for (int m = 0; m < probes.size(); m++) {
          Overlap.add(
              Window.of(probes.get(m).at(j), inside, 0),
              Window.of(state.wave(j, m), inside, 0),
              Window.of(numerator, from, windows.column(j)),
              weights(from, windows.column(j)),
              to - from,
              windows.frame().columns());
        }
      }
    }
    float peak = 0;
    for (int i = first * pitch; i < last * pitch; i++) {
      peak = Math.max(peak, weight[i]);
    }
    peaks[strip] = peak;
  }

  private int last(int strip) {
    return Math.min(windows.object().rows(), (strip + 1) * STRIP_ROWS);
  }

  private RealWindow weights(int row, int column) {
    return new RealWindow(weight, row * numerator.pitch() + column, numerator.pitch());
  }
}

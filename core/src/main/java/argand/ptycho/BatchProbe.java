package argand.ptycho;

import argand.array.ComplexField;
import argand.array.Workers;
import argand.array.kernel.Overlap;
import argand.array.kernel.RealWindow;
import argand.array.kernel.Window;
import java.util.Arrays;

/// What a batch of views asks of one probe mode: Σ S_j† O_j* χ_j / √(V² + (δ max V)²), V = Σ|O_j|².
/// Fixed blocks of views are summed in parallel, then the blocks in their order.
final class BatchProbe {
  private static final int BLOCKS = 8;

  private final Windows windows;
  private final Workers workers;
  private final ComplexField[] sums;
  private final float[][] weights;
  private final ProbeShift[] shifts;
  private final ComplexField[] scratch;

  BatchProbe(Windows windows, Workers workers, int slots) {
    this.windows = windows;
    this.workers = workers;
    int blocks = Math.min(BLOCKS, slots);
    sums = LsqMlRoom.fields(windows, blocks).toArray(ComplexField[]::new);
    weights = new float[blocks][sums[0].re().length];
    int threads = windows.shifted() ? workers.threads() : 0;
    scratch = LsqMlRoom.fields(windows, threads).toArray(ComplexField[]::new);
    shifts = new ProbeShift[threads];
    Arrays.setAll(shifts, k -> new ProbeShift(windows));
  }

  /// into ← direction of mode m
  void direction(
      int[] views, LsqMlRoom room, int m, ComplexField object, float delta, ComplexField into) {
    workers.forEach(
        sums.length,
        (block, worker) -> {
          sums[block].setAll(0, 0);
          Arrays.fill(weights[block], 0);
          int from = block * views.length / sums.length;
          int to = (block + 1) * views.length / sums.length;
          if (windows.shifted()) {
            shifts[worker].clear();
          }
          for (int k = from; k < to; k++) {
            add(views[k], room.change(k, m), object, block, worker);
          }
          if (windows.shifted()) {
            shifts[worker].read(sums[block]);
          }
        });
    var total = sums[0];
    float[] weight = weights[0];
    float peak = 0;
    for (int i = 0; i < weight.length; i++) {
      for (int block = 1; block < sums.length; block++) {
        total.re()[i] += sums[block].re()[i];
        total.im()[i] += sums[block].im()[i];
        weight[i] += weights[block][i];
      }
      peak = Math.max(peak, weight[i]);
    }
    float floor = Math.max(Float.MIN_NORMAL, delta * peak * delta * peak);
    for (int i = 0; i < weight.length; i++) {
      float share = 1 / (float) Math.sqrt(weight[i] * weight[i] + floor);
      into.re()[i] = total.re()[i] * share;
      into.im()[i] = total.im()[i] * share;
    }
  }

  private void add(int view, ComplexField change, ComplexField object, int block, int worker) {
    var o = Window.of(object, windows.row(view), windows.column(view));
    var weight = new RealWindow(weights[block], 0, sums[block].pitch());
    int rows = windows.frame().rows();
    int columns = windows.frame().columns();
    if (windows.shifted()) {
      scratch[worker].setAll(0, 0);
      Overlap.add(o, Window.of(change), Window.of(scratch[worker]), weight, rows, columns);
      shifts[worker].addBack(scratch[worker], view);
    } else {
      Overlap.add(o, Window.of(change), Window.of(sums[block]), weight, rows, columns);
    }
  }
}

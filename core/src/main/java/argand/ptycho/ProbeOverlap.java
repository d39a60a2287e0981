package argand.ptycho;

import argand.array.ComplexField;
import argand.array.Workers;
import argand.array.kernel.ExitWave;
import argand.array.kernel.Overlap;
import argand.array.kernel.RealWindow;
import argand.array.kernel.Window;
import java.util.Arrays;
import java.util.stream.Stream;

/// The probe mode that fits all exit waves best, in the sense of least squares:
///
///     P ← Σ_j O_j* ψ_j / Σ_j |O_j|²                                (whole pixels)
///     P ← P − Σ_j S_j† O_j* (S_j P · O_j − ψ_j) / Σ_j |O_j|²       (moved by fractions)
///
/// The second is the first where nothing is moved; written so, waves that are S_j P · O_j leave the
/// probe alone although the weight is not moved. Fixed blocks of views are summed in parallel, then
/// the blocks in their order.
final class ProbeOverlap {
  /// Views are cut into so many blocks, each with its own sum; more threads than that would wait.
  static final int BLOCKS = 16;

  private static final int STRIP_ROWS = 8;

  private final Windows windows;
  private final Workers workers;
  private final ComplexField[] sums;
  private final float[][] weights;
  private final Room[] rooms;
  private final int rows;
  private final int columns;

  /// What one thread needs to move changes back.
  private record Room(ProbeShift shift, ComplexField excess, ComplexField change) {}

  ProbeOverlap(Windows windows, Workers workers) {
    this.windows = windows;
    this.workers = workers;
    rows = windows.frame().rows();
    columns = windows.frame().columns();
    int blocks = Math.min(BLOCKS, windows.count());
    sums =
        Stream.generate(() -> new ComplexField(windows.frame()))
            .limit(blocks)
            .toArray(ComplexField[]::new);
    weights = new float[blocks][sums[0].re().length];
    rooms =
        Stream.generate(
                () ->
                    new Room(
                        new ProbeShift(windows),
                        new ComplexField(windows.frame()),
                        new ComplexField(windows.frame())))
            .limit(windows.shifted() ? workers.threads() : 0)
            .toArray(Room[]::new);
  }

  /// @param probes of mode m
  void update(PtychoState state, int m, MovedProbes probes) {
    int blocks = sums.length;
    workers.forEach(
        blocks,
        (block, worker) -> {
          int from = block * windows.count() / blocks;
          int to = (block + 1) * windows.count() / blocks;
          Arrays.fill(weights[block], 0);
          sums[block].setAll(0, 0);
          if (windows.shifted()) {
            sumMoved(rooms[worker], block, from, to, state, m, probes);
          } else {
            sum(block, from, to, state, m);
          }
        });
    int strips = (rows + STRIP_ROWS - 1) / STRIP_ROWS;
    workers.forEach(strips, (strip, worker) -> finish(strip, state.probes().get(m)));
  }

  private void sum(int block, int from, int to, PtychoState state, int m) {
    for (int j = from; j < to; j++) {
      Overlap.add(
          Window.of(state.object(), windows.row(j), windows.column(j)),
          Window.of(state.wave(j, m)),
          Window.of(sums[block]),
          weight(block),
          rows,
          columns);
    }
  }

  private void sumMoved(
      Room room, int block, int from, int to, PtychoState state, int m, MovedProbes probes) {
    room.shift.clear();
    for (int j = from; j < to; j++) {
      var o = Window.of(state.object(), windows.row(j), windows.column(j));
      var excess = Window.of(room.excess);
      ExitWave.relaxed(
          Window.of(probes.at(j)), o, Window.of(state.wave(j, m)), -1, excess, rows, columns);
      room.change.setAll(0, 0);
      Overlap.add(o, excess, Window.of(room.change), weight(block), rows, columns);
      room.shift.addBack(Window.of(room.change), j);
    }
    room.shift.read(sums[block]);
  }

  private void finish(int strip, ComplexField probe) {
    int first = strip * STRIP_ROWS;
    int last = Math.min(rows, first + STRIP_ROWS);
    int pitch = probe.pitch();
    var total = sums[0];
    for (int i = first * pitch; i < last * pitch; i++) {
      float re = total.re()[i];
      float im = total.im()[i];
      float w = weights[0][i];
      for (int block = 1; block < sums.length; block++) {
        re += sums[block].re()[i];
        im += sums[block].im()[i];
        w += weights[block][i];
      }
      if (w > 0) {
        probe.re()[i] = windows.shifted() ? probe.re()[i] - re / w : re / w;
        probe.im()[i] = windows.shifted() ? probe.im()[i] - im / w : im / w;
      }
    }
  }

  private RealWindow weight(int block) {
    return new RealWindow(weights[block], 0, sums[0].pitch());
  }
}

package argand.ptycho;

import argand.array.ComplexField;
import argand.array.Workers;
import argand.array.kernel.ExitWave;
import argand.array.kernel.Overlap;
import argand.array.kernel.RealWindow;
import argand.array.kernel.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// The probe modes that fit all exit waves best, in the sense of least squares:
///
///     P ← Σ_j O_j* ψ_j / Σ_j |O_j|²                                (whole pixels)
///     P ← P − Σ_j S_j† O_j* (S_j P · O_j − ψ_j) / Σ_j |O_j|²       (moved by fractions)
///
/// The second is the first where nothing is moved; written so, waves that are S_j P · O_j leave the
/// probe alone although the weight is not moved. Fixed blocks of views are summed in parallel, then
/// the blocks in their order.
final class ProbeOverlap {
  /// Views are cut into so many blocks, each with its own sums; more threads than that would wait.
  private static final int BLOCKS = 16;

  private static final int STRIP_ROWS = 8;

  private final Windows windows;
  private final Workers workers;
  private final List<Block> blocks;
  private final Room[] rooms;
  private final int rows;
  private final int columns;

  /// The sums of one block of views.
  private record Block(int from, int to, List<ComplexField> sums, RealWindow weight) {}

  /// What one thread needs to move changes back.
  private record Room(List<ProbeShift> shifts, Window change) {}

  ProbeOverlap(Windows windows, int modes, Workers workers) {
    this.windows = windows;
    this.workers = workers;
    rows = windows.frame().rows();
    columns = windows.frame().columns();
    int count = Math.min(BLOCKS, windows.count());
    blocks = new ArrayList<>();
    for (int block = 0; block < count; block++) {
      var sums = LsqMlRoom.fields(windows, modes);
      var first = sums.getFirst();
      blocks.add(
          new Block(
              ViewBatches.border(block, count, windows.count()),
              ViewBatches.border(block + 1, count, windows.count()),
              sums,
              new RealWindow(new float[first.re().length], 0, first.pitch())));
    }
    rooms =
        Stream.generate(
                () ->
                    new Room(
                        Stream.generate(() -> new ProbeShift(windows)).limit(modes).toList(),
                        Window.aligned(rows, columns)))
            .limit(windows.shifted() ? workers.threads() : 0)
            .toArray(Room[]::new);
  }

  /// Bytes it holds.
  static long memoryBytes(Windows windows, int modes) {
    long wave = 8L * windows.frame().rows() * ComplexField.pitch(windows.frame().columns());
    return Math.min(BLOCKS, windows.count()) * (wave * modes + wave / 2);
  }

  /// Takes the probes that fit the waves of a state.
  ///
  /// @param probes as they are moved for each view, one for each mode
  void update(PtychoState state, List<MovedProbes> probes) {
    workers.forEach(
        blocks.size(),
        (number, worker) -> {
          var block = blocks.get(number);
          Arrays.fill(block.weight.values(), 0);
          block.sums.forEach(sum -> sum.setAll(0, 0));
          if (windows.shifted()) {
            sumMoved(rooms[worker], block, state, probes);
          } else {
            sum(block, state);
          }
        });
    int strips = (rows + STRIP_ROWS - 1) / STRIP_ROWS;
    workers.forEach(strips, (strip, worker) -> finish(strip, state.probes()));
  }

  private void sum(Block block, PtychoState state) {
    for (int j = block.from; j < block.to; j++) {
      var o = Window.of(state.object(), windows.row(j), windows.column(j));
      Overlap.addWeight(o, block.weight, rows, columns);
      for (int m = 0; m < state.modes(); m++) {
        Overlap.addNumerator(
            o, Window.of(state.wave(j, m)), Window.of(block.sums.get(m)), rows, columns);
      }
    }
  }

  private void sumMoved(Room room, Block block, PtychoState state, List<MovedProbes> probes) {
    room.shifts.forEach(ProbeShift::clear);
    for (int j = block.from; j < block.to; j++) {
      var o = Window.of(state.object(), windows.row(j), windows.column(j));
      Overlap.addWeight(o, block.weight, rows, columns);
      for (int m = 0; m < state.modes(); m++) {
        ExitWave.relaxed(
            Window.of(probes.get(m).at(j)),
            o,
            Window.of(state.wave(j, m)),
            -1,
            room.change,
            rows,
            columns);
        Overlap.product(o, room.change, room.change, rows, columns);
        room.shifts.get(m).addBack(room.change, j);
      }
    }
    for (int m = 0; m < state.modes(); m++) {
      room.shifts.get(m).read(block.sums.get(m));
    }
  }

  private void finish(int strip, List<ComplexField> probes) {
    int pitch = probes.getFirst().pitch();
    int from = strip * STRIP_ROWS * pitch;
    int to = Math.min(rows, (strip + 1) * STRIP_ROWS) * pitch;
    var total = blocks.getFirst();
    for (var block : blocks.subList(1, blocks.size())) {
      add(block.weight.values(), total.weight.values(), from, to);
      for (int m = 0; m < probes.size(); m++) {
        add(block.sums.get(m).re(), total.sums.get(m).re(), from, to);
        add(block.sums.get(m).im(), total.sums.get(m).im(), from, to);
      }
    }
    float[] weight = total.weight.values();
    for (int m = 0; m < probes.size(); m++) {
      var probe = probes.get(m);
      divide(total.sums.get(m).re(), weight, probe.re(), from, to);
      divide(total.sums.get(m).im(), weight, probe.im(), from, to);
    }
  }

  private static void add(float[] some, float[] sum, int from, int to) {
    for (int i = from; i < to; i++) {
      sum[i] += some[i];
    }
  }

  private void divide(float[] sum, float[] weight, float[] probe, int from, int to) {
    for (int i = from; i < to; i++) {
      if (weight[i] > 0) {
        float mean = sum[i] / weight[i];
        probe[i] = windows.shifted() ? probe[i] - mean : mean;
      }
    }
  }
}

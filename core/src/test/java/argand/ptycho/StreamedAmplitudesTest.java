package argand.ptycho;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argand.array.Grid;
import argand.array.Mask;
import argand.array.RealField;
import argand.array.Workers;
import argand.data.DiffractionScan;
import argand.data.Frames;
import argand.data.Reconstruction;
import argand.flow.Progress;
import argand.flow.QuietWatch;
import argand.flow.Watch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Amplitudes that do not fit into memory: the same bits, read when they are needed.
class StreamedAmplitudesTest {
  private static final int N = 64;
  private static final int VIEWS = 40;
  private static final int PASSES = 4;
  private static final Simulated SIM =
      Simulated.of(new Simulated.Setup(N, VIEWS, 6, 1e5, false, 5));

  /// Frames as if in a file: they hold nothing, and every reading is counted.
  private record Stored(Frames frames, AtomicInteger readings, int fails) implements Frames {
    @Override
    public int count() {
      return frames.count();
    }

    @Override
    public Grid grid() {
      return frames.grid();
    }

    @Override
    public void read(int index, RealField into) {
      if (readings.incrementAndGet() > fails) {
        throw new IllegalStateException("the disk is gone");
      }
      frames.read(index, into);
    }
  }

  /// Three threads and so much memory.
  private record Room(Workers workers, long memoryBytes, List<String> notes) implements QuietWatch {
    @Override
    public void tell(Progress progress) {
      if (progress instanceof Progress.Noted noted) {
        notes.add(noted.message());
      }
    }
  }

  static Stream<PtychoMethod> streaming() {
    return Stream.of(
        Rpie.DEFAULT,
        Mpie.DEFAULT,
        LsqMl.DEFAULT,
        new LsqMl(Batching.RANDOM, 7, Likelihood.AMPLITUDE, 0.1, 1, 10, 0, 0, 0),
        MaximumLikelihood.DEFAULT,
        QuasiNewtonPie.DEFAULT);
  }

  private static DiffractionScan stored(AtomicInteger readings, int fails) {
    var scan = SIM.scan;
    return new DiffractionScan(
        scan.geometry(),
        scan.positions(),
        new Stored(scan.frames(), readings, fails),
        scan.mask(),
        scan.probe(),
        scan.source());
  }

  @ParameterizedTest
  @MethodSource("streaming")
  void theSameBitsFromTheFileAsFromMemory(PtychoMethod method) {
    var verb = Ptychography.of(method, PASSES);
    var expected = verb.apply(SIM.scan, Watch.SILENT);
    var readings = new AtomicInteger();
    var scan = stored(readings, Integer.MAX_VALUE);
    long least = verb.leastMemoryBytes(scan);
    assertThat(least).isLessThan(verb.memoryBytes(scan));
    try (var workers = new Workers(3)) {
      var room = new Room(workers, least, new ArrayList<>());
      assertSame(verb.apply(scan, room), expected);
      assertThat(readings.get()).as("every pass and the last look read all").isGreaterThan(200);
      assertThat(room.notes()).anyMatch(note -> note.contains("0 of 40 are kept"));
      // 20 planes ahead, three threads that decode, and half of the views as counts of two bytes
      int before = readings.get();
      long half = least + N * N * (2 * 26 * 4 + 3 * 16 + VIEWS / 2 * 2L);
      half = Math.min(half, verb.memoryBytes(scan) - 1);
      assertSame(verb.apply(scan, new Room(workers, half, room.notes())), expected);
      assertThat(readings.get() - before).isLessThan(before);
    }
  }

  @Test
  void countsThatFitAreReadOnce() {
    var verb = Ptychography.of(Rpie.DEFAULT, PASSES);
    var readings = new AtomicInteger();
    var scan = stored(readings, Integer.MAX_VALUE);
    long justNot = verb.memoryBytes(scan) - 1;
    var room = new Room(Workers.ONE, justNot, new ArrayList<>());
    assertSame(verb.apply(scan, room), verb.apply(SIM.scan, Watch.SILENT));
    assertThat(room.notes()).anyMatch(note -> note.contains("they are kept as counts"));
    assertThat(readings.get()).isEqualTo(VIEWS + 8);
  }

  /// What goes wrong on a thread that reads ahead is told to the one that waits.
  @Test
  void aFileThatVanishesStopsTheRun() {
    var verb = Ptychography.of(LsqMl.DEFAULT, PASSES);
    var scan = stored(new AtomicInteger(), 2 * VIEWS);
    try (var workers = new Workers(3)) {
      var room = new Room(workers, verb.leastMemoryBytes(scan), new ArrayList<>());
      assertThatThrownBy(() -> verb.apply(scan, room)).hasMessage("the disk is gone");
    }
  }

  @Test
  void setProjectionsKeepAllAndSayWhatNeedsLess() {
    for (var method : new PtychoMethod[] {DifferenceMap.DEFAULT, Raar.DEFAULT}) {
      var verb = Ptychography.of(method, PASSES);
      assertThat(verb.leastMemoryBytes(SIM.scan)).isEqualTo(verb.memoryBytes(SIM.scan));
      assertThat(verb.needsLessWith()).contains("lsqMl", "rpie");
    }
    assertThat(Ptychography.of(Rpie.DEFAULT, 1).needsLessWith()).isEmpty();
  }

  /// Counts at the limits of each form, few and many; a masked pixel and one that is no number.
  @Test
  void countsKeptSmallGiveTheSameAmplitudes() {
    var grid = Grid.square(6, 7, 1);
    boolean[] good = new boolean[grid.size()];
    Arrays.fill(good, true);
    good[3] = false;
    int[] toRow = IntStream.range(0, 6).map(r -> (r + 3) % 6 * 7).toArray();
    int[] toColumn = IntStream.range(0, 7).map(c -> (c + 4) % 7).toArray();
    var form = new FrameAmplitudes(new Mask(grid, good), true, 0.37, toRow, toColumn);
    var smallest = new KeptPlane.Smallest(form);
    double[] values = {0, 254, 255, 65535, 1e9, 0.5, -2, 300, 65535, 0.5};
    int[] pixels = {1, 40, 1, 1, 1, 1, 1, 20, 20, 20};
    var bytes = KeptPlane.Bytes.class;
    var shorts = KeptPlane.Shorts.class;
    var floats = KeptPlane.Floats.class;
    var forms = List.of(bytes, bytes, bytes, bytes, bytes, bytes, bytes, shorts, floats, floats);
    for (int k = 0; k < values.length; k++) {
      var frame = new RealField(grid);
      for (int i = 0; i < grid.size(); i++) {
        frame.values()[i] = i % 3;
      }
      Arrays.fill(frame.values(), 42 - pixels[k], 42, (float) values[k]);
      frame.values()[3] = -99;
      frame.values()[8] = Float.NaN;
      float[] plane = new float[grid.size()];
      form.of(frame, 0, plane);
      float[] again = new float[grid.size()];
      form.again(frame, again);
      assertThat(again).isEqualTo(plane);
      float[] counts = new float[grid.size()];
      form.counts(frame, counts);
      var kept = smallest.of(counts);
      assertThat(kept).as("%s", values[k]).isInstanceOf(forms.get(k));
      assertThat(kept.amplitudes(new float[grid.size()])).isEqualTo(plane);
      assertThat(plane[toRow[0] + toColumn[3]]).isEqualTo(-1);
      assertThat(plane[toRow[1] + toColumn[1]]).isEqualTo(-1);
    }
  }

  /// Views are asked for in another order than announced, twice, and not at all.
  @Test
  void whoeverAsksGetsTheRightPlane() {
    int views = 200;
    var made = new AtomicInteger();
    var ahead =
        new ReadAhead(
            views,
            3,
            5,
            2,
            (view, into) -> {
              made.incrementAndGet();
              Arrays.fill(into, view);
            });
    try (var workers = new Workers(3)) {
      for (int turn = 0; turn < 50; turn++) {
        var random = new SplittableRandom(turn);
        ahead.expect(random.ints(views, 0, views).distinct().toArray());
        int before = made.get();
        int[] asked = random.ints(60, 0, views).toArray();
        workers.forEach(
            asked.length,
            (k, worker) -> {
              float[] plane = new float[3];
              ahead.take(asked[k], plane);
              assertThat(plane).containsOnly(asked[k]);
            });
        assertThat(made.get() - before).isLessThanOrEqualTo(60 + 5 + 5);
      }
      int[] order = IntStream.range(0, views).toArray();
      ahead.expect(order);
      for (int view : order) {
        float[] plane = new float[3];
        ahead.take(view, plane);
        assertThat(plane).containsOnly(view);
      }
    }
  }

  private static void assertSame(Reconstruction found, Reconstruction expected) {
    assertThat(found.object().re()).isEqualTo(expected.object().re());
    assertThat(found.object().im()).isEqualTo(expected.object().im());
    assertThat(found.probe().modes().getFirst().re())
        .isEqualTo(expected.probe().modes().getFirst().re());
    assertThat(found.residuals()).isEqualTo(expected.residuals());
    assertThat(found.quality().metrics()).isEqualTo(expected.quality().metrics());
  }
}

package argand.ptycho;

import argand.array.Grid;
import argand.array.InvalidInput;
import argand.array.RealField;
import argand.data.DiffractionScan;
import argand.data.Frames;
import argand.flow.Progress;
import argand.flow.Watch;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The measured amplitudes √I of all views, as the modulus constraint wants them: unpadded planes
/// in the order of the transform, its scale folded in, −1 where a pixel is not to be trusted.
///
/// Where memory allows all planes are kept. Where it does not, as many views as fit are kept, as
/// small as their counts allow; the others are made of their frames whenever they are asked for, a
/// few ahead in the announced order. The amplitudes are the same bits either way.
final class Amplitudes {
  /// Planes that are made ahead: those of a batch.
  private static final int AHEAD = 20;

  /// With fewer planes ahead there is nothing to gain.
  private static final int LEAST_AHEAD = 4;

  /// Bytes for each pixel of a frame that one thread holds while it decodes: stored bytes,
  /// elements, counts, amplitudes.
  private static final int DECODING = 16;

  /// Neighbouring frames may lie in one chunk, so one thread reads so many of them.
  private static final int BLOCK = 16;

  /// Frames that are looked at to tell how small views can be kept.
  private static final int SAMPLE = 8;

  private final Grid grid;
  private final Frames frames;
  private final FrameAmplitudes form;
  private final @Nullable KeptPlane[] kept;
  private final double[] countsOf;
  private final double counts;
  private final float[] brightestOf;
  private final float brightest;
  private final @Nullable ReadAhead ahead;
  private final ConcurrentLinkedQueue<RealField> spare = new ConcurrentLinkedQueue<>();

  /// All in memory.
  ///
  /// @throws InvalidInput when counts are negative without a variance, all zero, or masked
  /// altogether
  Amplitudes(DiffractionScan scan) {
    this(scan, Long.MAX_VALUE, Watch.SILENT);
  }

  /// Passes over all frames once.
  ///
  /// @param bytes they may hold
  Amplitudes(DiffractionScan scan, long bytes, Watch watch) {
    grid = scan.geometry().detector();
    frames = scan.frames();
    form = FrameAmplitudes.of(scan);
    kept = new KeptPlane[frames.count()];
    countsOf = new double[kept.length];
    brightestOf = new float[kept.length];
    if (bytes >= wholeBytes(grid, kept.length)) {
      ahead = null;
      pass(watch, this::keep);
    } else {
      int threads = watch.workers().threads();
      long plane = wholeBytes(grid, 1);
      var smallest = new KeptPlane.Smallest(form);
      double small = bytesOfOne(smallest);
      long decoding = (long) threads * DECODING * grid.size();
      long most = AHEAD + 2L * threads;
      boolean allFit = kept.length * small + LEAST_AHEAD * plane + decoding <= bytes;
      int planes = allFit ? LEAST_AHEAD : (int) Math.clamp(bytes / 4 / plane, LEAST_AHEAD, most);
      ahead = new ReadAhead(kept.length, grid.size(), planes, threads, this::read);
      long left = Math.max(0, bytes - planes * plane - decoding);
      keepSome(smallest, left, Math.min(1, left / (small * kept.length)), watch);
    }
    double sum = 0;
    float greatest = 0;
    for (int j = 0; j < kept.length; j++) {
      sum += countsOf[j];
      greatest = Math.max(greatest, brightestOf[j]);
    }
    counts = sum;
    float quantum = form.amplitude(1);
    brightest = greatest * greatest / (quantum * quantum);
    if (counts == 0) {
      throw new InvalidInput(
          "the frames", "zero in every good pixel", "counts", "was the shutter closed?");
    }
  }

  /// Bytes of the amplitudes of so many views as they are.
  static long wholeBytes(Grid frame, int views) {
    return 4L * frame.size() * views;
  }

  /// Bytes without which they cannot even be read view by view.
  static long leastBytes(Grid frame) {
    return LEAST_AHEAD * wholeBytes(frame, 1) + (long) DECODING * frame.size();
  }

  private void keep(RealField frame, int view) {
    float[] plane = new float[grid.size()];
    make(frame, view, plane);
    kept[view] = new KeptPlane.Floats(plane);
  }

  /// Views evenly over the scan, so that those which are read stand between others everywhere.
  private void keepSome(KeptPlane.Smallest smallest, long bytes, double share, Watch watch) {
    var left = new AtomicLong(bytes);
    pass(
        watch,
        (frame, view) -> {
          float[] plane = new float[grid.size()];
          make(frame, view, plane);
          boolean chosen = Math.floor((view + 1) * share) > Math.floor(view * share);
          if (chosen && left.get() > 0) {
            form.counts(frame, plane);
            var small = smallest.of(plane);
            if (left.addAndGet(-small.bytes()) >= 0) {
              kept[view] = small;
            } else {
              left.addAndGet(small.bytes());
            }
          }
        });
    int held = 0;
    for (var one : kept) {
      held += one == null ? 0 : 1;
    }
    watch.tell(
        new Progress.Noted(
            held == kept.length
                ? "memory does not hold the amplitudes of all views: they are kept as counts"
                : "memory does not hold the amplitudes of all views: "
                    + held
                    + " of "
                    + kept.length
                    + " are kept, the others are read when they are needed"));
  }

  private double bytesOfOne(KeptPlane.Smallest smallest) {
    var frame = new RealField(grid);
    float[] plane = new float[grid.size()];
    int sample = Math.min(SAMPLE, kept.length);
    double sum = 0;
    for (int k = 0; k < sample; k++) {
      int view = (int) ((long) k * kept.length / sample);
      frames.read(view, frame);
      form.counts(frame, plane);
      sum += smallest.of(plane).bytes();
    }
    return sum / sample;
  }

  private interface OfFrame {
    void apply(RealField frame, int view);
  }

  private void pass(Watch watch, OfFrame each) {
    int blocks = (kept.length + BLOCK - 1) / BLOCK;
    var done = new AtomicInteger();
    watch
        .workers()
        .forEach(
            blocks,
            (block, worker) -> {
              for (int j = block * BLOCK; j < Math.min(kept.length, (block + 1) * BLOCK); j++) {
                var frame = frame();
                frames.read(j, frame);
                each.apply(frame, j);
                spare.add(frame);
              }
              watch.tell(
                  new Progress.Worked("reading frames", done.incrementAndGet() / (double) blocks));
            });
  }

  private void read(int view, float[] into) {
    var frame = frame();
    frames.read(view, frame);
    form.again(frame, into);
    spare.add(frame);
  }

  private RealField frame() {
    var one = spare.poll();
    return one == null ? new RealField(grid) : one;
  }

  Grid grid() {
    return grid;
  }

  int views() {
    return kept.length;
  }

  /// From now on views are asked for in this order; who does not say so waits for each frame.
  void expect(int[] order) {
    if (ahead != null) {
      int[] read = Arrays.stream(order).filter(view -> kept[view] == null).toArray();
      ahead.expect(read);
    }
  }

  /// The plane of one view: itself where it is kept as it is, else written into `room`.
  float[] of(int view, float[] room) {
    var plane = kept[view];
    if (plane != null) {
      return plane.amplitudes(room);
    }
    Objects.requireNonNull(ahead).take(view, room);
    return room;
  }

  /// The Σ(√n − √λ)² over good pixels that shot noise alone makes of a view whose true counts are
  /// λ:
  /// a quarter for each pixel, somewhat more where few quanta fell, nothing where none did.
  double shotNoise(int view) {
    double quantum = form.amplitude(1);
    double sum = 0;
    for (float a : of(view, new float[room()])) {
      double n = a < 0 ? 0 : a * a / (quantum * quantum);
      sum += n < 1 ? n : 0.25 + 0.75 / (n * n * n);
    }
    return sum;
  }

  /// The greatest count of a good pixel in any view.
  float brightest() {
    return brightest;
  }

  /// Makes the plane of a view for the first time.
  private void make(RealField frame, int view, float[] plane) {
    countsOf[view] = form.of(frame, view, plane);
    float greatest = 0;
    for (float a : plane) {
      greatest = Math.max(greatest, a);
    }
    brightestOf[view] = greatest;
  }

  /// Floats of `room` that {@link #of} needs.
  int room() {
    return ahead == null ? 0 : grid.size();
  }

  /// ΣI over the good pixels of all views.
  double counts() {
    return counts;
  }

  /// ΣI over the good pixels of one view.
  double counts(int view) {
    return countsOf[view];
  }

  /// into ← the counts of a view in the order of the transform, −1 where a pixel is not to be
  /// trusted
  double[] counts(int view, double[] into) {
    double quantum = form.amplitude(1);
    float[] plane = of(view, new float[room()]);
    for (int i = 0; i < into.length; i++) {
      double a = plane[i] / quantum;
      into[i] = plane[i] < 0 ? -1 : a * a;
    }
    return into;
  }
}

package argand.ptycho;

import argand.array.ComplexField;
import argand.array.Workers;
import argand.array.kernel.RealWindow;
import argand.array.kernel.Window;
import java.util.Arrays;
import java.util.stream.Stream;

/// What all views at once ask of the object: numerator Σ P_m* χ_m and weight Σ|P_m|². Fixed compact
/// blocks of views are summed in parallel, each view while it is in the cache and into the patch of
/// its block; then the patches in their order, strip by strip of object rows.
final class ObjectPatches {
  private static final int VIEWS_OF_A_BLOCK = 12;
  private static final int LEAST_BLOCKS = 8;
  private static final int MOST_BLOCKS = 64;
  private static final int STRIP_ROWS = 16;

  private final Windows windows;
  private final Workers workers;
  private final ObjectPatch[] patches;
  private final float[] weight;
  private int[][] views = {};

  ObjectPatches(Windows windows, Workers workers) {
    this.windows = windows;
    this.workers = workers;
    patches =
        Stream.generate(() -> new ObjectPatch(windows))
            .limit(blocks(windows))
            .toArray(ObjectPatch[]::new);
    weight = new float[new ComplexField(windows.object()).re().length];
  }

  private static int blocks(Windows windows) {
    int least = Math.min(windows.count(), LEAST_BLOCKS);
    return Math.clamp(windows.count() / VIEWS_OF_A_BLOCK, least, MOST_BLOCKS);
  }

  /// Bytes it holds, and of so many waves in each block beside it.
  static long memoryBytes(Windows windows, double waves) {
    long wave = 8L * windows.frame().rows() * ComplexField.pitch(windows.frame().columns());
    long object = 8L * windows.object().rows() * ComplexField.pitch(windows.object().columns());
    long patch = Math.min(3 * wave, 3 * object / 2); // compact: little more than one frame
    return blocks(windows) * (patch + (long) (wave * waves)) + object / 2;
  }

  int blocks() {
    return patches.length;
  }

  /// Puts the views into blocks as they lie now.
  int[][] begin() {
    begin(ViewBatches.compact(windows, patches.length));
    return views;
  }

  /// Takes blocks as others have them: those of another slice of the sample.
  void begin(int[][] blocks) {
    views = blocks;
  }

  /// Sums of a block ← 0
  void clear(int block) {
    patches[block].clear(views[block]);
  }

  /// See {@link ObjectPatch#add}.
  void add(int block, Window[] probes, Window[] changes, RealWindow light, int view) {
    patches[block].add(probes, changes, light, view);
  }

  /// The same of one wave whose weight is its own.
  void add(int block, ComplexField probe, ComplexField change, int view) {
    patches[block].add(probe, change, view);
  }

  /// numerator ← Σ over all blocks; so it is with the weight.
  void sum(ComplexField numerator) {
    int height = windows.object().rows();
    int pitch = numerator.pitch();
    workers.forEach(
        (height + STRIP_ROWS - 1) / STRIP_ROWS,
        (strip, worker) -> {
          int first = strip * STRIP_ROWS;
          int last = Math.min(height, first + STRIP_ROWS);
          Arrays.fill(numerator.re(), first * pitch, last * pitch, 0);
          Arrays.fill(numerator.im(), first * pitch, last * pitch, 0);
          Arrays.fill(weight, first * pitch, last * pitch, 0);
          for (var patch : patches) {
            patch.addTo(numerator, weight, first, last);
          }
        });
  }

  /// Laid out as a plane of the numerator.
  float[] weight() {
    return weight;
  }
}

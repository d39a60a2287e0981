package argand.ptycho;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// The views of a pass, put into batches of at most so many.
final class ViewBatches {
  private static final int CURVE_BITS = 12;

  private final Batching kind;
  private final int batches;
  private final PtychoModel model;
  private final int[] alongCurve;

  ViewBatches(Batching kind, int size, PtychoModel model) {
    this.kind = kind;
    this.model = model;
    batches = (model.count() + size - 1) / size;
    alongCurve = alongCurve(model.windows());
  }

  /// The batches of pass `iteration`, in the order in which they are to be taken; from seed and
  /// iteration alone.
  int[][] of(int iteration) {
    int count = model.count();
    int[] shuffled = model.order(iteration);
    int[][] views = new int[batches][];
    for (int b = 0; b < batches; b++) {
      int number = b;
      views[b] =
          switch (kind) {
            case RANDOM -> Arrays.copyOfRange(shuffled, first(b, count), first(b + 1, count));
            case UNIFORM ->
                IntStream.range(0, count)
                    .filter(k -> k % batches == number)
                    .map(k -> alongCurve[k])
                    .toArray();
            case COMPACT -> Arrays.copyOfRange(alongCurve, first(b, count), first(b + 1, count));
          };
    }
    if (kind != Batching.RANDOM) {
      shuffle(views, shuffled);
    }
    return views;
  }

  /// All views in so many compact batches, along the curve; the same for every seed and pass. Their
  /// sizes fall: where several threads take one after the other, they end at about the same time.
  static int[][] compact(Windows windows, int batches) {
    int[] along = alongCurve(windows);
    int[][] views = new int[batches][];
    for (int b = 0; b < batches; b++) {
      views[b] =
          Arrays.copyOfRange(
              along, border(b, batches, along.length), border(b + 1, batches, along.length));
    }
    return views;
  }

  /// Where block b of so many begins, of so many views: the first one has half again as many as
  /// they have on average, the last one half as many, and none is empty.
  static int border(int block, int blocks, int count) {
    double x = (double) block / blocks;
    int falling = (int) Math.round(count * x * (1.5 - 0.5 * x));
    return Math.clamp(falling, block, count - (blocks - block));
  }

  private int first(int batch, int count) {
    return (int) ((long) batch * count / batches);
  }

  /// In an order that the order of the views decides.
  private static void shuffle(int[][] views, int[] order) {
    var random = new SplittableRandom(Arrays.hashCode(order));
    for (int i = views.length - 1; i > 0; i--) {
      int k = random.nextInt(i + 1);
      int[] swapped = views[i];
      views[i] = views[k];
      views[k] = swapped;
    }
  }

  /// All views along a Hilbert curve over the field: neighbours on it are neighbours on the sample.
  private static int[] alongCurve(Windows windows) {
    int side = Math.max(windows.object().rows(), windows.object().columns());
    int shift = Math.max(0, 32 - Integer.numberOfLeadingZeros(side) - CURVE_BITS);
    long[] keys = new long[windows.count()];
    for (int j = 0; j < keys.length; j++) {
      keys[j] = (long) hilbert(windows.row(j) >> shift, windows.column(j) >> shift) << 32 | j;
    }
    Arrays.sort(keys);
    return Arrays.stream(keys).mapToInt(key -> (int) key).toArray();
  }

  private static int hilbert(int row, int column) {
    int y = row;
    int x = column;
    int distance = 0;
    for (int s = 1 << (CURVE_BITS - 1); s > 0; s >>= 1) {
      int right = (x & s) > 0 ? 1 : 0;
      int below = (y & s) > 0 ? 1 : 0;
      distance += s * s * ((3 * right) ^ below);
      if (below == 0) {
        if (right == 1) {
          x = s - 1 - (x & (s - 1));
          y = s - 1 - (y & (s - 1));
        }
        int swapped = x;
        x = y;
        y = swapped;
      }
    }
    return distance;
  }
}

package argand.file;

import argand.array.Grid;
import argand.array.Workers;
import argand.data.HeldPlanes;
import argand.data.PixelBlocks;
import argand.data.Planes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// Planes that stay in their file. Bands of rows of all planes are read when the first pixel of one
/// is asked for, and the last few are kept, as many as there are threads and two, so that work on
/// blocks of pixels through all planes
/// reads and decodes each part of the file once.
///
/// A thread that needs what another is reading reads the next part of the band meanwhile.
final class BandPlanes implements Planes {
  /// Bands need not be larger than this many bytes.
  private static final long BAND = 64 << 20;

  private final PlaneRows source;
  private final int together;
  private final int groups;
  private final int bandRows;
  private final Map<Long, FutureTask<float[]>> blocks;

  /// @param bands kept: those under way with each thread's block of pixels, and one for who lags
  private BandPlanes(PlaneRows source, int bandRows, int bands) {
    this.source = source;
    this.together = source.together();
    this.groups = Math.ceilDiv(source.count(), together);
    this.bandRows = bandRows;
    int most = bands * groups;
    this.blocks =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1;

          @Override
          protected boolean removeEldestEntry(Map.Entry<Long, FutureTask<float[]>> eldest) {
            return size() > most;
          }
        };
  }

  /// The planes of a file: in memory where half of it holds them, else left in the file, else
  /// (where
  /// its parts are too large to be read band by band) unpacked once into a scratch file.
  ///
  /// @param memory bytes that planes and bands may take
  static Planes of(PlaneRows source, Workers workers, long memory) {
    Grid grid = source.grid();
    long all = 4L * source.count() * grid.size();
    if (memory <= 0) { // for a look at some pixels only
      return new BandPlanes(source, Math.min(Math.max(source.rowsTogether(), 16), grid.rows()), 2);
    }
    if (all <= memory / 2 || grid.size() <= 1) {
      try (source) {
        return inMemory(source, workers);
      }
    }
    int bands = workers.threads() + 2;
    long row = 4L * Math.ceilDiv(source.count(), source.together()) * source.together();
    long fit = memory / 4 / bands / (row * grid.columns());
    int least = Math.min(Math.ceilDiv(PixelBlocks.SIZE, grid.columns()), grid.rows());
    int chunk = Math.min(source.rowsTogether(), grid.rows());
    boolean plain = chunk == 1; // nothing is decoded twice where bands are low
    if (fit >= least && fit >= Math.ceilDiv(chunk, 2) || plain) {
      long most = Math.max(Math.max(least, chunk), BAND / (row * grid.columns()));
      long rows = Math.clamp(fit, 1, most);
      rows = rows >= chunk ? rows / chunk * chunk : Math.ceilDiv(chunk, 2);
      return new BandPlanes(source, (int) Math.min(Math.max(rows, 1), grid.rows()), bands);
    }
    try (source) {
      return unpacked(source, workers);
    }
  }

  /// The planes of a file, left there whatever their size.
  static Planes inFile(PlaneRows source) {
    int bands = Runtime.getRuntime().availableProcessors() + 2;
    long row = 4L * source.count() * source.grid().columns();
    int rows = (int) Math.clamp(4 * BAND / bands / row, 1, source.grid().rows());
    return new BandPlanes(source, rows, bands);
  }

  private static Planes inMemory(PlaneRows source, Workers workers) {
    return HeldPlanes.filled(
        source.count(), source.grid(), Long.MAX_VALUE, sink -> copy(source, workers, sink));
  }

  private static Planes unpacked(PlaneRows source, Workers workers) {
    return HeldPlanes.filled(source.count(), source.grid(), 0, sink -> copy(source, workers, sink));
  }

  private static void copy(PlaneRows source, Workers workers, HeldPlanes.Sink sink) {
    Grid grid = source.grid();
    int together = source.together();
    int groups = Math.ceilDiv(source.count(), together);
    // about 4 MiB at a time
    int chunk = Math.min(source.rowsTogether(), grid.rows());
    int band = Math.max(1, (1 << 20) / Math.max(1, together * grid.columns() * chunk)) * chunk;
    int rows = Math.min(band, grid.rows());
    int bands = Math.ceilDiv(grid.rows(), rows);
    var buffers = new float[workers.threads()][];
    workers.forEach(
        groups * bands,
        (block, worker) -> {
          if (buffers[worker] == null) {
            buffers[worker] = new float[Math.multiplyExact(together * rows, grid.columns())];
          }
          int first = block / bands * together;
          int planes = Math.min(together, source.count() - first);
          int row = block % bands * rows;
          int height = Math.min(rows, grid.rows() - row);
          int size = height * grid.columns();
          source.read(first, planes, row, height, buffers[worker]);
          for (int p = 0; p < planes; p++) {
            sink.put(first + p, row * grid.columns(), buffers[worker], p * size, size);
          }
        });
  }

  @Override
  public int count() {
    return source.count();
  }

  @Override
  public Grid grid() {
    return source.grid();
  }

  @Override
  public void read(int index, int first, int length, float[] into, int offset) {
    int columns = grid().columns();
    int done = 0;
    while (done < length) {
      int pixel = first + done;
      int band = pixel / columns / bandRows;
      int inBand = pixel - band * bandRows * columns;
      int height = Math.min(bandRows, grid().rows() - band * bandRows);
      int take = Math.min(length - done, height * columns - inBand);
      float[] block = block(index / together, band);
      System.arraycopy(
          block, index % together * height * columns + inBand, into, offset + done, take);
      done += take;
    }
  }

  private float[] block(int group, int band) {
    var task = task(group, band);
    task.run(); // at once for who comes first, nothing for who comes later
    for (int next = group + 1; !task.isDone() && next < groups; next++) {
      task(next, band).run();
    }
    try {
      return task.get();
    } catch (ExecutionException e) {
      forget(group, band);
      throw e.getCause() instanceof RuntimeException trouble
          ? trouble
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for planes", e);
    }
  }

  private FutureTask<float[]> task(int group, int band) {
    synchronized (blocks) {
      return blocks.computeIfAbsent(
          key(group, band), key -> new FutureTask<>(() -> load(group, band)));
    }
  }

  private void forget(int group, int band) {
    synchronized (blocks) {
      blocks.remove(key(group, band));
    }
  }

  private long key(int group, int band) {
    return (long) band * groups + group;
  }

  private float[] load(int group, int band) {
    int first = group * together;
    int planes = Math.min(together, source.count() - first);
    int height = Math.min(bandRows, grid().rows() - band * bandRows);
    float[] block = new float[Math.multiplyExact(planes * height, grid().columns())];
    source.read(first, planes, band * bandRows, height, block);
    return block;
  }

  @Override
  public void close() {
    source.close();
  }
}

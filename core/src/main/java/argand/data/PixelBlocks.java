package argand.data;

import argand.array.Workers;

/// The way through planes for work on each pixel's spectrum: fixed blocks of pixels, all planes of
/// a block at once. What is added up over pixels is to be kept for each block and added in block
/// order.
public final class PixelBlocks {
  /// Pixels of a block: a hundred energies of it stay in the second-level cache.
  public static final int SIZE = 2048;

  private PixelBlocks() {}

  /// What is done with a block.
  @FunctionalInterface
  public interface Task {
    /// @param block its number
    /// @param first its first pixel
    /// @param length its number of pixels
    /// @param spectra `spectra[e · SIZE + i]` is plane e at pixel first + i; may be written to
    /// @param worker 0 … threads − 1, for buffers
    void run(int block, int first, int length, float[] spectra, int worker);
  }

  /// Number of blocks of planes of `pixels` pixels.
  public static int count(int pixels) {
    return (pixels + SIZE - 1) / SIZE;
  }

  /// Reads every block once and hands it to `task`.
  public static void forEach(Planes planes, Workers workers, Task task) {
    int pixels = planes.grid().size();
    var buffers = new float[workers.threads()][];
    workers.forEach(
        count(pixels),
        (block, worker) -> {
          if (buffers[worker] == null) {
            buffers[worker] = new float[planes.count() * SIZE];
          }
          int first = block * SIZE;
          int length = Math.min(SIZE, pixels - first);
          for (int e = 0; e < planes.count(); e++) {
            planes.read(e, first, length, buffers[worker], e * SIZE);
          }
          task.run(block, first, length, buffers[worker], worker);
        });
  }

  /// What is done with the pixels first … last − 1 of maps.
  @FunctionalInterface
  public interface Run {
    void run(int first, int last);
  }

  /// The same way through maps, for work on each of their pixels.
  public static void runs(int pixels, Workers workers, Run run) {
    workers.forEach(
        count(pixels),
        (block, worker) -> run.run(block * SIZE, Math.min(pixels, (block + 1) * SIZE)));
  }
}

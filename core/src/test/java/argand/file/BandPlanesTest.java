package argand.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argand.array.Grid;
import argand.array.Workers;
import argand.data.PixelBlocks;
import argand.data.Planes;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Planes larger than memory: right, and each part of the file read once.
class BandPlanesTest {
  private static final Grid GRID = new Grid(1024, 96, 1, 1);
  private static final int COUNT = 30;

  /// Parts of four planes and some rows, as chunks of HDF5 would be.
  private static final class Chunks implements PlaneRows {
    final int height;
    final AtomicInteger decoded = new AtomicInteger();

    Chunks(int height) {
      this.height = height;
    }

    int number() {
      return 8 * 1024 / height;
    }

    boolean damaged;

    @Override
    public int count() {
      return COUNT;
    }

    @Override
    public Grid grid() {
      return GRID;
    }

    @Override
    public int together() {
      return 4;
    }

    @Override
    public int rowsTogether() {
      return height;
    }

    @Override
    public void read(int first, int planes, int row, int rows, float[] into) {
      assertThat(first % 4).isZero();
      if (damaged && row + rows > 600) {
        throw new FileTrouble(Path.of("a.h5"), "a chunk is damaged");
      }
      decoded.addAndGet((row + rows - 1) / height - row / height + 1);
      for (int p = 0, to = 0; p < planes; p++) {
        for (int i = 0; i < rows * GRID.columns(); i++, to++) {
          into[to] = value(first + p, row * GRID.columns() + i);
        }
      }
    }

    @Override
    public void close() {}
  }

  private static float value(int plane, int pixel) {
    return plane * 100_000 + pixel;
  }

  private static void throughAllSpectra(Planes planes, int threads) {
    var wrong = new AtomicInteger();
    try (var workers = new Workers(threads)) {
      PixelBlocks.forEach(
          planes,
          workers,
          (block, first, length, spectra, worker) -> {
            for (int e = 0; e < COUNT; e++) {
              for (int i = 0; i < length; i++) {
                if (spectra[e * PixelBlocks.SIZE + i] != value(e, first + i)) {
                  wrong.incrementAndGet();
                }
              }
            }
          });
    }
    assertThat(wrong.get()).isZero();
  }

  private static final long ALL = 4L * COUNT * GRID.size();

  @Test
  void eachChunkIsDecodedOnceOnTheWayThroughAllSpectra() {
    for (int threads : new int[] {1, 3}) {
      var chunks = new Chunks(8);
      try (var workers = new Workers(threads);
          var planes = BandPlanes.of(chunks, workers, 2 * ALL - 8)) {
        assertThat(planes.memoryBytes()).isZero();
        throughAllSpectra(planes, threads);
        // a thread that the system held up while others went on reads its part again
        int most = threads == 1 ? chunks.number() : 2 * chunks.number();
        assertThat(chunks.decoded.get()).isBetween(chunks.number(), most);
        // whole planes, each of another group than the one before: the bands do not last, and this
        // counter can count
        for (int e = 0; e < 32; e++) {
          planes.plane(Math.min(COUNT - 1, e % 8 * 4 + e / 8));
        }
        assertThat(chunks.decoded.get()).isGreaterThan(3 * chunks.number());
      }
    }
  }

  @Test
  void withLessMemoryTwiceAndWithStillLessThroughAScratchFile() {
    var twice = new Chunks(64);
    // three bands of 32 rows, half a chunk, in a quarter of the memory; planes in groups of four:
    // 32
    long memory = 4L * 3 * 32 * 4 * 32 * GRID.columns();
    try (var planes = BandPlanes.of(twice, Workers.ONE, memory)) {
      throughAllSpectra(planes, 1);
      assertThat(twice.decoded.get()).isEqualTo(2 * twice.number());
    }
    var once = new Chunks(64);
    try (var planes = BandPlanes.of(once, Workers.ONE, ALL / 20)) {
      assertThat(once.decoded.get()).isEqualTo(once.number());
      assertThat(planes.memoryBytes()).isZero();
      throughAllSpectra(planes, 2);
      assertThat(once.decoded.get()).isEqualTo(once.number());
    }
    var held = new Chunks(64);
    try (var planes = BandPlanes.of(held, Workers.ONE, 2 * ALL)) {
      assertThat(planes.memoryBytes()).isEqualTo(ALL);
      throughAllSpectra(planes, 2);
      assertThat(held.decoded.get()).isEqualTo(held.number());
    }
  }

  @Test
  void aDamagedPartIsSaidEachTimeItIsAskedFor() {
    var chunks = new Chunks(8);
    chunks.damaged = true;
    try (var planes = BandPlanes.of(chunks, Workers.ONE, 2 * ALL - 8)) {
      float[] run = new float[10];
      planes.read(7, 0, 10, run, 0);
      assertThat(run[3]).isEqualTo(value(7, 3));
      for (int k = 0; k < 2; k++) {
        assertThatThrownBy(() -> planes.read(7, GRID.size() - 20, 10, run, 0))
            .isInstanceOf(FileTrouble.class)
            .hasMessageContaining("a chunk is damaged");
      }
    }
    assertThatThrownBy(() -> BandPlanes.of(chunks, Workers.ONE, Long.MAX_VALUE))
        .isInstanceOf(FileTrouble.class);
  }
}

package argand.data;

import argand.array.Check;
import argand.array.Grid;
import argand.array.RealField;
import java.util.List;
import java.util.Optional;

/// Images of one size, one for each energy (or angle, or time), read in runs of pixels: from
/// memory, from a file, or computed as they are read. NaN marks a pixel that is not to be trusted.
///
/// Work on each pixel's spectrum goes through them block by block ({@link PixelBlocks}), so a stack
/// larger than memory costs no more memory than a small one. `read` may be called from several
/// threads.
public interface Planes extends AutoCloseable {
  int count();

  Grid grid();

  /// into[offset … offset + length) ← pixels first … first + length of plane `index`, row by row.
  void read(int index, int first, int length, float[] into, int offset);

  /// The pixels of plane `index` themselves where they lie in memory, not to be written to.
  default Optional<float[]> inMemory(int index) {
    return Optional.empty();
  }

  /// Bytes they hold in memory; 0 where they are read from a file or computed.
  default long memoryBytes() {
    return 0;
  }

  @Override
  default void close() {}

  /// A copy of plane `index`.
  default RealField plane(int index) {
    var plane = new RealField(grid());
    read(index, 0, grid().size(), plane.values(), 0);
    return plane;
  }

  /// These planes in the order of `indices`.
  default Planes select(int[] indices) {
    Check.atLeast("number of planes", indices.length, 1);
    return new ChosenPlanes(this, indices.clone(), this::close);
  }

  /// Fills a run of pixels of one plane; see {@link Planes#read}.
  @FunctionalInterface
  interface Pixels {
    void read(int index, int first, int length, float[] into, int offset);
  }

  /// Planes made from others as they are read; closing them closes `from`.
  ///
  /// @param pixels may be called from several threads
  static Planes computed(Planes from, int count, Grid grid, Pixels pixels) {
    return new Planes() {
      @Override
      public int count() {
        return count;
      }

      @Override
      public Grid grid() {
        return grid;
      }

      @Override
      public void read(int index, int first, int length, float[] into, int offset) {
        pixels.read(index, first, length, into, offset);
      }

      @Override
      public long memoryBytes() {
        return from.memoryBytes();
      }

      @Override
      public void close() {
        from.close();
      }
    };
  }

  /// Each plane made from the same plane of others as it is read, pixel for pixel.
  static Planes computed(Planes from, Pixels pixels) {
    return computed(from, from.count(), from.grid(), pixels);
  }

  /// Planes in memory; the fields are kept, not copied.
  static Planes of(List<RealField> planes) {
    Check.atLeast("number of planes", planes.size(), 1);
    var kept = List.copyOf(planes);
    Grid grid = kept.getFirst().grid();
    for (var plane : kept) {
      Check.same("pixels of a plane", plane.grid().size(), grid.size());
    }
    return new Planes() {
      @Override
      public int count() {
        return kept.size();
      }

      @Override
      public Grid grid() {
        return grid;
      }

      @Override
      public void read(int index, int first, int length, float[] into, int offset) {
        System.arraycopy(kept.get(index).values(), first, into, offset, length);
      }

      @Override
      public Optional<float[]> inMemory(int index) {
        return Optional.of(kept.get(index).values());
      }

      @Override
      public long memoryBytes() {
        return 4L * kept.size() * grid.size();
      }
    };
  }
}

package argand.data;

import argand.array.Grid;
import argand.array.RealField;
import argand.array.Workers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// Planes that were computed once and kept: in memory where there is room, else in a scratch file
/// that vanishes when they are closed or the process ends.
public final class HeldPlanes {
  private HeldPlanes() {}

  /// Makes plane `index` into `into`; called from several threads.
  @FunctionalInterface
  public interface Making {
    void make(int index, RealField into, int worker);
  }

  /// `count` planes, each made once.
  ///
  /// @param memory bytes that they may take
  /// @throws UncheckedIOException when the scratch file cannot be written
  public static Planes of(int count, Grid grid, Workers workers, long memory, Making making) {
    return 4L * count * grid.size() <= memory
        ? inMemory(count, grid, workers, making)
        : inFile(count, grid, workers, making);
  }

  /// The planes themselves where they lie in memory already; else what they are, read once.
  public static Planes of(Planes planes, Workers workers, long memory) {
    if (planes.inMemory(0).isPresent()) {
      return planes;
    }
    var held =
        of(
            planes.count(),
            planes.grid(),
            workers,
            memory,
            (index, into, worker) -> planes.read(index, 0, into.values().length, into.values(), 0));
    return new ChosenPlanes(
        held,
        IntStream.range(0, held.count()).toArray(),
        () -> {
          held.close();
          planes.close();
        });
  }

  /// Receives pixels of planes, in any order and from several threads.
  @FunctionalInterface
  public interface Sink {
    /// Plane `index`, pixels first … first + length ← from[offset …]
    void put(int index, int first, float[] from, int offset, int length);
  }

  /// `count` planes whose pixels are put in runs, all of them once.
  ///
  /// @param memory bytes that they may take
  /// @param filling puts everything before it returns
  /// @throws UncheckedIOException when the scratch file cannot be written
  public static Planes filled(int count, Grid grid, long memory, Consumer<Sink> filling) {
    if (4L * count * grid.size() <= memory) {
      var fields = RealField.zeros(grid, count);
      filling.accept(
          (index, first, from, offset, length) ->
              System.arraycopy(from, offset, fields.get(index).values(), first, length));
      return Planes.of(fields);
    }
    var scratch = new Scratch(count, grid);
    try {
      filling.accept(scratch::write);
      return scratch;
    } catch (RuntimeException trouble) {
      scratch.close();
      throw trouble;
    }
  }

  private static Planes inMemory(int count, Grid grid, Workers workers, Making making) {
    var fields = RealField.zeros(grid, count);
    workers.forEach(count, (index, worker) -> making.make(index, fields.get(index), worker));
    return Planes.of(fields);
  }

  private static Planes inFile(int count, Grid grid, Workers workers, Making making) {
    var scratch = new Scratch(count, grid);
    var buffers = new RealField[workers.threads()];
    try {
      workers.forEach(
          count,
          (index, worker) -> {
            if (buffers[worker] == null) {
              buffers[worker] = new RealField(grid);
            }
            making.make(index, buffers[worker], worker);
            scratch.write(index, buffers[worker].values());
          });
      return scratch;
    } catch (RuntimeException trouble) {
      scratch.close();
      throw trouble;
    }
  }

  /// Raw floats in the native byte order, plane after plane.
  private static final class Scratch implements Planes {
    private final int count;
    private final Grid grid;
    private final FileChannel channel;

    Scratch(int count, Grid grid) {
      this.count = count;
      this.grid = grid;
      try {
        Path file = Files.createTempFile("argand-", ".planes");
        channel =
            FileChannel.open(
                file,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE);
      } catch (IOException e) {
        throw new UncheckedIOException("no scratch file can be made for the planes", e);
      }
    }

    void write(int index, float[] values) {
      write(index, 0, values, 0, values.length);
    }

    void write(int index, int first, float[] values, int offset, int length) {
      var bytes = ByteBuffer.allocate(4 * length).order(ByteOrder.nativeOrder());
      bytes.asFloatBuffer().put(values, offset, length);
      long place = 4L * ((long) index * grid.size() + first);
      try {
        while (bytes.hasRemaining()) {
          place += channel.write(bytes, place);
        }
      } catch (IOException e) {
        throw new UncheckedIOException("the scratch file of the planes cannot be written", e);
      }
    }

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
      var bytes = ByteBuffer.allocate(4 * length).order(ByteOrder.nativeOrder());
      long place = 4L * ((long) index * grid.size() + first);
      try {
        while (bytes.hasRemaining()) {
          int got = channel.read(bytes, place + bytes.position());
          if (got < 0) {
            throw new IOException("it ends early");
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException("the scratch file of the planes cannot be read", e);
      }
      bytes.flip().asFloatBuffer().get(into, offset, length);
    }

    @Override
    public void close() {
      try {
        channel.close();
      } catch (IOException e) {
        throw new UncheckedIOException("the scratch file of the planes cannot be closed", e);
      }
    }
  }
}

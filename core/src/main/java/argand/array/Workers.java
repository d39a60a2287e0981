package argand.array;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Threads that work on fixed blocks, so that the same work gives the same bits whatever their
/// number.
///
/// The cut into blocks is the caller's and must not depend on {@link #threads()}; sums over blocks
/// are to be taken in block order after {@link #forEach} returns.
public final class Workers implements AutoCloseable {
  /// The calling thread alone.
  public static final Workers ONE = new Workers(1);

  private final int threads;
  private final @org.jspecify.annotations.Nullable ExecutorService pool;

  public Workers(int threads) {
    Check.atLeast("threads", threads, 1);
    this.threads = threads;
    this.pool =
        threads == 1
            ? null
            : Executors.newFixedThreadPool(
                threads - 1, Thread.ofPlatform().daemon().name("argand-worker-", 1).factory());
  }

  /// One thread for each processor.
  public static Workers all() {
    return new Workers(Runtime.getRuntime().availableProcessors());
  }

  public int threads() {
    return threads;
  }

  /// A piece of work: block number and the number (0 … threads − 1) of the worker that does it, for
  /// its own buffers.
  public interface Task {
    void run(int block, int worker);
  }

  /// Runs `task` once for each block 0 … blocks − 1; returns when all are done. The first failure
  /// is thrown on.
  public void forEach(int blocks, Task task) {
    var next = new java.util.concurrent.atomic.AtomicInteger();
    if (pool == null) {
      for (int block = 0; block < blocks; block++) {
        task.run(block, 0);
      }
      return;
    }
    List<Future<?>> others = new ArrayList<>();
    for (int worker = 1; worker < threads; worker++) {
      int number = worker;
      others.add(pool.submit(() -> drain(next, blocks, task, number)));
    }
    try {
      drain(next, blocks, task, 0);
    } finally {
      next.set(blocks);
      join(others);
    }
  }

  private static void drain(
      java.util.concurrent.atomic.AtomicInteger next, int blocks, Task task, int worker) {
    for (int block = next.getAndIncrement(); block < blocks; block = next.getAndIncrement()) {
      task.run(block, worker);
    }
  }

  private static void join(List<Future<?>> others) {
    for (var other : others) {
      try {
        other.get();
      } catch (ExecutionException e) {
        if (e.getCause() instanceof RuntimeException cause) {
          throw cause;
        }
        if (e.getCause() instanceof Error cause) {
          throw cause;
        }
        throw new IllegalStateException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while waiting for a worker", e);
      }
    }
  }

  @Override
  public void close() {
    if (pool != null) {
      pool.close();
    }
  }
}

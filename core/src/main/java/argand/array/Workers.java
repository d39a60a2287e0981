package argand.array;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Threads that work on fixed blocks, so that the same work gives the same bits whatever their
/// number.
///
/// The cut into blocks is the caller's and must not depend on {@link #threads()}; sums over blocks
/// are to be taken in block order after {@link #forEach} returns.
///
/// A call costs about a microsecond when it follows another soon: threads without work look for
/// some a while before they sleep, and a call does not wait for a thread that has not woken up in
/// time to take a block.
public final class Workers implements AutoCloseable {
  /// How long a thread looks for work, or for the end of others' work, before it sleeps [ns]: a few
  /// times what falling asleep and being woken costs.
  private static final long LOOKING = 50_000;

  /// Looks from one reading of the clock to the next.
  private static final int LOOKS = 64;

  /// The calling thread alone.
  public static final Workers ONE = new Workers(1);

  private final int threads;
  private final long looking;
  private final PooledThread[] pooled;
  private final AtomicBoolean taken = new AtomicBoolean();
  private long calls;
  private volatile @Nullable Call current;
  private volatile boolean closed;

  public Workers(int threads) {
    Check.atLeast("threads", threads, 1);
    this.threads = threads;
    // who looks for work takes the processor from those who have it where there are too few
    looking = threads <= Runtime.getRuntime().availableProcessors() ? LOOKING : 0;
    pooled = new PooledThread[threads - 1];
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
  /// is thrown on, when no block is being worked on any more; blocks that were not begun are then
  /// left out.
  ///
  /// While one call goes on, another (of another thread, or of the task itself) is done by its
  /// caller alone.
  public void forEach(int blocks, Task task) {
    boolean alone = threads == 1 || blocks <= 1 || !taken.compareAndSet(false, true);
    if (alone) {
      for (int block = 0; block < blocks; block++) {
        task.run(block, 0);
      }
      return;
    }
    try {
      together(blocks, task);
    } finally {
      taken.set(false);
    }
  }

  private void together(int blocks, Task task) {
    if (closed) {
      throw new IllegalStateException("these workers have been closed");
    }
    var call = new Call(++calls, blocks, task);
    current = call;
    for (int k = 0; k < pooled.length; k++) {
      var other = pooled[k];
      if (other == null) {
        other = new PooledThread(k + 1);
        pooled[k] = other;
        other.thread.start();
      } else if (other.asleep) {
        LockSupport.unpark(other.thread);
      }
    }
    call.work(0);
    call.awaitOthers();
    current = null;
    call.throwFailure();
  }

  /// Waits until the threads have ended; a call in progress is finished first.
  @Override
  public void close() {
    closed = true;
    boolean interrupted = false;
    for (var other : pooled) {
      while (other != null && other.thread.isAlive()) {
        LockSupport.unpark(other.thread);
        try {
          other.thread.join();
        } catch (InterruptedException again) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /// One call of {@link #forEach}.
  private final class Call {
    private final long number;
    private final int blocks;
    private final Task task;
    private final Thread caller = Thread.currentThread();
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger finished = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private volatile boolean awaited;

    Call(long number, int blocks, Task task) {
      this.number = number;
      this.blocks = blocks;
      this.task = task;
    }

    /// Takes blocks while there are any; after a failure only counts them.
    void work(int worker) {
      for (int block = next.getAndIncrement(); block < blocks; block = next.getAndIncrement()) {
        if (failure.get() == null) {
          try {
            task.run(block, worker);
          } catch (Throwable thrown) {
            failure.compareAndSet(null, thrown);
          }
        }
        // counting the last one and then asking whether someone sleeps, while the caller says that
        // it sleeps and then asks for the count: one of the two sees the other
        if (finished.incrementAndGet() == blocks && awaited) {
          LockSupport.unpark(caller);
        }
      }
    }

    void awaitOthers() {
      if (looked(() -> finished.get() == blocks)) {
        return;
      }
      boolean interrupted = false;
      awaited = true;
      while (finished.get() < blocks) {
        LockSupport.park(this);
        interrupted |= Thread.interrupted(); // else it would not sleep again
      }
      if (interrupted) {
        caller.interrupt();
      }
    }

    void throwFailure() {
      switch (failure.get()) {
        case null -> {}
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        case Throwable cause -> throw new IllegalStateException(cause);
      }
    }
  }

  private interface Question {
    boolean yes();
  }

  /// Asks again and again, for a while; whether the answer was yes.
  private boolean looked(Question question) {
    long until = System.nanoTime() + looking;
    do {
      for (int k = 0; k < LOOKS; k++) {
        if (question.yes()) {
          return true;
        }
        Thread.onSpinWait();
      }
    } while (System.nanoTime() < until);
    return false;
  }

  /// A thread beside the caller's. Between calls it holds none of them, so that what their tasks
  /// hold can be let go.
  private final class PooledThread implements Runnable {
    private final int worker;
    private final Thread thread;
    private long latest;
    private volatile boolean asleep;

    PooledThread(int worker) {
      this.worker = worker;
      thread = Thread.ofPlatform().daemon().name("argand-worker-" + worker).unstarted(this);
    }

    @Override
    public void run() {
      while (awaitCall()) {
        serve();
      }
    }

    private void serve() {
      var call = current;
      if (call != null) {
        latest = call.number;
        call.work(worker);
      }
    }

    /// False when the workers are closed.
    private boolean awaitCall() {
      if (!looked(this::called)) {
        asleep = true;
        while (!called()) {
          LockSupport.park(Workers.this);
        }
        asleep = false;
      }
      return !closed;
    }

    private boolean called() {
      var call = current;
      return closed || call != null && call.number > latest;
    }
  }
}

package argand.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every block is done once and before the call returns, in whatever order, by however many, from
/// wherever it is called. A lost wake-up or a call that returns too early shows within a few
/// thousand calls, so there are more.
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WorkersTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7})
  void doesEveryBlockOnceBeforeItReturns(int threads) {
    try (var workers = new Workers(threads)) {
      for (int round = 0; round < 3000; round++) {
        int blocks = round % 9;
        int[] done = new int[blocks]; // plain: the call must order these writes before its return
        int[] by = new int[blocks];
        workers.forEach(
            blocks,
            (block, worker) -> {
              done[block]++;
              by[block] = worker;
            });
        assertThat(done).containsOnly(blocks == 0 ? new int[0] : new int[] {1});
        assertThat(Arrays.stream(by).allMatch(worker -> worker >= 0 && worker < threads)).isTrue();
      }
    }
  }

  /// Pauses around the time after which threads fall asleep, where wake-ups could be lost.
  @Test
  void losesNoCallToAThreadThatFallsAsleep() {
    try (var workers = new Workers(2)) {
      var sum = new AtomicInteger();
      for (int round = 0; round < 4000; round++) {
        long until = System.nanoTime() + 80_000 + 10L * round;
        while (System.nanoTime() < until) {
          Thread.onSpinWait();
        }
        workers.forEach(2, (block, worker) -> sum.addAndGet(block + 1));
      }
      assertThat(sum).hasValue(3 * 4000);
    }
  }

  /// Two blocks that wait for each other end only if two threads work on them.
  @Test
  void worksOnBlocksAtTheSameTime() {
    try (var workers = new Workers(2)) {
      for (int round = 0; round < 50; round++) {
        var both = new CountDownLatch(2);
        workers.forEach(
            2,
            (block, worker) -> {
              both.countDown();
              await(both);
            });
      }
    }
  }

  @Test
  void givesEachWorkerItsOwnNumber() {
    try (var workers = new Workers(3)) {
      var at = new AtomicIntegerArray(3);
      var shared = new AtomicInteger();
      workers.forEach(
          3000,
          (block, worker) -> {
            if (at.incrementAndGet(worker) != 1) {
              shared.incrementAndGet();
            }
            Thread.onSpinWait();
            at.decrementAndGet(worker);
          });
      assertThat(shared).hasValue(0);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void throwsAFailureOnWhenNothingIsBeingWorkedOn(int threads) {
    try (var workers = new Workers(threads)) {
      for (int round = 0; round < 300; round++) {
        int bad = round % 20;
        var inside = new AtomicInteger();
        assertThatThrownBy(
                () ->
                    workers.forEach(
                        20,
                        (block, worker) -> {
                          inside.incrementAndGet();
                          try {
                            if (block == bad) {
                              throw new UnsupportedOperationException("block " + block);
                            }
                          } finally {
                            inside.decrementAndGet();
                          }
                        }))
            .isInstanceOf(UnsupportedOperationException.class)
            .hasMessage("block " + bad);
        assertThat(inside).hasValue(0);
      }
      var done = new AtomicInteger();
      workers.forEach(20, (block, worker) -> done.incrementAndGet());
      assertThat(done).as("blocks of a call after the failures").hasValue(20);
    }
  }

  @Test
  void throwsErrorsOn() {
    try (var workers = new Workers(2)) {
      assertThatThrownBy(
              () ->
                  workers.forEach(
                      2,
                      (block, worker) -> {
                        throw new StackOverflowError("deep");
                      }))
          .isInstanceOf(StackOverflowError.class);
    }
  }

  @Test
  void isCalledFromItsOwnTask() {
    try (var workers = new Workers(3)) {
      int[][] done = new int[6][5];
      workers.forEach(
          6, (outer, worker) -> workers.forEach(5, (inner, by) -> done[outer][inner]++));
      assertThat(Arrays.stream(done).flatMapToInt(Arrays::stream)).containsOnly(1);
    }
  }

  @Test
  void isCalledFromSeveralThreads() throws InterruptedException {
    try (var workers = new Workers(3)) {
      int[] wrong = new int[4];
      var callers =
          IntStream.range(0, wrong.length)
              .mapToObj(
                  caller ->
                      Thread.ofPlatform()
                          .start(
                              () -> {
                                for (int round = 0; round < 2000; round++) {
                                  int[] done = new int[7];
                                  workers.forEach(7, (block, worker) -> done[block]++);
                                  wrong[caller] += 7 - Arrays.stream(done).sum();
                                }
                              }))
              .toList();
      for (var caller : callers) {
        caller.join();
      }
      assertThat(wrong).containsOnly(0);
    }
  }

  /// An interrupted caller waits for the others all the same, and is still interrupted after it.
  @Test
  void finishesWhenTheCallerIsInterrupted() throws InterruptedException {
    try (var workers = new Workers(2)) {
      var done = new AtomicInteger();
      var still = new AtomicReference<Boolean>();
      var caller =
          Thread.ofPlatform()
              .start(
                  () -> {
                    Thread.currentThread().interrupt();
                    workers.forEach(
                        2,
                        (block, worker) -> {
                          if (worker == 1) {
                            sleep(20);
                          }
                          done.incrementAndGet();
                        });
                    still.set(Thread.currentThread().isInterrupted());
                  });
      caller.join();
      assertThat(done).hasValue(2);
      assertThat(still).hasValue(true);
    }
  }

  @Test
  void endsItsThreadsWhenClosed() {
    var workers = new Workers(3);
    Thread[] threads = new Thread[3];
    var all = new CountDownLatch(3);
    workers.forEach(
        3,
        (block, worker) -> {
          threads[worker] = Thread.currentThread();
          all.countDown();
          await(all);
        });
    assertThat(threads[1].isAlive()).isTrue();
    workers.close();
    assertThat(threads[1].isAlive()).isFalse();
    assertThat(threads[2].isAlive()).isFalse();
    assertThatThrownBy(() -> workers.forEach(2, (block, worker) -> {}))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void refusesNoThreads() {
    assertThatThrownBy(() -> new Workers(0)).isInstanceOf(InvalidInput.class);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void sleep(long milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}

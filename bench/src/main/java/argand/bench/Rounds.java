package argand.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Times several ways to do the same thing, in one process and in interleaved rounds, so that
/// whatever else the machine does falls on all of them alike.
///
/// After a warm-up, each round runs every contender in turn for about the same time. A contender's
/// figure is the median over rounds of its time for one call; its ratio is the median of the ratios
/// of each round to the first contender, the reference.
public final class Rounds {
  /// Which seconds are counted.
  public enum Clock {
    /// CPU seconds of the calling thread: right for single-threaded work on a machine that others
    /// use too.
    THREAD_CPU,
    /// Seconds on the wall: right for work on several threads, on a quiet machine.
    WALL
  }

  /// @param name of the contender
  /// @param seconds median time of one call
  /// @param ratio median over rounds of this time ÷ the reference's time in the same round; 1 for
  ///      the reference
  /// @param spread half the distance between the quartiles of the time of a call, as a share of the
  ///      median
  public record Timing(String name, double seconds, double ratio, double spread) {}

  private record Contender(String name, Runnable work) {}

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final Clock clock;
  private final int rounds;
  private final double warmSeconds;
  private final double roundSeconds;
  private final List<Contender> contenders = new ArrayList<>();

  /// @param rounds number of rounds, best odd
  /// @param warmSeconds for how long each contender runs before the first round [s]; 2 s or more
  ///      for work that the JIT compiles
  /// @param roundSeconds for how long about a contender runs in a round [s]; at least one call
  public Rounds(Clock clock, int rounds, double warmSeconds, double roundSeconds) {
    this.clock = clock;
    this.rounds = rounds;
    this.warmSeconds = warmSeconds;
    this.roundSeconds = roundSeconds;
  }

  /// Thread CPU time, 15 rounds of 20 ms for each contender, after 2 s of warm-up.
  public static Rounds ofOneThread() {
    return new Rounds(Clock.THREAD_CPU, 15, 2.0, 0.02);
  }

  /// Enters a contender; the first is the reference.
  ///
  /// @param work one call; must leave things such that it can be called again and again
  public Rounds add(String name, Runnable work) {
    contenders.add(new Contender(name, work));
    return this;
  }

  /// Runs everything; one timing for each contender in the order they were added.
  public List<Timing> measure() {
    int[] calls = new int[contenders.size()];
    for (int k = 0; k < calls.length; k++) {
      calls[k] = warm(contenders.get(k).work());
    }
    double[][] seconds = new double[contenders.size()][rounds];
    for (int round = 0; round < rounds; round++) {
      for (int k = 0; k < calls.length; k++) {
        seconds[k][round] = time(contenders.get(k).work(), calls[k]);
      }
    }
    List<Timing> timings = new ArrayList<>();
    for (int k = 0; k < calls.length; k++) {
      double[] ratios = new double[rounds];
      for (int round = 0; round < rounds; round++) {
        ratios[round] = seconds[k][round] / seconds[0][round];
      }
      double median = median(seconds[k]);
      double spread = (quantile(seconds[k], 0.75) - quantile(seconds[k], 0.25)) / 2 / median;
      timings.add(new Timing(contenders.get(k).name(), median, median(ratios), spread));
    }
    return timings;
  }

  /// Warms up and returns the number of calls that fill a round.
  private int warm(Runnable work) {
    double spent = 0;
    double latest = 0;
    int calls = 1;
    do {
      latest = time(work, calls);
      spent += latest * calls;
      calls = (int) Math.clamp(Math.round(roundSeconds / Math.max(latest, 1e-9)), 1, 1_000_000_000);
    } while (spent < warmSeconds);
    return calls;
  }

  /// Seconds for one of `calls` calls in a row.
  private double time(Runnable work, int calls) {
    long start = now();
    for (int call = 0; call < calls; call++) {
      work.run();
    }
    return (now() - start) * 1e-9 / calls;
  }

  private long now() {
    return switch (clock) {
      case THREAD_CPU -> THREADS.getCurrentThreadCpuTime();
      case WALL -> System.nanoTime();
    };
  }

  /// Of the values in any order.
  static double median(double[] values) {
    return quantile(values, 0.5);
  }

  private static double quantile(double[] values, double share) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double place = share * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}

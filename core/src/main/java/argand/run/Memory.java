package argand.run;

import argand.array.InvalidInput;
import argand.data.DiffractionScan;
import argand.data.Product;
import argand.data.RawFile;
import argand.file.FileTrouble;
import argand.flow.Step;
import argand.flow.Watch;
import argand.recipe.Recipe;
import argand.recipe.Written;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;

/// What the steps of a run may hold at once, and what they said they will.
///
/// @param limit bytes
/// @param given whether the user set the limit; else it is what this process has
/// @param needed bytes that the largest step which could be asked before the run wants, with its
///     input; 0 when none could
/// @param least bytes without which it cannot work
record Memory(long limit, boolean given, long needed, long least) {
  /// Bytes that a step and its input may hold. Of the memory of the process some must stay free for
  /// the garbage collector to work.
  long spendable() {
    return Math.min(limit, Watch.SILENT.memoryBytes());
  }

  /// Walks the first input through the steps that only prepare measurements, and asks each step on
  /// the way.
  ///
  /// @throws InvalidInput when a step needs more than the limit
  static Memory estimate(Recipe recipe, List<Task> tasks, long limit) {
    long heap = Runtime.getRuntime().maxMemory();
    boolean given = limit > 0 && limit <= heap;
    var memory = new Memory(given ? limit : heap, given, 0, 0);
    Task first = tasks.getFirst();
    if (first.simulated() && !Files.exists(first.input())) {
      return memory;
    }
    try {
      return memory.walked(recipe, first);
    } catch (FileTrouble e) {
      if (tasks.size() > 1) {
        return memory; // this task will fail by itself and leave the others alone
      }
      throw e;
    }
  }

  private Memory walked(Recipe recipe, Task task) {
    var largest = this;
    Product product = new RawFile(task.input());
    for (Step<?, ?> step : recipe.each()) {
      if (!(step instanceof Step.One<?, ?> single)) {
        break;
      }
      var one = check(single, product, task.name());
      largest = one.needed > largest.needed ? one : largest;
      if (!DiffractionScan.class.isAssignableFrom(single.gives())) {
        break;
      }
      product = Worker.apply(single, product, Watch.silent(spendable()));
    }
    return largest;
  }

  /// What a step will hold, with this input.
  ///
  /// @throws InvalidInput when even the least is more than the limit
  Memory check(Step.One<?, ?> step, Product input, String name) {
    long held = input instanceof DiffractionScan scan ? scan.frames().memoryBytes() : 0;
    long least = held + leastBytes(step, input);
    if (least > limit) {
      String parameters = step.needsLessWith().isEmpty() ? "" : step.needsLessWith() + ", or ";
      throw new InvalidInput(
          given ? "--memory" : "the memory of this process",
          text(limit),
          "at least " + text(least) + " for " + Written.name(step) + " of " + name,
          parameters
              + (given
                  ? "give more, or crop or bin the frames first"
                  : "start with ARGAND_JAVA_OPTIONS=-Xmx"
                      + Math.ceilDiv(least, 1L << 30)
                      + "g on a machine that has it, or crop or bin the frames first"));
    }
    return new Memory(limit, given, Math.max(least, held + bytes(step, input)), least);
  }

  private static <I extends Product> long bytes(Step.One<I, ?> step, Product input) {
    return step.memoryBytes(step.takes().cast(input));
  }

  private static <I extends Product> long leastBytes(Step.One<I, ?> step, Product input) {
    return step.leastMemoryBytes(step.takes().cast(input));
  }

  private static String text(long bytes) {
    if (bytes < 1 << 20) {
      return String.format(Locale.ROOT, "%.1f KiB", bytes / 1024.0);
    }
    return bytes < 1L << 30
        ? String.format(Locale.ROOT, "%.1f MiB", bytes / 1048576.0)
        : String.format(Locale.ROOT, "%.2f GiB", bytes / 1073741824.0);
  }
}

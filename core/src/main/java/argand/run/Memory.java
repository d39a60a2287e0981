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
/// @param needed bytes of the largest step that could be asked before the run; 0 when none could
record Memory(long limit, boolean given, long needed) {
  /// Walks the first input through the steps that only prepare measurements, and asks each step on
  /// the way.
  ///
  /// @throws InvalidInput when a step needs more than the limit
  static Memory estimate(Recipe recipe, List<Task> tasks, long limit) {
    long heap = Runtime.getRuntime().maxMemory();
    boolean given = limit > 0 && limit <= heap;
    var memory = new Memory(given ? limit : heap, given, 0);
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
    long largest = 0;
    Product product = new RawFile(task.input());
    for (Step<?, ?> step : recipe.each()) {
      if (!(step instanceof Step.One<?, ?> one)) {
        break;
      }
      largest = Math.max(largest, check(one, product, task.name()));
      if (!DiffractionScan.class.isAssignableFrom(one.gives())) {
        break;
      }
      product = Worker.apply(one, product, Watch.SILENT);
    }
    return new Memory(limit, given, largest);
  }

  /// Bytes that a step will hold beside this input.
  ///
  /// @throws InvalidInput when that is more than the limit
  long check(Step.One<?, ?> step, Product input, String name) {
    long bytes = bytes(step, input);
    if (bytes > limit) {
      throw new InvalidInput(
          given ? "--memory" : "the memory of this process",
          text(limit),
          "at least " + text(bytes) + " for " + Written.name(step) + " of " + name,
          given
              ? "give more, or crop or bin the frames first"
              : "start with ARGAND_JAVA_OPTIONS=-Xmx"
                  + Math.ceilDiv(bytes, 1L << 30)
                  + "g on a machine that has it, or crop or bin the frames first");
    }
    return bytes;
  }

  private static <I extends Product> long bytes(Step.One<I, ?> step, Product input) {
    return step.memoryBytes(step.takes().cast(input));
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

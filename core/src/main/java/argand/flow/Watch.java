package argand.flow;

import argand.array.RealField;
import argand.array.Workers;
import argand.data.Product;
import java.util.List;
import java.util.function.Supplier;

/// A step's only window to the outside. It never blocks the step and never throws for a slow
/// viewer.
public interface Watch {
  void tell(Progress progress);

  /// True once someone asked to stop; engines return between iterations with their state kept.
  boolean stopped();

  /// A chance to save; the watch decides whether it is time.
  void keep(State state);

  /// Fills the state from what was kept of it by an earlier, interrupted run; false when there is
  /// nothing.
  boolean restore(State state);

  /// A picture worth seeing; evaluated only if someone looks. Names that end in `phase` are drawn
  /// on a hue wheel [rad].
  void show(String name, Supplier<RealField> picture);

  /// The threads a step may use.
  Workers workers();

  /// Bytes that a step and its input may hold together.
  default long memoryBytes() {
    return processMemory();
  }

  /// What the measurements before this one gave in the same run, in their order; nothing where
  /// measurements are handled apart.
  default List<Product> earlier() {
    return List.of();
  }

  /// The same window for a part of a step that iterates by itself; what it keeps is kept under this
  /// name.
  Watch part(String name);

  /// No one looks, one thread, the memory of this process.
  Watch SILENT = silent(processMemory());

  /// What steps may hold of this process's memory when no one set a limit: the rest is room for the
  /// garbage collector to move things.
  private static long processMemory() {
    return Runtime.getRuntime().maxMemory() * 3 / 5;
  }

  /// No one looks, one thread.
  static Watch silent(long memoryBytes) {
    return new QuietWatch() {
      @Override
      public long memoryBytes() {
        return memoryBytes;
      }
    };
  }
}

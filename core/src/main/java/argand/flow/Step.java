package argand.flow;

import argand.data.Product;
import java.util.List;

/// A verb of a recipe: a record of parameters that turns products into a product.
public sealed interface Step<I extends Product, O extends Product> {
  /// The product it takes.
  Class<I> takes();

  /// The product it gives.
  Class<? extends O> gives();

  /// One in, one out.
  non-sealed interface One<I extends Product, O extends Product> extends Step<I, O> {
    O apply(I input, Watch watch);

    /// Bytes this step will hold at once beside its input when it has all it wants; 0 where it is
    /// small.
    default long memoryBytes(I input) {
      return 0;
    }

    /// Bytes without which it cannot work, so that a plan can refuse what cannot fit. With less
    /// than
    /// {@link #memoryBytes} but not less than this it gives the same result more slowly.
    default long leastMemoryBytes(I input) {
      return memoryBytes(input);
    }

    /// What in its parameters makes it need less, as the end of a sentence; empty where nothing
    /// does.
    default String needsLessWith() {
      return "";
    }
  }

  /// Many in, one out: the hinge between `each` and `then`.
  non-sealed interface All<I extends Product, O extends Product> extends Step<I, O> {
    O gather(List<I> inputs, Watch watch);
  }
}

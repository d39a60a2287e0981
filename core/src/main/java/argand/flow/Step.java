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

    /// Bytes this step will hold at once beside its input, so that a plan can refuse what cannot
    /// fit; 0 where it is small.
    default long memoryBytes(I input) {
      return 0;
    }
  }

  /// Many in, one out: the hinge between `each` and `then`.
  non-sealed interface All<I extends Product, O extends Product> extends Step<I, O> {
    O gather(List<I> inputs, Watch watch);
  }
}

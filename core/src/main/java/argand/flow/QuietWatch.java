package argand.flow;

import argand.array.RealField;
import argand.array.Workers;
import java.util.function.Supplier;

/// Nobody looks, nobody stops it, nothing is kept, one thread: the ground for watches that do one
/// thing of their own.
public interface QuietWatch extends Watch {
  @Override
  default void tell(Progress progress) {}

  @Override
  default boolean stopped() {
    return false;
  }

  @Override
  default void keep(State state) {}

  @Override
  default boolean restore(State state) {
    return false;
  }

  @Override
  default void show(String name, Supplier<RealField> picture) {}

  @Override
  default Workers workers() {
    return Workers.ONE;
  }

  @Override
  default Watch part(String name) {
    return this;
  }
}
